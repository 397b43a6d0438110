"""Reads a city's event log into the archive, for as long as the process lives, and never in the way of it.

The database is spoken to in one thread. One that is broken, full or locked is tried again and again, each
time later, while the log is kept: this reader marks what it has read only after the database has committed
it, and the log is trimmed only behind its mark.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from balancer.archive.fold import Fold, Rows, agencies_of, past_rows
from balancer.archive.minutes import city_of
from balancer.archive.progress import Overtaken, Progress
from balancer.city.definition import City
from balancer.core.event_log import EpochChanged, EventLog
from balancer.errors import BalancerError
from balancer.messages import Event

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from balancer.archive.writer import Writer

log = logging.getLogger("balancer.archive")

READER = "archive"
BATCH = 250
BLOCK_MS = 1000
COMMIT_SECONDS = 1.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.25, 30.0
STANDBY_SECONDS = 2.0
SAY_AGAIN_SECONDS = 600.0
ENDS_WITHIN_SECONDS = 5.0

T = TypeVar("T")


class Archiver:
    """One city's archiver. `offset`: the last event that is safely in the database, 0 until it is known."""

    def __init__(self, events: EventLog, url: str, definition: Callable[[], Awaitable[City | None]]) -> None:
        """`url`: as `archive_url` gives it. `definition` loads the city that is applied. The log is this
        archiver's alone.
        """
        self.offset = 0
        self.url = url
        self._log = events
        self._definition = definition
        self._thread = ThreadPoolExecutor(1, "archive")
        self._readers = ThreadPoolExecutor(2, "archive-reader")
        self._engine: Engine | None = None
        self._writer: Writer | None = None
        self._progress: Progress | None = None
        self._lost: tuple[str, int] | None = None
        self._trouble: tuple[str, float] | None = None

    # --- for others -----------------------------------------------------------------------------------------

    async def read(self, look: Callable[[Engine], T]) -> T:
        """What `look` finds in the database, in a thread of its own. BalancerError("archive_unavailable")
        while there is none.
        """
        if self._engine is None:
            why = self._trouble[0] if self._trouble else "not open yet"
            raise BalancerError("archive_unavailable", why=why)
        return await asyncio.get_running_loop().run_in_executor(self._readers, _plainly, look, self._engine)

    async def run(self, *, until: int | None = None) -> None:
        """Archive until cancelled, or until everything up to event `until` is in the database."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            before = self.offset
            try:
                await self._open()
                await self._begin()
                await self._follow(until)
                return
            except Overtaken:
                log.debug("another process keeps this city's archive; standing by")
                await asyncio.sleep(random.uniform(STANDBY_SECONDS / 2, STANDBY_SECONDS))
            except EpochChanged as change:
                self._lost = self._progress.place if self._progress else None
                log.warning("the city's log went another way, the archive goes on from now: %s", change)
            except Exception as error:
                self._say(error)
            pause = FIRST_PAUSE_SECONDS if self.offset > before else min(2 * pause, LONGEST_PAUSE_SECONDS)
            await asyncio.sleep(random.uniform(pause / 2, pause))

    async def close(self) -> None:
        """Let go of the database once `run` has ended; what its thread is about is finished first."""
        ending = asyncio.to_thread(self._end)
        try:
            await asyncio.wait_for(ending, ENDS_WITHIN_SECONDS)
        except TimeoutError:
            log.warning("the archive's database does not let go; what it did not commit will be read again")

    def _end(self) -> None:
        self._thread.shutdown()
        self._readers.shutdown()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    # --- beginning ------------------------------------------------------------------------------------------

    async def _open(self) -> None:
        """Open the database, once. Until then nobody may trim the log behind us."""
        if self._writer is not None:
            return
        if READER not in await self._log.readers():
            await self._log.mark_reader(READER, await self._log.oldest() - 1)
        await self._in_thread(self._connect)

    def _connect(self) -> None:
        # SQLAlchemy takes half a second of processor time to import: here nobody waits for it.
        from balancer.archive.database import open_archive
        from balancer.archive.writer import Writer

        self._engine = open_archive(self.url)
        self._writer = Writer(self._engine, self._log.city_id)

    async def _begin(self) -> None:
        """Go on from the stored offset; from the log's oldest event, or from a snapshot, without one."""
        assert self._writer is not None
        self._progress = await self._in_thread(self._writer.progress)
        if self._progress is None or self._progress.place == self._lost:
            await self._start(self._progress)
        assert self._progress is not None
        self._log.epoch, self.offset = self._progress.epoch, self._progress.offset
        await self._log.mark_reader(READER, self.offset)
        if self._trouble is not None:
            log.info("the archive goes on from event %d", self.offset)
            self._trouble = None

    async def _start(self, old: Progress | None) -> None:
        """Begin a history that this archive has not followed. Rows that it has stay."""
        snapshot = await self._log.snapshot()
        oldest = await self._log.oldest()
        whole = oldest == 1
        city = await self._definition()
        fold = Fold() if whole else Fold(city_of(snapshot, agencies_of(city) if city else {}))
        after = Progress(snapshot.epoch, 0 if whole else snapshot.offset, fold.state())
        rows = Rows()
        if not whole:
            log.warning("events before %d are gone; the archive begins with what is left of them", oldest)
            await self._add_past(rows, fold, oldest, snapshot.offset)
        await self._write(old, after, rows)

    async def _add_past(self, rows: Rows, fold: Fold, oldest: int, until: int) -> None:
        """The legs and deeds of the events that are still kept from before a snapshot, and in it."""
        after = oldest - 1
        while after < until:
            events = await self._log.read(after, block_ms=0, count=min(BATCH, until - after))
            after = _checked(after, events)
            past = await self._in_thread(past_rows, events, fold.now)
            rows.legs.update(past.legs)
            rows.audit += past.audit

    # --- following ------------------------------------------------------------------------------------------

    async def _follow(self, until: int | None) -> None:
        while until is None or self.offset < until:
            began = time.monotonic()
            events = await self._log.read(self.offset, block_ms=BLOCK_MS, count=BATCH)
            if not events:
                continue
            _checked(self.offset, events)
            await self._take(events)
            if len(events) < BATCH and until is None:
                await asyncio.sleep(max(0.0, began + COMMIT_SECONDS - time.monotonic()))

    async def _take(self, events: Sequence[Event]) -> None:
        """One batch: fold, commit, then tell the log that it may be trimmed behind it."""
        old = self._progress
        assert old is not None
        after, rows = await self._in_thread(_folded, old, events)
        await self._write(old, after, rows)
        await self._log.mark_reader(READER, self.offset)

    async def _write(self, old: Progress | None, after: Progress, rows: Rows) -> None:
        assert self._writer is not None
        await self._in_thread(self._writer.write, old, after, rows)
        self._progress, self.offset = after, after.offset

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _plainly, work, *args)

    # --- trouble --------------------------------------------------------------------------------------------

    def _say(self, error: Exception) -> None:
        """One line a trouble, and again after ten minutes of it."""
        reason, now = str(error) or type(error).__name__, time.monotonic()
        if self._trouble is None or self._trouble[0] != reason or now - self._trouble[1] > SAY_AGAIN_SECONDS:
            expected = isinstance(error, BalancerError)
            log.error("the archive waits, the log is kept: %s", reason, exc_info=None if expected else error)
            self._trouble = (reason, now)


def _plainly(work: Callable[..., T], *args: object) -> T:
    """Do work on the database; its errors become BalancerError("archive_unavailable")."""
    try:
        return work(*args)
    except Exception as error:
        from sqlalchemy.exc import SQLAlchemyError

        from balancer.archive.database import unavailable

        if isinstance(error, SQLAlchemyError):
            raise unavailable(error) from error
        raise


def _folded(old: Progress, events: Sequence[Event]) -> tuple[Progress, Rows]:
    """What the next events add to a history."""
    fold = Fold.from_state(old.state)
    rows = fold.take(events)
    return Progress(old.epoch, events[-1].offset, fold.state()), rows


def _checked(after: int, events: Sequence[Event]) -> int:
    """The offset of the last of these events. EpochChanged unless they follow on `after` without a gap."""
    for expected, event in enumerate(events, after + 1):
        if event.offset != expected:
            raise EpochChanged(f"event {event.offset} where {expected} was due")
    if not events:
        raise EpochChanged(f"nothing follows {after}")
    return events[-1].offset
