"""One office's recorded day, driven through the public API: its tickets issued, called and left when the
record says.

What is due is done in waves: the queues of an office side by side, each queue's own moves in order. A wave
has no more calls than the board shows as `last_called`, so that a look at the board after it has seen every
single call; C is counted from those looks alone, L is read from the board.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from balancer.messages import BoardBranch, LastCalled
from loadtest.driver import CityClient, CommandRefused
from loadtest.pace import CityPace
from loadtest.verdict import Pair, Totals, Verdict
from loadtest.warsaw import WarsawQueue
from loadtest.warsaw_city import letters_for
from predictors.traces import Move, Trace, changed, flows, rebuilt_waits, steps

CALLS_SHOWN = 6


@dataclass(eq=False)
class Line:
    """One usable queue while it is replayed. `waiting` holds ticket ids, first come first."""

    queue: WarsawQueue
    trace: Trace
    letter: str
    waits: list[float | None] = field(default_factory=list)
    changed: list[bool] = field(default_factory=list)
    waiting: deque[str] = field(default_factory=deque)
    busy: bool = False
    numbers: int = 0
    numbers_before: int = 0
    calls_seen: int = 0

    def __post_init__(self) -> None:
        self.waits = [None if np.isnan(wait) else float(wait) for wait in rebuilt_waits(self.trace)]
        self.changed = [bool(each) for each in changed(self.trace)]

    @property
    def issued(self) -> int:
        """Tickets issued, by the server's numbers; a new day starts them again."""
        return self.numbers_before + self.numbers

    def note_number(self, number: str) -> None:
        """Keep the number of a ticket just issued."""
        count = int(re.sub(r"\D", "", number.removeprefix(self.letter)))
        if count <= self.numbers:
            self.numbers_before += self.numbers
        self.numbers = count

    def recorded(self) -> Totals:
        """What the record says for the whole day; who waited at the first snapshot counts as issued."""
        moves = flows(self.trace)
        issued = int(moves.issued.sum()) + int(self.trace.waiting[0])
        return Totals(issued, int(moves.called.sum()), int(moves.left.sum()))


@dataclass(frozen=True)
class Due:
    """A moment of the plan: a move of one line, or (line None) the recorded snapshot of the office."""

    minute: float
    line: Line | None
    move: Move | None


