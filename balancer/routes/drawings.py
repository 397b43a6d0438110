"""Drawings of the board that many ask for at once, made once: kept, shared while they are made, packed once.

Drawing is the costliest thing that anybody may ask for without a token, some milliseconds of a core. What all
readers together may cost is bounded three times: one drawing at a time, a share of the core for drawings that
are only a little newer than those kept, and room for MOST_KEPT questions, those longest unasked going first.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from balancer.drawn.drawing import BoardDrawing
from balancer.drawn.question import Question
from balancer.drawn.standings import SteadyWaits
from balancer.errors import BalancerError
from balancer.routes.caching import Held

KEEP_SECONDS = 0.5
STRETCHED_SECONDS = 10.0
SAME_SECONDS = 60.0
MOST_KEPT = 512
WORK_SHARE, MOST_SAVED_SECONDS, FOR_NEW_SECONDS = 0.25, 1.0, 0.5

Draw = Callable[[], BoardDrawing]
Prepare = Callable[[], Awaitable[Draw]]


class Mark(NamedTuple):
    """What a drawing was made from: the data's `epoch`, how many `states` had changed, then the picture's
    `generation` and the city's `minute`.
    """

    epoch: str
    states: int
    generation: int
    minute: int

    def is_outdone(self, newer: Mark) -> bool:
        """Whether a drawing of this mark must not be shown any more: an alarm, other data."""
        return (self.epoch, self.states) != (newer.epoch, newer.states)


@dataclass(slots=True)
class _Kept:
    """`since`: when these bytes were made; `looked`: when they were last found to be still true."""

    held: Held
    mark: Mark
    content: bytes
    since: float
    looked: float


class Work:
    """Seconds of work that may be spent: a `share` of every real second, at most `most` of them saved."""

    def __init__(self, share: float = WORK_SHARE, most: float = MOST_SAVED_SECONDS) -> None:
        self._share, self._most = share, most
        self._saved, self._at = most, 0.0

    def left(self, now: float) -> float:
        """What is saved at real second `now`; below nothing where more was spent."""
        self._saved = min(self._most, self._saved + (now - self._at) * self._share)
        self._at = now
        return self._saved

    def spend(self, seconds: float) -> None:
        """It took that long."""
        self._saved -= seconds


class Drawings:
    """Drawings by question, and the estimates that are shown. Those that name a place are for one reader and
    not kept.
    """

    def __init__(self) -> None:
        self.steady = SteadyWaits()
        self.work = Work()
        self._kept: OrderedDict[Question, _Kept] = OrderedDict()
        self._making: dict[tuple[Question, str, int], asyncio.Task[Held]] = {}
        self._pen = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, question: Question) -> bool:
        return question in self._kept

    def find(self, question: Question, mark: Mark) -> Held | None:
        """A drawing that is still true, or so young that nobody needs a newer one: half a second, up to ten
        where drawing takes too much of the core. None where it must be made.
        """
        kept = self._kept.get(question)
        if kept is None or kept.mark.is_outdone(mark):
            return None
        now = _seconds()
        if kept.mark != mark or now - kept.since >= SAME_SECONDS:
            scarce = self.work.left(now) < FOR_NEW_SECONDS
            if now - kept.looked >= (STRETCHED_SECONDS if scarce else KEEP_SECONDS):
                return None
        self._kept.move_to_end(question)
        return kept.held

    async def make(self, question: Question, mark: Mark, prepare: Prepare) -> Held:
        """Make it, once for all who ask meanwhile. `prepare` gathers what it is drawn from.

        BalancerError("overloaded") for a question that is not kept while too much was drawn already.
        """
        key = (question, mark.epoch, mark.states)
        task = self._making.get(key)
        if task is None:
            if question not in self._kept and self.work.left(_seconds()) <= 0.0:
                raise BalancerError("overloaded", seconds=1)
            task = self._making[key] = asyncio.create_task(self._make(question, mark, prepare))
            task.add_done_callback(lambda done: self._made(key, done))
        return await asyncio.shield(task)

    def _made(self, key: tuple[Question, str, int], done: asyncio.Task[Held]) -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # seen, also where everybody who asked has gone

    async def _make(self, question: Question, mark: Mark, prepare: Prepare) -> Held:
        draw = await prepare()
        async with self._pen:
            began = time.thread_time()
            held = self._keep(question, mark, draw())
            self.work.spend(time.thread_time() - began)
            await asyncio.sleep(0)
        return held

    def _keep(self, question: Question, mark: Mark, drawing: BoardDrawing) -> Held:
        """The drawing as it is sent: the bytes kept before, where they say the same but for the time."""
        now, kept = _seconds(), self._kept.get(question)
        if question.place is not None or (kept is not None and kept.mark.states > mark.states):
            return Held(msgspec.json.encode(drawing))
        timeless = msgspec.structs.replace(drawing, as_of="", offset=0)
        content = blake2b(msgspec.json.encode(timeless), digest_size=16).digest()
        if kept is not None and kept.content == content and now - kept.since < SAME_SECONDS:
            kept.mark, kept.looked = mark, now
        else:
            kept = _Kept(Held(msgspec.json.encode(drawing)), mark, content, now, now)
            self._kept[question] = kept
        self._kept.move_to_end(question)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept.held


def _seconds() -> float:
    return asyncio.get_running_loop().time()
