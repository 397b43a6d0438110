"""The wait at a later moment: what is known now, rolled forward to it with those on the way. Pure.

`wait_at` takes the wait of one who joins now and adds what the line is expected to grow or shrink by until
then: intents that land before, each with the weight that its like have earned, the usual pace of arrivals
less those who announce themselves, and what the desks finish (`predictors.steering.roll_forward`).
"""

from __future__ import annotations

import math

from balancer.live.branch_load import BranchLoad
from balancer.live.intent_record import IntentRecord
from balancer.messages import Event, Wait
from predictors.steering import Landing, LineNow, Range, roll_forward, wait_range

MINUTE_MS = 60_000
PACE_MINUTES = 60.0
FARTHEST_MINUTES = 240.0
"""Beyond this nobody knows."""


class Outlook:
    """Who will come to one city's queues."""

    def __init__(self, record: IntentRecord) -> None:
        """`record`: what became of intents, taught by somebody else."""
        self._record = record
        self._paces: dict[tuple[str, str], tuple[float, int]] = {}

    def learn(self, event: Event) -> None:
        """Take in an event: a ticket that was issued."""
        if event.type == "ticket_issued" and event.ticket is not None:
            line = (event.ticket.branch, event.ticket.queue)
            self._paces[line] = (self._recent(line, event.at) + 1.0, event.at)

    def pace(self, branch: str, queue: str, at: int) -> float:
        """Tickets a minute of late, as seen at city ms `at`: the last hour's, older ones faded."""
        return self._recent((branch, queue), at) / PACE_MINUTES

    def _recent(self, line: tuple[str, str], at: int) -> float:
        count, since = self._paces.get(line, (0.0, at))
        return count * math.exp(-max(0, at - since) / MINUTE_MS / PACE_MINUTES)

    def wait_at(
        self, load: BranchLoad, queue: str, quote: Wait | None, service_minutes: float, now: int, arrives: int
    ) -> Wait | None:
        """The wait of one who arrives at city ms `arrives`; `quote`: of one who joins at `now`.

        `service_minutes`: mean of the queue's services. None where `quote` is, and too far ahead.
        """
        minutes = max(0.0, (arrives - now) / MINUTE_MS)
        desks = load.open_desks(queue)
        if quote is None or not desks or minutes > FARTHEST_MINUTES:
            return None
        in_hand = sum(desk.ticket is not None for desk in desks)
        line = LineNow(load.queues[queue].waiting, in_hand, len(desks), service_minutes)
        weight = self._record.show_up
        landing = [
            Landing(max(0.0, (each.arrives - now) / MINUTE_MS), weight)
            for each in load.coming.values()
            if each.queue == queue and each.arrives < arrives
        ]
        unannounced = self.pace(load.branch.branch, queue, now) * (1.0 - self._record.capture)
        then = wait_range(roll_forward(line, minutes, unannounced, landing), line)
        return _shifted(quote, wait_range(roll_forward(line, 0.0), line), then)


def _shifted(quote: Wait, now: Range, then: Range) -> Wait:
    """`quote` moved by what changes between two ranges; never below nothing, never out of order."""
    moved: list[float] = []
    for said, before, after in zip((quote.p10, quote.p50, quote.p90), now, then, strict=True):
        moved.append(max(0.0, said + after - before, *moved[-1:]))
    return Wait(*(round(minutes, 1) for minutes in moved))
