"""`balancer replay`: live through a recorded day of real offices by the public HTTP API, and compare the
board with it.

    city_file(read_day(...)) → `balancer serve` (our own or `--server`) → OfficeReplay per office → Verdict →
    Report
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec

from balancer.city.definition import check_city, public_definition
from loadtest.driver import CityClient, CommandRefused, DriverError, first_fault, open_session
from loadtest.office import OfficeReplay
from loadtest.own_server import OwnServer, ServerFailed, stoppable
from loadtest.pace import CityPace
from loadtest.verdict import Report, Run, Verdict, summary
from loadtest.warsaw import NoSuchDay, WarsawDay, read_day
from loadtest.warsaw_city import CITY, TIME_ZONE, city_file
from predictors.traces import Trace, flows

FASTEST = 3600.0  # so that a slow machine is done before the branches' long day ends
LEAD_SECONDS = 4.0
SHORTEST_LEAD_MINUTES = 2.0
BY_HAND_SECONDS = 60.0  # between starting a server and a replay against it
LATEST_START_MINUTES = 60.0
FIRST_PATIENCE_SECONDS = 5.0


Progress = Callable[[str, int], None]


class CannotReplay(Exception):
    """The server, its city or its clock does not fit the record; the text says what to do."""


@dataclass(frozen=True)
class Job:
    """One replay: the day, how fast, and where (a server's address and token, or None for our own)."""

    day: WarsawDay
    speed: float
    server: str | None = None
    token: str | None = None
    data: Path | None = None

    @property
    def midnight(self) -> datetime:
        """Where the record's minutes begin."""
        day = self.day.date
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(TIME_ZONE))

    @property
    def first_minute(self) -> int:
        """Minutes after midnight of the first snapshot."""
        return min(int(queue.record.minutes[0]) for queue in self.day.queues())

    @cached_property
    def moves(self) -> int:
        """Tickets issued, called and left between the snapshots of the usable queues."""
        traces = [queue.trace for queue in self.day.queues() if isinstance(queue.trace, Trace)]
        return sum(int(part.sum()) for trace in traces for part in flows(trace))

    def instant(self, minute: float) -> datetime:
        """The instant of a minute of the record."""
        return (self.midnight.astimezone(UTC) + timedelta(minutes=minute)).astimezone(ZoneInfo(TIME_ZONE))


async def run_replay(job: Job, progress: Progress | None = None) -> Report:
    """Replay the day and report. `progress(city time, moves done)`. Raises CannotReplay, ServerFailed,
    DriverError.
    """
    async with _server(job) as (address, token), open_session() as session:
        client = CityClient(session, address, CITY, token)
        if job.server is not None:
            await check_server(job, CityClient(session, address, CITY, token, FIRST_PATIENCE_SECONDS))
        return await _drive(job, client, progress or (lambda city_time, done: None))


async def _drive(job: Job, client: CityClient, progress: Progress) -> Report:
    began = time.monotonic()
    verdict = Verdict()
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % 10 == 0 or done == job.moves:
            progress(f"{pace.now():%H:%M}", done)

    offices = [
        OfficeReplay(office, queues, client, verdict, job.midnight.timestamp(), step)
        for office, queues in job.day.offices.items()
    ]
    pace = CityPace.from_hello(await client.hello())
    async with asyncio.TaskGroup() as group:
        for office in offices:
            group.create_task(office.prepare())
    async with asyncio.TaskGroup() as group:
        for office in offices:
            group.create_task(office.run(pace))
    tally = client.tally
    run = Run(
        speed=job.speed,
        seconds=round(time.monotonic() - began, 1),
        behind_minutes=round(max(office.behind_minutes for office in offices), 1),
        commands=tally.sent,
        refused=tally.refused,
        repeats=tally.repeats,
        rate_limited=tally.rate_limited,
    )
    return verdict.report(job.day, run)


