"""What a display tells by a moment: calls, backlog, last wait, head of line; never anything from later."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from predictors.recorded import RecordedLine, calls_as_seen, progress
from tests.recorded_town import cut, recorded_town

NAN = float("nan")


def line(waiting: list[float], called: list[float]) -> RecordedLine:
    """Snapshots every five minutes from 08:00."""
    count = len(waiting)
    minutes = 480.0 + 5.0 * np.arange(count)
    same = np.ones(count)
    return RecordedLine(
        "a", "o", 1, 480.0, 960.0, minutes, np.array(waiting), np.array(called), same, same * 10, same * NAN
    )


def test_calls_as_seen_counts_steps_and_not_misreadings() -> None:
    seen = calls_as_seen(np.array([NAN, 10, 12, 900, 13, NAN, 15, 1, 2, 4]))
    assert seen.tolist() == [0, 0, 2, 2, 3, 3, 5, 5, 5, 7]


def test_calls_as_seen_never_looks_ahead() -> None:
    numbers = np.array([3, 4, 4, 90, 6, 5, 7, NAN, 40, 41, 43])
    whole = calls_as_seen(numbers)
    for length in range(1, len(numbers)):
        assert calls_as_seen(numbers[:length]).tolist() == whole[:length].tolist()


def test_a_day_by_hand() -> None:
    """Two wait at 08:00; one is called at 08:10, one more at 08:20; the line is empty from then on."""
    day = progress(line([2, 2, 1, 1, 0, 0], [0, 0, 1, 1, 2, 2]))
    assert day.busy.tolist() == [0, 5, 10, 15, 17.5, 17.5]
    assert day.served.tolist() == [0, 0, 1, 1, 2, 2]
    assert day.head.tolist() == [0, 5, 10, 15, 0, 0]
    assert day.last_waited.tolist() == [0, 0, 10, 10, 20, 20]
    assert day.since_call.tolist() == [0, 5, 0, 5, 0, 5]


def test_a_display_that_was_away_teaches_nothing() -> None:
    recorded = line([3, 3], [0, 0])
    away = replace(recorded, minutes=np.array([480.0, 540.0]))
    assert progress(away).busy.tolist() == [0, 0]


def test_what_was_known_does_not_change_later() -> None:
    (recorded,) = recorded_town(7, 1, lines=1)[0]
    whole = progress(recorded)
    for length in (1, 2, 30, 61):
        early = progress(cut(recorded, length))
        for field in fields(whole):
            then, now = getattr(whole, field.name)[:length], getattr(early, field.name)
            assert now.tolist() == then.tolist(), field.name


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"minutes": np.array([480.0, 480.0])}, "minutes"),
        ({"waiting": np.array([1.0])}, "waiting"),
        ({"waiting": np.array([1.0, -1.0])}, "waiting"),
    ],
)
def test_a_record_that_does_not_fit_says_what(broken: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(line([1, 1], [0, 0]), **broken)


def test_one_is_asked_within_opening_hours_with_somebody_waiting() -> None:
    recorded = replace(line([1, 0, 1, 1], [0, 1, 1, 1]), opens=485.0, closes=495.0)
    assert recorded.asked.tolist() == [False, False, True, False]
