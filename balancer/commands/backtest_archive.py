"""A backtest on this system's own archive: what was shown to visitors, beside simple ways refitted on the
training days.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from balancer.commands.backtest_request import Days, Request
from balancer.errors import BalancerError
from predictors.outcome import Answers, Outcome
from predictors.visit_backtest import Visits, visit_answers

MINUTE_MS = 60_000
SHIPPED = "shown"
NEEDED = "branch queue leg joined called ended wait_ms alarmed first_p10 first_p50 first_p90".split()
TIME_ZONE = "Europe/Kyiv"

Columns = dict[str, np.ndarray[Any, Any]]


def archive_outcome(request: Request) -> Outcome:
    """Scores of the archive's test days. BalancerError: no such file or city, or no visits on the days."""
    from sqlalchemy.exc import SQLAlchemyError

    from balancer.archive.database import connect_archive

    engine = connect_archive(_url(request.file or ""))
    try:
        city = _city(engine, request.city)
        train, test = (_legs(engine, city, option, days) for option, days in
                       (("--train", request.train), ("--test", request.test)))  # fmt: skip
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        raise _wrong("--file", f"це не архів: {reason}", f"this is no archive: {reason}") from error
    finally:
        engine.dispose()
    lines = _numbers(train, test)
    before, now = (_visits(legs, lines) for legs in (train, test))
    for option, visits in (("--train", before), ("--test", now)):
        if not (visits.scored & ~np.isnan(visits.wait)).any():
            raise _wrong(option, "за ці дні нікого не викликали", "nobody was called on these days")
    answers = visit_answers(before, now)
    return Outcome({SHIPPED: _shown(test, now), **answers}, SHIPPED)


def _url(place: str) -> str:
    from balancer.archive.address import archive_url

    if "://" in place:
        return archive_url(place, Path()) or place
    if not Path(place).is_file():
        raise _wrong("--file", f"немає файлу {place}", f"there is no file {place}")
    return f"sqlite:///{Path(place).absolute()}"


def _city(engine: Any, wanted: str | None) -> str:
    """The city that is named, else the only one."""
    from sqlalchemy import select

    from balancer.archive.tables import LEGS

    with engine.connect() as connection:
        known = sorted(connection.execute(select(LEGS.c.city).distinct()).scalars())
    if not known:
        raise _wrong("--file", "архів порожній", "the archive is empty")
    if wanted is None and len(known) > 1:
        names = ", ".join(known)
        raise _wrong("--city", f"в архіві кілька міст: {names}", f"the archive holds several: {names}")
    if wanted is not None and wanted not in known:
        raise _wrong("--city", f"в архіві немає {wanted}", f"the archive has no {wanted}")
    return wanted or str(known[0])


def _legs(engine: Any, city: str, option: str, days: Days) -> Columns:
    """First legs of those days, with a local `hour`."""
    from balancer.archive.visits import leg_columns, local_minutes

    legs = leg_columns(engine, city, days.first, days.last, columns=NEEDED)
    legs = {name: column[legs["leg"] == 0] for name, column in legs.items()}
    if not len(legs["joined"]):
        span = f"{days.first}..{days.last}"
        raise _wrong(option, f"в архіві немає візитів за {span}", f"the archive has no visits of {span}")
    legs["hour"] = local_minutes(TIME_ZONE, legs["joined"])[1] / 60.0
    return legs


def _numbers(*parts: Columns) -> dict[tuple[str, str], int]:
    """A number for each branch and queue."""
    names = {pair for legs in parts for pair in zip(legs["branch"], legs["queue"], strict=True)}
    return {pair: number for number, pair in enumerate(sorted(names))}


def _visits(legs: Columns, lines: dict[tuple[str, str], int]) -> Visits:
    left = np.where(np.isnan(legs["called"]), legs["ended"], legs["called"]) / MINUTE_MS
    pairs = zip(legs["branch"], legs["queue"], strict=True)
    return Visits(
        line=np.array([lines[pair] for pair in pairs], dtype=np.int64),
        joined=legs["joined"] / MINUTE_MS,
        left=left,
        wait=legs["wait_ms"] / MINUTE_MS,
        hour=legs["hour"],
        scored=~legs["alarmed"].astype(bool),
    )


def _shown(legs: Columns, visits: Visits) -> Answers:
    """The first range that each visitor was shown; NaN where he was told no number."""
    chosen = visits.scored & ~np.isnan(visits.wait)
    ranges = np.column_stack([legs[f"first_{level}"] for level in ("p10", "p50", "p90")])
    return Answers(ranges[chosen], visits.wait[chosen], visits.hour[chosen])


def _wrong(field: str, uk: str, en: str) -> BalancerError:
    return BalancerError("invalid_field", field=field, why={"uk": uk, "en": en})