async def check_server(job: Job, client: CityClient) -> None:
    """CannotReplay unless the server has the day's city, untouched, and a clock that stands before the
    record.
    """
    remedy = "write the city with --write-city FILE and start a new server as `balancer replay --help` shows"
    try:
        found = msgspec.json.decode(await client.read())
    except CommandRefused as refusal:
        raise CannotReplay(f"the server has no city {CITY} ({refusal}): {remedy}") from refusal
    city, _ = check_city(city_file(job.day), "city")
    assert city is not None
    wanted = msgspec.json.decode(msgspec.json.encode(public_definition(city)))
    for part in ("services", "branches"):
        if found.get(part) != wanted[part]:
            raise CannotReplay(f"the server's {part} are not those of {job.day.date}: {remedy}")
    board = await client.board()
    if any(branch.waiting or branch.serving or branch.last_called for branch in board.branches):
        raise CannotReplay(f"the server has tickets already: {remedy}")
    pace = CityPace.from_hello(await client.hello())
    begins = job.instant(job.first_minute)
    if abs(pace.speed - job.speed) > 1e-6 * job.speed:
        raise CannotReplay(
            f"the server's clock runs {pace.speed:g} times as fast, not {job.speed:g}: {remedy}"
        )
    late = (pace.timestamp() - begins.timestamp()) / 60
    if late > LATEST_START_MINUTES or pace.now().date() != job.day.date:
        raise CannotReplay(
            f"the server's clock stands at {pace.now()}, the record begins at {begins}: {remedy}"
        )


def start_of(job: Job, lead_seconds: float = LEAD_SECONDS) -> datetime:
    """Where a server's clock must start so that desks are open and first tickets issued in time; real
    seconds.
    """
    lead = max(SHORTEST_LEAD_MINUTES, lead_seconds * job.speed / 60)
    return job.instant(max(0.0, job.first_minute - lead))


@contextlib.asynccontextmanager
async def _server(job: Job) -> AsyncIterator[tuple[str, str | None]]:
    """(address, token) of the server to drive: the given one, or our own for as long as the block lasts."""
    if job.server is not None:
        yield job.server, job.token
        return
    with tempfile.TemporaryDirectory(prefix="balancer-replay-") as folder:
        data = job.data or Path(folder) / "data"
        file = Path(folder) / f"{CITY}.toml"
        file.write_text(city_file(job.day), encoding="utf-8")
        server = OwnServer(str(file), data)
        try:
            await server.start(start_of(job), job.speed)
            yield server.address, await server.token("admin")
        finally:
            await server.stop()


@click.command("replay")
@click.option(
    "--source", type=click.Choice(["warsaw"]), default="warsaw", show_default=True, help="Kind of record."
)
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="The record: CSV, gzipped or not.")  # fmt: skip
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day to live through.")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True,
              help="How many times faster than real time the city clock runs.")  # fmt: skip
@click.option(
    "--server", metavar="URL", help="A running server with the day's city; without it, one of our own."
)
@click.option("--token", envvar="BALANCER_TOKEN", help="An admin's token for --server, or BALANCER_TOKEN.")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Keep our own server's data here."
)
@click.option(
    "--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there."
)
@click.option(
    "--write-city",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Only write the day's city file for `balancer serve --city`, and say how to start it.",
)
def command(
    source: str,
    file: Path,
    day: str,
    speed: float,
    server: str | None,
    token: str | None,
    data: Path | None,
    out: Path | None,
    write_city: Path | None,
) -> None:
    """Replay a recorded day of real offices through a server and compare its board with the record.

    Ends with 0 if every usable pair is equal and no command was refused, with 1 otherwise.
    """
    try:
        job = Job(read_day(file, _date(day)), speed, server, token, data)
        if write_city is not None:
            write_city.write_text(city_file(job.day), encoding="utf-8")
            clock = f"{start_of(job, BY_HAND_SECONDS):%Y-%m-%dT%H:%M:%S}"
            click.echo(f"balancer serve --city {write_city} --clock {clock} --speed {speed:g}")
            return
        report = _with_progress(job)
    except Exception as fault:
        told = first_fault(fault)
        if isinstance(told, NoSuchDay | CannotReplay | ServerFailed | DriverError | OSError):
            raise click.ClickException(str(told)) from fault
        raise
    if report is None:
        click.echo("stopped", err=True)
        raise SystemExit(130)
    if out is not None:
        out.write_bytes(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    click.echo(summary(report))
    raise SystemExit(0 if report.holds else 1)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(f"{text} is no day like 2020-01-08", param_hint="--date") from fault


def _with_progress(job: Job) -> Report | None:
    """Run the replay under a progress bar on stderr; None if Ctrl-C stopped it, and our own server with
    it.
    """
    label = f"{job.day.date}, {len(job.day.offices)} offices"
    with click.progressbar(length=job.moves, label=label, file=sys.stderr, item_show_func=_city_time) as bar:

        def progress(city_time: str, done: int) -> None:
            bar.update(done - bar.pos, city_time)

        return asyncio.run(stoppable(run_replay(job, progress)))


def _city_time(shown: str | None) -> str | None:
    return shown
