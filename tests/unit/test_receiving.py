"""Whether a branch takes a visitor at the moment of arrival: hours, pauses, power, what people closed."""

from __future__ import annotations

from typing import Any

import pytest

from balancer.live.board import Board
from balancer.live.receiving import Receiving, receiving
from tests.happenings import Happenings
from tests.town import HOUR, MINUTE, NINE

SIX = NINE + 9 * HOUR


def at(town: Happenings, minutes: float, service: str = "address", *, now: int = NINE) -> Receiving:
    """What the centre would do with somebody who is there `minutes` after `now`."""
    board = Board(town.city)
    board.load(town.snapshot())
    known = town.city.service(service)
    return receiving(board.branch("centre"), known, now, now + round(minutes * MINUTE))


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [(0, None), (500, None), (534, None), (536, "closing_too_soon"), (541, "closing_too_soon")],
)
def test_it_must_be_open_on_arrival(minutes: float, reason: str | None) -> None:
    """With five minutes to spare before six; the next morning's opening is told."""
    found = at(Happenings(), minutes)
    assert found.reason == reason
    assert found.closes_at == (SIX if minutes < 540 else None)
    assert (found.opens_at == NINE + 24 * HOUR) == (reason is not None)


def test_before_the_opening_its_hours_count() -> None:
    """At eight it is closed for whoever is there at half past, open for whoever comes at ten past nine."""
    town = Happenings(opened=False)
    early = NINE - HOUR
    assert at(town, 30, now=early) == Receiving("closed", None, NINE)
    assert at(town, 70, now=early) == Receiving(None, SIX)


@pytest.mark.parametrize(
    ("facts", "service", "reason"),
    [
        ({"phase": "closed"}, "address", "closed"),
        ({"phase": "tickets_closed"}, "address", "tickets_closed"),
        ({"alarm": "pause"}, "address", "paused"),
        ({"hold": "burst pipe"}, "address", "paused"),
        ({"alarm": "shelter"}, "address", None),
        ({"power": "off"}, "passport", "no_power"),
        ({"power": "off"}, "address", None),
        ({"suspended": ["address"]}, "address", "service_suspended"),
        ({"suspended": ["address"]}, "passport", None),
    ],
)
def test_what_people_did_counts(facts: dict[str, Any], service: str, reason: str | None) -> None:
    """Whatever the hours say."""
    town = Happenings()
    town.set_facts("centre", "changed", **facts)
    assert at(town, 10, service).reason == reason


def test_what_ended_early_today_is_open_tomorrow() -> None:
    """A supervisor's closing holds for that opening only."""
    town = Happenings()
    town.set_facts("centre", "tickets_closed", phase="tickets_closed")
    assert at(town, 24 * 60 + 30).reason is None


def test_opened_by_hand_outside_its_hours() -> None:
    """On a Sunday the doors are open if somebody opened them; nobody knows until when."""
    sunday = NINE - 24 * HOUR
    assert at(Happenings(), 20, now=sunday) == Receiving(None)
    assert at(Happenings(opened=False), 20, now=sunday).reason == "closed"


def test_a_service_must_be_offered() -> None:
    """Land is the centre's only."""
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    land = town.city.service("land")
    assert receiving(board.branch("harbour"), land, NINE, NINE).reason == "service_not_offered"
