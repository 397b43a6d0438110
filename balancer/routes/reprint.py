"""The door by which reception prints a lost stub again: it gives the secret, and the log keeps who asked."""

from __future__ import annotations

from starlette.responses import Response

from balancer.core.tokens import ticket_secret
from balancer.core.views import ticket_view
from balancer.errors import BalancerError
from balancer.messages import ACTIVE, IssueAnswer, NoFields, TicketStatus
from balancer.routes.door import TICKET, Ask, Door, answer
from balancer.routes.tickets import check_scope, find

PRINTABLE = ACTIVE | {TicketStatus.NO_SHOW}


async def reprint(ask: Ask[NoFields]) -> Response:
    """The ticket as its holder sees it now, with its secret; `ticket_over` for one that is done."""
    parts = ask.parts
    ticket, ahead = await find(ask)
    await check_scope(ask, ticket, "reprint")
    if ticket.state not in PRINTABLE:
        raise BalancerError("ticket_over", number=ticket.number)
    noted = await parts.queue.record(
        ask.caller, "stub_reprinted", ticket.branch, {"ticket": ticket.id, "number": ticket.number}
    )
    waits = ticket.state is TicketStatus.WAITING
    wait, method = parts.feed.wait_of(ticket) if waits else (None, None)
    zone = parts.city.branch(ticket.branch).time_zone
    view = ticket_view(ticket, zone, ahead=ahead if waits else None, wait=wait, method=method)
    return answer(IssueAnswer(view, ticket_secret(parts.city_key, ticket.id), noted.offset))


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        TICKET + "/reprint",
        reprint,
        "A lost stub again, with the ticket's secret",
        "reprint",
        IssueAnswer,
        NoFields,
        tag="tickets",
    ),
)
