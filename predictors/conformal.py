"""A small correction of ranges by what happened: split-conformal by branch, bounded, nothing without data."""

from __future__ import annotations

from typing import Any, NamedTuple


class Quantiles(NamedTuple):
    """A range of waits in minutes: one in ten is called before p10, half before p50, nine in ten before
    p90.
    """

    p10: float
    p50: float
    p90: float


class Conformal:
    """Corrections of one branch (or of whatever record it is taught)."""

    def observe(self, predicted: Quantiles, actual: float) -> None:
        """Take in a range that was shown and the wait that followed."""

    def adjust(self, predicted: Quantiles) -> Quantiles:
        """The corrected range; p50 stays."""
        return predicted

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Conformal:
        """What `to_state` wrote."""
        return cls()
