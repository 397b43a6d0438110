"""The door by which reception and supervisors record an incident in their branch."""

from __future__ import annotations

from starlette.responses import Response

from balancer.core.views import branch_view
from balancer.messages import BranchAnswer, BranchIncidentBody
from balancer.routes.door import BRANCH, Ask, Door, answer


async def incident(ask: Ask[BranchIncidentBody]) -> Response:
    """Write an incident of the branch into the log."""
    body = ask.body
    done = await ask.parts.queue.branch_incident(
        ask.caller, ask.branch.branch, body.category, body.text, body.ticket
    )
    assert done.facts is not None
    return answer(BranchAnswer(branch_view(done.facts, ask.branch), done.offset))


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        BRANCH + "/incidents",
        incident,
        "Record an incident in the branch",
        "branch_incident",
        BranchAnswer,
        BranchIncidentBody,
        tag="branches",
    ),
)