class OfficeReplay:
    """The replay of one office. `midnight`: city seconds since the epoch at which the record's minutes
    begin.
    """

    def __init__(
        self,
        office: str,
        queues: list[WarsawQueue],
        client: CityClient,
        verdict: Verdict,
        midnight: float,
        on_step: Callable[[], None],
    ) -> None:
        self.office = office
        self.behind_minutes = 0.0
        self.lines = [
            Line(queue, queue.trace, letter)
            for queue, letter in zip(queues, letters_for(queue.letter for queue in queues), strict=True)
            if isinstance(queue.trace, Trace)
        ]
        self.plan = plan(self.lines)
        self._desks = [queue.queue for queue in queues]
        self._client = client
        self._verdict = verdict
        self._midnight = midnight
        self._on_step = on_step
        self._offset = 0
        self._calls_unseen = 0
        self._seen: set[tuple[str, str]] = set()

    async def prepare(self) -> None:
        """Open every desk and issue the tickets of those who wait at the first snapshot."""
        async with asyncio.TaskGroup() as group:
            for desk in self._desks:
                group.create_task(self._open(desk))
        async with asyncio.TaskGroup() as group:
            for line in self.lines:
                group.create_task(self._first_tickets(line))

    async def run(self, pace: CityPace) -> None:
        """Live through the plan; every snapshot is compared into the verdict."""
        at = 0
        while at < len(self.plan):
            due = self.plan[at]
            late = await pace.until(self._midnight + due.minute * 60)
            self.behind_minutes = max(self.behind_minutes, late / 60)
            if due.line is None:
                self._compare(due.minute, await self._look())
                at += 1
                continue
            wave = self._wave(at, (pace.timestamp() - self._midnight) / 60)
            calls = sum(each.move is Move.CALL for each in wave)
            if self._calls_unseen + calls > CALLS_SHOWN:
                await self._look()
            await self._run_wave(wave)
            self._calls_unseen += calls
            at += len(wave)
        self._sum_up(await self._look())

    def _wave(self, at: int, now: float) -> list[Due]:
        """What is due from `at` on: up to the next snapshot, and no more calls than one look shows."""
        wave = [self.plan[at]]
        calls = int(wave[0].move is Move.CALL)
        for index in range(at + 1, len(self.plan)):
            due = self.plan[index]
            calls += due.move is Move.CALL
            if due.line is None or due.minute > now or calls > CALLS_SHOWN:
                break
            wave.append(due)
        return wave

    async def _run_wave(self, wave: list[Due]) -> None:
        by_line: dict[int, list[Due]] = {}
        for due in wave:
            by_line.setdefault(id(due.line), []).append(due)
        async with asyncio.TaskGroup() as group:
            for moves in by_line.values():
                group.create_task(self._run_moves(moves))

    async def _run_moves(self, moves: list[Due]) -> None:
        for due in moves:
            assert due.line is not None
            try:
                await self._move(due.line, due.move)
            except CommandRefused as refusal:
                self._verdict.refusals.append(refusal.code)
            self._on_step()

    async def _move(self, line: Line, move: Move | None) -> None:
        if move is Move.ISSUE:
            await self._issue(line)
        elif move is Move.CALL:
            await self._call(line)
        elif line.waiting:
            answer = await self._client.ticket(line.waiting.pop(), "left")
            self._covered(answer.offset)

    async def _issue(self, line: Line) -> None:
        answer = await self._client.issue(self.office, line.queue.service)
        line.waiting.append(answer.ticket.id)
        line.note_number(answer.ticket.number)
        self._covered(answer.offset)

    async def _call(self, line: Line) -> None:
        """The line's desk finishes who it has and takes the first of the line."""
        desk = line.queue.queue
        if line.busy:
            await self._client.desk(self.office, desk, "finish")
            line.busy = False
        called = await self._client.desk(self.office, desk, "call-next")
        if called.ticket is not None:
            line.waiting.remove(called.ticket.id)
            line.busy = True
            called = await self._client.desk(self.office, desk, "start")
        self._covered(called.offset)

    async def _open(self, desk: str) -> None:
        answer = await self._client.desk(self.office, desk, "open")
        self._covered(answer.offset)

    async def _first_tickets(self, line: Line) -> None:
        for _ in range(int(line.trace.waiting[0])):
            await self._issue(line)

    def _covered(self, offset: int) -> None:
        self._offset = max(self._offset, offset)

    async def _look(self) -> BoardBranch:
        """The office on the board, once it covers the last acknowledged command; counts the calls it
        shows.
        """
        view = await self._client.board(self.office, self._offset)
        (branch,) = (each for each in view.branches if each.branch == self.office)
        self._calls_unseen = 0
        for call in branch.last_called:
            self._count(call)
        return branch

    def _count(self, call: LastCalled) -> None:
        if (call.number, call.at) in self._seen:
            return
        self._seen.add((call.number, call.at))
        for line in self.lines:
            if call.number.startswith(line.letter):
                line.calls_seen += 1

    def _compare(self, minute: float, seen: BoardBranch) -> None:
        """Board against record for every line that has a snapshot at this minute."""
        loads = {load.queue: load for load in seen.queues}
        for line in self.lines:
            at = int(np.searchsorted(line.trace.minutes, minute))
            if at == len(line.trace.minutes) or line.trace.minutes[at] != minute:
                continue
            load = loads[line.queue.queue]
            self._verdict.pairs.append(
                Pair(
                    queue=line.queue.service,
                    snapshot=at,
                    changed=line.changed[at],
                    waiting=(int(line.trace.waiting[at]), load.waiting),
                    called=(int(line.trace.called[at]), int(line.trace.called[0]) + line.calls_seen),
                    rebuilt_wait=line.waits[at],
                    p50=load.wait.p50 if load.wait else None,
                )
            )

    def _sum_up(self, seen: BoardBranch) -> None:
        """Each line's day: issued by the numbers given, called as seen, left = what neither waits nor was
        called.
        """
        waiting = {load.queue: load.waiting for load in seen.queues}
        for line in self.lines:
            left = line.issued - line.calls_seen - waiting[line.queue.queue]
            self._verdict.served[line.queue.service] = Totals(line.issued, line.calls_seen, left)
            self._verdict.recorded[line.queue.service] = line.recorded()


def plan(lines: list[Line]) -> list[Due]:
    """Every move of the lines and every snapshot of the office, in order of time."""
    moves = [
        Due(step.minute, line, step.move)
        for line in lines
        for interval in range(len(line.trace.minutes) - 1)
        for step in steps(line.trace, interval)
    ]
    minutes = sorted({int(minute) for line in lines for minute in line.trace.minutes})
    return sorted([*(Due(float(m), None, None) for m in minutes), *moves], key=lambda due: due.minute)
