"""Cleaning a recorded queue and rebuilding calls, flows and waits from it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from loadtest.warsaw import read_day
from predictors.traces import (
    Move,
    QueueRecord,
    Trace,
    Unusable,
    called_so_far,
    changed,
    clean,
    flows,
    rebuilt_waits,
    steps,
)

NONE = float("nan")
WARSAW = Path(__file__).parents[2] / "../shared/data/warsaw/queues_2020-01-02_to_14.csv.gz"


def record(numbers: list[float], waiting: list[int] | None = None) -> QueueRecord:
    """A queue's day with five minutes between snapshots, beginning at 08:00."""
    count = len(numbers)
    return QueueRecord(
        480 + 5 * np.arange(count),
        np.array(waiting or [0] * count, dtype=np.int64),
        np.array(numbers, dtype=np.float64),
        np.ones(count, dtype=np.int64),
    )


def trace(called: list[int], waiting: list[int]) -> Trace:
    count = len(called)
    minutes = 480 + 5 * np.arange(count)
    return Trace(minutes, np.array(waiting), np.array(called), np.ones(count, dtype=np.int64))


@pytest.mark.parametrize(
    ("numbers", "called"),
    [
        ([1, 2, 4, 4, 5], [1, 2, 4, 4, 5]),
        ([1, 2, 999, 4, 5], [1, 2, 4, 5, 5]),
        ([7, 8, 3, 4, 9], [4, 4, 4, 4, 9]),
        ([NONE, NONE, 3, NONE, 5, 6], [3, 3, 3, 3, 5, 6]),
        ([5, 6, 6, 7, 0], [0, 0, 0, 0, 0]),
    ],
    ids=["clean", "one misread", "taken back", "missing", "reset at the end"],
)
def test_called_never_falls(numbers: list[float], called: list[int]) -> None:
    """Misreadings, gaps and numbers that are taken back leave a C that only grows."""
    found = called_so_far(np.array(numbers, dtype=np.float64))
    assert found.tolist() == called


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([NONE] * 6, Unusable.NO_NUMBER),
        ([12.0] * 6, Unusable.FROZEN),
        ([float(n) for n in range(25)], Unusable.FEW_CALLS),
        ([*map(float, range(30)), 70.0, 71.0, 72.0], Unusable.JUMP),
    ],
)
def test_a_day_that_cannot_be_used_says_why(numbers: list[float], reason: Unusable) -> None:
    """The first reason that holds is named."""
    assert clean(record(numbers)) is reason


def test_a_usable_day() -> None:
    """25 calls are enough, and a rise of 30 is no jump yet."""
    found = clean(record([0, 1, 31, 32, 33]))
    assert isinstance(found, Trace)
    assert found.called.tolist() == [0, 1, 31, 32, 33]


def test_flows_and_changes() -> None:
    """A rise of C + L was issued, a fall of it left; the first snapshot never counts as changed."""
    day = trace(called=[10, 12, 12, 12, 13], waiting=[3, 4, 4, 2, 1])
    issued, called, left = flows(day)
    assert issued.tolist() == [3, 0, 0, 0]
    assert called.tolist() == [2, 0, 0, 1]
    assert left.tolist() == [0, 0, 2, 0]
    assert changed(day).tolist() == [False, True, False, True, True]


def test_steps_never_call_from_an_empty_line() -> None:
    """A call that would come before its visitor waits for him; all moves lie between the snapshots."""
    day = trace(called=[0, 3], waiting=[1, 0])
    moves = steps(day, 0)
    assert Counter(step.move for step in moves) == {Move.ISSUE: 2, Move.CALL: 3}
    line = 1
    for step in moves:
        line += 1 if step.move is Move.ISSUE else -1
        assert line >= 0
        assert 480 < step.minute < 485


@pytest.mark.parametrize("seed", range(20))
def test_steps_lead_from_one_snapshot_to_the_next(seed: int) -> None:
    """Whatever was recorded, the moves of an interval end where the next snapshot stands."""
    rng = np.random.default_rng(seed)
    called = np.cumsum(rng.integers(0, 6, 60))
    waiting = rng.integers(0, 9, 60)
    day = trace(called.tolist(), waiting.tolist())
    for interval in range(59):
        line = int(waiting[interval])
        for step in steps(day, interval):
            line += 1 if step.move is Move.ISSUE else -1
            assert line >= 0, f"seed {seed}, interval {interval}"
        assert line == waiting[interval + 1], f"seed {seed}, interval {interval}"


def test_rebuilt_waits() -> None:
    """A visitor with L ahead waits until C has grown by L; between snapshots C grows evenly."""
    day = trace(called=[0, 2, 2, 6], waiting=[3, 0, 4, 9])
    waits = rebuilt_waits(day)
    assert waits[:3].tolist() == [10 + 5 / 4, 0.0, 5.0]
    assert np.isnan(waits[3])


@pytest.mark.skipif(not WARSAW.exists(), reason="the Warsaw record is not on this machine")
def test_the_recorded_day_of_warsaw() -> None:
    """8 January 2020, cleaned by these rules, has the known number of usable queues and pairs."""
    day = read_day(WARSAW, date(2020, 1, 8))
    traces = [queue.trace for queue in day.queues() if isinstance(queue.trace, Trace)]
    assert len(day.offices) == 20
    assert len(list(day.queues())) == 363
    assert len(traces) == 144
    assert sum(len(each.minutes) for each in traces) == 18_288
    assert sum(int(changed(each).sum()) for each in traces) == 7_820
    assert day.excluded() == {"no_number": 96, "frozen": 15, "under_25_calls": 101, "jump_over_30": 7}
