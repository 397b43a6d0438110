"""`balancer serve`: one server process."""

from __future__ import annotations

import gc
from typing import Any

import click

from balancer.commands.options import plain_errors, setting_options
from balancer.settings import Settings
from balancer.telemetry import set_up_logging


@click.command("serve")
@setting_options()
def command(**given: Any) -> None:
    """Serve a city until SIGTERM (sockets move to another process first) or Ctrl-C.

    Every option may also stand in the environment: --data as BALANCER_DATA, and so on.
    """
    run_server(Settings(**given))


def run_server(settings: Settings) -> None:
    """Serve until a signal; what keeps the server from starting is told without a traceback, exit code 1."""
    gc.disable()  # what a start makes lasts as long as the process; `serve` enables it once it is ready
    try:
        from balancer.serve import run

        with plain_errors():
            set_up_logging(as_json=settings.log_json, level=settings.log_level)
            run(settings)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        gc.enable()
