"""Short histories that once went wrong, each as small as it became."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.property.model import Command
from tests.property.player import Player, Town
from tests.stores import redis_server, valkey_program

NORTH_1, NORTH_2 = {"branch": "north", "desk": "1"}, {"branch": "north", "desk": "2"}


@pytest.fixture
async def player(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A city with its north open, desks 1 and 2, and one ticket that desk 2 has called, bound to it."""
    with redis_server(tmp_path, valkey_program()) as server:
        town = Town(server.url)
        await town.open()
        playing = await town.found()
        for order in (
            Command("open_branch", {"branch": "north"}),
            Command("open_desk", NORTH_1),
            Command("open_desk", NORTH_2),
            Command("issue", {"branch": "north", "service": "address", "ticket_id": "t1"}),
            Command("transfer_ticket", {"ticket": "t1", "to_desk": "2"}),
            Command("call_next", NORTH_2),
        ):
            await playing.play(order)
        yield playing
        await town.close()


async def test_a_released_desk_lets_its_own_ticket_go_once(player: Player) -> None:
    """A called ticket bound to the desk went to the desk's own line first and to its queue after that."""
    await player.play(Command("release_desk", NORTH_2))
    heard = await player.play(Command("call_next", NORTH_1))
    assert heard.ticket == "t1"


async def test_a_parked_ticket_bound_to_a_closed_desk_may_be_called_by_others(player: Player) -> None:
    """The desk that would have called it has gone home."""
    await player.play(Command("park", NORTH_2))
    await player.play(Command("close_desk", NORTH_2))
    heard = await player.play(Command("call", NORTH_1 | {"ticket": "t1"}))
    assert heard.code is None
