"""Server-sent events: the same frames, one piece at a time, newest state for whoever is slow."""

from __future__ import annotations

import asyncio

from balancer.live.events_client import EventsClient, encode_event
from balancer.live.hub import Hub


def watching(hub: Hub) -> tuple[EventsClient, list[str]]:
    cuts: list[str] = []
    client = EventsClient(hub, lambda: cuts.append("cut"))
    hub.join(client)
    return client, cuts


def test_a_frame_becomes_a_named_event() -> None:
    assert encode_event("branch", b'{"branch":"a"}') == b'event: branch\ndata: {"branch":"a"}\n\n'


async def test_pieces_come_as_frames_come() -> None:
    hub = Hub()
    client, _ = watching(hub)
    client.write(b"greeting")
    assert await client.piece() == b"greeting"
    waiting = asyncio.create_task(client.piece())
    await asyncio.sleep(0)
    hub.publish("a", b"1")
    assert await waiting == encode_event("branch", b"1")


async def test_while_a_piece_is_sent_newer_states_replace_older_ones() -> None:
    hub = Hub()
    client, _ = watching(hub)
    hub.publish("a", b"0")
    assert await client.piece() == encode_event("branch", b"0")
    for number in range(1, 100):
        hub.publish("a", b"%d" % number)
        hub.broadcast("beat", b"b%d" % number)
    assert await client.piece() == encode_event("branch", b"99") + encode_event("beat", b"b99")


async def test_a_response_that_is_not_read_is_cut_off() -> None:
    hub = Hub(abort_after=10.0)
    client, cuts = watching(hub)
    loop = asyncio.get_running_loop()
    assert hub.sweep(loop.time() + 60) == 0, "nothing under way: it may wait for news as long as it likes"
    hub.publish("a", b"1")
    assert hub.sweep(loop.time() + 9) == 0
    assert hub.sweep(loop.time() + 11) == 1
    assert cuts == ["cut"] and client not in hub


async def test_closing_sends_what_was_written_and_then_the_end() -> None:
    hub = Hub()
    client, cuts = watching(hub)
    hub.tell(client, "reconnect", b"{}")
    await client.close(4012, "draining")
    assert await client.piece() == encode_event("reconnect", b"{}")
    assert await client.piece() == b""
    assert len(hub) == 0 and cuts == []
