"""Short histories that once went wrong, each as small as it became."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from balancer.core.caller import Caller
from balancer.errors import StoreUnavailable, Unconfirmed
from tests.property.model import Command
from tests.property.player import LossyWriter, Player, Town
from tests.stores import redis_server, valkey_program

NORTH_1, NORTH_2 = {"branch": "north", "desk": "1"}, {"branch": "north", "desk": "2"}


@pytest.fixture
async def player(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A city with its north open, desks 1 and 2, and one ticket that desk 2 has called, bound to it."""
    with redis_server(tmp_path, valkey_program()) as server:
        town = Town(server.url)
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


class DyingWriter(LossyWriter):
    """The first command's reply is lost, and from then on there is no store."""

    async def call(self, script: Any, keys: Any, args: Any) -> Any:
        if self.lose:
            return await super().call(script, keys, args)
        raise StoreUnavailable("store_unavailable")


async def test_an_unknown_outcome_stays_unknown_when_the_store_goes_away(player: Player) -> None:
    """It said "nothing happened" of a ticket that there was, because the repeat could not be sent."""
    queue = player.queues[0]
    dying = DyingWriter(queue.store.writer)
    dying.lose = 1
    whole, queue.store.writer = queue.store.writer, dying
    with pytest.raises(Unconfirmed):
        await queue.issue(Caller("kiosk", "unknown-01", "f"), "north", "address")
    queue.store.writer = whole
    again = await queue.issue(Caller("kiosk", "unknown-01", "f"), "north", "address")
    assert again.ticket is not None and again.ticket.number == "A002"
    assert again.offset == player.ledger.offset + 1


async def test_a_queue_to_which_somebody_shall_come_back_stays(player: Player) -> None:
    """It could be taken away while its ticket was at another desk: that ticket came back to nothing."""
    desk_3 = {"branch": "north", "desk": "3"}
    for order in (
        Command("open_desk", desk_3),
        Command("issue", {"branch": "north", "service": "land", "ticket_id": "t2"}),
        Command("call_next", desk_3),
        Command("start", desk_3),
        Command("transfer", desk_3 | {"to_queue": "papers", "service": "passport", "come_back": True}),
    ):
        assert (await player.play(order)).code is None
    assert (await player.play(Command("apply_city", {"variant": "no land"}))).code == "would_strand"


async def test_who_comes_back_goes_on_with_what_the_desk_handed_on_last(player: Player) -> None:
    """The desk that wants the ticket back had it once more on the way and handed on another service."""
    desk_3 = {"branch": "north", "desk": "3"}
    await player.play(Command("open_desk", desk_3))
    await player.play(Command("start", NORTH_2))
    way: tuple[tuple[dict[str, str], dict[str, object]], ...] = (
        (NORTH_2, {"to_queue": "land", "come_back": True}),
        (desk_3, {"to_queue": "general", "service": "pension"}),
        (NORTH_2, {"to_queue": "papers", "service": "passport"}),
    )
    for desk, goal in way:
        await player.play(Command("call_next", desk))
        await player.play(Command("start", desk))
        assert (await player.play(Command("transfer", desk | goal))).code is None
    for desk in (desk_3, NORTH_2):
        for verb in ("call_next", "start", "finish"):
            assert (await player.play(Command(verb, desk))).code in (None, "desk_busy")
    assert player.model.tickets["t1"].legs == (
        "address",
        "address",
        "address",
        "pension",
        "passport",
        "pension",
    )
