"""How today's waits and services meet the city's published standards: target and guarantee apart. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from balancer.city.model import Standard
from balancer.live.queue_waits import share_within
from balancer.messages.supervisor import StandardShare

MINUTE_MS = 60_000


def standard_shares(
    standards: Sequence[Standard], waits: Sequence[int], services: Sequence[int]
) -> list[StandardShare]:
    """Every standard against ascending waits and services (ms)."""
    return [_share(each, waits if each.metric == "wait" else services) for each in standards]


def wait_standard(standards: Sequence[Standard]) -> Standard | None:
    """The first promise about waiting, which the marks on a queue's strip stand for; None without one."""
    return next((each for each in standards if each.metric == "wait"), None)


def _share(standard: Standard, spans: Sequence[int]) -> StandardShare:
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
