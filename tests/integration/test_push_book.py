"""Subscriptions in a real store of each kind: kept, bounded, claimed once, forgotten."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from balancer.core.connect import Store, open_store
from balancer.core.keys import Keys
from balancer.core.push_book import KEPT_AFTER_END_MS, MOST_OF_A_TICKET, PushBook, Subscription
from balancer.notices.web_push import fresh_key

NOW = 1_795_420_800_000


def _open(url: str, city: str, folder: Path) -> AbstractAsyncContextManager[Store]:
    return open_store(url, folder, city)


def wish(name: str = "one", travel: float | None = None) -> Subscription:
    return Subscription(f"https://push.example/{name}", "p", "a", "uk", travel)


async def test_a_subscription_is_kept_until_it_is_let_go(
    store_url: str, city_name: str, tmp_path: Path
) -> None:
    """The same browser again brings its newest way; a ticket has only so many."""
    async with _open(store_url, city_name, tmp_path) as store:
        book = PushBook(store.writer, city_name)
        assert await book.add("t1", wish()) and await book.add("t1", wish(travel=9.0))
        assert await book.of("t1") == [wish(travel=9.0)] and await book.tickets() == ["t1"]
        more = [await book.add("t1", wish(str(n))) for n in range(MOST_OF_A_TICKET)]
        assert more == [True] * (MOST_OF_A_TICKET - 1) + [False]
        await book.drop("t1", wish().endpoint)
        assert len(await book.of("t1")) == MOST_OF_A_TICKET - 1


async def test_two_processes_send_one_notice(store_url: str, city_name: str, tmp_path: Path) -> None:
    """Whoever claims it first."""
    async with _open(store_url, city_name, tmp_path) as one, _open(store_url, city_name, tmp_path) as other:
        books = [PushBook(each.writer, city_name) for each in (one, other)]
        won = await asyncio.gather(*(book.claim("t1", "called:5") for book in books * 5))
        assert sum(won) == 1
        keys = await asyncio.gather(*(book.server_key(fresh_key()) for book in books))
        assert keys[0] == keys[1], "one key, born once with the city's data"


async def test_all_is_gone_three_days_after_the_end(store_url: str, city_name: str, tmp_path: Path) -> None:
    """What is kept goes by the store's own clock."""
    async with _open(store_url, city_name, tmp_path) as store:
        real = PushBook(store.writer, city_name)
        await real.add("t1", wish())
        key = f"{Keys.of(city_name).push}t1"
        before = await store.writer.command("PTTL", key, writes=False)
        await real.end("t1")
        assert KEPT_AFTER_END_MS - 60_000 < await store.writer.command("PTTL", key, writes=False) < before


async def test_the_list_forgets_by_the_first_end(store_url: str, city_name: str, tmp_path: Path) -> None:
    """A second word of the end, by another process, does not put it off."""
    at = [NOW]
    async with _open(store_url, city_name, tmp_path) as store:
        book = PushBook(store.writer, city_name, lambda: at[0])
        await book.add("t2", wish())
        await book.end("t2")
        at[0] += KEPT_AFTER_END_MS // 2
        await book.end("t2")
        assert await book.tickets() == ["t2"]
        at[0] += KEPT_AFTER_END_MS // 2
        assert await book.tickets() == []
