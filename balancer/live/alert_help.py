"""Which one action would help a line that waits too long. Pure.

In this order: a free desk with the skill is asked why it does not call; a free desk whose own lines are empty
gets the queue; a closed desk with the skill is opened; where nobody else is there, the desk with the shortest
line gets the queue; a break is ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from balancer.live.branch_load import BranchLoad
from balancer.messages import DeskState
from balancer.messages.supervisor import Alert, AlertAction

TAKES_A_DESK = frozenset({"set_skills", "open_desk", "resume_desk"})


def help_for(load: BranchLoad, queue: str) -> AlertAction | None:
    """What would help those who wait in a queue; None where no desk could."""
    free = next((desk for desk in load.open_desks(queue) if desk.ticket is None), None)
    if free is not None:
        return AlertAction("ask", free.desk, queue)
    spare = next((desk for desk in _without(load, queue) if is_spare(load, desk)), None)
    if spare is not None:
        return _give(load, spare, queue)
    closed = next(_with(load, queue, "closed"), None)
    if closed is not None:
        return AlertAction("open_desk", closed.desk, queue)
    lending = min(_without(load, queue), key=lambda desk: len(load.line(desk.desk)), default=None)
    if lending is not None and not load.open_desks(queue):
        return _give(load, lending, queue)
    paused = next(_with(load, queue, "paused"), None)
    return AlertAction("resume_desk", paused.desk, queue) if paused is not None else None


def each_desk_once(alerts: Iterable[Alert]) -> Iterator[Alert]:
    """The same alerts, most urgent first: one desk is offered once, the others keep their words."""
    offered: set[str] = set()
    for alert in alerts:
        desk = alert.action.desk if alert.action and alert.action.verb in TAKES_A_DESK else None
        if desk is None:
            yield alert
        elif desk in offered:
            yield msgspec.structs.replace(alert, action=None, free_queues=[])
        else:
            offered.add(desk)
            yield alert


def is_spare(load: BranchLoad, desk: DeskState) -> bool:
    """Whether an open desk has nobody in hand and nobody to call."""
    return desk.state == "open" and desk.ticket is None and not load.has_line(desk.desk)


def desks_on_break(load: BranchLoad, queue: str) -> int:
    """How many desks with the skill are on a break."""
    return sum(1 for _ in _with(load, queue, "paused"))


def _give(load: BranchLoad, desk: DeskState, queue: str) -> AlertAction:
    return AlertAction("set_skills", desk.desk, queue, [*load.skills(desk.desk), queue])


def _without(load: BranchLoad, queue: str) -> Iterator[DeskState]:
    """Open desks that may not call from the queue, in the order of the city's file."""
    for desk in load.branch.desks:
        state = load.desks.get(desk.desk)
        if state is not None and state.state == "open" and queue not in load.skills(desk.desk):
            yield state


def _with(load: BranchLoad, queue: str, wanted: str) -> Iterator[DeskState]:
    """Desks with the skill in that state."""
    for desk in load.branch.desks:
        state = load.desks.get(desk.desk)
        if state is not None and state.state == wanted and queue in load.skills(desk.desk):
            yield state
