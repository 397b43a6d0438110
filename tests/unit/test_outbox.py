"""A slow client gets the newest state of each branch, and never costs more than one frame a branch."""

from __future__ import annotations

from balancer.live.outbox import Outbox


def test_newer_frames_replace_older_ones_of_the_same_branch() -> None:
    outbox = Outbox()
    outbox.hold([("centre", b"c1"), ("harbour", b"h1")])
    outbox.hold([("centre", b"c2")])
    assert outbox.skipped == 1
    assert outbox.take() == b"c2h1"
    assert outbox.take() == b""


def test_memory_is_bounded_by_the_number_of_branches() -> None:
    outbox = Outbox()
    for number in range(10_000):
        outbox.hold([(f"b{number % 15}", b"x" * 1000)])
    assert len(outbox) == 15
    assert outbox.size == 15_000
