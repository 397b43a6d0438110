"""What the holder of a ticket should know: documents, rights, the rule for the late, where to wait."""

from __future__ import annotations

from typing import Any

import msgspec

from balancer.core.guide_view import Besides, guide_view
from balancer.messages import BranchState, TicketState
from balancer.messages.guide import GuideView
from tests.city_files import small_city
from tests.tickets import TEN, ticket

MINUTE = 60_000
CITY = small_city(
    (
        'city = "dolyna"',
        'city = "dolyna"\nrights = [{ uk = "Отримати відмову письмово.", en = "A refusal in writing." }]',
    ),
    (
        "needs_power = true",
        'needs_power = true\ndocuments = [{ name = { uk = "Паспорт", en = "Passport" } }, '
        '{ name = { uk = "Витяг", en = "Extract" }, needed = false }]',
    ),
    ('facilities = ["ramp", "shelter"]', 'shelter = { uk = "Сходами вниз.", en = "Down the stairs." }'),
    ('letter = "P"', 'letter = "P"\nzone = "Б"\nfloor = "1"'),
    ('ids = "4"', 'ids = "4"\nzone = "В"'),
)


def guide(of: TicketState, **facts: Any) -> GuideView:
    branch = BranchState("center", **{"phase": "open", "alarm": "none", "power": "on", "version": 1, **facts})
    return guide_view(of, CITY, branch, Besides(TEN + MINUTE, 9))


def test_documents_and_rights_are_told() -> None:
    """What is needed, what the administrator fetches himself, what one may expect; nothing that is secret."""
    told = guide(ticket())
    assert [(each.name["en"], each.needed) for each in told.documents] == [
        ("Passport", True),
        ("Extract", False),
    ]
    assert [each["en"] for each in told.rights] == ["A refusal in writing."]
    assert (told.address["uk"], told.contact, told.time_zone) == (
        "пл. Ринок, 1",
        "0 800 000 000",
        "Europe/Kyiv",
    )
    assert told.shelter_way == {"uk": "Сходами вниз.", "en": "Down the stairs."}
    text = msgspec.json.encode(told)
    assert b"disability" not in text and b"colleagues" not in text


def test_the_place_is_the_desk_s_own_before_the_queue_s() -> None:
    """Before a call the queue's zone and floor; at a desk that says its own zone, that one."""
    waiting, called = guide(ticket()), guide(ticket("called", desk="4", called=TEN))
    assert (waiting.desk_name, waiting.zone, waiting.floor) == (None, "Б", "1")
    assert (called.zone, called.floor) == ("В", "1")
    assert called.desk_name is not None and "4" in called.desk_name["en"]


def test_a_called_visitor_is_waited_for_until_the_rule_says() -> None:
    """From the last call on; no instant where the desk decides alone, and for one who is not called."""
    assert guide(ticket("called", desk="1", called=TEN)).waits_until == "2026-11-23T10:03:00+02:00"
    again = ticket("called", desk="1", called=TEN, recalled=TEN + 2 * MINUTE)
    assert guide(again).waits_until == "2026-11-23T10:05:00+02:00"
    assert guide(ticket()).waits_until is None


def test_a_missed_ticket_says_until_when_reception_may_put_it_back() -> None:
    """The pauses of the branch are added; while one lasts nobody knows."""
    missed = ticket("no_show", since=TEN - 10 * MINUTE)
    told = guide(missed, paused_total=10 * MINUTE)
    assert told.reinstate_until == "2026-11-23T10:30:00+02:00"
    assert guide(missed, alarm="pause", paused_since=TEN).reinstate_until is None
    assert (told.lateness.misses, told.lateness.no_show_back, told.lateness.recalls_max) == (0, 5, 3)


def test_a_queue_that_is_no_more_is_no_riddle() -> None:
    """The city file changed under a ticket: the rest is still told."""
    told = guide(ticket(queue="gone"))
    assert (told.queue_name, told.zone) == ({}, None)
