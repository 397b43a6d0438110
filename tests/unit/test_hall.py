"""Idle clerks are woken when somebody waits for them, and no more of them than there are people."""

from __future__ import annotations

import asyncio

from balancer.messages import BranchFrame, BranchStatus, QueueLoad, Wait
from loadtest.hall import Hall

PASSPORTS = frozenset({"passport"})
ALL = frozenset({"passport", "advice"})


def frame(state: BranchStatus = "open", opens_at: str | None = None, **waiting: int) -> BranchFrame:
    queues = [QueueLoad(queue, count, 0, None) for queue, count in waiting.items()]
    return BranchFrame(
        branch="city",
        epoch="e",
        seq=1,
        as_of="2026-11-23T12:00:00+02:00",
        state=state,
        power="on",
        reason=None,
        opens_at=opens_at,
        closes_at=None,
        waiting=sum(waiting.values()),
        serving=0,
        desks_open=3,
        on_the_way=0,
        desks_total=3,
        queues=queues,
        last_called=[],
    )


async def settled(*tasks: asyncio.Task[str]) -> list[str | None]:
    """What each clerk has been woken for by now, None for those still idle."""
    for _ in range(5):
        await asyncio.sleep(0)
    return [task.result() if task.done() else None for task in tasks]


def idle(hall: Hall, *skills: frozenset[str]) -> list[asyncio.Task[str]]:
    return [asyncio.create_task(hall.work(each)) for each in skills]


async def test_no_more_clerks_than_people() -> None:
    """Two wait, three could call: two are woken, the third when one more comes."""
    hall = Hall()
    clerks = idle(hall, PASSPORTS, PASSPORTS, PASSPORTS)
    assert await settled(*clerks) == [None, None, None]
    hall.show(frame(passport=2))
    assert await settled(*clerks) == ["passport", "passport", None]
    hall.show(frame(passport=2))
    assert (await settled(*clerks))[2] is None
    hall.called("passport")
    hall.show(frame(passport=2))
    assert (await settled(*clerks))[2] == "passport"


async def test_only_those_who_have_the_skill() -> None:
    """Somebody waits for advice: the clerk for passports goes on idling."""
    hall = Hall()
    clerks = idle(hall, PASSPORTS, ALL)
    hall.show(frame(passport=0, advice=1))
    assert await settled(*clerks) == [None, "advice"]
    clerks[0].cancel()


async def test_who_comes_free_while_somebody_waits_calls_at_once() -> None:
    """No new frame is needed."""
    hall = Hall()
    hall.show(frame(passport=1))
    assert await asyncio.wait_for(hall.work(PASSPORTS), 5) == "passport"


async def test_nobody_is_woken_in_a_pause() -> None:
    """An air raid: people wait, nobody may be called until it is over."""
    hall = Hall()
    hall.show(frame("paused", passport=3))
    clerks = idle(hall, PASSPORTS)
    assert await settled(*clerks) == [None]
    hall.show(frame(passport=3))
    assert await settled(*clerks) == ["passport"]


async def test_a_clerk_called_off_leaves_his_turn_to_another() -> None:
    """Woken and cancelled in the same breath, he does not count as on the way."""
    hall = Hall()
    (first,) = idle(hall, PASSPORTS)
    await asyncio.sleep(0)
    hall.show(frame(passport=1))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    (second,) = idle(hall, PASSPORTS)
    assert await settled(second) == ["passport"]


def test_the_wait_on_the_board() -> None:
    """The median of the queue, nothing where the board gives none."""
    hall = Hall()
    assert hall.expected_wait("passport") == 0.0
    shown = frame(passport=4, advice=1)
    shown.queues[0].wait = Wait(10.0, 25.0, 60.0)
    hall.show(shown)
    assert (hall.expected_wait("passport"), hall.expected_wait("advice")) == (25.0, 0.0)


async def test_the_day_is_over() -> None:
    """Closed, or no tickets any more and nobody waiting."""
    hall = Hall()
    assert not hall.over()
    hall.show(frame(passport=0))
    assert not hall.over()
    hall.show(frame("tickets_closed", passport=1))
    assert not hall.over()
    over = asyncio.create_task(hall.until(Hall.over))
    hall.show(frame("tickets_closed", "2026-11-24T09:00:00+02:00", passport=0))
    await asyncio.wait_for(over, 5)


async def test_a_lunch_break_does_not_end_the_day() -> None:
    """Closed at noon and open again at one: the clerks stay."""
    hall = Hall()
    hall.show(frame("closed", "2026-11-23T13:00:00+02:00"))
    assert not hall.over()
    hall.show(frame("closed", "2026-11-24T09:00:00+02:00"))
    assert hall.over()
