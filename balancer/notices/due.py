"""Which notices a ticket is due, at most one an event. Pure: time comes in.

A call and a recall are events of their own. "Time to leave" comes once a subscription, when the earliest
likely call (p10) is no farther than the way; never to one who is at the branch or whose branch stands still.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from balancer.city.definition import City
from balancer.core.push_book import Subscription
from balancer.core.views import current_leg
from balancer.messages import TicketState, TicketStatus, Wait
from balancer.wording.languages import language_in, language_of, local
from balancer.wording.said import SAID

Kind = Literal["called", "recalled", "leave"]
LEAVE_AHEAD_MINUTES = 2.0
"""To put on a coat: the notice comes so much before the minute at which to set out."""


class Notice(NamedTuple):
    """One notice for one subscription. `mark` names it among all that the ticket was told."""

    mark: str
    kind: Kind
    wish: Subscription


def due(ticket: TicketState, wait: Wait | None, wishes: Iterable[Subscription]) -> list[Notice]:
    """What each subscription should be told now, whether or not it was told before."""
    found = [_due(ticket, wait, wish) for wish in wishes]
    return [notice for notice in found if notice is not None]


def _due(ticket: TicketState, wait: Wait | None, wish: Subscription) -> Notice | None:
    leg = current_leg(ticket)
    if ticket.state is TicketStatus.CALLED and leg is not None:
        if ticket.recalled is not None and ticket.recalls:
            return Notice(f"recalled:{ticket.recalled}:{wish.id}", "recalled", wish)
        return Notice(f"called:{leg.called}:{wish.id}", "called", wish)
    if ticket.state is TicketStatus.WAITING and wait is not None and wish.travel:
        if wait.p10 <= wish.travel + LEAVE_AHEAD_MINUTES:
            return Notice(f"leave:{ticket.branch}:{wish.id}", "leave", wish)
    return None


def text_of(notice: Notice, ticket: TicketState, city: City) -> dict[str, str]:
    """What the phone shows: number and desk, nothing of what the visit is for. `tag`: a newer one of the
    ticket replaces an older one.
    """
    language = language_of(notice.wish.language) or "uk"
    words = SAID.of(language)
    desk = city.branch(ticket.branch).desk_by_id.get(ticket.desk or "")
    titles = {"leave": words.push_leave}
    texts = {
        "called": words.push_called_text,
        "recalled": words.push_recalled_text,
        "leave": words.push_leave_text,
    }
    name = local(desk.name, language) if desk else ticket.desk or ""
    body = texts[notice.kind].format(number=ticket.number)
    return {
        "title": str(titles.get(notice.kind, words.push_called.format(desk=name))),
        "body": str(body),
        "tag": ticket.id,
        "lang": language_in(body, language),
    }
