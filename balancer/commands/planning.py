"""What `balancer forecast` and `balancer staffing` share: where the history is, which city, which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from balancer.archive.address import needed_url
from balancer.city.definition import Branch, City, Hours, Policy, Queue, load_city
from balancer.errors import BalancerError
from balancer.planning.forecasting import Known, learn
from balancer.planning.past import Past, from_archive, from_csv
from balancer.planning.questions import wrong
from balancer.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

F = TypeVar("F", bound=Callable[..., Any])
ZONE = "Europe/Kyiv"


@dataclass(frozen=True, eq=False)
class Bench:
    """What a command knows: the past and what is learned, the archive (None for a file), and the day that
    is asked for without one: the day after the history.
    """

    known: Known
    engine: Engine | None
    next_day: date


def place_options(function: F) -> F:
    """--city, --archive, --history, --data."""
    options = (
        click.option("--city", help="A city that comes along, or its file; for a --history not needed."),
        click.option("--archive", help="Database of the history; without it the one in --data."),
        click.option(
            "--history",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="Instead: a CSV file day,branch,queue,slot,count.",
        ),
        click.option(
            "--data", type=click.Path(path_type=Path), default=Settings().data, help="Folder of the data."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def open_bench(
    city: str | None, archive: str | None, history: Path | None, data: Path, day: str | None
) -> Bench:
    """Read the past and learn from it. BalancerError, CityFaults and OSError say what is wrong.

    History of `day` and later is not used, so that a day that is over can be forecast again.
    """
    if archive is not None and history is not None:
        both = {"uk": "або архів, або файл", "en": "either an archive or a file"}
        raise BalancerError("invalid_field", field="history", why=both)
    if history is not None:
        past = from_csv(history)
        found = load_city(city) if city else city_of(past)
        return _learned(found, past, None, day, hours=city is not None)
    found = load_city(city or Settings().city)
    from balancer.archive.database import open_archive
    from balancer.archive.visits import latest_day

    engine = open_archive(needed_url(archive or Settings().archive, data))
    latest = latest_day(engine, found.city)
    if latest is None:
        raise BalancerError("history_empty")
    return _learned(found, from_archive(engine, found, latest), engine, day, hours=True)


def _learned(city: City, past: Past, engine: Engine | None, day: str | None, *, hours: bool) -> Bench:
    if not past.days or not any(rows.any() for rows in past.counts.values()):
        raise BalancerError("history_empty")
    following = past.days[-1] + timedelta(days=1)
    asked = _day(day) if day else following
    today = min(asked, following)
    midnight = datetime(today.year, today.month, today.day, tzinfo=ZoneInfo(city.time_zone))
    known = learn(city, past, int(midnight.timestamp() * 1000), hours=hours)
    return Bench(known, engine, asked)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong("date", "потрібна дата РРРР-ММ-ДД", "a date YYYY-MM-DD is wanted") from None


def city_of(past: Past) -> City:
    """A city with the branches and queues of a history, of whose hours and desks nothing is known."""
    hours, policy = Hours(week=[[] for _ in range(7)]), Policy()
    branches = []
    for name in sorted({branch for branch, _ in past.counts}):
        queues = [
            Queue(queue=queue, letter=queue[:1].upper(), name=_text(queue), services=[])
            for branch, queue in sorted(past.counts)
            if branch == name
        ]
        branches.append(
            Branch(
                branch=name,
                name=_text(name),
                kind="unit",
                address=_text(""),
                lat=0.0,
                lon=0.0,
                time_zone=ZONE,
                hours=hours,
                policy=policy,
                queues=queues,
            )
        )
    return City(city="history", name=_text("history"), time_zone=ZONE, branches=branches)


def _text(words: str) -> dict[str, str]:
    return {"uk": words, "en": words}
