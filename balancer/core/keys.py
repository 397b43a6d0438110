"""Every key of a city's data, made in one place and in one cluster slot: all carry the hash tag `{city}`.

Those in FAMILIES are prefixes to which a script adds an id. The header of a script names the keys it needs by
these names.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one city; use `Keys.of(city)`."""

    city: str  # hash: epoch, secret, offset, at, definition (version)
    definition: str  # the applied city definition, JSON
    config: str  # hash: what scripts ask of the definition, one small JSON a field
    clock: str  # hash: real, city, speed: the anchor of the city clock
    clock_users: str  # stands while some process lives by the clock (real time)
    events: str  # stream: the city's log, ids `<offset>-0`
    desks: str  # hash: branch/desk → DeskState
    branches: str  # hash: branch → BranchState
    ended: str  # sorted set: tickets by the real ms of their end
    days: str  # sorted set: branch/day of number series by city ms of first use
    beats: str  # sorted set: branch/desk by the real ms of the last sign of life
    readers: str  # hash: name of a reader of the log → offset it has done with
    plans: str  # hash: branch → opening-hours instant that was last applied
    tokens: str  # hash: token id → TokenRecord (real time)
    alarm_asker: str  # the process that asks the alarm feed (real time)
    alarm_passed: str  # hash: branch → Passed: what the alarm feed last said of it
    alarm_state: str  # FeedState of the alarm feed (real time)
    devices: str  # hash: device id → Enrolled, with :approved and :revoked what was said of it (real time)
    device_signs: str  # hash: device id with :used, :at, :printer → its signs of life (real time)
    codes: str  # + code that a new device shows → its id (real time)
    help: str  # hash: request id → Asked, with :going and :over what was said of it (city time)
    pushes: str  # sorted set: tickets of which somebody wants notices, by the real ms of their forgetting
    push: str  # + ticket id → hash: wants:… subscriptions, told:… notices that went out (real time)
    answers: str  # + idempotency key → fingerprint and answer (real time)
    tickets: str  # + ticket id → TicketState
    # + branch/queue (":power" for those that need it) → sorted set, member `placed:tie:id`, score order
    lines: str
    bounds: str  # + branch/desk (":power") → the same for tickets bound to a desk
    actives: str  # + branch → set of the ids of active tickets
    misses: str  # + branch → sorted set of no-show tickets by branch time of their end
    timers: str  # + branch → sorted set: `verb:ticket` by the branch time it is due
    intents: str  # + intent id → IntentState; ended ones expire (real time)
    coming: str  # sorted set: ids of live intents by the city ms at which they expire
    senders: str  # + mark of who announced → set of the ids of his live intents
    sender_of: str  # hash: live intent → that mark
    pauses: str  # + branch → sorted set: the last days' pauses as `from:to` (city ms) by their end
    numbers: str  # + branch/day → hash: letter → last number given, letter/leased → last number leased
    leases: str  # + branch/day → hash: lease → LeaseState
    slips: str  # + branch/day → hash: leased number that was given out → its ticket
    counts: str  # + branch → hash: issued, moved_in, carried_in, reinstated, ended, moved_out, carried_out

    @classmethod
    def of(cls, city: str) -> Keys:
        """The keys of the city with that id."""
        return cls(*(f"{{{city}}}:{field.name}" + ":" * (field.name in FAMILIES) for field in fields(cls)))

    def named(self, names: tuple[str, ...]) -> list[str]:
        """The keys of those names, in their order; a name that does not exist raises AttributeError."""
        return [getattr(self, name) for name in names]


FAMILIES = frozenset(
    {
        "codes",
        "answers",
        "push",
        "tickets",
        "lines",
        "bounds",
        "actives",
        "misses",
        "timers",
        "intents",
        "senders",
        "pauses",
        "numbers",
        "leases",
        "slips",
        "counts",
    }
)
