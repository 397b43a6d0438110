"""Bodies are made once for a crowd, and never shown after the picture has changed."""

from __future__ import annotations

import itertools

from balancer.live.kept import MOST_BODIES, Kept


def test_one_body_for_all_who_ask_within_a_second() -> None:
    made = itertools.count(1)
    kept: Kept[int] = Kept()
    assert [kept.get("all", 1, now, lambda: next(made)) for now in (5.0, 5.5, 5.99)] == [1, 1, 1]
    assert kept.get("centre", 1, 5.5, lambda: next(made)) == 2


def test_a_change_or_a_second_makes_it_anew() -> None:
    made = itertools.count(1)
    kept: Kept[int] = Kept()
    asked = [(1, 5.0), (2, 5.1), (2, 5.2), (2, 6.2), (2, 6.3)]
    bodies = [kept.get("all", generation, now, lambda: next(made)) for generation, now in asked]
    assert bodies == [1, 2, 2, 3, 3]


def test_memory_is_bounded_however_many_ways_people_ask() -> None:
    kept: Kept[bytes] = Kept()
    for number in range(3 * MOST_BODIES):
        kept.get(number, 1, 5.0, lambda: b"x")
    assert len(kept._bodies) <= MOST_BODIES
