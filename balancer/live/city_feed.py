"""One city as this process knows it, for everybody who asks: board, sockets, tickets, desks.

Counts go out at once, estimates at most once a second a branch. While the store is away no beats are sent,
and after ten seconds nothing is given out any more: an old picture that looks new is worse than none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import blake2b

import msgspec

from balancer.city.definition import City
from balancer.city.hours import rfc3339
from balancer.core.city_clock import CityClock
from balancer.core.event_log import EventLog
from balancer.errors import StoreUnavailable
from balancer.live.ahead_view import AheadView
from balancer.live.day_ahead import DayAhead
from balancer.live.desk_room import desk_room
from balancer.live.ending import end_tasks
from balancer.live.follower import Follower
from balancer.live.frames import board_branch
from balancer.live.hub import Client, Encoder, Hub
from balancer.live.kept import Kept
from balancer.live.offsets import OffsetWaiters
from balancer.live.picture import CityPicture
from balancer.live.publisher import Publisher
from balancer.live.redraw_pace import RedrawPace
from balancer.messages import Beat, BoardView, Hello, Method, TicketState, Wait
from balancer.messages.desk_room import DeskRoom
from balancer.messages.estimates import WaitAt

PROTOCOL = 1
BEAT_SECONDS = 15.0
TICK_SECONDS = 0.25
STALE_SECONDS = 10.0
REVIEW_CITY_SECONDS = 60.0
SHORTEST_REVIEW_SECONDS = 1.0
SHOWN_FIRST = 3
FORESEEN_SECONDS = 15.0
FORESEEN_CITY_MS = 5 * 60_000

Narrow = frozenset[str] | None
_encode = msgspec.json.Encoder().encode


class CityFeed:
    """The live feed of one city. `start()` returns once it is `ready`."""

    def __init__(
        self,
        events: EventLog,
        city: City,
        clock: CityClock,
        hub: Hub,
        definition: Callable[[], Awaitable[City | None]],
        drawings_per_second: float = 500.0,
    ) -> None:
        """`definition` loads the city anew after it was changed. The log is this feed's alone."""
        self.pace = RedrawPace(drawings_per_second)
        self.picture = CityPicture(city, clock, definition, self._changed)
        self._clock = clock
        self._hub = hub
        self._follower = Follower(events, self.picture)
        self._publisher = Publisher(hub, self._publish)
        self._day_ahead = DayAhead()
        self._foreseen: dict[str, tuple[float, int, dict[str, list[WaitAt]]]] = {}
        self._waiters = OffsetWaiters()
        self._boards: Kept[tuple[bytes, str]] = Kept()
        self._greetings: Kept[bytes] = Kept()
        self._whole = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Follow the city; returns when the picture is whole."""
        chores = (self._follower.run(), self._publisher.run(), self._tick())
        self._tasks = [asyncio.create_task(chore) for chore in chores]
        whole = asyncio.create_task(self._whole.wait())
        await asyncio.wait([whole, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        whole.cancel()
        for task in self._tasks:
            if task.done():
                task.result()

    async def stop(self) -> None:
        """Follow no more; the last picture stays."""
        await end_tasks(self._tasks)
        self._tasks = []

    def _changed(self, branches: list[str]) -> None:
        self._publisher.mark(branches)
        self._waiters.reached(self.offset)
        if self.picture.ready:
            self._whole.set()

    def _publish(self, branch: str) -> bytes | None:
        if branch not in self.city.public_branches:
            return None
        frame = self.picture.show(branch)
        if frame is None:
            return None
        self.pace.note(frame, asyncio.get_running_loop().time())
        return _encode(msgspec.structs.replace(frame, spread_ms=self.spread_ms()))

    async def _tick(self) -> None:
        """Beats, estimates that are due, and watchers that take nothing."""
        loop = asyncio.get_running_loop()
        beat_due = review_due = loop.time()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = loop.time()
            self._hub.sweep(now)
            for _ in self.picture.review(everything=now >= review_due):
                await asyncio.sleep(0)
            if now >= review_due:
                pause = REVIEW_CITY_SECONDS / self._clock.speed
                review_due = now + min(BEAT_SECONDS, max(SHORTEST_REVIEW_SECONDS, pause))
            if now >= beat_due and self.picture.is_fresh:
                beat_due = now + BEAT_SECONDS
                self._hub.broadcast("beat", _encode(Beat(self._city_time(), self.offset)))

    # --- what it is -----------------------------------------------------------------------------------------

    @property
    def city(self) -> City:
        """The city's definition as it is now."""
        return self.picture.city

    @property
    def ready(self) -> bool:
        """Whether there has been a whole picture."""
        return self.picture.ready

    @property
    def offset(self) -> int:
        """The last event that the picture covers."""
        return self.picture.board.offset

    @property
    def epoch(self) -> str:
        """The random id of the city's data."""
        return self.picture.board.epoch

    def require_fresh(self) -> None:
        """StoreUnavailable before the first picture, and once the store has been away for ten seconds."""
        if not self.ready or self.picture.lost_seconds > STALE_SECONDS:
            raise StoreUnavailable("store_unavailable")

    # --- watchers -------------------------------------------------------------------------------------------

    def narrow(self, service: str | None, branch: str | None) -> Narrow:
        """The public branches that a query names: offering `service`, among the comma-separated `branch`;
        None = all.

        Raises Refused("unknown_service") or Refused("unknown_branch").
        """
        chosen: Narrow = None
        if service is not None:
            self.city.service(service)
            chosen = frozenset(each.branch for each in self.city.branches_offering(service))
        if branch is not None:
            named = frozenset(self.city.public_branch(each.strip()).branch for each in branch.split(","))
            chosen = named if chosen is None else named & chosen
        return chosen

    def admit(self, client: Client, narrow: Narrow) -> None:
        """Let a client watch: `hello`, one frame a branch, then changes.

        There is no await between reading the states and joining, so no change is lost or sent out of turn.
        """
        now = asyncio.get_running_loop().time()
        encoder = client.encoder
        key, generation = (encoder, narrow), self.picture.generation
        greeting = self._greetings.get(key, generation, now, lambda: self._greeting(encoder, narrow))
        self._hub.join(client, narrow)
        client.write(greeting)

    def _greeting(self, encoder: Encoder, narrow: Narrow) -> bytes:
        frames = [encoder("branch", self.frame(branch)) for branch in self._chosen(narrow)]
        return b"".join([encoder("hello", self.hello()), *frames])

    def _chosen(self, narrow: Narrow) -> list[str]:
        return [branch for branch in self.city.public_branches if narrow is None or branch in narrow]

    def hello(self) -> bytes:
        """The first frame of a socket (JSON)."""
        hello = Hello(
            protocol=PROTOCOL,
            city=self.city.city,
            epoch=self.epoch,
            offset=self.offset,
            city_time=self._city_time(),
            speed=self._clock.speed,
            beat_seconds=BEAT_SECONDS,
        )
        return _encode(hello)

    def frame(self, branch: str) -> bytes:
        """A branch's newest frame (JSON); Refused("unknown_branch")."""
        return _encode(msgspec.structs.replace(self.picture.frame(branch), spread_ms=self.spread_ms()))

    def spread_ms(self) -> int:
        """Over how long readers spread their next questions for a drawing, real ms."""
        return self.pace.spread_ms(len(self._hub), asyncio.get_running_loop().time())

    def _city_time(self) -> str:
        return rfc3339(self.city.time_zone, self._clock.now_ms())

    # --- readers --------------------------------------------------------------------------------------------

    def board_view(self, service: str | None, branch: str | None) -> tuple[bytes, str]:
        """The board's JSON and its ETag, blind to `as_of`. Raises as `narrow` and `require_fresh`."""
        narrow = self.narrow(service, branch)
        self.require_fresh()
        now = asyncio.get_running_loop().time()
        return self._boards.get(narrow, self.picture.generation, now, lambda: self._board(narrow))

    def _board(self, narrow: Narrow) -> tuple[bytes, str]:
        picture = self.picture
        loads = [picture.board.branch(branch) for branch in self._chosen(narrow)]
        branches = [board_branch(load, picture.frame(load.branch.branch)) for load in loads]
        as_of = rfc3339(self.city.time_zone, picture.as_of)
        view = BoardView(self.city.city, self.epoch, self.offset, as_of, branches)
        timeless = [msgspec.structs.replace(each, as_of="") for each in branches]
        mark = _encode(msgspec.structs.replace(view, as_of="", branches=timeless))
        return _encode(view), f'W/"{blake2b(mark, digest_size=12).hexdigest()}"'

    def quote(self, branch: str, queue: str) -> Wait | None:
        """The wait of a new ticket; None where nobody can join or nobody knows."""
        picture = self.picture
        picture.bring_up_to_date(branch)
        return picture.estimates.quote(picture.board.branch(branch), queue) if picture.ready else None

    def wait_of(self, ticket: TicketState) -> tuple[Wait | None, Method | None]:
        """What a waiting ticket still has to wait and by which method; None once it waits no more, or where
        nobody knows.
        """
        ahead = self.ahead_of(ticket.id)
        if ahead is None or ticket.branch not in self.city.branch_by_id:
            return None, None
        load = self.picture.board.branch(ticket.branch)
        return self.picture.estimates.wait_of(load, ticket, ahead)

    def shown_first(self, branch: str, desk: str, ticket: str | None = None) -> dict[str, Wait]:
        """The waits that were shown last to the first few of a desk's line, or to `ticket`."""
        board = self.picture.board
        named = board.tickets.get(ticket or "")
        line = [named] if named is not None else [] if ticket else board.line(branch, desk)[:SHOWN_FIRST]
        waits = {each.id: self.wait_of(each)[0] for each in line}
        return {ticket: wait for ticket, wait in waits.items() if wait is not None}

    def wait_at(self, branch: str, queue: str, arrives: int) -> Wait | None:
        """The wait of one who arrives at a city instant (ms); None where nobody knows."""
        return self.picture.wait_at(branch, queue, arrives)

    async def ahead(self, branch: str) -> AheadView:
        """A branch's waits later today; Refused("unknown_branch")."""
        picture, now = self.picture, self.picture.as_of
        picture.bring_up_to_date(branch)
        load, estimates = picture.board.branch(branch), picture.estimates
        ahead = await self._day_ahead.of(load, picture.board.tickets, estimates.learning, now)
        later = picture.wait_at
        return AheadView(load, estimates.latest(branch), ahead, now, estimates.corrected, later)

    async def foreseen(self, branch: str) -> dict[str, list[WaitAt]]:
        """The waits of a branch's queues at the half-hours to come, kept for a while."""
        kept = self._foreseen.get(branch)
        now, city = asyncio.get_running_loop().time(), self.picture.as_of
        if kept is None or now - kept[0] >= FORESEEN_SECONDS or city - kept[1] >= FORESEEN_CITY_MS:
            view = await self.ahead(branch)
            rows = {queue.queue: view.times(queue.queue) for queue in view.load.branch.queues}
            kept = self._foreseen[branch] = (now, city, rows)
        return kept[2]

    def ahead_of(self, ticket: str) -> int | None:
        """How many stand before a waiting ticket in its line."""
        return self.picture.board.ahead_of(ticket)

    def desk_room(self, branch: str, desk: str) -> DeskRoom | None:
        """All that a desk's page shows; None where the store knows no such desk yet."""
        return desk_room(self.picture.board, self.picture.day(branch), desk)

    async def wait_offset(self, offset: int, within: float) -> bool:
        """Whether the picture covers an offset, after waiting for it up to `within` real seconds."""
        return self.offset >= offset or await self._waiters.wait(offset, within)
