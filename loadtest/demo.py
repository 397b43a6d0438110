"""`balancer demo`: a city with living traffic on a scaled clock, to look at and to try.

next_working_day → `balancer serve` at 09:30 → DemoDay (visitors, clerks, alarm) → night skipped → next
day
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import numpy as np

from balancer.city.definition import City, CityFaults, load_city
from loadtest.demo_day import DemoDay
from loadtest.demo_history import bring_history, want_history
from loadtest.demo_plan import OPENING_MINUTE, load_demand, next_working_day
from loadtest.driver import CityClient, DriverError, first_fault, open_session
from loadtest.own_server import OwnServer, ServerFailed, stoppable
from loadtest.pace import CityPace
from predictors.profiles import load_profile

log = logging.getLogger("balancer.demo")

STATE_FILE = "demo.json"
PAGES = (
    ("board", "/", None),
    ("kiosk", "/kiosk/{branch}", "kiosk"),
    ("hall", "/hall/{branch}", "display"),
    ("reception", "/reception", "reception"),
    ("desk", "/desk", "desk"),
    ("supervisor", "/supervisor", "supervisor"),
    ("city", "/city", "admin"),
    ("planner", "/planner", "planner"),
    ("API", "/docs", None),
)
ROLES = ("kiosk", "display", "desk", "reception", "supervisor", "planner", "admin")
WHOLE_CITY = ("planner", "admin")
SLACK = timedelta(minutes=30)


@dataclass(frozen=True)
class Job:
    """What to show: a city, how fast, from which folder and on which port."""

    city: City
    name: str
    data: Path
    host: str
    port: int
    speed: float
    seed: int


async def run_demo(job: Job) -> None:
    """Day after day until cancelled. Raises ServerFailed, DriverError."""
    rng = np.random.default_rng(job.seed)
    server = OwnServer(job.name, job.data, host=job.host, port=job.port)
    day = next_working_day(job.city, first_day(job.data))
    told = False
    try:
        while True:
            day, pace = await open_day(job, server, day)
            if not (job.data / STATE_FILE).exists():
                want_history(job.data, day, job.seed)
            (job.data / STATE_FILE).write_text(json.dumps({"day": day.isoformat()}))
            async with open_session() as session:
                token = await server.token("admin", "--days", "1")
                client = CityClient(session, server.address, job.city.city, token)
                demo = DemoDay(
                    city=job.city,
                    day=day,
                    demand=load_demand(job.city.city),
                    profile=load_profile(),
                    client=client,
                    pace=pace,
                    rng=rng,
                    free_desk=free_desk(job.city),
                )
                click.echo(f"{day:%A} {day}, {pace.now():%H:%M}: {job.speed:g} city minutes a real minute")
                await _live_through(demo, server, [] if told else [introduce(job, server)])
                told = True
            await server.stop()
            day = next_working_day(job.city, day + timedelta(days=1))
    finally:
        await server.stop()


async def _live_through(demo: DemoDay, server: OwnServer, beside: list[Any]) -> None:
    """The day, and the end of the demo if the server ends before it."""
    async with asyncio.TaskGroup() as group:
        for work in beside:
            group.create_task(work)
        watching = group.create_task(_watch(server))
        await group.create_task(demo.run())
        watching.cancel()


async def _watch(server: OwnServer) -> None:
    code = await server.ended()
    raise ServerFailed(f"the server ended with exit code {code}\n{server.tail()}")


async def open_day(job: Job, server: OwnServer, day: date) -> tuple[date, CityPace]:
    """Start the server at 09:30 of `day`; where its data are already past that, of the next working day
    after.
    """
    for _ in range(2):
        wanted = opening_instant(job.city, day)
        await server.start(wanted, job.speed)
        async with open_session() as session:
            pace = CityPace.from_hello(await CityClient(session, server.address, job.city.city, None).hello())
        if pace.now() - wanted < SLACK:
            return day, pace
        await server.stop()
        day = next_working_day(job.city, pace.now().date() + timedelta(days=1))
    raise ServerFailed(f"the city clock in {job.data} cannot be set to {wanted}")


def opening_instant(city: City, day: date) -> datetime:
    """When the demo begins on that day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(city.time_zone))
    return midnight + timedelta(minutes=OPENING_MINUTE)


def first_day(data: Path) -> date:
    """The day after the last one that the demo has begun in this folder; today where there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return date.fromisoformat(json.loads((data / STATE_FILE).read_text())["day"]) + timedelta(days=1)
    return date.today()


def free_desk(city: City) -> tuple[str, str]:
    """The desk that no clerk of the demo takes, for whoever tries the desk's page.

    Of the first branch, the first desk whose lines have another desk too.
    """
    branch = city.branches[0]
    for desk in branch.desks:
        if all(len(branch.desks_of(queue)) > 1 for queue in desk.queues):
            return branch.branch, desk.desk
    return branch.branch, branch.desks[0].desk


async def introduce(job: Job, server: OwnServer) -> None:
    """Say where everything is; then, while the city lives already, see to its history."""
    await tell(job, server)
    await bring_history(job.data, job.name, job.city.city)


async def tell(job: Job, server: OwnServer) -> None:
    """Print a token of each role, valid for a day, and every room's address, which opens with it."""
    branch, desk = free_desk(job.city)
    reach = {role: (branch,) for role in ROLES if role not in WHOLE_CITY} | {"desk": (branch, desk)}
    two_at_once = asyncio.Semaphore(2)

    async def token_of(role: str) -> str:
        flags = [
            word for pair in zip(("--branch", "--desk"), reach.get(role, ()), strict=False) for word in pair
        ]
        async with two_at_once:
            return await server.token(role, *flags, "--days", "1")

    tokens = dict(zip(ROLES, await asyncio.gather(*map(token_of, ROLES)), strict=True))
    click.echo("tokens:")
    for role, token in tokens.items():
        where = "/".join(reach.get(role, ()))
        click.echo(f"  {role:12} {token}" + (f"  ({where})" if where else ""))
    click.echo("rooms:")
    for name, path, opened_by in PAGES:
        key = f"#token={tokens[opened_by]}" if opened_by else ""
        click.echo(f"  {name:12} {server.address}{path.format(branch=branch)}{key}")
    click.echo("Ctrl-C stops everything.")


@click.command("demo")
@click.option("--port", type=int, default=8000, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    help="How many times faster than real time the city lives.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Folder of the demo's data, kept between runs.",
)
@click.option(
    "--city", "name", default="kharkiv", show_default=True, help="A city that comes along, or a file."
)
@click.option("--seed", type=int, help="Makes the same visitors come again; drawn and printed if not given.")
def command(port: int, host: str, speed: float, data: Path, name: str, seed: int | None) -> None:
    """Show a city with living traffic: visitors, clerks, lunch, no-shows, an air-raid alarm; nights are
    skipped.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    chosen = seed if seed is not None else int(np.random.default_rng().integers(1_000_000))
    try:
        job = Job(load_city(name), name, data, host, port, speed, chosen)
        click.echo(f"seed {chosen}, data in {data.absolute()}")
        asyncio.run(stoppable(run_demo(job)))
    except Exception as fault:
        told = first_fault(fault)
        if isinstance(told, CityFaults | ServerFailed | DriverError | OSError | ValueError):
            raise click.ClickException(str(told)) from fault
        raise
    click.echo("stopped")
