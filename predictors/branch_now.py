"""What a replay is told of a branch, and the ranges that it answers. Moments are minutes of its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from predictors.conformal import Quantiles

Span = tuple[float, float]


@dataclass(frozen=True)
class DeskNow:
    """A desk: whom it may call (`queues`), when (`spans`, minutes of day), and what it has in hand.

    `service` None: nothing in hand. `elapsed`: minutes since the start; None: called, not started yet.
    `idle`: of a desk without anything in hand, the minutes for which it has let somebody wait whom it could
    have called: from `desk_habits.REST_LEAST` on a pause that nobody was told of. None: it calls at once.
    """

    desk: str
    queues: frozenset[str]
    spans: tuple[Span, ...]
    service: str | None = None
    elapsed: float | None = None
    idle: float | None = None


@dataclass(frozen=True)
class TicketNow:
    """A waiting ticket; `bound`: only that desk may call it."""

    ticket: str
    queue: str
    service: str
    bound: str | None = None


@dataclass(frozen=True)
class Expected:
    """Somebody who will come `at` that minute of day with that probability, and goes before all who joined
    after `at` − `head_start`.
    """

    queue: str
    service: str
    at: float
    head_start: float = 0.0
    probability: float = 1.0


@dataclass(frozen=True)
class BranchNow:
    """A branch at minute `now` of its day. `line` is in calling order.

    `arrived`: by ticket, the minute it counts as joined (its own head start taken off); whoever is not in it
    is overtaken by nobody. `closes`: nobody joins from then on, so no wait is told for it.
    """

    branch: str
    now: float
    desks: tuple[DeskNow, ...]
    line: tuple[TicketNow, ...]
    expected: tuple[Expected, ...] = ()
    closes: float | None = None
    arrived: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Replayed:
    """Waits in minutes; None: no desk will serve it, the evidence is thin, or it is past closing.

    `tickets`: of everybody in the line. `next`: by queue, of one who joins now. `arriving`: by queue and
    minute of day, of one who joins then.
    """

    tickets: dict[str, Quantiles | None]
    next: dict[str, Quantiles | None]
    arriving: dict[tuple[str, float], Quantiles | None]
