"""The door by which a kiosk leases numbers, so that it can go on giving out tickets without the server."""

from __future__ import annotations

from starlette.responses import Response

from balancer.city.hours import rfc3339
from balancer.core.slips import lease_ends, slips_of
from balancer.messages import LeaseAnswer, LeaseBody
from balancer.routes.door import BRANCH, Ask, Door, answer


async def lease(ask: Ask[LeaseBody]) -> Response:
    """Numbers for today, with the ticket that each will become."""
    branch = ask.branch
    done = await ask.parts.queue.lease(ask.caller, branch.branch, ask.body.count)
    leased = done.lease
    assert leased is not None
    expires = rfc3339(branch.time_zone, lease_ends(branch, done.at))
    slips = slips_of(leased, ask.parts.city_key)
    return answer(LeaseAnswer(leased.lease, leased.day, expires, slips, done.offset), 201)


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        BRANCH + "/leases",
        lease,
        "Lease numbers for when the server is away",
        "lease",
        LeaseAnswer,
        LeaseBody,
        status=201,
        tag="tickets",
    ),
)
