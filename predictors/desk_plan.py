"""When a desk will call: from the opening hours, the habit of its day and how long pauses last."""

from __future__ import annotations

from typing import Any

Span = tuple[float, float]

OVERTIME = 60.0
"""Minutes after closing in which those who still wait are served."""


class DeskPlan:
    """What one city's desks usually do. Minutes are minutes of day."""

    def __init__(self, overtime: float = OVERTIME) -> None:
        self.overtime = overtime

    def observe(self, branch: str, desk: str, day: int, minute: float, open: bool) -> None:
        """Take in that a desk opened (or was seen open) or stopped calling at that minute of day."""

    def spans(
        self, branch: str, desk: str, now: float, closes: float | None, open_now: bool
    ) -> tuple[Span, ...]:
        """When the desk will call from `now` on; rising, not touching. () : not any more today."""
        end = float("inf") if closes is None else closes + self.overtime
        if not open_now or end <= now:
            return ()
        return ((now, end),)

    def to_state(self) -> dict[str, Any]:
        """Everything learned, JSON-able."""
        return {"overtime": self.overtime}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> DeskPlan:
        """What `to_state` wrote; ValueError where it is not that."""
        return cls(float(state["overtime"]))
