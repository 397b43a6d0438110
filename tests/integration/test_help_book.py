"""Requests for help in a real store: written once, taken by one, over for good, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from balancer.core.caller import Caller
from balancer.core.connect import Store, connect
from balancer.core.help_book import KEPT_MS, HelpBook
from balancer.errors import Refused
from tests.stores import Server

NOW = 1_795_420_800_000
OVER = "Nobody waits for help here any more"
KIOSK = Caller("kiosk:center#d1", "ask-number-1")


@pytest.fixture
async def store(valkey: Server, city_name: str) -> AsyncIterator[Store]:
    connected = await connect(valkey.url, city_name)
    yield connected
    await connected.close()


def going(key: str, role: str = "reception") -> Caller:
    return Caller(f"{role}:center#t1", key)


async def test_a_device_asks_once_while_it_lasts(store: Store, city_name: str) -> None:
    """Its repeat and a second press find the first; another process sees the same."""
    one, two = HelpBook(store.writer, city_name), HelpBook(store.writer, city_name)
    first = await one.ask("center", "d1", "Термінал 1", KIOSK, NOW)
    assert await two.ask("center", "d1", "Термінал 1", KIOSK, NOW + 9) == first
    assert await two.ask("center", "d1", "Термінал 1", Caller("kiosk", "ask-number-2"), NOW + 9) == first
    other = await one.ask("center", "d2", "", KIOSK, NOW + 1)
    assert await two.open_in("center", 0) == [first, other]
    assert await two.open_in("village", 0) == [] and await two.open_in("center", NOW + 1) == [other]


async def test_of_two_who_go_one_is_the_first(store: Store, city_name: str) -> None:
    """The other is told who; a repeat of either gets its answer."""
    book = HelpBook(store.writer, city_name)
    await book.ask("center", "d1", "", KIOSK, NOW)
    said = await asyncio.gather(*(book.answer("center", "d1", going(f"go-{n}"), NOW + n) for n in range(9)))
    assert len({each.going for each in said}) == 1
    (taken,) = await book.open_in("center", 0)
    assert taken.going is not None and taken == said[0]


async def test_what_is_over_stays_over(store: Store, city_name: str) -> None:
    """A late repeat of the asking does not open it again, one of the ending is no refusal; a new press is
    new.
    """
    book = HelpBook(store.writer, city_name)
    with pytest.raises(Refused, match=OVER):
        await book.answer("center", "d1", going("go-1"), NOW)
    await book.ask("center", "d1", "", KIOSK, NOW)
    with pytest.raises(Refused, match=OVER):
        await book.end("village", "d1", going("end-1"), NOW)
    ended = await book.end("center", "d1", going("end-1"), NOW + 5)
    assert ended.over is not None and await book.end("center", "d1", going("end-1"), NOW + 6) == ended
    with pytest.raises(Refused, match=OVER):
        await book.end("center", "d1", going("end-2"), NOW + 6)
    assert (await book.ask("center", "d1", "", KIOSK, NOW + 7)).over == ended.over
    assert await book.open_in("center", 0) == []
    anew = await book.ask("center", "d1", "", Caller("kiosk", "ask-number-2"), NOW + 8)
    assert anew.going is None and await book.open_in("center", 0) == [anew]


async def test_old_ones_are_forgotten(store: Store, city_name: str) -> None:
    """With the next request, so that the book stays small."""
    book = HelpBook(store.writer, city_name)
    await book.ask("center", "d1", "", KIOSK, NOW)
    await book.answer("center", "d1", going("go-1"), NOW)
    await book.end("center", "d1", going("end-1"), NOW)
    await book.ask("center", "d2", "", KIOSK, NOW + KEPT_MS + 1)
    assert await store.writer.command("HLEN", book._key, writes=False) == 1
