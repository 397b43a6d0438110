"""The briefing of a day: the archive says what the live measures said at its close; and the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from balancer.archive.briefing import briefing, last_working_day
from balancer.archive.database import open_archive
from balancer.archive.tables import BRANCH_MINUTES, LEGS
from balancer.city.definition import City
from balancer.messages.briefing import BriefingView
from tests.archives import all_events, archive_all, fill, leg, sqlite_at, usable
from tests.city_files import small_city
from tests.live_town import feeding
from tests.past import past
from tests.server import RunningServer, running_server
from tests.stores import Server
from tests.town import HOUR, MINUTE, NINE, small_town
from tests.waiting import wait_until_sync

MONDAY = date(2026, 11, 23)
SEED = 29


def told(url: str, city: City, day: date = MONDAY, branch: str | None = None) -> BriefingView:
    engine = open_archive(url)
    try:
        return briefing(engine, city, day, branch)
    finally:
        engine.dispose()


async def test_the_live_measures_at_close_of_day(valkey: Server, city_name: str, database: str) -> None:
    """Whatever happened in a random day: visitors, waits, services, shares and those missed are the same."""
    async with past(valkey.url, city_name, SEED, 400) as story:
        await story.close()
        await archive_all(story.town, usable(database))
        carried = any(event.type == "ticket_carried" for event in await all_events(story.town))
        closely = 1.01 if carried else 0.051  # of those carried over the archive knows the opening's minute
        async with feeding(story.town) as (feed, _):
            live = {each.branch: feed.picture.measures_of(each.branch) for each in feed.city.branches}
            city = feed.city
    view = told(usable(database), city, date.fromisoformat(next(iter(live.values())).day))
    assert {each.branch for each in view.branches} == set(live)
    for mine in view.branches:
        day = live[mine.branch]
        where = f"{mine.branch}, seed {SEED}"
        assert (mine.called, mine.served, mine.missed) == (day.called, day.served, day.missed), where
        assert mine.median_minutes == pytest.approx(day.median_minutes, abs=closely), where
        assert mine.mean_service_minutes == pytest.approx(day.mean_service_minutes, abs=0.051), where
        assert mine.over_red == day.over_red - day.over_red_now, where
        for share, other in zip(mine.standards, day.standards, strict=True):
            assert (share.standard, share.n) == (other.standard, other.n), where
            assert share.within_target == pytest.approx(other.within_target), where
            assert share.within_guaranteed == pytest.approx(other.within_guaranteed), where
    assert view.figures is not None
    assert view.figures.visitors == sum(each.issued for each in live.values()), f"seed {SEED}"
    assert sum(slot.visitors for slot in view.strip) == view.figures.visitors


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """A Monday of ten visitors in the centre, and four Mondays before of six each."""
    url = sqlite_at(tmp_path)
    engine = open_archive(url)
    rows = [
        leg(f"t{n}", joined=NINE + n * 6 * MINUTE, called=NINE + n * 6 * MINUTE + wait * MINUTE)
        | {"wait_ms": wait * MINUTE, "queue": "papers" if n % 2 else "passports"}
        for n, wait in enumerate((2, 4, 6, 8, 10, 12, 14, 16, 18, 60))
    ]
    rows += [
        leg(f"w{week}-{n}", joined=NINE - week * 7 * 24 * HOUR) | {"day": day}
        for week, day in enumerate(("2026-11-16", "2026-11-09", "2026-11-02", "2026-10-26"), 1)
        for n in range(6)
    ]
    fill(engine, LEGS, [{**row, "finished": row["called"] + 30 * MINUTE} for row in rows])
    minutes = [
        {
            "city": "town",
            "minute": NINE + n * MINUTE,
            "branch": "centre",
            "waiting": 0,
            "desks_open": 2 if n < 60 else 4,
            "desks_busy": 1,
            "alarm": "pause" if 30 <= n < 45 else "none",
            "power": "on",
            "state": "paused" if 30 <= n < 50 else "open",
        }
        for n in range(120)
    ]
    fill(engine, BRANCH_MINUTES, minutes)
    engine.dispose()
    return url


def test_a_day_that_can_be_counted_by_hand(filled: str) -> None:
    """Ten visitors instead of the usual six, their waits, desks, alarm and pause, half-hours and queues."""
    view = told(filled, small_town("town"))
    figures = view.figures
    assert view.state == "ready" and figures is not None
    assert (figures.visitors, figures.usual) == (10, 6.0)
    assert (figures.called, figures.median_minutes, figures.p90_minutes) == (10, 11.0, 22.2)
    assert (figures.served, figures.mean_service_minutes, figures.missed) == (10, 5.0, 0)
    assert (figures.desks_mean, figures.desks_most) == (3.0, 4)
    assert (figures.alarm_minutes, figures.pause_minutes) == (15, 5)
    assert [(slot.at, slot.visitors) for slot in view.strip[:2]] == [("09:00", 5), ("09:30", 5)]
    assert view.worst is not None and (view.worst.branch, view.worst.queue) == ("centre", "papers")
    assert (view.worst.called, view.worst.median_minutes) == (5, 12.0)
    assert view.peak is not None and view.peak.visitors == 5


def test_a_day_of_which_nothing_is_known(filled: str) -> None:
    """It says so, and which day before it is known."""
    view = told(filled, small_town("town"), date(2026, 11, 29))
    assert (view.state, view.figures, view.last_day) == ("no_data", None, "2026-11-23")
    assert told(filled, small_town("town"), date(2025, 1, 1)).last_day is None


def test_a_branch_in_training_is_left_out(filled: str) -> None:
    """Of the city's sums; asked for by name it has its own page."""
    city = small_town("town")
    centre = msgspec.structs.replace(city.branch("centre"), mode="training")
    apart = msgspec.structs.replace(city, branches=[centre, *city.branches[1:]])
    assert told(filled, apart).state == "no_data"
    own = told(filled, apart, branch="centre")
    assert own.figures is not None and own.figures.visitors == 10 and own.branches == []


