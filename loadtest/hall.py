"""A branch as its clerks see it: the live frame, and whom to wake when somebody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass

from balancer.messages import BranchFrame

PAUSED = "paused"
DAY = len("2026-11-23")


@dataclass(eq=False)
class _Idle:
    """A clerk without work; `skills` are the queues he may call from, `woken` gets the queue that has
    somebody.
    """

    skills: frozenset[str]
    woken: asyncio.Future[str]


class Hall:
    """What the live frames say of one branch. Wakes no more idle clerks than there are people waiting."""

    def __init__(self) -> None:
        self.frame: BranchFrame | None = None
        self._idle: list[_Idle] = []
        self._on_the_way: dict[str, int] = {}
        self._shown = asyncio.Event()

    def show(self, frame: BranchFrame) -> None:
        """Take a new frame."""
        self.frame = frame
        self._shown.set()
        self._shown = asyncio.Event()
        self._wake()

    @property
    def state(self) -> str:
        """The branch's state on the board; "closed" before the first frame."""
        return self.frame.state if self.frame else "closed"

    def over(self) -> bool:
        """Whether the branch's day is over: no tickets any more, nobody waits, and it does not open again
        today.
        """
        if self.frame is None or self.frame.opens_at and self.frame.opens_at[:DAY] == self.frame.as_of[:DAY]:
            return False
        return self.state == "closed" or (self.state == "tickets_closed" and self.waiting() == 0)

    def waiting(self, skills: Collection[str] | None = None) -> int:
        """People waiting, in the queues of these skills or in all."""
        loads = self.frame.queues if self.frame else []
        return sum(load.waiting for load in loads if skills is None or load.queue in skills)

    def expected_wait(self, queue: str) -> float:
        """The median wait in minutes that the board shows for who joins now; 0 where it shows none."""
        loads = self.frame.queues if self.frame else []
        return next((load.wait.p50 for load in loads if load.queue == queue and load.wait), 0.0)

    async def until(self, holds: Callable[[Hall], bool]) -> None:
        """Wait for a frame that makes it true."""
        while not holds(self):
            await self._shown.wait()

    async def work(self, skills: frozenset[str]) -> str:
        """Wait until it is this clerk's turn to call; the queue in which somebody waits. Follow with
        `called`.
        """
        idle = _Idle(skills, asyncio.get_running_loop().create_future())
        self._idle.append(idle)
        try:
            self._wake()
            return await idle.woken
        except asyncio.CancelledError:
            if idle.woken.done() and not idle.woken.cancelled():  # woken and called off in the same breath
                self.called(idle.woken.result())
            raise
        finally:
            self._idle.remove(idle)

    def called(self, queue: str) -> None:
        """The clerk who was woken for this queue has called, or not."""
        self._on_the_way[queue] -= 1

    def _wake(self) -> None:
        if self.frame is None or self.state in (PAUSED, "closed"):
            return
        for load in self.frame.queues:
            free = load.waiting - self._on_the_way.get(load.queue, 0)
            for idle in self._idle:
                if free <= 0:
                    break
                if load.queue in idle.skills and not idle.woken.done():
                    idle.woken.set_result(load.queue)
                    self._on_the_way[load.queue] = self._on_the_way.get(load.queue, 0) + 1
                    free -= 1
