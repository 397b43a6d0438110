"""A reading that brought nothing says what kind of nothing."""

from __future__ import annotations

from balancer.alarms.feed import FeedFault


def test_a_fault_is_told_by_kind_and_detail() -> None:
    """The kind is what metrics count, the detail what an operator reads."""
    fault = FeedFault("too_many", "HTTP 429", 30.0)
    assert (str(fault), fault.kind, fault.retry_after) == ("too_many: HTTP 429", "too_many", 30.0)
    assert str(FeedFault("unreachable")) == "unreachable"
