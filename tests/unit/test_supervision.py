"""A desk's row as the head sees it: in whose hand, for how long, with which skills."""

from __future__ import annotations

import msgspec

from balancer.live.estimates import Estimates
from balancer.live.measures_view import desk_day
from balancer.live.supervision import desk_row, remaining
from balancer.messages.supervisor import DeskRow
from tests.head_room import HeadRoom


def row(room: HeadRoom, desk: str) -> DeskRow:
    day = room.day()
    return desk_row(day, day.load.branch.desk(desk), desk_day(day, desk))


def test_a_row_follows_its_desk() -> None:
    """Free, calling, serving, on a break, closed: since when, and for whom."""
    room = HeadRoom()
    room.town.forward(3)
    assert (row(room, "3").state, row(room, "3").ticket, row(room, "3").minutes) == ("open", None, 3.0)
    ticket = room.town.issue("centre", "land").ticket
    assert ticket is not None
    room.town.call("centre", "3", ticket.id)
    room.town.forward(1)
    assert (row(room, "3").ticket, row(room, "3").serving, row(room, "3").minutes) == (
        ticket.number,
        False,
        1.0,
    )
    room.town.start(ticket.id)
    room.town.forward(8)
    assert (row(room, "3").serving, row(room, "3").minutes) == (True, 8.0)
    room.town.set_desk("centre", "1", "closed")
    assert (row(room, "1").state, row(room, "1").minutes) == ("closed", None)


def test_changed_skills_are_marked() -> None:
    """The city's file says otherwise."""
    room = HeadRoom()
    assert row(room, "3").own_skills
    lent = msgspec.structs.replace(room.town.desks["centre", "3"], queues=["land", "papers"])
    room.town.tell("desk_skills_set", branch="centre", desk=lent)
    assert (row(room, "3").queues, row(room, "3").own_skills) == (["land", "papers"], False)


def test_without_estimates_nothing_is_foretold() -> None:
    """Nobody knows how long they will wait."""
    room = HeadRoom()
    room.town.issue("centre", "land")
    assert remaining(room.day(), Estimates(room.city)) == {}
