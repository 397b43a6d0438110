"""Drawings of the board that many ask for at once, made once."""

from __future__ import annotations

import asyncio

import msgspec

from balancer.drawn.drawing import BoardDrawing
from balancer.drawn.question import Question
from balancer.drawn.standings import SteadyWaits
from balancer.routes.caching import Held

KEEP_SECONDS = 0.5
MOST_KEPT = 512


class Drawings:
    """Drawings of questions that name no place, each made at most twice a second; and the estimates that
    are shown.
    """

    def __init__(self) -> None:
        self.steady = SteadyWaits()
        self._kept: dict[Question, tuple[float, Held]] = {}

    def find(self, question: Question) -> Held | None:
        """A drawing that is young enough."""
        made, held = self._kept.get(question, (-KEEP_SECONDS, None))
        return held if _seconds() - made < KEEP_SECONDS else None

    def keep(self, question: Question, drawing: BoardDrawing) -> Held:
        """The drawing as it is sent; one with a place is for its reader alone."""
        held = Held(msgspec.json.encode(drawing))
        if question.place is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[question] = (_seconds(), held)
        return held


def _seconds() -> float:
    return asyncio.get_running_loop().time()
