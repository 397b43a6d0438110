"""What a process that starts learns from events before its snapshot: rates, the last calls, when a branch
changed.

Pure. It folds them into a board of its own, which knows nothing of the time before the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from balancer.city.definition import City
from balancer.live.board import Board
from balancer.live.estimates import Estimates
from balancer.messages import Event


class History:
    """Events up to a snapshot, taken in in order, a batch at a time."""

    def __init__(self, city: City, estimates: Estimates) -> None:
        self._city = city
        self._board = Board(city)
        self._estimates = estimates
        self._applied = 0
        # The lines' paces are watched from the first event on, not from the snapshot at its end.
        estimates.pace.begin(self._board, 0)

    def add(self, events: Iterable[Event]) -> None:
        """Take in the next events. After a gap nothing is known of the lines before it: begin anew."""
        for event in events:
            if self._board.offset and event.offset > self._board.offset + 1:
                self._board = Board(self._city)
                self._estimates.begin(self._board, event.at)
            changed = self._board.apply(event)
            self._estimates.learn(event, self._board, changed)
            if event.type == "city_applied":
                self._applied = event.offset

    def lend(self, board: Board) -> None:
        """Give a board that was loaded from the snapshot at the end of this history what a snapshot does not
        keep.
        """
        if self._board.offset != board.offset:
            return
        for load in board.branches():
            past = self._board.branch(load.branch.branch)
            load.last_called = past.last_called or load.last_called
            load.seq = max(past.seq, self._applied) or load.seq
