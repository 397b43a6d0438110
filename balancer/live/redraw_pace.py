"""How soon readers may ask for a new drawing of the board, so that all of them together stay within what a
process can bear. Pure: real seconds are passed in.

Counts reach every reader on his socket; a drawing (order, waits in words) each reader asks for himself when
it is no longer true. Told nothing, ten thousand would come within a second of every piece of news, so each
frame tells over how long they spread. A change of state (alarm, pause, power, closing) is told apart: for
some seconds the spread is a tenth.
"""

from __future__ import annotations

import bisect

from balancer.messages import BranchFrame

STEPS_MS = (1000, 1500, 2000, 3000, 4000, 6000, 8000, 12_000, 16_000, 24_000, 32_000, 48_000, 64_000, 96_000)
POLL_SECONDS = 5.0
WINDOW_SECONDS = 10.0
MOST_SECONDS_BY_ASKING = 24.0
"""Who only asks much, and heeds nothing, cannot make others wait longer than that."""

URGENT_SECONDS = 3.0
URGENT_SHARE = 0.1
ASKS_PER_SPREAD = 2.0
"""Who asks at a random instant of each spread asks twice as often as once a spread."""


class RedrawPace:
    """`per_second`: questions for drawings that all readers of this process may ask together.

    Readers are counted by their sockets, or by what was asked in the last seconds where that says more:
    readers who poll have no socket. `states` grows with every change of state.
    """

    def __init__(self, per_second: float) -> None:
        self.states = 0
        self._per_second = per_second
        self._facts: dict[str, tuple[object, ...]] = {}
        self._urgent_until = 0.0
        self._asked, self._since = 0, 0.0
        self._askers = 0.0
        self._told = 1.0

    def note(self, frame: BranchFrame, now: float) -> None:
        """Look at a frame before it goes out: does it tell of another state?"""
        facts = (frame.state, frame.power, frame.reason, frame.resumes_at, *frame.suspended)
        known = self._facts.get(frame.branch)
        self._facts[frame.branch] = facts
        if known is not None and known != facts:
            self.states += 1
            self._urgent_until = now + URGENT_SECONDS

    def asked(self, now: float) -> None:
        """Somebody asks for a drawing."""
        self._turn(now)
        self._asked += 1

    def spread_ms(self, sockets: int, now: float) -> int:
        """Over how many real ms the next question of every reader is to be spread; one of STEPS_MS, so that
        it changes seldom.
        """
        self._turn(now)
        asked = min(self._askers / self._per_second, MOST_SECONDS_BY_ASKING)
        seconds = max(ASKS_PER_SPREAD * sockets / self._per_second, asked)
        if now < self._urgent_until:
            return _step(seconds * URGENT_SHARE)
        spread = _step(seconds)
        self._told = spread / 1000
        return spread

    def _turn(self, now: float) -> None:
        """Once a window has passed, what was asked in it says how many ask."""
        took = now - self._since
        if took < WINDOW_SECONDS:
            return
        rate = self._asked / took if took < 2 * WINDOW_SECONDS else 0.0
        self._askers = rate * max(POLL_SECONDS, self._told)
        self._asked, self._since = 0, now


def _step(seconds: float) -> int:
    return STEPS_MS[min(bisect.bisect_left(STEPS_MS, seconds * 1000), len(STEPS_MS) - 1)]
