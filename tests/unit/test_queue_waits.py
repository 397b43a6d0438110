"""Waits of a day in order, by half-hours, and their median."""

from __future__ import annotations

import random
import statistics

from balancer.live.queue_waits import QueueWaits, median

SEED = 3


def test_waits_stay_in_order_by_half_hours() -> None:
    """Whatever order they come in; the half-hour is that of the call."""
    dice = random.Random(SEED)
    queue, told = QueueWaits(), []
    for _ in range(200):
        wait, minute = dice.randrange(3_600_000), dice.uniform(540, 1080)
        queue.call(wait, minute)
        told.append((int(minute // 30), wait))
    assert queue.waits == sorted(wait for _, wait in told), f"seed {SEED}"
    for slot, waits in queue.by_slot.items():
        assert waits == sorted(wait for place, wait in told if place == slot), f"seed {SEED} slot {slot}"
    assert median(queue.waits) == statistics.median(queue.waits)


def test_nobody_has_no_median() -> None:
    """Where nobody was called there is nothing to tell."""
    assert median([]) is None
