"""The measures as they leave the server: sums over desks and queues, and what is now."""

from __future__ import annotations

from balancer.live.measures_view import desk_day
from tests.head_room import HeadRoom
from tests.unit.test_branch_record import served


def test_sums_and_medians() -> None:
    """The branch's figures are those of its queues and desks together."""
    room = HeadRoom()
    served(room, "land", "3", 10, 8)
    served(room, "land", "3", 20, 30)
    served(room, "papers", "1", 50, 5)
    waiting = room.town.issue("centre", "papers").ticket
    assert waiting is not None
    room.town.forward(3)
    shown = room.shown()
    assert (shown.issued, shown.called, shown.served) == (4, 3, 3)
    assert shown.median_minutes == 20.0
    assert (shown.waiting, shown.longest_minutes, shown.longest) == (1, 3.0, waiting.number)
    assert [each.done for each in shown.desks] == [1, 0, 2]
    assert (shown.over_red, shown.over_red_now) == (1, 0)
    assert shown.mean_service_minutes == 14.3
    (promise,) = shown.standards
    assert (promise.n, promise.within_target, promise.within_guaranteed) == (3, 1 / 3, 2 / 3)
    land = next(each for each in shown.queues if each.queue == "land")
    assert (land.median_minutes, land.desks_open) == (15.0, 1)
    assert (shown.hall.people, shown.hall.capacity) == (1, 10)
    assert shown.known_from is None


def test_a_service_that_goes_on_counts_at_once() -> None:
    """Above red now, and today, before it has ended."""
    room = HeadRoom()
    ticket = room.town.issue("centre", "land").ticket
    assert ticket is not None
    room.town.call("centre", "3", ticket.id)
    room.town.start(ticket.id)
    room.town.forward(26)
    shown = room.shown()
    assert (shown.over_red, shown.over_red_now) == (1, 1)
    assert shown.desks[2].over_red_now
    assert shown.desks[2].done == 0


def test_stretches_are_told_of_one_desk_when_asked() -> None:
    """In order, without a gap, adding up to its minutes."""
    room = HeadRoom()
    served(room, "land", "3", 10, 8)
    day = room.day()
    assert desk_day(day, "3").spans == []
    told = desk_day(day, "3", spans=True)
    assert [each.kind for each in told.spans][-2:] == ["busy", "idle"] or told.spans[-1].kind == "busy"
    assert all(one.ends == other.begins for one, other in zip(told.spans, told.spans[1:], strict=False))
    assert (told.busy_minutes, told.paused_minutes) == (8.0, 0.0)


def test_a_log_that_begins_in_the_middle_says_so() -> None:
    """What was before it does not count, and the measures say from when they do."""
    room = HeadRoom()
    room.day()
    served(room, "land", "3", 10, 8)
    room.town.forward(10)
    skipped = room.town.told[-1]
    room.town.told.remove(skipped)  # the last event was lost
    room.town.issue("centre", "land")
    shown = room.shown()
    assert shown.known_from is not None and shown.known_from.endswith("09:28:00+02:00")
    assert shown.served == 0
