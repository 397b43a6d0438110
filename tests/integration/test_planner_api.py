"""The planner's doors at a real server: answers, empty states, refusals, files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.planner_history import fill_archive
from tests.server import Reply, RunningServer, running_server

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server on a Monday at ten with five weeks of history, some of it this morning's."""
    folder = tmp_path_factory.mktemp("planner")
    url = fill_archive(folder, "dolyna", TODAY, days=36, people=90)
    with running_server(folder, archive=url, device_commands="1000") as running:
        yield running


def ask(server: RunningServer, path: str, role: str = "planner", **query: Any) -> Reply:
    return server.ask("GET", f"{server.city_url}/planner/{path}?{urlencode(query)}", token=server.token(role))


def test_the_forecast_of_tomorrow(server: RunningServer) -> None:
    """About as many as on usual days, in the half-hours in which it is open, with past Tuesdays beside it."""
    reply = ask(server, "forecast", branch="center", date="2026-11-24")
    assert reply.status == 200, reply.body
    told = reply.json
    assert (told["state"], told["reason"], told["today"]) == ("ready", None, "2026-11-23")
    day = told["days"][0]
    assert 75 < day["total"]["mean"] < 105
    assert day["total"]["p10"] < day["total"]["mean"] < day["total"]["p90"]
    assert [slot["at"] for slot in day["slots"]][0::17] == ["09:00", "17:30"]
    assert all(slot["p10"] <= slot["mean"] + 1 <= slot["p90"] + 1 for slot in day["slots"])
    assert [each["date"] for each in told["past"]] == ["2026-11-17", "2026-11-10", "2026-11-03", "2026-10-27"]
    assert sum(queue["total"]["mean"] for queue in day["queues"]) == pytest.approx(
        day["total"]["mean"], abs=0.5
    )


def test_today_has_what_is_over(server: RunningServer) -> None:
    """At ten two half-hours are over: they are counted, and the day's factor learned."""
    told = ask(server, "forecast", branch="center", date="2026-11-23").json
    over = [slot["actual"] for slot in told["days"][0]["slots"]]
    assert all(count is not None for count in over[:2]) and over[3:] == [None] * (len(over) - 3)
    assert told["so_far"]["date"] == "2026-11-23"
    assert 0.3 < told["days"][0]["day_factor"] < 3.0


def test_a_week_with_its_weekend(server: RunningServer) -> None:
    """Saturday and Sunday are closed: nobody is expected."""
    told = ask(server, "forecast", branch="center", date="2026-11-24", days=7).json
    closed = {day["date"]: day["total"] for day in told["days"] if day["closed"]}
    assert closed == dict.fromkeys(("2026-11-28", "2026-11-29"), {"mean": 0.0, "p10": 0.0, "p90": 0.0})


def test_staffing_and_what_if(server: RunningServer) -> None:
    """Need beside the habit of such days; a rush makes it worse, a desk more better, beyond chance."""
    told = ask(server, "staffing", branch="center", date="2026-11-24", repeats=40).json
    assert told["plan_from"] == "habit" and {slot["plan"] for slot in told["slots"]} == {3}
    assert told["service"]["visits"] > 1000 and 11 < told["service"]["mean"] < 15
    assert told["what_if"] is None and max(slot["need"] for slot in told["slots"]) >= 3
    rush = ask(server, "staffing", branch="center", date="2026-11-24", repeats=40, rush=1.5).json
    assert rush["what_if"]["p90"] > rush["plan"]["p90"] == told["plan"]["p90"]
    assert rush["difference"]["p90"]["value"] > rush["difference"]["p90"]["chance"] > 0
    assert [each["kind"] for each in rush["changes"]] == ["rush"]
    more = ask(server, "staffing", branch="center", date="2026-11-24", repeats=40, extra_desk=1).json
    assert more["difference"]["p90"]["value"] < 0 < more["difference"]["desk_hours"]["value"]


def test_the_backtest(server: RunningServer) -> None:
    """Half of the tickets were told 5 minutes: their error, coverage and calibration."""
    told = ask(server, "backtest", branch="center", weeks=3).json
    assert told["overall"]["n"] + told["without_estimate"] == told["tickets"] > 500
    assert told["overall"]["bias"] == pytest.approx(-1.0, abs=0.6)
    assert told["overall"]["coverage_p90"] == pytest.approx(0.9, abs=0.04)
    assert [each["queue"] for each in told["queues"]] == ["papers"]
    assert [each["predicted"] for each in told["calibration"]] == [5.0]
    assert told["arrivals"]["mae"] < told["arrivals"]["naive_mae"]


