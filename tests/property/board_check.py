"""The live board folds the same log: whatever it would show is held against the model too."""

from __future__ import annotations

from collections.abc import Sequence

from balancer.city.definition import City
from balancer.live.board import Board
from balancer.messages import Event, Snapshot
from tests.property.model import Model
from tests.property.model_state import ACTIVE, BranchNow


class BoardCheck:
    """A board that begins with a snapshot and follows the log from there, never looking back."""

    def __init__(self, city: City, snapshot: Snapshot) -> None:
        self.board = Board(city)
        self.board.load(snapshot)

    def follow(self, events: Sequence[Event], model: Model) -> None:
        """Fold these events, then compare every branch."""
        for event in events:
            changed = self.board.apply(event)
            if event.type == "city_applied":
                self.board.refit(model.city)
            assert event.branch is None or event.branch in changed
        assert self.board.tickets.keys() == {t.id for t in model.tickets.values() if t.state in ACTIVE}
        for branch in model.branches:
            self._compare(branch, model)

    def _compare(self, branch: str, model: Model) -> None:
        load = self.board.branch(branch)
        here = [ticket for ticket in model.tickets.values() if ticket.branch == branch]
        for queue, count in load.queues.items():
            shown = (count.waiting, count.called, count.serving, count.parked)
            states = [ticket.state for ticket in here if ticket.queue == queue]
            expected = tuple(states.count(state) for state in ("waiting", "called", "serving", "parked"))
            assert shown == expected, f"{branch}/{queue}: the board shows {shown}, not {expected}"
        assert load.desks_open == sum(
            desk.state == "open" for (place, _), desk in model.desks.items() if place == branch
        )
        assert load.state == status(model.branches[branch]), f"{branch} is shown as {load.state}"
        for desk in model.city.branch(branch).desks:
            skills = model.skills(branch, desk.desk)
            shown_line = [ticket.id for ticket in self.board.line(branch, desk.desk)]
            mine = [
                ticket.id
                for ticket in model.waiting(branch)
                if ticket.bound == desk.desk or (ticket.bound is None and ticket.queue in skills)
            ]
            assert shown_line == mine, f"desk {branch}/{desk.desk} sees {shown_line}, not {mine}"
        open_now = {
            desk for (place, desk), each in model.desks.items() if (place, each.state) == (branch, "open")
        }
        for queue in model.city.branch(branch).queue_by_id:
            calling = {desk.desk for desk in load.open_desks(queue)}
            assert calling == {desk for desk in open_now if queue in model.skills(branch, desk)}, queue
        for ticket in here:
            if ticket.state == "waiting":
                assert self.board.ahead_of(ticket.id) == model.ahead(ticket.id), ticket.number


def status(facts: BranchNow) -> str:
    """The board's one word for a branch's facts (design §3)."""
    if facts.phase == "closed":
        return "closed"
    if facts.paused:
        return "paused"
    if facts.alarm == "shelter":
        return "shelter"
    return facts.phase
