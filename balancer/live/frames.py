"""From a branch's state to what goes out: the socket's frame and the branch's part of `GET board`. Pure.

Instants leave as RFC 3339 in the branch's time zone, waits in minutes. Nothing here knows a secret, a name or
a priority class.
"""

from __future__ import annotations

from collections.abc import Mapping

from balancer.city.hours import plan, rfc3339
from balancer.live.branch_load import BranchLoad
from balancer.messages import BoardBranch, BranchFrame, BranchState, LastCalled, Method, QueueLoad, Wait
from balancer.messages.live import BranchShown

Waits = Mapping[str, Wait | None]
Methods = Mapping[str, Method | None]


def branch_frame(
    load: BranchLoad, waits: Waits, methods: Methods | None = None, *, epoch: str, seq: int, as_of: int
) -> BranchFrame:
    """The whole small state of a branch. `waits`: of a new ticket by queue, worked out by `methods`.
    `as_of`: city ms.
    """
    zone = load.branch.time_zone
    hours = plan(load.branch, as_of)
    return BranchFrame(
        branch=load.branch.branch,
        epoch=epoch,
        seq=seq,
        as_of=rfc3339(zone, as_of),
        state=load.state,
        power=load.facts.power,
        reason=reason_of(load.facts),
        resumes_at=None if load.facts.resumes is None else rfc3339(zone, load.facts.resumes),
        suspended=load.facts.suspended,
        opens_at=None if hours.opens_at is None else rfc3339(zone, hours.opens_at),
        closes_at=None if hours.closes_at is None else rfc3339(zone, hours.closes_at),
        waiting=load.waiting,
        on_the_way=load.on_the_way,
        serving=load.in_hand,
        desks_open=load.desks_open,
        desks_total=len(load.branch.desks),
        queues=[
            QueueLoad(queue, count.waiting, count.in_hand, waits.get(queue), (methods or {}).get(queue))
            for queue, count in load.queues.items()
        ],
        last_called=[LastCalled(call.number, call.desk, rfc3339(zone, call.at)) for call in load.last_called],
    )


def reason_of(facts: BranchState) -> str | None:
    """Why a branch is paused; "alarm" too while it goes on during one, where nothing else holds it."""
    if facts.alarm == "pause":
        return "alarm"
    return facts.hold or ("alarm" if facts.alarm == "continue" else None)


def board_branch(load: BranchLoad, frame: BranchFrame) -> BoardBranch:
    """The branch's frame with what does not change."""
    branch = load.branch
    shown = {name: getattr(frame, name) for name in BranchShown.__struct_fields__}
    return BoardBranch(
        name=branch.name, kind=branch.kind, lat=branch.lat, lon=branch.lon, demo=branch.demo, **shown
    )
