"""How soon readers may ask for a new drawing: within a budget, and at once where a state changes."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from balancer.live.redraw_pace import STEPS_MS, RedrawPace
from balancer.messages import BranchFrame
from tests.browser.cities import small_city
from tests.browser.scripted_drawing import BASE

BUDGET = 500.0
SEED = 20261122


def frame(branch: str = "centre", **changed: Any) -> BranchFrame:
    _, loads = small_city()
    return msgspec.convert({**BASE, "epoch": "e", **loads[branch], **changed}, BranchFrame)


def test_few_readers_wait_a_second_and_many_wait_longer() -> None:
    """Never less with more readers, and there is an end to it."""
    pace = RedrawPace(BUDGET)
    told = [pace.spread_ms(sockets, 1.0) for sockets in (0, 1, 250, 1000, 10_000, 1_000_000)]
    assert told == [1000, 1000, 1000, 4000, 48_000, STEPS_MS[-1]]


@pytest.mark.parametrize("readers", [500, 2000, 8000])
def test_a_crowd_in_a_lively_city_stays_within_the_budget(readers: int) -> None:
    """Each asks, waits a random part of the spread after the next news (which never end), and asks again."""
    pace, dice = RedrawPace(BUDGET), random.Random(SEED)
    spread = pace.spread_ms(readers, 1.0) / 1000
    seconds, asked = 4 * spread, 0
    for _ in range(readers):
        at = dice.random() * spread
        while at < seconds:
            asked += at >= spread
            at += 1.1 + dice.random() * spread
    assert asked / (seconds - spread) <= BUDGET * 1.05, f"seed {SEED}"


def test_a_state_is_told_at_once_and_a_wait_is_not() -> None:
    """A tenth of the spread for some seconds; the same state again is no news, nor is another number."""
    pace = RedrawPace(BUDGET)
    pace.note(frame(), 100.0)
    pace.note(frame(waiting=99, desks_open=1), 101.0)
    assert (pace.states, pace.spread_ms(10_000, 101.0)) == (0, 48_000)
    changes: list[dict[str, Any]] = [
        {"state": "paused", "reason": "alarm"},
        {"power": "off"},
        {"suspended": ["id-card-exchange"]},
    ]
    for number, changed in enumerate(changes, 1):
        at = 100.0 + 100 * number
        pace.note(frame(**changed), at)
        pace.note(frame(**changed), at + 1)
        assert pace.states == number
        assert pace.spread_ms(10_000, at + 2) == 4000
        assert pace.spread_ms(100, at + 2) == 1000
        assert pace.spread_ms(10_000, at + 4) == 48_000


def test_readers_without_a_socket_count_by_what_they_ask() -> None:
    """Two thousand ask a second, so ten thousand poll; when they are gone, so is the spread."""
    pace, now = RedrawPace(BUDGET), 1000.0
    for _ in range(11 * 2000):
        pace.asked(now)
        now += 1 / 2000
    assert pace.spread_ms(0, now) == 24_000
    assert pace.spread_ms(0, now + 60) == 1000


def test_who_asks_without_end_does_not_silence_the_others() -> None:
    """An attacker heeds nothing; readers with sockets still come in less than half a minute."""
    pace, now = RedrawPace(BUDGET), 1000.0
    for _ in range(60):
        for _ in range(5000):
            pace.asked(now)
        now += 1.0
        told = pace.spread_ms(100, now)
    assert told == 24_000
