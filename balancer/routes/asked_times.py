"""What a query says of time: minutes of travel, times of day. A named field in every refusal."""

from __future__ import annotations

import re

from balancer.errors import wrong_field
from balancer.wording.reasons import MINUTES, TIMES

LONGEST_TRAVEL = 24 * 60.0
MOST_TIMES = 24
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def minutes_of(text: str | None, field: str) -> float | None:
    """Minutes from 0 up to a day, None where nothing was asked; `invalid_field` for anything else."""
    if text is None:
        return None
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1.0
    if not 0.0 <= minutes <= LONGEST_TRAVEL:
        raise wrong_field(field, MINUTES)
    return minutes


def times_of(text: str | None, field: str) -> list[int] | None:
    """Minutes of day of "HH:MM,HH:MM,…", rising; None where nothing was asked; `invalid_field` otherwise."""
    if text is None:
        return None
    found = [_TIME.fullmatch(part.strip()) for part in text.split(",")[: MOST_TIMES + 1]]
    times = [int(each[1]) * 60 + int(each[2]) for each in found if each is not None]
    if len(times) != len(found) or len(found) > MOST_TIMES:
        raise wrong_field(field, TIMES, most=MOST_TIMES)
    return sorted(set(times))
