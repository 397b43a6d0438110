"""Drawings that many ask for are made once, kept within bounds, and never shown when a state has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from balancer.drawn.drawing import About, BoardDrawing
from balancer.drawn.question import Question
from balancer.errors import BalancerError
from balancer.routes import drawings as drawings_module
from balancer.routes.drawings import MOST_KEPT, SAME_SECONDS, STRETCHED_SECONDS, Drawings, Mark, Work

MARK = Mark("epoch", 0, 1, 100)
NEWER = Mark("epoch", 0, 2, 100)
ALARM = Mark("epoch", 1, 2, 100)
ANY = Question()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Real seconds, moved by the test."""
    now = [1000.0]
    monkeypatch.setattr(drawings_module, "_seconds", lambda: now[0])
    return now


class Pen:
    """Draws words, counts, and waits where a test holds it."""

    def __init__(self) -> None:
        self.drawn = 0
        self.words = "one"
        self.free = asyncio.Event()
        self.free.set()

    def prepare(self) -> Callable[[], Awaitable[Callable[[], BoardDrawing]]]:
        words = self.words

        def draw() -> BoardDrawing:
            self.drawn += 1
            about = About("kharkiv", {}, "", demo=False)
            return BoardDrawing(
                about, "epoch", self.drawn, f"at {self.drawn}", "Europe/Kyiv", None, None, {}, words, []
            )

        async def gather() -> Callable[[], BoardDrawing]:
            await self.free.wait()
            return draw

        return gather


async def make(kept: Drawings, pen: Pen, question: Question = ANY, mark: Mark = MARK) -> Any:
    """What a reader of that question gets now: the JSON."""
    held = kept.find(question, mark) or await kept.make(question, mark, pen.prepare())
    return msgspec.json.decode(held.body)


async def test_what_has_not_changed_is_not_drawn_again(clock: list[float]) -> None:
    """However often it is asked, for a minute; half a second after a change it is."""
    kept, pen = Drawings(), Pen()
    for _ in range(20):
        await make(kept, pen)
        clock[0] += 2.0
    assert pen.drawn == 1
    await make(kept, pen, mark=NEWER)
    assert pen.drawn == 2
    clock[0] += SAME_SECONDS
    await make(kept, pen, mark=NEWER)
    assert pen.drawn == 3


async def test_the_same_content_keeps_its_bytes_and_its_etag(clock: list[float]) -> None:
    """Drawn anew it differs in its time alone: readers get 304. Other words are other bytes."""
    kept, pen = Drawings(), Pen()
    first = await kept.make(ANY, MARK, pen.prepare())
    clock[0] += 1.0
    assert kept.find(ANY, NEWER) is None
    assert await kept.make(ANY, NEWER, pen.prepare()) is first
    assert kept.find(ANY, NEWER) is first
    pen.words = "two"
    assert (await kept.make(ANY, NEWER, pen.prepare())).etag != first.etag


async def test_many_who_ask_at_once_share_one_drawing(clock: list[float]) -> None:
    """Also those who come while it is being made; who gives up takes it from nobody."""
    kept, pen = Drawings(), Pen()
    pen.free.clear()
    crowd = [asyncio.create_task(kept.make(ANY, MARK, pen.prepare())) for _ in range(100)]
    await asyncio.sleep(0)
    crowd[0].cancel()
    pen.free.set()
    found = await asyncio.gather(*crowd[1:])
    assert pen.drawn == 1
    assert len({id(each) for each in found}) == 1


async def test_a_change_of_state_waits_for_nobody(clock: list[float]) -> None:
    """Nothing older is shown, not even half a second old or under way; nor does the older one come back."""
    kept, pen = Drawings(), Pen()
    pen.free.clear()
    slow = asyncio.create_task(kept.make(ANY, MARK, pen.prepare()))
    await asyncio.sleep(0)
    pen.free.set()
    pen.words = "alarm"
    assert (await make(kept, pen, mark=ALARM))["tree"] == "alarm"
    await slow
    assert (await make(kept, pen, mark=ALARM))["tree"] == "alarm"
    assert kept.find(ANY, Mark("other data", 1, 2, 100)) is None


async def test_the_number_of_kept_drawings_has_an_end(clock: list[float]) -> None:
    """Those longest unasked go first; one that is asked stays. A place is kept nowhere."""
    kept, pen = Drawings(), Pen()
    await make(kept, pen)
    for number in range(2 * MOST_KEPT):
        await make(kept, pen, Question(at=number))
        kept.find(ANY, MARK)
        clock[0] += 1.0 / MOST_KEPT
    assert len(kept) == MOST_KEPT
    assert ANY in kept and Question(at=0) not in kept
    nearby = Question(place=(50.0, 36.2))
    await make(kept, pen, nearby)
    assert nearby not in kept


async def test_scarce_work_keeps_drawings_longer_and_puts_off_new_questions(clock: list[float]) -> None:
    """A kept one serves up to ten seconds; what nobody has asked before is refused for a second; an alarm is
    drawn all the same.
    """
    kept, pen = Drawings(), Pen()
    await make(kept, pen)
    kept.work.spend(5.0)
    clock[0] += 2.0
    await make(kept, pen, mark=NEWER)
    assert pen.drawn == 1
    with pytest.raises(BalancerError) as refused:
        await make(kept, pen, Question(at=600))
    assert refused.value.code == "overloaded"
    await make(kept, pen, mark=ALARM)
    clock[0] += STRETCHED_SECONDS
    await make(kept, pen, mark=Mark("epoch", 1, 3, 100))
    assert pen.drawn == 3
    clock[0] += 60.0
    await make(kept, pen, Question(at=600))


def test_work_is_saved_up_to_a_second() -> None:
    """A quarter of each real second, no more than a second of it."""
    work = Work()
    assert work.left(1000.0) == 1.0
    work.spend(1.5)
    assert work.left(1001.0) == -0.25
    assert work.left(2000.0) == 1.0
