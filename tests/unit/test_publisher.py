"""What changes goes out at once; under load each branch goes out once a pass, in its newest state."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from balancer.live.hub import Hub
from balancer.live.publisher import Publisher
from tests.unit.test_hub import Watcher, joined
from tests.waiting import wait_until


@contextlib.asynccontextmanager
async def publishing(hub: Hub, states: dict[str, int]) -> AsyncIterator[Publisher]:
    def frame(branch: str) -> bytes | None:
        return b"%s%d" % (branch.encode(), states[branch]) if branch in states else None

    publisher = Publisher(hub, frame)
    running = asyncio.create_task(publisher.run())
    try:
        yield publisher
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_change_goes_out_in_its_newest_state() -> None:
    hub, states = Hub(), {"a": 1, "b": 1}
    watcher: Watcher = joined(hub)
    async with publishing(hub, states) as publisher:
        publisher.mark(["a"])
        publisher.mark(["b", "a", "gone"])
        states["a"] = 2
        await wait_until(lambda: watcher.got)
        assert watcher.got == [b"a2\nb1\n"]
        states["b"] = 2
        publisher.mark(["b"])
        await wait_until(lambda: len(watcher.got) == 2)
        assert watcher.lines[-1] == b"b2"


async def test_changes_during_a_long_pass_are_gathered_into_the_next() -> None:
    hub, states = Hub(), {"a": 0}
    watchers = [joined(hub) for _ in range(5000)]
    async with publishing(hub, states) as publisher:
        for number in range(1, 201):
            states["a"] = number
            publisher.mark(["a"])
            await asyncio.sleep(0)
        await wait_until(lambda: watchers[-1].lines[-1:] == [b"a200"])
        passes = len(watchers[0].got)
        assert passes < 100, "states are skipped, not queued"
        assert [each.lines[-1] for each in (watchers[0], watchers[2500])] == [b"a200", b"a200"]


async def test_nothing_marked_is_nothing_sent() -> None:
    hub = Hub()
    watcher = joined(hub)
    async with publishing(hub, {"a": 1}) as publisher:
        publisher.mark([])
        publisher.mark(["gone"])
        publisher.mark(["a"])
        await wait_until(lambda: watcher.got)
        assert watcher.lines == [b"a1"]
