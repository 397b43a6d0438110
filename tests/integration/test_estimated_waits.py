"""Waits on a real store and at a real server: learned from visits, shown, kept in the log, later today."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from balancer.messages import Wait
from balancer.routes.tickets import leave_by
from tests.live_town import feeding
from tests.server import RunningServer, running_server
from tests.stores import Server
from tests.town import CLERK, KIOSK, MINUTE, NINE, Town, taken


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    async with Town.found(valkey.url, city_name) as town:
        yield town


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        running.desk("center", "4", "open")
        yield running


async def served(town: Town, visits: int) -> None:
    """The harbour's desk 1 serves ten minutes each, one after the other."""
    for _ in range(visits):
        await town.queue.issue(KIOSK, "harbour", "address")
        await town.queue.call_next(CLERK, "harbour", "1")
        await town.queue.start(CLERK, "harbour", "1")
        town.clock.forward(10 * MINUTE)
        await town.queue.finish(CLERK, "harbour", "1")


async def test_a_ticket_has_its_own_range_and_the_last_one_shown_goes_into_the_log(town: Town) -> None:
    async with feeding(town) as (feed, _):
        await town.queue.close_desk(CLERK, "harbour", "2")
        await served(town, 30)
        line = [await town.ticket(at="harbour") for _ in range(7)]
        called = taken(await town.queue.call_next(CLERK, "harbour", "1"))
        started = await town.queue.start(CLERK, "harbour", "1")
        assert await feed.wait_offset(started.offset, 5)
        for _ in feed.picture.review(everything=True):
            pass
        waits = [feed.wait_of(ticket) for ticket in line[1:]]
        assert {method for _, method in waits} == {"replay"}
        middles = [wait.p50 for wait, _ in waits if wait]
        assert middles == sorted(middles)
        assert middles[0] == pytest.approx(10, abs=5) and middles[-1] == pytest.approx(60, abs=20)
        load = feed.picture.frame("harbour").queues[0]
        assert load.method == "replay" and load.wait and load.wait.p50 > middles[-1]
        await town.queue.finish(CLERK, "harbour", "1")
        shown = feed.shown_first("harbour", "1")
        assert list(shown) == [ticket.id for ticket in line[1:4]], "the first few of the line"
        following = taken(await town.queue.call_next(CLERK, "harbour", "1", estimates=shown))
        assert following.estimated == shown[following.id] == waits[0][0]
        assert called.estimated is None


async def test_the_day_ahead_of_a_learned_branch(town: Town) -> None:
    async with feeding(town) as (feed, _):
        await town.queue.close_desk(CLERK, "harbour", "2")
        await served(town, 12)
        for _ in range(8):
            last = await town.ticket(at="harbour")
        assert await feed.wait_offset(last.tie, 5)
        found = (await feed.ahead("harbour")).queue("all", [11 * 60 + 15, 12 * 60 + 15, 20 * 60])
        soon, later, night = found.at
        assert soon.open and soon.wait and later.wait
        assert 40 < soon.wait.p50 < later.wait.p50, "ten an hour came until now, six an hour are served"
        assert (night.open, night.wait) == (False, None)


def test_the_door_tells_waits_now_and_later(server: RunningServer) -> None:
    url = server.branch_url("center") + "/estimates"
    reply = server.ask("GET", f"{url}?service=extract&at=10:30,23:30")
    assert reply.status == 200
    assert reply.headers["cache-control"] == "public, max-age=15"
    assert (reply.json["branch"], [each["queue"] for each in reply.json["queues"]]) == ("center", ["papers"])
    (queue,) = reply.json["queues"]
    assert set(queue) == {"queue", "wait", "method", "at", "quieter"}
    first, last = queue["at"]
    assert first["at"].startswith("2026-11-23T10:30:00") and first["open"] is True
    assert last["open"] is False and last["wait"] is None
    everything = server.ask("GET", url).json["queues"]
    assert len(everything) > 1 and all(each["at"] for each in everything)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("at=soon", 422, "invalid_field"),
        ("at=25:00", 422, "invalid_field"),
        ("queue=nowhere", 404, "unknown_queue"),
        ("service=nothing", 404, "unknown_service"),
    ],
)
def test_what_cannot_be_is_refused_by_name(server: RunningServer, query: str, status: int, code: str) -> None:
    reply = server.ask("GET", f"{server.branch_url('center')}/estimates?{query}")
    assert (reply.status, reply.code) == (status, code)


def test_a_ticket_says_how_its_wait_is_known_and_takes_minutes_of_travel(server: RunningServer) -> None:
    made = server.issue("center", "extract").json
    url, secret = f"{server.city_url}/tickets/{made['ticket']['id']}", made["secret"]
    told = server.ask("GET", f"{url}?travel=5", token=secret).json["ticket"]
    assert {"wait", "method", "leave_by"} <= set(told)
    assert (told["wait"] is None) == (told["method"] is None) == (told["leave_by"] is None)
    assert server.ask("GET", f"{url}?travel=far", token=secret).code == "invalid_field"


def test_one_leaves_so_that_nine_in_ten_are_there_in_time() -> None:
    assert leave_by(NINE, Wait(30.0, 45.0, 60.0), 10.0) == NINE + 20 * MINUTE
    assert leave_by(NINE, Wait(5.0, 45.0, 60.0), 10.0) == NINE, "at once, never in the past"
