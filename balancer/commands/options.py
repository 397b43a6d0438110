"""Options that several commands share, made from the table of settings; one way to tell what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import click

from balancer.errors import BalancerError
from balancer.settings import Settings, settings_table

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

CITY = click.option(
    "--city", envvar="BALANCER_CITY", help="The city, its file or its id; else the only one in the store."
)

_KINDS: dict[Any, Any] = {
    Path: click.Path(path_type=Path, file_okay=False),
    int: int,
    float: float,
    str: str,
}


def setting_options(*names: str) -> Callable[[F], F]:
    """click options for these settings, all of them without names; each may come from its BALANCER_*
    variable.
    """
    rows = [row for row in settings_table() if not names or row.name in names]
    hints = get_type_hints(Settings)

    def decorate(function: F) -> F:
        for row in reversed(rows):
            if hints[row.name] is bool:
                option = click.option(row.flag, is_flag=True, envvar=row.variable, help=row.help)
            else:
                option = click.option(
                    row.flag,
                    type=_kind(hints[row.name]),
                    default=row.default,
                    envvar=row.variable,
                    show_default=row.default not in (None, ""),
                    help=row.help,
                )
            function = option(function)
        return function

    return decorate


def _kind(hint: Any) -> Any:
    """The click type of `int`, `int | None`, …"""
    for kind, option in _KINDS.items():
        if hint == kind or hint == kind | None:
            return option
    raise TypeError(f"no option type for {hint}")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine; see `plain_errors`."""
    with plain_errors():
        return asyncio.run(work)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Tell in a line, without a traceback, what an operator can mend: files, addresses, ports, cities."""
    try:
        yield
    except BalancerError as error:
        reason = error.params.get("reason")
        raise click.ClickException(f"{error}: {reason}" if reason else str(error)) from error
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
