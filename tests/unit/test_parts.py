"""Readiness: what a process still lacks, by name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from balancer.routes.parts import Parts
from balancer.routes.rate_limits import Limits
from balancer.settings import Settings


def parts(**changes: Any) -> Parts:
    """The parts of a process that is ready, but for what is changed."""
    none: Any = None
    feed: Any = SimpleNamespace(ready=changes.pop("feed_ready", True), city="the city")
    made = Parts(
        settings=Settings(),
        store=none,
        queue=none,
        log=none,
        feed=feed,
        hub=none,
        clock=none,
        timers=none,
        tokens=none,
        limits=Limits(Settings()),
        beats=none,
        city_key=b"",
        devices=none,
        help_book=none,
        plan_applied=True,
    )
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_a_ready_process_waits_for_nothing() -> None:
    """And its city is what the feed says, also after a change."""
    assert parts().waiting_for() == []
    assert parts().city == "the city"


def test_each_lack_has_a_name() -> None:
    """All at once, so that an operator sees everything."""
    assert parts(feed_ready=False).waiting_for() == ["feed"]
    assert parts(plan_applied=False).waiting_for() == ["plan"]
    assert parts(store_answers=False, draining=True).waiting_for() == ["draining", "store"]
