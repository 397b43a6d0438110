"""Which notices are due: a call and a recall each once, the time to leave by the earliest likely call."""

from __future__ import annotations

from typing import Any

import pytest

from balancer.core.push_book import Subscription
from balancer.messages import TicketState, Wait
from balancer.notices.due import due, text_of
from tests.city_files import small_city
from tests.unit.test_guide_view import TEN, ticket

WISH = Subscription("https://push.example/1", "p", "a", "uk", 13.0)
CITY = small_city()


def kinds(of: TicketState, wait: Wait | None = None, wish: Subscription = WISH) -> list[str]:
    return [notice.kind for notice in due(of, wait, [wish])]


def test_a_call_and_a_recall_are_two_events() -> None:
    """Each with a mark of its own, the same whenever it is looked at."""
    called = ticket("called", desk="1", called=TEN)
    again = ticket("called", desk="1", called=TEN, recalled=TEN + 60_000, recalls=1)
    marks = [due(each, None, [WISH])[0].mark for each in (called, called, again)]
    assert marks[0] == marks[1] != marks[2]
    assert (kinds(called), kinds(again)) == (["called"], ["recalled"])


@pytest.mark.parametrize(
    ("p10", "travel", "kind"),
    [(30, 13, []), (15, 13, ["leave"]), (5, 13, ["leave"]), (5, None, []), (5, 0, []), (None, 13, [])],
)
def test_the_time_to_leave_is_by_p10(p10: float | None, travel: float | None, kind: list[str]) -> None:
    """Not before; never to one who is there, whose way is not known, or where nobody knows the wait."""
    wish = Subscription(WISH.endpoint, "p", "a", "uk", travel)
    assert kinds(ticket(), None if p10 is None else Wait(p10, p10 + 5, p10 + 15), wish) == kind


@pytest.mark.parametrize("state", ["serving", "parked", "done", "no_show", "cancelled"])
def test_other_states_are_no_news(state: str) -> None:
    """Who is at the desk or gone hears nothing."""
    assert kinds(ticket(state, desk="1", called=TEN), Wait(1, 2, 3)) == []


def told(of: TicketState, language: Any, wait: Wait | None = None) -> dict[str, str]:
    wish = Subscription(WISH.endpoint, "p", "a", language, 13.0)
    return text_of(due(of, wait, [wish])[0], of, CITY)


def test_the_text_carries_number_and_desk_only() -> None:
    """In the reader's language; nothing of the service or the branch."""
    called = told(ticket("called", desk="1", called=TEN), "uk")
    assert (called["title"], called["body"]) == ("Місце 1", "Талон P007: вас запрошують.")
    leave = told(ticket(), "en", Wait(1, 2, 3))
    assert (leave["title"], leave["body"]) == ("Time to leave", "Ticket P007: your turn is near.")
    assert all("Паспорт" not in text and "Центр" not in text for text in called.values())