def test_the_last_working_day() -> None:
    """On a Monday it is the Saturday on which the village opens, for the centre alone the Friday."""
    city = small_city()
    assert last_working_day(city.branches, MONDAY) == date(2026, 11, 21)
    assert last_working_day([city.branch("center")], MONDAY) == date(2026, 11, 20)


# --- the door -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A Monday on which one visitor was served in the centre and a conflict was put on record."""
    with running_server() as running:
        running.issue("center", "extract")
        for verb in ("open", "call-next", "start", "finish"):
            running.desk("center", "1", verb)
        body = {"category": "conflict", "text": "about the queue"}
        chief = running.token("supervisor", "center")
        assert running.command(f"{running.branch_url('center')}/incidents", body, token=chief).status == 200
        wait_until_sync(lambda: read(running, day="2026-11-23").get("figures"), what="the day in the archive")
        yield running


def read(server: RunningServer, role: str = "planner", **query: str) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    token = server.token(role, None if role in ("planner", "admin") else "center")
    return server.ask("GET", f"{server.city_url}/briefing?{asked}", token=token).json


def test_today_is_a_day_too(server: RunningServer) -> None:
    """One visitor, one service, one conflict; not a word of who and what."""
    wait_until_sync(lambda: read(server, day="2026-11-23")["incidents"], what="the incident")
    view = read(server, day="2026-11-23")
    assert view["incidents"] == [{"category": "conflict", "count": 1}]
    wait_until_sync(lambda: read(server, day="2026-11-23")["figures"]["served"] == 1, what="the service")
    view = read(server, day="2026-11-23")
    assert view["figures"]["visitors"] == view["figures"]["called"] == 1
    assert "about the queue" not in str(view)


def test_without_a_day_it_is_the_last_working_one(server: RunningServer) -> None:
    """The Saturday before, of which this server knows nothing."""
    view = read(server)
    assert (view["day"], view["state"], view["last_day"]) == ("2026-11-21", "no_data", None)


def test_a_supervisor_reads_his_own_branch(server: RunningServer) -> None:
    """Without being asked which; another one is refused."""
    assert read(server, "supervisor", day="2026-11-23")["branch"] == "center"
    assert read(server, "supervisor", branch="village")["code"] == "forbidden"


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2026-11-24", "20261123"])
def test_days_that_cannot_be(server: RunningServer, day: str) -> None:
    """Nonsense and the future are refused by the field's name."""
    assert read(server, day=day)["field"] == "day"
