"""Which city a command is about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from balancer.city.definition import encode_city
from balancer.commands.which_city import which_city
from balancer.core.connect import Store, connect
from balancer.core.ticket_queue import TicketQueue
from tests.city_files import SMALL
from tests.stores import redis_server, valkey_program
from tests.town import ADMIN, FrozenClock, small_town


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of the test's own."""
    with redis_server(tmp_path, valkey_program()) as server:
        connected = await connect(server.url)
        yield connected
        await connected.close()


async def apply(store: Store, city: str) -> None:
    await TicketQueue(store, city, FrozenClock()).apply_city(ADMIN, encode_city(small_town(city)))


async def test_an_empty_store(store: Store, tmp_path: Path) -> None:
    """A packaged city or a file may be meant before its server ever ran; an id alone may not."""
    assert (await which_city(store, None)).city == "kharkiv"
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")
    assert (await which_city(store, str(file))).city == "dolyna"
    with pytest.raises(ValueError, match="no city dolyna"):
        await which_city(store, "dolyna")


async def test_the_only_city(store: Store) -> None:
    """Needs no name; its definition is the applied one."""
    await apply(store, "lviv")
    found = await which_city(store, None)
    assert (found.city, found.version) == ("lviv", 1)
    assert (await which_city(store, "lviv")).city == "lviv"
    with pytest.raises(ValueError, match="only lviv"):
        await which_city(store, "odesa")


async def test_several_cities(store: Store) -> None:
    """Must be named."""
    await apply(store, "lviv")
    await apply(store, "odesa")
    with pytest.raises(ValueError, match="lviv, odesa"):
        await which_city(store, None)
    assert (await which_city(store, "odesa")).city == "odesa"
