"""What one process knows of a city: the board, the estimates beside it, and how fresh both are.

A follower tells it what happened, a feed asks it. While the store is away everything stays as it was and
`as_of` stands still.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

import msgspec

from balancer.city.definition import City
from balancer.core.city_clock import CityClock
from balancer.live.board import Board
from balancer.live.day_measures import DayMeasures
from balancer.live.estimates import JOINS, Estimates
from balancer.live.frames import branch_frame
from balancer.live.history import History
from balancer.live.hour_forecast import hour_forecast
from balancer.live.kept import Kept
from balancer.live.measures_view import DayNow, branch_measures
from balancer.live.outlook import Outlook
from balancer.live.wall_time import day_minute
from balancer.messages import BranchFrame, Event, Snapshot, Wait
from balancer.messages.supervisor import BranchMeasures

ESTIMATE_SECONDS = 1.0

Changed = Callable[[list[str]], None]


class CityPicture:
    """See `follower.Picture` for the methods that a follower calls. `generation` grows with every change."""

    def __init__(
        self, city: City, clock: CityClock, definition: Callable[[], Awaitable[City | None]], changed: Changed
    ) -> None:
        """`definition` loads the city after it was changed; `changed` is told which branches have news."""
        self.city = city
        self.board = Board(city)
        self.estimates = Estimates(city)
        self.outlook = Outlook(self.estimates.learning.intents)
        self.measures = DayMeasures(city)
        self._measured: Kept[BranchMeasures] = Kept()
        self.ready = False
        self.generation = 0
        self._clock = clock
        self._definition = definition
        self._changed = changed
        self._history: History | None = None
        self._estimated: dict[str, float] = {}
        self._due: dict[str, None] = {}
        self._shown: dict[str, BranchFrame] = {}
        self._lost_at: float | None = None
        self._known_ms = 0

    # --- what the follower tells ----------------------------------------------------------------------------

    async def begin(self, snapshot: Snapshot) -> None:
        """Start anew from a snapshot."""
        if snapshot.definition != self.city.version:
            await self._reload()
        self.board.load(snapshot)
        self.measures.begin(snapshot)
        self.estimates.begin(self.board, snapshot.at)
        self._estimated = {}
        if self.ready:
            self._change(self.city.branch_by_id)
        else:
            self._history = History(self.city, self.estimates)

    def remember(self, events: Sequence[Event]) -> None:
        """Learn from events before the snapshot: their day counts always, all else only the first time."""
        self.measures.learn(events)
        if self._history is not None:
            self._history.add(events)
            for event in events:
                self.outlook.learn(event)

    async def fold(self, events: Sequence[Event]) -> None:
        """Take in the next events."""
        changed: dict[str, None] = {}
        for event in events:
            touched = self.board.apply(event)
            self.estimates.learn(event, self.board, touched)
            self.outlook.learn(event)
            self.measures.learn((event,))
            changed.update(dict.fromkeys(touched))
            if event.type == "city_applied":
                await self._reload()
                changed.update(dict.fromkeys(self.city.branch_by_id))
        self._change(changed)

    def hear(self) -> None:
        """The store answered: all there is, is known."""
        self._lost_at = None
        self.measures.settle(self.board)
        if not self.ready:
            if self._history is not None:
                self._history.lend(self.board)
                self._history = None
            self.estimates.begin(self.board, self._clock.now_ms())
            self.ready = True
            for branch in self.city.branch_by_id:  # nobody is served yet, so it may take its time
                self._estimate(branch, time.monotonic())
            self._tell(list(self.city.branch_by_id))

    def lose(self) -> None:
        """The store does not answer."""
        if self._lost_at is None:
            self._known_ms = self._clock.now_ms()
            self._lost_at = time.monotonic()

    async def _reload(self) -> None:
        city = await self._definition()
        if city is not None:
            self.city = city
            self.board.refit(city)
            self.estimates.refit(city)
            self.measures.refit(city)
            self._estimated = {}

    # --- how fresh it is ------------------------------------------------------------------------------------

    @property
    def is_fresh(self) -> bool:
        """Whether the store answered when it was asked last."""
        return self.ready and self._lost_at is None

    @property
    def lost_seconds(self) -> float:
        """For how many real seconds the store has been away."""
        return 0.0 if self._lost_at is None else time.monotonic() - self._lost_at

    @property
    def as_of(self) -> int:
        """The city instant (ms) up to which everything is known."""
        return self._clock.now_ms() if self._lost_at is None else self._known_ms

    # --- what changes ---------------------------------------------------------------------------------------

    def _change(self, branches: Iterable[str]) -> None:
        """Something happened there: it goes out with the estimate of that moment, unless one was made less
        than a second ago; then that is due later.
        """
        changed = [branch for branch in branches if branch in self.city.branch_by_id]
        self._due.update(dict.fromkeys(changed))
        self._tell(changed)

    def _tell(self, branches: list[str]) -> None:
        self.generation += 1
        self._changed(branches)

    def bring_up_to_date(self, branch: str) -> None:
        """Work out a branch's estimates if they are due and a second old; about a millisecond."""
        if branch not in self._due or not self.ready:
            return
        now = time.monotonic()
        if now - self._estimated.get(branch, -ESTIMATE_SECONDS) >= ESTIMATE_SECONDS:
            self._estimate(branch, now)

    def _estimate(self, branch: str, now: float) -> None:
        if branch in self.city.branch_by_id:
            self.estimates.refresh(self.board.branch(branch), self.board, self.as_of)
            self._estimated[branch] = now
        self._due.pop(branch, None)

    def review(self, *, everything: bool) -> Iterator[None]:
        """Work out what is due, or everything, one branch a turn, and tell of branches where more than the
        time changed.

        That is an estimate that had to wait for its second, a line that stands still, the next opening hour.
        """
        if not self.ready:
            return
        now = time.monotonic()
        due = [b for b in self._due if now - self._estimated.get(b, -ESTIMATE_SECONDS) >= ESTIMATE_SECONDS]
        for branch in list(self.city.branch_by_id) if everything else due:
            self._estimate(branch, now)
            if self._differs(branch):
                self._tell([branch])
            yield

    def _differs(self, branch: str) -> bool:
        """Whether a frame would say anything else than the last one shown, but for the time."""
        if branch not in self.city.branch_by_id:
            return False
        shown = self._shown.get(branch)
        return shown is None or msgspec.structs.replace(self.frame(branch), as_of=shown.as_of) != shown

    def wait_at(self, branch: str, queue: str, arrives: int) -> Wait | None:
        """The wait of one who arrives at a branch's queue at a city instant (ms); None where nobody knows."""
        load = self.board.branch(branch)
        hour = day_minute(load.branch.time_zone, arrives).hour
        minutes = self.estimates.learning.service_minutes(branch, load.branch.queue(queue), hour)
        quote = self.estimates.quote(load, queue) if self.ready else None
        return self.outlook.wait_at(load, queue, quote, minutes, self.as_of, arrives)

    def day(self, branch: str) -> DayNow:
        """A branch's day as it is now; Refused("unknown_branch")."""
        load, now = self.board.branch(branch), self.as_of
        record = self.measures.record(branch, now)
        return DayNow(self.city, load, self.board.tickets, record, now, self.measures.known_from)

    def measures_of(self, branch: str) -> BranchMeasures:
        """All measures of a branch's day, kept for a second; Refused("unknown_branch")."""
        self.board.branch(branch)
        return self._measured.get(
            branch, self.generation, time.monotonic(), lambda: self._measure(self.day(branch))
        )

    def _measure(self, day: DayNow) -> BranchMeasures:
        """One pass over the branch's own line."""
        branch = day.load.branch.branch
        waits = self.estimates.latest(branch).queues if day.load.state in JOINS else {}
        forecast = hour_forecast(day.load, self.board.tickets, self.estimates.learning, day.now)
        return branch_measures(day, waits, forecast)

    def frame(self, branch: str) -> BranchFrame:
        """A branch's whole small state; Refused("unknown_branch")."""
        load = self.board.branch(branch)
        latest = self.estimates.latest(branch)
        waits = latest.queues if load.state in JOINS else {}
        return branch_frame(
            load, waits, latest.methods, epoch=self.board.epoch, seq=load.seq, as_of=self.as_of
        )

    def show(self, branch: str) -> BranchFrame | None:
        """The frame that goes out now, to be compared with later; None for a branch that is no more."""
        if branch not in self.city.branch_by_id:
            return None
        self.bring_up_to_date(branch)
        frame = self._shown[branch] = self.frame(branch)
        return frame
