"""What is shipped for lines without known desks: learns days, answers a live display, keeps its state."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from predictors.boosting import Growth
from predictors.line_waits import LineWaits, TooLittleRecorded
from tests.recorded_town import cut, recorded_town

SEED = 23


@pytest.fixture(scope="module")
def learned() -> LineWaits:
    return LineWaits.fit(recorded_town(SEED, 4), SEED, Growth(trees=30))


def test_it_answers_a_display_as_it_is_now(learned: LineWaits) -> None:
    today = [cut(line, 40) for line in recorded_town(SEED, 5)[4]]
    found = learned.waits(today)
    assert set(found) == {line.line for line in today if line.waiting[-1] > 0}
    assert found, SEED
    assert all(0 <= each.p10 <= each.p50 <= each.p90 < 600 for each in found.values()), found


def test_more_people_ahead_wait_longer(learned: LineWaits) -> None:
    line = cut(recorded_town(SEED, 5)[4][0], 40)
    middles = []
    for ahead in (1.0, 5.0, 15.0):
        waiting = line.waiting.copy()
        waiting[-1] = ahead
        middles.append(learned.waits([replace(line, waiting=waiting)])[line.line].p50)
    assert middles == sorted(middles) and middles[2] > 3 * middles[0], (SEED, middles)


def test_a_line_never_seen_gets_a_range(learned: LineWaits) -> None:
    early = cut(recorded_town(SEED, 5)[4][0], 3)
    line = replace(early, line="new", office="new", waiting=np.array([4.0, 4.0, 5.0]))
    found = learned.waits([line])["new"]
    assert all(math.isfinite(minutes) for minutes in found)
    assert found.p90 > 1.5 * found.p50


def test_json_keeps_everything(learned: LineWaits) -> None:
    kept = LineWaits.from_state(json.loads(json.dumps(learned.to_state())))
    today = [cut(line, 40) for line in recorded_town(SEED, 5)[4]]
    for line, found in learned.waits(today).items():
        assert kept.waits(today)[line] == pytest.approx(found, rel=0.02)


@pytest.mark.parametrize("state", [{}, {"columns": ["other"]}, {"columns": None}])
def test_a_state_that_is_none_says_so(state: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        LineWaits.from_state(state)


def test_too_little_is_said_by_name() -> None:
    short = [[cut(line, 1) for line in day] for day in recorded_town(SEED, 4)]
    for days in ([], recorded_town(SEED, 2), short):
        with pytest.raises(TooLittleRecorded):
            LineWaits.fit(days, SEED)
