"""The planner's doors: forecast of arrivals, desks needed and what-if, how right it was, and all of it as
files. The answers are made beside the event loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from starlette.responses import Response

from balancer.archive.address import archive_url, needed_url
from balancer.city.hours import local_day
from balancer.messages import NoFields
from balancer.messages.planning import ForecastView, PlannerBacktestView, StaffingView
from balancer.planning.questions import Question, Topic, read_question, wrong
from balancer.plots.look import NARROWEST, WIDEST, Look
from balancer.routes.door import CITY, Ask, Door, Handler

PLANNER = CITY + "/planner"
TOPICS: tuple[Topic, ...] = ("forecast", "staffing", "backtest")
PLOTS: Mapping[str, Topic] = {"forecast": "forecast", "staffing": "staffing", "calibration": "backtest"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WHICH = {"branch": "the branch; without it the first one", "date": "YYYY-MM-DD; without it today"}
DAYS = {"days": "how many days from that one on, 1 to 14"}
WEEKS = {"branch": WHICH["branch"], "weeks": "how many weeks back, 1 to 26; without it 4"}
CHANGES = {
    "standard": "90%/20min: so many called within so many minutes; a second one after a comma is shown too",
    "desks": "what if: 09:30-11:30:28,16:30-18:00:12, so many desks open in windows",
    "extra_desk": "what if: so many desks more (or fewer) all day",
    "move_to": "what if: the branch that gets desks of this one, `move_count` of them (1)",
    "move_count": "how many desks go there",
    "rush": "what if: 1.3 or 1.3@10:00..12:00, so many times the visitors",
    "arrivals": "what if: visitors in percent, -90 to 200",
    "alarm": "what if: 11:00..11:40, nobody is called during it",
    "adoption": "what if: share of the visitors who follow the advice, 0 to 1",
    "repeats": "simulated days, 20 to 500",
    "seed": "makes the same days come again",
}
LOOKS = {
    "plot": "forecast, staffing or calibration",
    "theme": "light or dark",
    "lang": "uk or en",
    "width": f"in CSS pixels, {NARROWEST} to {WIDEST}",
}
FILES = {"format": "csv (one table) or xlsx (a sheet each)", "what": "the table of a csv file"}


async def forecast(ask: Ask[NoFields]) -> Response:
    """Who will come, by half-hour and queue."""
    return await _answer(ask, "forecast")


async def staffing(ask: Ask[NoFields]) -> Response:
    """Desks that the day needs, the plan beside them, and what a change gives."""
    return await _answer(ask, "staffing")


async def backtest(ask: Ask[NoFields]) -> Response:
    """How right the waits and the forecast were."""
    return await _answer(ask, "backtest")


async def plot(ask: Ask[NoFields]) -> Response:
    """One of the answers as a picture."""
    given = ask.request.query_params
    topic = PLOTS.get(given.get("plot", ""))
    if topic is None:
        raise wrong("plot", "forecast, staffing або calibration", "forecast, staffing or calibration")
    question = _question(ask, topic, given)
    url = needed_url(ask.parts.settings.archive, ask.parts.settings.data)
    body = await ask.parts.planner.plot(ask.parts.city, url, question, _look(given), ask.parts.clock.now_ms())
    return Response(body, 200, {"cache-control": "no-store"}, "image/svg+xml")


def _look(given: Mapping[str, str]) -> Look:
    theme, language, width = given.get("theme", "light"), given.get("lang", "uk"), given.get("width", "960")
    if theme not in ("light", "dark"):
        raise wrong("theme", "light або dark", "light or dark")
    if language not in ("uk", "en"):
        raise wrong("lang", "uk або en", "uk or en")
    if not (width.isdecimal() and len(width) <= 5 and NARROWEST <= int(width) <= WIDEST):
        raise wrong("width", f"від {NARROWEST} до {WIDEST}", f"{NARROWEST} to {WIDEST}")
    return Look("dark" if theme == "dark" else "light", "en" if language == "en" else "uk", int(width))


async def export(ask: Ask[NoFields]) -> Response:
    """The tables as a file."""
    from balancer.planning.answers import decode_view
    from balancer.planning.export import as_csv, as_xlsx

    given = ask.request.query_params
    kind, what = given.get("format", "csv"), given.get("what", "forecast")
    if kind not in ("csv", "xlsx"):
        raise wrong("format", "csv або xlsx", "csv or xlsx")
    if what not in TOPICS:
        raise wrong("what", "forecast, staffing або backtest", "forecast, staffing or backtest")
    wanted = TOPICS if kind == "xlsx" else tuple(topic for topic in TOPICS if topic == what)
    questions = [_question(ask, topic, given) for topic in wanted]
    views = [decode_view(each, await _body(ask, each)) for each in questions]
    name = f"{questions[0].branch}-{questions[0].day}"
    if kind == "csv":
        return _file(as_csv(views[0]), "text/csv; charset=utf-8", f"{name}-{what}.csv")
    return _file(as_xlsx(list(zip(wanted, views, strict=True))), XLSX, f"{name}.xlsx")


async def _answer(ask: Ask[NoFields], topic: Topic) -> Response:
    body = await _body(ask, _question(ask, topic, ask.request.query_params))
    return Response(body, 200, {"cache-control": "no-store"}, "application/json")


def _question(ask: Ask[NoFields], topic: Topic, given: Mapping[str, str]) -> Question:
    city = ask.parts.city
    today = date.fromisoformat(local_day(city.time_zone, ask.parts.clock.now_ms()))
    branch = city.branch(given.get("branch") or city.branches[0].branch)
    question = read_question(topic, branch.branch, today, given)
    if question.what_if.move_to is not None:
        city.branch(question.what_if.move_to)
        if question.what_if.move_to == branch.branch:
            raise wrong("move_to", "інший підрозділ", "another branch")
    return question


async def _body(ask: Ask[NoFields], question: Question) -> bytes:
    parts = ask.parts
    url = archive_url(parts.settings.archive, parts.settings.data)
    now_ms = parts.clock.now_ms()
    if url is None:
        from balancer.planning.answers import without_archive

        return msgspec.json.encode(without_archive(parts.city, question, now_ms))
    return await parts.planner.answer(parts.city, url, question, now_ms)


def _file(body: bytes, kind: str, name: str) -> Response:
    kept = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{name}"'}
    return Response(body, 200, kept, kind)


def _door(action: str, handler: Handler, summary: str, answer: Any, query: Mapping[str, str]) -> Door:
    path = f"{PLANNER}/{handler.__name__}"
    return Door("GET", path, handler, summary, action, answer, query=query, tag="planner")


DOORS: tuple[Door, ...] = (
    _door("read_forecast", forecast, "Who will come, by half-hour", ForecastView, WHICH | DAYS),
    _door("read_staffing", staffing, "Desks needed, and what if", StaffingView, WHICH | CHANGES),
    _door("read_backtest", backtest, "How right the waits shown were", PlannerBacktestView, WEEKS),
    _door("plot_plan", plot, "An answer drawn as SVG", None, WHICH | DAYS | CHANGES | WEEKS | LOOKS),
    _door(
        "export_plan", export, "The planner's tables as a file", None, WHICH | DAYS | CHANGES | WEEKS | FILES
    ),
)
