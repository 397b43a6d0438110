"""Whether a command was answered before, on a real store with a real command."""

from __future__ import annotations

import pytest

from balancer.core.caller import Caller
from balancer.core.repeats import is_repeat, refuse_reuse
from balancer.errors import Refused
from tests.stores import Server
from tests.town import Town


async def test_only_the_same_command_of_the_same_caller_is_a_repeat(valkey: Server, city_name: str) -> None:
    """Another key, another fingerprint, no key: none of them is."""
    async with Town.found(valkey.url, city_name) as town:
        first = Caller("kiosk", "key-of-first", "f" * 64)
        store, keys = town.store.writer, town.queue.keys
        assert not await is_repeat(store, keys, first)
        branch = town.city.branches[0]
        await town.queue.issue(first, branch.branch, branch.queues[0].services[0])
        assert await is_repeat(store, keys, first)
        assert not await is_repeat(store, keys, Caller("kiosk", "key-of-first", "0" * 64))
        assert not await is_repeat(store, keys, Caller("kiosk", "another-key", "f" * 64))
        assert not await is_repeat(store, keys, Caller("kiosk"))
        await refuse_reuse(store, keys, first)
        await refuse_reuse(store, keys, Caller("kiosk", "another-key", "f" * 64))
        with pytest.raises(Refused, match="Idempotency-Key"):
            await refuse_reuse(store, keys, Caller("kiosk", "key-of-first", "0" * 64))
