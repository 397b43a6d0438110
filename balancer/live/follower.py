"""Keeps a picture true to the log: one snapshot, then every event after it; anew after a gap, a loss or a
restore.

One follower a city and process, on a connection of its own. While the store is away the picture stays as it
was, and whoever asks is told that it is not fresh.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from typing import Protocol

from balancer.core.event_log import EpochChanged, EventLog
from balancer.errors import BalancerError
from balancer.messages import Event, Snapshot

log = logging.getLogger("balancer.live")

BATCH = 1000
BLOCK_MS = 1000
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 1.0
HISTORY_EVENTS = 40_000
HISTORY_SECONDS = 3.0
LATEST_EVENTS = 2_000  # are remembered however long that takes: the last calls are among them


class Picture(Protocol):
    """What a follower keeps up to date."""

    async def begin(self, snapshot: Snapshot) -> None:
        """Start anew from a snapshot."""

    def remember(self, events: Sequence[Event]) -> None:
        """Learn from events before a snapshot, in order, the last ones up to it; called before `hear`. Before
        the first one they are the city's latest past, with one gap at most; before a later one those that
        happened since the last event that was folded.
        """

    async def fold(self, events: Sequence[Event]) -> None:
        """Take in the next events."""

    def hear(self) -> None:
        """The store answered: all there is, is known."""

    def lose(self) -> None:
        """The store does not answer: nobody knows what happens now."""


class Follower:
    """Follows one city's log for one picture."""

    def __init__(self, events: EventLog, picture: Picture) -> None:
        self._log = events
        self._picture = picture
        self._offset = 0
        self._knows_history = False

    async def run(self) -> None:
        """Follow until cancelled."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._begin()
                pause = FIRST_PAUSE_SECONDS
                await self._follow()
            except EpochChanged as change:
                self._offset = 0
                log.warning("the city's log went another way, starting anew: %s", change)
            except BalancerError as error:
                self._picture.lose()
                log.warning("the store does not answer: %s", error)
            await asyncio.sleep(random.uniform(pause / 2, pause))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _begin(self) -> None:
        known = self._offset
        if known:
            # A store that lost events we have seen needs a new epoch first: reading sees to that.
            await self._log.read(known, block_ms=0, count=1)
        snapshot = await self._log.snapshot()
        await self._picture.begin(snapshot)
        if known or not self._knows_history:
            await self._remember(known, snapshot.offset)
            self._knows_history = True
        self._offset = snapshot.offset
        self._picture.hear()

    async def _follow(self) -> None:
        while True:
            events = await self._log.read(self._offset, block_ms=BLOCK_MS, count=BATCH)
            if events:
                check_contiguous(self._offset, events)
                self._offset = events[-1].offset
                await self._picture.fold(events)
            self._picture.hear()

    async def _remember(self, known: int, until: int) -> None:
        """Hand over what the log still has of the last events after `known` and up to `until`. Where that
        takes too long, go on with the latest of them.
        """
        deadline = time.monotonic() + HISTORY_SECONDS
        after = max(await self._log.oldest() - 1, until - HISTORY_EVENTS, known)
        while after < until:
            if time.monotonic() >= deadline:
                after = max(after, until - LATEST_EVENTS)
            events = await self._log.read(after, block_ms=0, count=min(BATCH, until - after))
            check_contiguous(after, events)
            self._picture.remember(events)
            after = events[-1].offset
            await asyncio.sleep(0)


def check_contiguous(after: int, events: Sequence[Event]) -> None:
    """EpochChanged unless there are events that follow each other and `after` without a gap."""
    if not events:
        raise EpochChanged(f"nothing follows {after}")
    for expected, event in enumerate(events, after + 1):
        if event.offset != expected:
            raise EpochChanged(f"event {event.offset} where {expected} was due")
