"""The room of one desk, from the live picture. Pure."""

from __future__ import annotations

from balancer.city.hours import rfc3339
from balancer.city.public import public_branch
from balancer.core.views import branch_time, branch_view, desk_view, staff_ticket
from balancer.live.board import Board
from balancer.live.measures_view import DayNow, desk_day
from balancer.messages.desk_room import DeskPolicy, DeskRoom, PriorityChoice


def desk_room(board: Board, day: DayNow, desk: str) -> DeskRoom | None:
    """All that the page of a desk of the day's branch shows; None where the store knows no such desk yet."""
    load, now = day.load, day.now
    state = load.desks.get(desk)
    if state is None:
        return None
    branch, zone = load.branch, load.branch.time_zone
    here = branch_time(load.facts, now)
    in_hand = board.tickets.get(state.ticket or "")
    line = [staff_ticket(each, zone, here) for each in board.line(branch.branch, desk)]
    parked = [each for each in load.parked.values() if each.desk == desk]
    policy = branch.policy
    return DeskRoom(
        desk=desk_view(state, branch),
        branch=branch_view(load.facts, branch),
        ticket=staff_ticket(in_hand, zone, here) if in_hand else None,
        line=line,
        parked=[staff_ticket(each, zone, here) for each in parked],
        waiting=len(line),
        offset=board.offset,
        city_time=rfc3339(zone, now),
        policy=DeskPolicy(
            service_amber_minutes=policy.service_amber_minutes,
            service_red_minutes=policy.service_red_minutes,
            rest_after_minutes=policy.rest_after_minutes,
        ),
        priorities=[PriorityChoice(each.priority, each.name) for each in day.city.priority_classes],
        day=desk_day(day, desk, spans=True),
        definition=None if branch.is_public else public_branch(branch),
    )
