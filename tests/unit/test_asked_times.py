"""What a query may say of time."""

from __future__ import annotations

import pytest

from balancer.errors import BalancerError
from balancer.routes.asked_times import MOST_TIMES, minutes_of, times_of


def test_minutes_and_times_are_read() -> None:
    assert minutes_of(None, "travel") is None
    assert minutes_of("12.5", "travel") == 12.5
    assert times_of(None, "at") is None
    assert times_of("14:05, 09:30,14:05", "at") == [570, 845]


@pytest.mark.parametrize("text", ["", "-1", "nan", "inf", "soon", "1441"])
def test_minutes_that_are_none_are_named(text: str) -> None:
    with pytest.raises(BalancerError) as found:
        minutes_of(text, "travel")
    assert found.value.code == "invalid_field" and found.value.params["field"] == "travel"


@pytest.mark.parametrize(
    "text", ["", "9:30", "24:00", "09:60", "09:30,", ",".join(["09:30"] * (MOST_TIMES + 1))]
)
def test_times_that_are_none_are_named(text: str) -> None:
    with pytest.raises(BalancerError) as found:
        times_of(text, "at")
    assert found.value.code == "invalid_field" and found.value.params["field"] == "at"
