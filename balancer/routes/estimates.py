"""The door of "if you come at HH:MM": a branch's waits now, later today, and when it will be quieter."""

from __future__ import annotations

from starlette.responses import Response

from balancer.city.definition import Branch
from balancer.city.hours import rfc3339
from balancer.errors import BalancerError
from balancer.messages import NoFields
from balancer.messages.estimates import EstimatesView
from balancer.routes.asked_times import times_of
from balancer.routes.door import BRANCH, Ask, Door, answer

CACHE_CONTROL = "public, max-age=15"


async def estimates(ask: Ask[NoFields]) -> Response:
    """The waits in `?queue=`, in the queue of `?service=`, or in all, at `?at=HH:MM,…` (each half-hour until
    closing, where nothing is asked). Moments are rounded to a quarter of an hour.
    """
    query, branch = ask.request.query_params, ask.branch
    service = query.get("service")
    if service is not None:
        ask.parts.city.service(service)
    queues = asked_queues(branch, query.get("queue"), service)
    times = times_of(query.get("at"), "at")
    ask.parts.feed.require_fresh()
    view = await ask.parts.feed.ahead(branch.branch)
    found = EstimatesView(
        city=ask.parts.city.city,
        branch=branch.branch,
        as_of=rfc3339(branch.time_zone, view.now),
        queues=[view.queue(queue, times) for queue in queues],
    )
    return answer(found, headers={"cache-control": CACHE_CONTROL})


def asked_queues(branch: Branch, queue: str | None, service: str | None) -> list[str]:
    """The queues that a query names; `unknown_queue` or `service_not_offered` where there is none such."""
    if queue is not None:
        return [branch.queue(queue).queue]
    if service is None:
        return [each.queue for each in branch.queues]
    found = branch.queue_of(service)
    if found is None:
        raise BalancerError("service_not_offered", service=service)
    return [found.queue]


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        BRANCH + "/estimates",
        estimates,
        "The waits of a branch now and later today",
        None,
        EstimatesView,
        open_origin=True,
        query={
            "queue": "only this queue",
            "service": "only the queue that serves this service",
            "at": "times of today as 09:30,14:00; without it each half-hour until closing",
        },
        tag="board",
    ),
)
