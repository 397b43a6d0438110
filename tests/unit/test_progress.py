"""How far a log is read."""

from __future__ import annotations

from balancer.archive.progress import Progress


def test_the_place_is_offset_and_history() -> None:
    """The same offset of another history is another place; the state says nothing about it."""
    assert Progress("a", 7, "{}").place == Progress("a", 7, "").place != Progress("b", 7, "{}").place
