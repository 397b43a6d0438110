"""`balancer city check` and `balancer city apply`: look for faults in a city file, and put it to work."""

from __future__ import annotations

from pathlib import Path

import click

from balancer.city.changes import changes
from balancer.city.definition import City, CityFaults, Fault, check_city, encode_city, read_city_file
from balancer.commands.options import run_async, setting_options
from balancer.core.caller import Caller
from balancer.core.city_clock import CityClock
from balancer.core.connect import open_store
from balancer.core.ticket_queue import TicketQueue
from balancer.errors import Refused

FILE = click.argument("file", metavar="FILE")
OPERATOR = Caller("admin")


@click.group("city")
def command() -> None:
    """City files. FILE is a path or the name of a city that comes with the program."""


@command.command()
@FILE
def check(file: str) -> None:
    """Report every fault of a city file at once; exit 1 if there is any. Warnings stop nothing."""
    click.echo(f"{file}: {summary(checked(file))}")


@command.command()
@FILE
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@setting_options("redis", "data")
def apply(file: str, dry_run: bool, redis: str, data: Path) -> None:
    """Give a running city a new definition: desks, hours, services, rules. Nobody in a line is lost."""
    run_async(_apply(checked(file), redis, data, dry_run))


async def _apply(city: City, redis: str, data: Path, dry_run: bool) -> None:
    """Show what changes and, unless it is a dry run, change it."""
    async with open_store(redis, data, city.city) as store:
        clock = await CityClock.join(store, city.city)
        queue = TicketQueue(store, city.city, clock)
        running = await queue.definition()
        differences = None if running is None else changes(running, city)
        click.echo(f"A new city: {summary(city)}" if differences is None else str(differences))
        if dry_run or (differences is not None and not differences):
            return
        try:
            answer = await queue.apply_city(OPERATOR, encode_city(city))
        except Refused as refused:
            raise click.ClickException(refusal(refused)) from None
        applied = await queue.definition()
        version = applied.version if applied else 0
        click.echo(f"Applied: definition {version} of {city.city}, event {answer.offset}.")


def checked(file: str) -> City:
    """The city of a file; what was found goes to stderr, and a fault ends the program with 1."""
    city: City | None = None
    try:
        text, name = read_city_file(file)
        city, faults = check_city(text, name)
    except CityFaults as error:
        name, faults = error.file, error.faults
    for fault in faults:
        click.echo(finding(name, fault), err=True)
    if city is None:
        wrong = sum(not fault.warning for fault in faults)
        click.echo(f"{name}: {wrong} fault{'s' if wrong != 1 else ''}", err=True)
        raise SystemExit(1)
    return city


def finding(file: str, fault: Fault) -> str:
    """A fault as people and editors read it: `file:line: fault: place: problem`, the remedy below."""
    kind = "warning" if fault.warning else "fault"
    where = f"{file}:{fault.line}" if fault.line else file
    return f"{where}: {kind}: {fault.place}: {fault.problem}\n    {fault.remedy}"


def summary(city: City) -> str:
    """The city in one line."""
    queues = sum(len(branch.queues) for branch in city.branches)
    desks = sum(len(branch.desks) for branch in city.branches)
    return (
        f"{city.name['en']}, {len(city.branches)} branches, {queues} queues, {desks} desks, "
        f"{len(city.services)} services"
    )


def refusal(refused: Refused) -> str:
    """Why the definition was refused, with every ticket and desk that stands in the way."""
    in_the_way = refused.state.get("faults", []) if refused.state else []
    return "\n  ".join(["Nothing was changed. People would be left without a line:", *map(str, in_the_way)])
