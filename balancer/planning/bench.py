"""The planner's process: heavy questions are answered beside the server, never in its event loop.

One worker, started with the first question and kept with what it has read; answers are kept for some
seconds, and who asks what is being worked out already waits for that same answer. The worker ends with the
server, however that ends.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import multiprocessing
import os
import signal
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple

import msgspec

from balancer.city.definition import City, encode_city
from balancer.errors import BalancerError
from balancer.planning.questions import Question, Topic
from balancer.plots.look import Look

FRESH_SECONDS = 20.0
MOST_KEPT = 64
MOST_WAITING = 8
RETRY_SECONDS = 5

Key = tuple[int, str, Question, Look | None]


class _Refusal(NamedTuple):
    """A BalancerError on its way between processes."""

    code: str
    params: dict[str, Any]


class PlannerBench:
    """Answers by question; one for a server process. Close it at the end."""

    def __init__(self) -> None:
        self._pool: concurrent.futures.ProcessPoolExecutor | None = None
        self._kept: OrderedDict[Key, tuple[float, bytes]] = OrderedDict()
        self._asked: dict[Key, asyncio.Future[bytes]] = {}
        self._definition: tuple[City, bytes] | None = None

    async def answer(self, city: City, url: str, question: Question, now_ms: int) -> bytes:
        """The answer as JSON. BalancerError: "planner_busy" where too many are waiting, and what the worker
        raises.
        """
        return await self._once(
            (city.version, url, question, None),
            lambda: self._work(_answer, self._encoded(city), url, question, now_ms),
        )

    async def plot(self, city: City, url: str, question: Question, look: Look, now_ms: int) -> bytes:
        """The answer drawn as SVG. Raises as `answer`."""
        body = await self.answer(city, url, question, now_ms)
        key = (city.version, url, question, look)
        return await self._once(key, lambda: self._work(_draw, question.topic, body, look))

    async def _once(self, key: Key, work: Callable[[], Awaitable[bytes]]) -> bytes:
        """What is kept or under way under that key, else what `work` gives."""
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept[0] < FRESH_SECONDS:
            return kept[1]
        asked = self._asked.get(key)
        if asked is None:
            if len(self._asked) >= MOST_WAITING:
                raise BalancerError("planner_busy", seconds=RETRY_SECONDS)
            asked = asyncio.ensure_future(work())
            self._asked[key] = asked
            asked.add_done_callback(lambda done: self._done(key, done))
        return await asyncio.shield(asked)

    def close(self) -> None:
        """End the worker; an answer under way is lost, so that nobody waits for it at the server's end."""
        if self._pool is not None:
            workers = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()
            self._pool = None

    async def _work(self, task: Callable[..., bytes | _Refusal], *given: object) -> bytes:
        loop = asyncio.get_running_loop()
        for last in (False, True):
            try:
                told = await loop.run_in_executor(self._running(), task, *given)
                if isinstance(told, bytes):
                    return told
                raise BalancerError(told.code, **told.params)
            except BrokenProcessPool:
                self.close()
                if last:
                    raise BalancerError("planner_busy", seconds=RETRY_SECONDS) from None
        raise AssertionError("unreachable")

    def _done(self, key: Key, done: asyncio.Future[bytes]) -> None:
        self._asked.pop(key, None)
        if done.cancelled() or done.exception() is not None:
            return
        self._kept[key] = time.monotonic(), done.result()
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _running(self) -> concurrent.futures.ProcessPoolExecutor:
        if self._pool is None:
            self._pool = concurrent.futures.ProcessPoolExecutor(
                1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
            )
        return self._pool

    def _encoded(self, city: City) -> bytes:
        """The city's definition, written once: it is large."""
        if self._definition is None or self._definition[0] is not city:
            self._definition = city, encode_city(city)
        return self._definition[1]


def _begin() -> None:
    """In the worker: the server's signals are the server's; when it is gone, so are we."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(definition: bytes, url: str, question: Question, now_ms: int) -> bytes | _Refusal:
    """In the worker."""
    from balancer.planning.answers import answer

    try:
        return answer(definition, url, question, now_ms)
    except BalancerError as error:
        return _Refusal(error.code, error.params)


def _draw(topic: Topic, body: bytes, look: Look) -> bytes:
    """In the worker."""
    from balancer.plots.planner import draw

    return draw(topic, msgspec.json.decode(body), look)
