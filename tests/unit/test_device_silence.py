"""When a silent screen should worry somebody."""

from __future__ import annotations

import msgspec

from balancer.city.definition import load_city
from balancer.live.board import Board
from balancer.live.device_silence import silence_allowed


def test_only_an_open_branch_expects_its_screens_to_be_on() -> None:
    """By the branch's own policy; 0 turns it off."""
    city = load_city("kharkiv")
    first = city.branches[0]
    board = Board(city)
    load = board.branch(first.branch)
    assert silence_allowed(board, first.branch) is None, "closed"
    load.facts.phase = "tickets_closed"
    assert silence_allowed(board, first.branch) == first.policy.device_silent_after_seconds
    assert silence_allowed(board, "atlantis") is None
    policy = msgspec.structs.replace(first.policy, device_silent_after_seconds=0)
    load.branch = msgspec.structs.replace(first, policy=policy)
    assert silence_allowed(board, first.branch) is None
