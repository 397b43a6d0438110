"""Six weeks before the demo's first day, made up: visits that planners see, marked by their channel "demo".

`python -m loadtest.demo_past` writes them as a file for `balancer archive import`. Who comes is drawn as for
the demo's own days; waits follow from a first-come-first-served recursion over each branch's desks, all days
at once. No estimate is made up: these visits are never scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from balancer.city.definition import Branch, City, load_city
from loadtest.demo_plan import WALK_MINUTES, Demand, Visitor, load_demand, opening_of, visitors_of_day
from predictors.profiles import Profile, load_profile

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

WEEKS = 6
CHANNEL = "demo"
LUNCH_SHIFTS = 3
MINUTE_MS = 60_000
NOON = 12 * 60
INSTANT = pa.timestamp("ms", tz="UTC")
EMPTY = {
    "priority": pa.string(),
    "outcome": pa.string(),
    **{f"{which}_{level}": pa.float64() for which in ("first", "last") for level in ("p10", "p50", "p90")},
}


class Line(NamedTuple):
    """One branch's visitors, a row a day, filled up to the longest with people who come never (inf).

    `come`: minutes of the day; `queue`: place of his queue in the branch; `hold`: minutes that he takes a
    desk; `patience`: minutes that he is willing to wait. All (days, most visitors of a day).
    """

    come: FloatArray
    queue: IntArray
    hold: FloatArray
    patience: FloatArray


def days_before(city: City, day: date) -> list[date]:
    """The days of the last weeks before `day` on which some branch is open."""
    days = [day - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)]
    return [each for each in days if any(opening_of(branch, each) for branch in city.branches)]


def first_come_first_served(line: Line, can: NDArray[np.bool_], free: FloatArray, lunch: FloatArray) -> Any:
    """When everybody is called (minutes; inf: he saw too long a line and went) and by which desk.

    `can` (queues, desks): who may call whom; `free` (days, desks): from when on a desk calls; `lunch`
    (desks, 2): from and until when it does not. Each takes the desk of his line that is free first. Two
    arrays (days, visitors).
    """
    free, rows = free.copy(), np.arange(len(line.come))
    called, desks = np.full(line.come.shape, np.inf), np.zeros(line.come.shape, dtype=np.int64)
    for place in range(line.come.shape[1]):
        come = line.come[:, place]
        starts = np.maximum(free, come[:, None])
        starts = np.where((starts >= lunch[:, 0]) & (starts < lunch[:, 1]), lunch[:, 1], starts)
        starts = np.where(can[line.queue[:, place]], starts, np.inf)
        desk = starts.argmin(axis=1)
        start = starts[rows, desk]
        stays = np.isfinite(start)
        stays[stays] = start[stays] - come[stays] <= line.patience[stays, place]
        free[rows[stays], desk[stays]] = start[stays] + line.hold[stays, place]
        called[stays, place], desks[:, place] = start[stays], desk
    return called, desks


def made_up_past(
    city: City, day: date, demand: Demand, profile: Profile, rng: np.random.Generator
) -> pa.Table:
    """All visits of the weeks before `day`, with the columns of the archive's legs."""
    days = days_before(city, day)
    everybody = [visitors_of_day(city, each, demand, profile, rng) for each in days]
    tables = []
    for branch in city.branches:
        here = [[visitor for visitor in those if visitor.branch == branch.branch] for those in everybody]
        if any(here):
            tables.append(_visits(city, branch, days, here, demand))
    return pa.concat_tables(tables)


