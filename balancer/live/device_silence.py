"""When a screen that is not heard of should worry somebody. Pure."""

from __future__ import annotations

from balancer.live.board import Board


def silence_allowed(board: Board, branch: str) -> float | None:
    """Real seconds for which a device of that branch may be silent; None while the branch is closed, gone
    from the city, or does not watch its devices.
    """
    if branch not in board.city.branch_by_id:
        return None
    load = board.branch(branch)
    seconds = load.branch.policy.device_silent_after_seconds
    return float(seconds) if seconds and load.facts.phase != "closed" else None
