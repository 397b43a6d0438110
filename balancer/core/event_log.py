"""The city's log as readers see it: one snapshot, then every event after it, in order and without a gap."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import msgspec
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from balancer.core.connect import LONGEST_BLOCK_MS, Store
from balancer.core.keys import Keys
from balancer.core.scripts import city_script
from balancer.errors import Refused, StoreUnavailable
from balancer.messages import Event, Snapshot

HOUR_MS = 60 * 60 * 1000
KEEP_DAYS = 3  # real days of the log where nobody marks what he has read
KEEP_AT_LEAST_MS = HOUR_MS  # readers that follow live need not mark

_SNAPSHOT = msgspec.json.Decoder(Snapshot)
_EVENT = msgspec.json.Decoder(Event)


class EpochChanged(Exception):
    """What this reader knows is not the city's past any more: other or older data, or the events that follow
    were trimmed. Read a fresh snapshot."""


class EventLog:
    """Reads one city's log. Each reader has one of its own: it keeps a connection that blocks."""

    def __init__(self, store: Store, city_id: str) -> None:
        self.store = store
        self.city_id = city_id
        self.keys = Keys.of(city_id)
        self.epoch: str | None = None
        self._reader = store.reader()

    async def snapshot(self) -> Snapshot:
        """All that is, at one offset; Refused("unknown_city") before a city was applied."""
        reply = await self._chore("snapshot")
        if reply is None:
            raise Refused("unknown_city", city=self.city_id)
        snapshot = _SNAPSHOT.decode(reply)
        self.epoch = snapshot.epoch
        return snapshot

    async def read(self, after: int, *, block_ms: int = 1000, count: int = 1000) -> list[Event]:
        """The next events after an offset, at most `count`; none after `block_ms` real ms (0: at once)
        without one.

        EpochChanged where they do not follow on what this reader has seen, StoreUnavailable without a store.
        """
        pipeline = self._reader.pipeline(transaction=False)
        pipeline.hmget(self.keys.city, ["epoch", "offset"])
        block = min(block_ms, LONGEST_BLOCK_MS) or None
        pipeline.xread({self.keys.events: f"{after}-0"}, count=count, block=block)
        try:
            (epoch, head), streams = await pipeline.execute()
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            raise StoreUnavailable("store_unavailable") from error
        events = [_EVENT.decode(fields[b"event"]) for _, fields in _entries(streams)]
        await self._check(after, (epoch or b"").decode(), int(head or 0), events)
        return events

    async def _check(self, after: int, epoch: str, head: int, events: list[Event]) -> None:
        """The log must go on where this reader stands."""
        if self.epoch is None:
            self.epoch = epoch or None
        elif epoch != self.epoch:
            raise EpochChanged(f"epoch {epoch or 'none'}, not {self.epoch}")
        if head < after:
            # Restored from older data: offsets would run again through numbers that readers know already.
            await self._chore("renew_epoch", seen_epoch=epoch, seen_offset=after, epoch=token_hex(8))
            raise EpochChanged(f"the log ends at {head}, before {after}")
        first = events[0].offset if events else head + 1
        if first != after + 1 and head > after:
            raise EpochChanged(f"the log after {after} was trimmed up to {first}")

    async def head(self) -> int:
        """The offset of the last event; 0 where there is none."""
        return int(await self.store.writer.command("HGET", self.keys.city, "offset", writes=False) or 0)

    async def oldest(self) -> int:
        """The lowest offset that is still kept; where none is, the next one."""
        first = await self._event_from("-")
        return first.offset if first else await self.head() + 1

    async def mark_reader(self, name: str, offset: int) -> None:
        """The reader of that name has safely done with all events up to `offset`: they may be trimmed."""
        await self.store.writer.command("HSET", self.keys.readers, name, offset)

    async def readers(self) -> dict[str, int]:
        """Up to which offset each marked reader has done with the log."""
        marks = await self.store.writer.command("HGETALL", self.keys.readers, writes=False)
        pairs = marks.items() if isinstance(marks, dict) else zip(marks[::2], marks[1::2], strict=True)
        return {name.decode(): int(offset) for name, offset in pairs}

    async def forget_reader(self, name: str) -> None:
        """The reader of that name will not come back."""
        await self.store.writer.command("HDEL", self.keys.readers, name)

    async def trim(self, real_ms: int, *, keep_days: float = KEEP_DAYS) -> int:
        """Cut off what every marked reader has done with, or, without any, what is older than `keep_days`
        real days. The last hour always stays. Returns the lowest offset that is left."""
        marks = await self.store.writer.command("HVALS", self.keys.readers, writes=False)
        age = KEEP_AT_LEAST_MS if marks else int(keep_days * 24 * HOUR_MS)
        oldest = await self._first_since(real_ms - age)
        if marks:
            oldest = min(oldest, 1 + min(int(mark) for mark in marks))
        await self.store.writer.command("XTRIM", self.keys.events, "MINID", f"{oldest}-0")
        return oldest

    async def _first_since(self, real_ms: int) -> int:
        """The lowest offset whose event is not older than a real instant."""
        first = await self._event_from("-")
        low, high = (first.offset if first else 1), await self.head() + 1
        while low < high:
            middle = (low + high) // 2
            event = await self._event_from(f"{middle}-0")
            if event is not None and event.real < real_ms:
                low = event.offset + 1
            else:
                high = middle
        return low

    async def _event_from(self, start: str) -> Event | None:
        entries = await self.store.writer.command(
            "XRANGE", self.keys.events, start, "+", "COUNT", 1, writes=False
        )
        return _EVENT.decode(entries[0][1][1]) if entries else None

    async def _chore(self, name: str, **values: str | int) -> Any:
        plan = city_script(name)
        args = [values[arg.rstrip("?#")] for arg in plan.args]
        return await self.store.writer.call(plan.script, self.keys.named(plan.keys), args)


def _entries(streams: Any) -> list[tuple[bytes, dict[bytes, bytes]]]:
    """The entries of the one stream that was read; RESP3 answers with a map, RESP2 with a list."""
    if not streams:
        return []
    found = next(iter(streams.values())) if isinstance(streams, dict) else streams[0][1]
    return found[0] if found and isinstance(found[0], list) else found
