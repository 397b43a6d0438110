"""What the random histories are played on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import uvloop

from tests.property.player import Town, quick_repeats
from tests.stores import redis_server, valkey_program


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Town]]:
    """One store and one event loop for all histories; each has a city of its own."""
    quick_repeats()
    folder = tmp_path_factory.mktemp("histories")
    with redis_server(folder, valkey_program(), appendonly="no") as server:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            place = Town(server.url)
            yield runner, place
            runner.run(place.close())
