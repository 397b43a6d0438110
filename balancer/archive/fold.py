"""From events to rows: what the archive knows of a city at one offset, and what the next events add. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from balancer.archive.audit import audit_row
from balancer.archive.legs import Row, leg_rows
from balancer.archive.minutes import CityNow, fold, pass_minutes
from balancer.city.definition import City
from balancer.messages import Event

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(CityNow).decode


def agencies_of(city: City) -> dict[str, str]:
    """Which desks of a city belong to an agency: "branch/desk" → agency."""
    desks = ((branch.branch, desk) for branch in city.branches for desk in branch.desks)
    return {f"{branch}/{desk.desk}": desk.agency for branch, desk in desks if desk.agency is not None}


@dataclass
class Rows:
    """What a batch of events writes; of rows with one key the last counts. `audit`: by offset."""

    legs: dict[tuple[str, int], Row] = field(default_factory=dict)
    branch_minutes: dict[tuple[int, str], Row] = field(default_factory=dict)
    desk_states: dict[tuple[str, str, int], Row] = field(default_factory=dict)
    audit: list[Row] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.legs) + len(self.branch_minutes) + len(self.desk_states) + len(self.audit)

    def add_deed(self, event: Event) -> None:
        """The row of the audit, where somebody of the staff did it."""
        row = audit_row(event)
        if row is not None:
            self.audit.append(row)

    def add_legs(self, rows: Iterable[Row]) -> None:
        """Rows of the table `legs`."""
        for row in rows:
            self.legs[row["ticket"], row["leg"]] = row


class Fold:
    """The fold of one city's log."""

    def __init__(self, now: CityNow | None = None) -> None:
        """`now`: how things stood after the last event folded; None before the first event of a city."""
        self.now = now or CityNow()

    @classmethod
    def from_state(cls, state: str) -> Fold:
        """The fold whose `state()` this is."""
        return cls(_decode(state))

    def state(self) -> str:
        """All that the next events need, as JSON; equal folds give equal text."""
        return _encode(self.now).decode()

    def take(self, events: Iterable[Event]) -> Rows:
        """Fold the next events."""
        rows = Rows()
        for event in events:
            for row in pass_minutes(self.now, event.at):
                rows.branch_minutes[row["minute"], row["branch"]] = row
            changed = fold(self.now, event)
            if changed is not None:
                rows.desk_states[changed["branch"], changed["desk"], changed["since"]] = changed
            rows.add_legs(leg_rows(event, self.now.agencies, self.now.alarmed))
            rows.add_deed(event)
        return rows


def past_rows(events: Iterable[Event], now: CityNow) -> Rows:
    """The legs and deeds of events from before the fold began: what the log still has of a past that was not
    followed.

    Desks' agencies and alarms are those of `now`, which is all that is known.
    """
    rows = Rows()
    for event in events:
        rows.add_legs(leg_rows(event, now.agencies, now.alarmed))
        rows.add_deed(event)
    return rows
