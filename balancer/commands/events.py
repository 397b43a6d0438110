"""`balancer events`: the city's log for an operator, one line an event."""

from __future__ import annotations

from pathlib import Path

import click

from balancer.commands.options import CITY, run_async, setting_options
from balancer.commands.which_city import which_city
from balancer.core.connect import open_store
from balancer.core.event_print import follow_events


@click.command("events")
@click.option("--follow", "-f", is_flag=True, help="Go on with what happens from now, until Ctrl-C.")
@click.option(
    "--since", type=click.IntRange(min=0), help="Begin after this offset; else with the oldest kept."
)
@CITY
@setting_options("redis", "data")
def command(follow: bool, since: int | None, city: str | None, redis: str, data: Path) -> None:
    """Print what happened in a city, or what happens."""
    try:
        run_async(_print(follow, since, city, redis, data))
    except (KeyboardInterrupt, BrokenPipeError):
        raise SystemExit(130) from None


async def _print(follow: bool, since: int | None, city: str | None, redis: str, data: Path) -> None:
    async with open_store(redis, data) as store:
        found = await which_city(store, city)
        await follow_events(store, found.city, click.echo, follow=follow, since=since)
