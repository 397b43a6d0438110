"""A question answered from start to end: the archive read, the past kept between questions.

Runs in a process of its own (`bench.py`) or in a command; only there numpy may take its time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from balancer.city.definition import City, decode_city
from balancer.city.hours import local_day, rfc3339
from balancer.messages.planning import ForecastView, PlannerBacktestView, StaffingView
from balancer.planning.backtest_view import backtest_view
from balancer.planning.forecasting import Known, forecast_view, learn, reason
from balancer.planning.past import from_archive
from balancer.planning.questions import Question
from balancer.planning.staffing_view import staffing_view

if TYPE_CHECKING:
    from sqlalchemy import Engine

View = ForecastView | StaffingView | PlannerBacktestView
FRESH_MS = 5 * 60 * 1000

_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "forecast": msgspec.json.Decoder(ForecastView),
    "staffing": msgspec.json.Decoder(StaffingView),
    "backtest": msgspec.json.Decoder(PlannerBacktestView),
}


def answer(definition: bytes, url: str, question: Question, now_ms: int) -> bytes:
    """The answer as JSON. `definition`: the city as encode_city writes it; `url`: of the archive; `now_ms`:
    city time. BalancerError: "archive_unavailable", "archive_schema", "unknown_branch".
    """
    city = _city(definition)
    engine = _engine(url)
    known = _known(definition, url, now_ms // FRESH_MS)
    known = replace(known, now_ms=now_ms)
    return msgspec.json.encode(view_of(known, question, engine, city))


def view_of(known: Known, question: Question, engine: Engine | None, city: City) -> View:
    """The answer as a type."""
    city.branch(question.branch)
    if question.topic == "forecast":
        return forecast_view(known, question)
    if question.topic == "staffing":
        return staffing_view(known, question, engine)
    return backtest_view(known, question, engine)


def decode_view(question: Question, body: bytes) -> View:
    """An answer's JSON as its type."""
    view: View = _DECODERS[question.topic].decode(body)
    return view


def without_archive(city: City, question: Question, now_ms: int) -> View:
    """The answer of a server that keeps no history."""
    head: dict[str, Any] = {
        "city": city.city,
        "branch": city.branch(question.branch).branch,
        "made_at": rfc3339(city.time_zone, now_ms),
        "state": "empty",
        "reason": reason("archive_off"),
    }
    day = question.day.isoformat()
    if question.topic == "forecast":
        return ForecastView(**head, date=day, today=local_day(city.time_zone, now_ms))
    if question.topic == "staffing":
        return StaffingView(**head, date=day)
    return PlannerBacktestView(**head, first=day, last=day)


@lru_cache(maxsize=4)
def _city(definition: bytes) -> City:
    return decode_city(definition)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    from balancer.archive.database import open_archive

    return open_archive(url)


@lru_cache(maxsize=2)
def _known(definition: bytes, url: str, moment: int) -> Known:
    """Read and learned once in FRESH_MS of city time."""
    city, now_ms = _city(definition), moment * FRESH_MS
    today = date.fromisoformat(local_day(city.time_zone, now_ms + FRESH_MS - 1))
    try:
        past = from_archive(_engine(url), city, today)
    except Exception as error:
        raise _translated(error) from error
    return learn(city, past, now_ms)


def _translated(error: Exception) -> Exception:
    from sqlalchemy.exc import SQLAlchemyError

    from balancer.archive.database import unavailable

    return unavailable(error) if isinstance(error, SQLAlchemyError) else error
