"""A made-up history of visits in an archive, for tests of what planners are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from balancer.archive.database import open_archive, writing
from balancer.archive.tables import BRANCH_MINUTES, LEGS

ZONE = ZoneInfo("Europe/Kyiv")
MINUTE_MS = 60_000


def fill_archive(
    folder: Path, city: str, last: date, *, days: int, people: int, seed: int = 1, knowing: bool = False
) -> str:
    """So many days up to `last` of the branch `center`, queue `papers`: about `people` a working day, three
    desks open, half of them told a wait, all the same one or, `knowing`, about the true one; the URL of the
    database.
    """
    rng = np.random.default_rng(seed)
    url = f"sqlite:///{folder / 'archive.sqlite3'}"
    legs, minutes = [], []
    for shift in range(days):
        day = last - timedelta(days=days - 1 - shift)
        if day.weekday() > 4:
            continue
        opens = int(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE).timestamp() * 1000)
        joins = np.sort(rng.uniform(0, 9 * 60, rng.poisson(people)))
        legs += [_leg(city, day, number, opens, join, rng, knowing) for number, join in enumerate(joins)]
        minutes += [_minute(city, opens + minute * MINUTE_MS) for minute in range(9 * 60)]
    engine = open_archive(url)
    with writing(engine).begin() as connection:
        if legs:
            connection.execute(LEGS.insert(), legs)
            connection.execute(BRANCH_MINUTES.insert(), minutes)
    engine.dispose()
    return url


def _leg(
    city: str, day: date, number: int, opens: int, join: float, rng: np.random.Generator, knowing: bool
) -> dict[str, object]:
    joined = opens + int(join * MINUTE_MS)
    wait, service = rng.exponential(6.0), rng.lognormal(np.log(10.0), 0.7)
    called = joined + int(wait * MINUTE_MS)
    finished = called + int(service * MINUTE_MS)
    levels = ("first_p10", "first_p50", "first_p90")
    shown = wait * rng.lognormal(0.0, 0.35) * np.array([0.6, 1.0, 1.6]) if knowing else (1.0, 5.0, 14.0)
    told = {name: float(level) for name, level in zip(levels, shown, strict=True)} if number % 2 else {}
    return {
        "city": city,
        "ticket": f"{day}-{number}",
        "leg": 0,
        "day": day.isoformat(),
        "branch": "center",
        "queue": "papers",
        "service": "extract",
        "channel": "kiosk",
        "head_start_ms": 0,
        "state": "done",
        "arrived": joined,
        "joined": joined,
        "called": called,
        "started": called,
        "finished": finished,
        "wait_ms": called - joined,
        "walk_ms": 0,
        "service_ms": finished - called,
        "parked_ms": 0,
        "paused_ms": 0,
        "misses": 0,
        "alarmed": False,
        "ended": finished,
        **dict.fromkeys(levels),
        **told,
        "epoch": "made-up",
        "offset": number,
    }


def _minute(city: str, minute: int) -> dict[str, object]:
    return {
        "city": city,
        "minute": minute,
        "branch": "center",
        "waiting": 1,
        "desks_open": 3,
        "desks_busy": 2,
        "alarm": "none",
        "power": "on",
        "state": "open",
    }
