"""The next hour: who comes by the usual arrivals, whom the open desks can serve; no hour after closing."""

from __future__ import annotations

from balancer.live.hour_forecast import hour_forecast
from balancer.live.learning import Learning
from tests.head_room import HeadRoom
from tests.town import HOUR, NINE


def test_an_hour_of_arrivals_and_of_desks() -> None:
    """Twelve came in the first half-hour: about as many are expected in each of the next; closing cuts it."""
    room = HeadRoom()
    learning = Learning(room.city)
    for _ in range(12):
        room.town.issue("centre", "papers")
        learning.learn(room.town.told[-1])
    room.town.forward(30)
    day = room.day()
    whole = hour_forecast(day.load, day.tickets, learning, day.now)
    assert whole is not None and 20 <= whole.comes <= 28
    assert whole.can_serve > 0
    half = hour_forecast(day.load, day.tickets, learning, day.now, until=day.now + HOUR // 2)
    assert half is not None
    assert abs(2 * half.comes - whole.comes) < 0.2
    assert half.can_serve < whole.can_serve


def test_nobody_comes_once_tickets_are_closed_and_nothing_is_said_of_a_closed_branch() -> None:
    """Who waits is still served."""
    room = HeadRoom()
    learning = Learning(room.city)
    room.town.set_facts("centre", "tickets_closed", phase="tickets_closed")
    day = room.day()
    found = hour_forecast(day.load, day.tickets, learning, NINE)
    assert found is not None and found.comes == 0.0
    room.town.set_facts("centre", "branch_closed", phase="closed")
    day = room.day()
    assert hour_forecast(day.load, day.tickets, learning, NINE) is None
