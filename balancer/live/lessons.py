"""What former days teach: legs of visits, shown ranges and what followed, comings and goings of desks. Pure.

The archive's rows become lessons; they are taken in a few at a time, because the process that learns is
serving people already. What the log itself has taught is not taught twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from balancer.live.learning import Learning
from predictors.conformal import Quantiles

AT_ONCE = 100


class LegLesson(NamedTuple):
    """One leg: `at` city ms at which it joined its queue, `minutes` of service, None where it had none.

    `shown`: the range at issue of a first leg and `waited` the minutes that followed, None where either is
    missing or a pause fell into it. `head_start` in minutes.
    """

    branch: str
    queue: str
    service: str
    at: int
    first: bool
    minutes: float | None
    walk: float | None
    missed: bool
    head_start: float
    shown: Quantiles | None
    waited: float | None


class DeskLesson(NamedTuple):
    """A desk began to call, or ceased to, at city ms `at`."""

    branch: str
    desk: str
    at: int
    open: bool


def teach(
    learning: Learning, legs: Sequence[LegLesson], desks: Sequence[DeskLesson], before: int
) -> Iterator[int]:
    """Teach what happened before city ms `before`, AT_ONCE lessons a turn; yields how many so far.

    `desks` in order of time; of `legs` the first ones count most at once, so the latest should come first.
    """
    taught = 0
    for begin in range(0, len(legs), AT_ONCE):
        for lesson in legs[begin : begin + AT_ONCE]:
            if lesson.at < before:
                _teach_leg(learning, lesson)
                taught += 1
        yield taught
    former = [each for each in desks if each.at < before]
    for count in learning.desks.recall((each.branch, each.desk, each.at, each.open) for each in former):
        if count % AT_ONCE == 0:
            yield taught + count
    yield taught + len(former)


def _teach_leg(learning: Learning, lesson: LegLesson) -> None:
    learning.learn_leg(lesson.service, lesson.branch, lesson.at, lesson.minutes, lesson.walk, lesson.missed)
    if lesson.first:
        learning.learn_arrival(lesson.branch, lesson.queue, lesson.service, lesson.at, lesson.head_start)
    if lesson.shown is not None and lesson.waited is not None:
        learning.correction(lesson.branch).observe(lesson.shown, lesson.waited)
