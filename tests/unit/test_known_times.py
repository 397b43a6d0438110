"""Times that are known: the same everywhere, and a stranger only by default."""

from __future__ import annotations

import pytest

from predictors.known_times import KnownTimes, Rests
from predictors.laws import Law


def test_known_times_answer_what_they_were_given() -> None:
    law, rests = Law.of_mean(9.0, 0.5), Rests(0.2, Law.of_mean(10.0, 0.3))
    times = KnownTimes({"s": law}, no_show=0.1, walk=0.5, missed=2.0, rests=rests)
    assert times.law("s", "anywhere", 3.0) is law
    assert (times.no_show("s", "b"), times.walk_minutes("b"), times.missed_minutes("b")) == (0.1, 0.5, 2.0)
    assert times.rests("b") is rests
    assert times.known("s", "b")


def test_a_stranger_is_the_default_or_an_error() -> None:
    law = Law.of_mean(9.0, 0.5)
    assert KnownTimes({}, default=law).law("x", "b", 0.0) is law
    with pytest.raises(KeyError):
        KnownTimes({}).law("x", "b", 0.0)
