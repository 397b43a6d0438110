"""A city's log without a store: events with the after-images that the core would write, for the pure live
parts.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import msgspec

from balancer.city.definition import City
from balancer.core.views import branch_time
from balancer.messages import (
    ACTIVE,
    BranchState,
    DeskState,
    Event,
    Leg,
    Snapshot,
    TicketState,
    TicketStatus,
)
from tests.town import MINUTE, NINE, small_town


class Happenings:
    """What happens in a small town, told event by event. Times are city ms; `forward` moves the clock."""

    def __init__(self, city: City | None = None, *, opened: bool = True) -> None:
        self.city = city or small_town("town")
        self.offset = 0
        self.at = NINE
        self.tickets: dict[str, TicketState] = {}
        self.desks: dict[tuple[str, str], DeskState] = {}
        self.facts: dict[str, BranchState] = {}
        self.told: list[Event] = []
        for branch in self.city.branches:
            phase = "open" if opened else "closed"
            self.facts[branch.branch] = BranchState(branch.branch, phase, "none", "on", 1, day="2026-11-23")
            for desk in branch.desks:
                state = "open" if opened else "closed"
                self.desks[branch.branch, desk.desk] = DeskState(branch.branch, desk.desk, state, 1, self.at)

    def forward(self, minutes: float) -> None:
        """Time passes."""
        self.at += round(minutes * MINUTE)

    def snapshot(self, epoch: str = "epoch-1") -> Snapshot:
        """All that is, as its own copy."""
        found = Snapshot(
            epoch=epoch,
            offset=self.offset,
            at=self.at,
            definition=self.city.version,
            tickets=[ticket for ticket in self.tickets.values() if ticket.state in ACTIVE],
            desks=list(self.desks.values()),
            branches=list(self.facts.values()),
        )
        return msgspec.json.decode(msgspec.json.encode(found), type=Snapshot)

    def tell(self, kind: str, **parts: Any) -> Event:
        """One event; what it carries becomes the state."""
        self.offset += 1
        event = Event(offset=self.offset, type=kind, at=self.at, real=self.at, actor="test", **parts)
        event = msgspec.json.decode(msgspec.json.encode(event), type=Event)
        if event.ticket is not None:
            self.tickets[event.ticket.id] = event.ticket
        if event.desk is not None:
            self.desks[event.desk.branch, event.desk.desk] = event.desk
        if event.facts is not None:
            self.facts[event.facts.branch] = event.facts
        self.told.append(event)
        return event

    # --- what people do -------------------------------------------------------------------------------------

    def issue(
        self,
        branch: str = "centre",
        queue: str = "papers",
        *,
        head_start: float = 0.0,
        service: str | None = None,
    ) -> Event:
        """Somebody comes."""
        number = self.offset + 1
        line = self.city.branch(branch).queue(queue)
        service = service or line.services[0]
        here = self._branch_ms(branch)
        ticket = TicketState(
            id=f"t{number}",
            number=f"{line.letter}{number:03d}",
            letter=line.letter,
            day="2026-11-23",
            branch=branch,
            queue=queue,
            service=service,
            state=TicketStatus.WAITING,
            version=1,
            arrived=self.at,
            order=here - round(head_start * MINUTE),
            tie=number,
            channel="kiosk",
            head_start_ms=round(head_start * MINUTE),
            since=here,
            legs=[Leg(service, queue, branch, joined=self.at, joined_time=here)],
        )
        return self.tell("ticket_issued", branch=branch, ticket=ticket)

    def call(self, branch: str = "centre", desk: str = "1", ticket: str | None = None) -> Event:
        """A desk calls the first of its line, or `ticket`."""
        chosen = self.tickets[ticket] if ticket else self.line(branch, desk)[0]
        wait_ms = self._branch_ms(branch) - (chosen.legs[0].joined_time or 0)
        leg = msgspec.structs.replace(chosen.legs[0], called=self.at, desk=desk, wait_ms=wait_ms)
        return self._move(chosen, "ticket_called", TicketStatus.CALLED, desk, legs=[leg])

    def recall(self, ticket: str) -> Event:
        """The same call again."""
        old = self.tickets[ticket]
        return self._move(old, "ticket_recalled", TicketStatus.CALLED, old.desk, recalled=self.at)

    def start(self, ticket: str) -> Event:
        """Service begins."""
        old = self.tickets[ticket]
        walk_ms = self._branch_ms(old.branch) - old.since
        leg = msgspec.structs.replace(old.legs[0], started=self.at, walk_ms=walk_ms)
        return self._move(old, "ticket_started", TicketStatus.SERVING, old.desk, legs=[leg])

    def finish(self, ticket: str) -> Event:
        """Service ends."""
        old = self.tickets[ticket]
        service_ms = self._branch_ms(old.branch) - old.since
        leg = msgspec.structs.replace(old.legs[0], finished=self.at, service_ms=service_ms, outcome="served")
        return self._move(old, "ticket_finished", TicketStatus.DONE, None, legs=[leg])

    def miss(self, ticket: str) -> Event:
        """Nobody came; out."""
        return self._move(self.tickets[ticket], "ticket_no_show", TicketStatus.NO_SHOW, None)

    def park(self, ticket: str) -> Event:
        """Put aside; the desk is remembered but free."""
        old = self.tickets[ticket]
        return self._move(old, "ticket_parked", TicketStatus.PARKED, None, keep_desk=True)

    def to_line(self, ticket: str, kind: str = "ticket_requeued") -> Event:
        """Back to the old place."""
        return self._move(self.tickets[ticket], kind, TicketStatus.WAITING, None)

    def leave(self, ticket: str) -> Event:
        """A visitor goes."""
        return self._move(self.tickets[ticket], "ticket_left", TicketStatus.LEFT, None)

    def transfer(self, ticket: str, branch: str, queue: str) -> Event:
        """To another branch, where it is the last."""
        old = self.tickets[ticket]
        here = self._branch_ms(branch)
        moved = {"branch": branch, "queue": queue, "order": here, "tie": self.offset + 1}
        away = old.branch if branch != old.branch else None
        return self._move(old, "ticket_transferred", TicketStatus.WAITING, None, moved_from=away, **moved)

    def set_desk(self, branch: str, desk: str, state: str) -> Event:
        """Open, pause or close a desk."""
        old = self.desks[branch, desk]
        image = msgspec.structs.replace(old, state=state, version=old.version + 1)
        return self.tell(f"desk_{state}", branch=branch, desk=image)

    def set_facts(self, branch: str, kind: str, **facts: Any) -> Event:
        """Change a branch's facts."""
        image = msgspec.structs.replace(self.facts[branch], **facts)
        return self.tell(kind, branch=branch, facts=image)

    def line(self, branch: str, desk: str) -> list[TicketState]:
        """Who waits for a desk, in its order of calling."""
        skills = self.city.branch(branch).desk(desk).queues
        here = [t for t in self.waiting(branch) if t.queue in skills]
        return sorted(here, key=lambda t: (t.order, t.placed, t.tie, t.id))

    def waiting(self, branch: str) -> list[TicketState]:
        """Who waits in a branch."""
        return [t for t in self.tickets.values() if t.branch == branch and t.state is TicketStatus.WAITING]

    def _move(
        self,
        old: TicketState,
        kind: str,
        state: TicketStatus,
        desk: str | None,
        *,
        keep_desk: bool = False,
        moved_from: str | None = None,
        **changes: Any,
    ) -> Event:
        kept = desk or (old.desk if keep_desk else None)
        changes["since"] = self._branch_ms(changes.get("branch", old.branch))
        image = msgspec.structs.replace(old, state=state, version=old.version + 1, desk=kept, **changes)
        place = None
        held = desk or old.desk
        branch = image.branch if desk else old.branch
        if held is not None and (branch, held) in self.desks:
            place = msgspec.structs.replace(self.desks[branch, held], ticket=image.id if desk else None)
        return self.tell(
            kind, branch=image.branch, ticket=image, desk=place, was=old.state, moved_from=moved_from
        )

    def _branch_ms(self, branch: str) -> int:
        return branch_time(self.facts[branch], self.at)

    # --- chance ---------------------------------------------------------------------------------------------

    def random_step(self, dice: random.Random) -> Event:
        """Anything that can happen next."""
        self.forward(dice.uniform(0, 3))
        steps = [step for step in (self._random_ticket, self._random_desk, self._random_facts) if step]
        return dice.choices(steps, weights=[8, 1, 1])[0](dice)

    def _random_ticket(self, dice: random.Random) -> Event:
        active = [t for t in self.tickets.values() if t.state in ACTIVE]
        if not active or dice.random() < 0.35:
            branch = dice.choice(self.city.branches)
            queue = dice.choice(branch.queues).queue
            return self.issue(branch.branch, queue, head_start=dice.choice([0, 0, 0, 5, 20]))
        chosen = dice.choice(active)
        goal = dice.choice(self.city.branches)
        options: dict[TicketStatus, Iterable[str]] = {
            TicketStatus.WAITING: ("call", "leave", "transfer"),
            TicketStatus.CALLED: ("recall", "start", "to_line", "park", "transfer"),
            TicketStatus.SERVING: ("finish", "finish", "to_line", "park"),
            TicketStatus.PARKED: ("to_line", "leave"),
        }
        act = dice.choice(list(options[chosen.state]))
        if act == "call":
            desk = dice.choice(self.city.branch(chosen.branch).desks).desk
            return self.call(chosen.branch, desk, chosen.id)
        if act == "transfer":
            return self.transfer(chosen.id, goal.branch, dice.choice(goal.queues).queue)
        event: Event = getattr(self, act)(chosen.id)
        return event

    def _random_desk(self, dice: random.Random) -> Event:
        branch, desk = dice.choice(list(self.desks))
        return self.set_desk(branch, desk, dice.choice(["open", "paused", "closed"]))

    def _random_facts(self, dice: random.Random) -> Event:
        branch = dice.choice(self.city.branches).branch
        alarm = dice.choice(["none", "pause", "shelter"])
        return self.set_facts(branch, "alarm_sounded", alarm=alarm, power=dice.choice(["on", "off"]))