def test_files(server: RunningServer) -> None:
    """CSV opens in a spreadsheet, XLSX has a sheet for each table."""
    query: dict[str, Any] = {"branch": "center", "date": "2026-11-24", "repeats": 20}
    csv = ask(server, "export", format="csv", what="staffing", **query)
    assert csv.headers["content-disposition"] == 'attachment; filename="center-2026-11-24-staffing.csv"'
    assert csv.body.decode("utf-8-sig").splitlines()[0] == "date,at,arrivals,need,plan,what_if"
    xlsx = ask(server, "export", format="xlsx", **query)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.body))
    assert book.sheetnames == ["forecast", "staffing", "staffing_outcome", "backtest"]
    assert book["forecast"].max_row == 1 + 18 + 18


def test_a_branch_without_history_says_so(server: RunningServer) -> None:
    """No invented numbers: an empty answer with its reason."""
    for path in ("forecast", "staffing", "backtest"):
        told = ask(server, path, branch="village").json
        assert (told["state"], told["reason"]["code"]) == ("empty", "history_empty"), path


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("forecast", {"date": "tomorrow"}, "date"),
        ("forecast", {"days": "15"}, "days"),
        ("staffing", {"standard": "fast"}, "standard"),
        ("staffing", {"rush": "-1"}, "rush"),
        ("staffing", {"alarm": "12:00..11:00"}, "alarm"),
        ("staffing", {"desks": "9-10:3"}, "desks"),
        ("staffing", {"adoption": "nan"}, "adoption"),
        ("staffing", {"move_to": "center", "branch": "center"}, "move_to"),
        ("backtest", {"weeks": "0.5"}, "weeks"),
        ("export", {"format": "pdf"}, "format"),
    ],
)
def test_what_cannot_be_is_named(server: RunningServer, path: str, query: dict[str, str], field: str) -> None:
    """A refusal with the parameter's name."""
    reply = ask(server, path, **query)
    assert reply.code == "invalid_field", reply.body
    assert field in reply.json["detail"]


def test_only_planners_and_admins(server: RunningServer) -> None:
    """Aggregates are theirs; the branch must exist."""
    for role, code in (("desk", "forbidden"), ("supervisor", "forbidden")):
        token = server.token(role, "center", "1" if role == "desk" else None)
        assert server.ask("GET", f"{server.city_url}/planner/forecast", token=token).code == code
    assert server.ask("GET", f"{server.city_url}/planner/forecast").code == "token_missing"
    assert ask(server, "forecast", "admin").status == 200
    assert ask(server, "forecast", branch="nowhere").code == "unknown_branch"


def test_without_an_archive(tmp_path: Path) -> None:
    """The answer says that nothing is kept, and a broken database has its name."""
    with running_server(tmp_path, archive="off") as running:
        for path in ("forecast", "staffing", "backtest"):
            told = ask(running, path).json
            assert (told["state"], told["reason"]["code"]) == ("empty", "archive_off"), path


def test_answers_are_drawn(server: RunningServer) -> None:
    """Each as SVG in the reader's language; other widths are other pictures."""
    asked = {"branch": "center", "date": "2026-11-24", "repeats": 20}
    words = {"forecast": b">9:00<", "staffing": b">9:00<", "calibration": "передбачено".encode()}
    for plot, word in words.items():
        reply = ask(server, "plot", plot=plot, **asked)
        assert reply.status == 200, reply.body
        assert reply.headers["content-type"] == "image/svg+xml"
        assert word in reply.body, plot
    english = ask(server, "plot", plot="calibration", lang="en", theme="dark", **asked)
    assert b"waited, min" in english.body


@pytest.mark.parametrize(
    ("field", "value"),
    [("plot", "pie"), ("theme", "pink"), ("lang", "fr"), ("width", "9999999"), ("width", "x")],
)
def test_a_plot_of_nothing_known_is_refused(server: RunningServer, field: str, value: str) -> None:
    """The problem names the parameter."""
    reply = ask(server, "plot", **{"plot": "forecast", "branch": "center", field: value})
    assert (reply.status, reply.json["code"], reply.json["field"]) == (422, "invalid_field", field)
