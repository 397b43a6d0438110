"""How a day's waits and services meet the city's published standards: target and guarantee apart. Pure.

Today's and yesterday's page count by the same definition.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from balancer.city.model import Standard
from balancer.messages.supervisor import StandardShare

MINUTE_MS = 60_000


def standard_shares(
    standards: Sequence[Standard], waits: Sequence[float], services: Sequence[float]
) -> list[StandardShare]:
    """Every standard against ascending waits and services (ms)."""
    return [_share(each, waits if each.metric == "wait" else services) for each in standards]


def wait_standard(standards: Sequence[Standard]) -> Standard | None:
    """The first promise about waiting, which the marks on a queue's strip stand for; None without one."""
    return next((each for each in standards if each.metric == "wait"), None)


def share_within(ordered: Sequence[float], limit_ms: float) -> float | None:
    """Which share of ascending spans is not above a limit; None without any."""
    return bisect_right(ordered, limit_ms) / len(ordered) if ordered else None


def _share(standard: Standard, spans: Sequence[float]) -> StandardShare:
    return StandardShare(
        standard=standard.standard,
        metric=standard.metric,
        name=standard.name,
        target_minutes=standard.target_minutes,
        guaranteed_minutes=standard.guaranteed_minutes,
        share=standard.share,
        n=len(spans),
        within_target=share_within(spans, standard.target_minutes * MINUTE_MS),
        within_guaranteed=share_within(spans, standard.guaranteed_minutes * MINUTE_MS),
    )
