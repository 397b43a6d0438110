"""`balancer doctor`: is this store, on this machine, safe to keep a city's queue in?"""

from __future__ import annotations

from pathlib import Path

import click

from balancer.commands.options import run_async, setting_options
from balancer.core.doctor import exit_status, rendered, run_doctor


@click.command("doctor")
@click.option("--city", default="", envvar="BALANCER_CITY", help="Id of the city; a cluster needs it.")
@setting_options("redis", "data")
def command(city: str, redis: str, data: Path) -> None:
    """Look at store and machine: each line ok, or what to do. Exit code 1 if anything is not ok."""
    checks = run_async(run_doctor(redis, data, city))
    click.echo(rendered(checks))
    raise SystemExit(exit_status(checks))
