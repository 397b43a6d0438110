"""The board as a table of text, for the page before its scripts and for readers without them. Pure.

A row says what the live board would: the wait of one who joins now (of the chosen service, else none), or
why nobody is taken. Branches open for visitors come first, by their wait; what is not offered stands below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from balancer.city.definition import Branch, Service
from balancer.messages import BranchFrame, Wait
from balancer.wording.languages import Language, day_and_time, local
from balancer.wording.said import SAID

OFF = ("alarm", "hold", "no_power", "tickets_closed", "closed")
EXACT_UP_TO, FIVE = 60.0, 5
SECOND_MS = 1000


@dataclass(frozen=True)
class Row:
    """One branch in words. `rank` orders the rows; `wait` is the range or the reason."""

    rank: tuple[int, float, float]
    name: str
    address: str
    wait: str
    waiting: str
    desks: str
    demo: bool


@dataclass(frozen=True)
class Table:
    """The rows from the best down, and the names of branches that do not offer the service."""

    rows: list[Row]
    absent: list[str]


def first_table(
    frames: Iterable[tuple[Branch, BranchFrame]], service: Service | None, language: Language, now: int
) -> Table:
    """The public's branches at city ms `now`, for a service or for none in particular."""
    rows, absent = [], []
    for branch, frame in frames:
        if service is not None and branch.queue_of(service.service) is None:
            absent.append(local(branch.name, language))
        else:
            rows.append(_row(branch, frame, service, language, now))
    return Table(sorted(rows, key=lambda row: row.rank), absent)


def _row(branch: Branch, frame: BranchFrame, service: Service | None, language: Language, now: int) -> Row:
    words = SAID.of(language)
    queue_info = branch.queue_of(service.service) if service else None
    queue = next((each for each in frame.queues if queue_info and each.queue == queue_info.queue), None)
    reason = off_reason(frame, service)
    wait = queue.wait if queue and reason is None else None
    if reason is not None:
        text = off_text(reason, branch, frame, language, now)
    elif service is None:
        text = words.open_now
    else:
        text = words.unknown if wait is None else range_text(wait, language)
    return Row(
        rank=_rank(reason, wait, frame),
        name=local(branch.name, language),
        address=local(branch.address, language),
        wait=text,
        waiting=str(queue.waiting if queue else frame.waiting),
        desks=words.open_desks.format(n=frame.desks_open, m=frame.desks_total),
        demo=branch.demo,
    )


def _rank(reason: str | None, wait: Wait | None, frame: BranchFrame) -> tuple[int, float, float]:
    """Known waits, then unknown ones, then those without a desk; after them the branches that are off."""
    if reason is not None:
        return (3 + OFF.index(reason), 0.0, 0.0)
    if wait is not None:
        return (0, wait.p50, wait.p90)
    return (1 if frame.desks_open else 2, float(frame.waiting), 0.0)


def off_reason(frame: BranchFrame, service: Service | None) -> str | None:
    """Why nobody can be taken for the service now; None where somebody can."""
    if frame.state == "paused":
        return "alarm" if frame.reason == "alarm" else "hold"
    if frame.state in ("closed", "tickets_closed"):
        return "closed" if frame.has_break else frame.state
    return "no_power" if frame.power == "off" and service is not None and service.needs_power else None


def off_text(reason: str, branch: Branch, frame: BranchFrame, language: Language, now: int) -> str:
    """The reason in words, with the time at which it ends where that is known."""
    words, zone = SAID.of(language), branch.time_zone
    resumes, opens = getattr(frame, "resumes_at", None), frame.opens_at
    if reason == "alarm" and resumes:
        return words.resumes_at.format(when=day_and_time(language, zone, instant(resumes), now))
    if reason == "closed" and opens:
        return words.closed_until.format(when=day_and_time(language, zone, instant(opens), now))
    texts = {
        "alarm": words.after_all_clear,
        "hold": words.paused,
        "no_power": words.no_power,
        "tickets_closed": words.no_tickets,
        "closed": words.closed,
    }
    return texts[reason]


def range_text(wait: Wait, language: Language) -> str:
    """p50 to p90 in whole minutes, over an hour in fives, as the live board rounds them.

    >>> range_text(Wait(3.0, 7.4, 13.6), "uk")
    '7–14 хв'
    """
    words, step = SAID.of(language), FIVE if wait.p90 > EXACT_UP_TO else 1
    low = _round(wait.p50 / step) * step
    high = max(_round(wait.p90 / step) * step, low + step)
    return (words.minutes if low > 0 else words.up_to_minutes).format(low=low, high=high)


def instant(text: str) -> int:
    """RFC 3339 as city ms."""
    return round(datetime.fromisoformat(text).timestamp() * SECOND_MS)


def _round(number: float) -> int:
    """Halves up, as the browser's Math.round."""
    return math.floor(number + 0.5)