def _visits(
    city: City, branch: Branch, days: Sequence[date], here: list[list[Visitor]], demand: Demand
) -> pa.Table:
    line = _line(branch, here)
    can = np.array([[queue.queue in desk.queues for desk in branch.desks] for queue in branch.queues])
    hours = [opening_of(branch, day) or (0, 0) for day in days]
    free = np.repeat(np.array([[float(opens)] for opens, _ in hours]), len(branch.desks), axis=1)
    begin = demand.lunch_minute + np.arange(len(branch.desks)) % LUNCH_SHIFTS * demand.lunch_minutes
    lunch = np.column_stack([begin, begin + demand.lunch_minutes])
    called, desks = first_come_first_served(line, can, free, lunch)
    row, place = np.nonzero(np.isfinite(called))
    noon = np.array([_noon_ms(city, day) for day in days], dtype=np.int64)[row]
    joined, begun, ended = (
        noon + np.round((minutes[row, place] - NOON) * MINUTE_MS).astype(np.int64)
        for minutes in (line.come, called, called + line.hold)
    )
    places = list(zip(row.tolist(), place.tolist(), strict=True))
    people = [here[day][number] for day, number in places]
    desk = [branch.desks[each] for each in desks[row, place].tolist()]
    told = {
        "ticket": [f"demo-{days[day]}-{branch.branch}-{number}" for day, number in places],
        "day": [days[day].isoformat() for day, _ in places],
        "queue": [branch.queues[each].queue for each in line.queue[row, place].tolist()],
        "service": [each.service for each in people],
        "desk": [each.desk for each in desk],
        "agency": pa.array([each.agency for each in desk], pa.string()),
        **_course(joined, begun, ended, np.array([each.gone for each in people])),
    }
    return _table(city, branch, told, len(people))


def _line(branch: Branch, here: list[list[Visitor]]) -> Line:
    shape = len(here), max(map(len, here))
    line = Line(np.full(shape, np.inf), np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape))
    places = {service: place for place, queue in enumerate(branch.queues) for service in queue.services}
    missed = branch.policy.no_show_after_seconds / 60
    for day, those in enumerate(here):
        mine = slice(0, len(those))
        line.come[day, mine] = [each.minute for each in those]
        line.queue[day, mine] = [places[each.service] for each in those]
        line.hold[day, mine] = [
            missed if each.gone else WALK_MINUTES + each.service_minutes for each in those
        ]
        line.patience[day, mine] = [each.patience_minutes for each in those]
    return line


def _course(
    joined: IntArray, called: IntArray, finished: IntArray, gone: NDArray[np.bool_]
) -> dict[str, Any]:
    """From joining to the end, in ms; who is gone when called never starts."""
    started = called + round(WALK_MINUTES * MINUTE_MS)
    return {
        "state": np.where(gone, "no_show", "done"),
        "outcome": pa.array(["no_show"] * len(gone), pa.string(), mask=~gone),
        **{name: pa.array(joined).cast(INSTANT) for name in ("arrived", "joined")},
        "called": pa.array(called).cast(INSTANT),
        "started": pa.array(started, mask=gone).cast(INSTANT),
        **{name: pa.array(finished).cast(INSTANT) for name in ("finished", "ended")},
        "wait_ms": called - joined,
        "walk_ms": pa.array(started - called, mask=gone),
        "service_ms": pa.array(finished - started, mask=gone),
        "misses": gone.astype(np.int64),
    }


def _table(city: City, branch: Branch, told: dict[str, Any], rows: int) -> pa.Table:
    """The columns told, and those that are the same for all."""
    same = {
        "city": city.city,
        "branch": branch.branch,
        "channel": CHANNEL,
        "epoch": CHANNEL,
        "alarmed": False,
        **dict.fromkeys(("leg", "head_start_ms", "parked_ms", "paused_ms", "offset"), 0),
    }
    empty = {name: pa.nulls(rows, kind) for name, kind in EMPTY.items() if name not in told}
    return pa.table({**{name: [value] * rows for name, value in same.items()}, **empty, **told})


def _noon_ms(city: City, day: date) -> int:
    """Noon, and not midnight: an hour of opening is as far from it on a day on which the clocks change."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(city.time_zone))
    return round(noon.timestamp() * 1000)


@click.command()
@click.option("--city", "name", required=True, help="A city that comes along, or a file.")
@click.option("--before", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The demo's first day.")
@click.option("--seed", required=True, type=int, help="Makes the same visitors come again.")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File.")
def main(name: str, before: datetime, seed: int, target: Path) -> None:
    """Write the visits of the six weeks before a day, all made up, as a Parquet file."""
    city, rng = load_city(name), np.random.default_rng(seed)
    visits = made_up_past(city, before.date(), load_demand(city.city), load_profile(), rng)
    pq.write_table(visits, target, compression="zstd")


if __name__ == "__main__":
    main()
