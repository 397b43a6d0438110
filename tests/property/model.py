"""The rules of design §3 in plain Python, written from the design's text and not from the scripts.

A `Model` is a whole city: dictionaries of frozen tickets, desks and branches. `do` carries a command out at a
city instant (ms) and says what a caller would hear; a refused command changes nothing. Ties, which the store
takes from event offsets, are taken from the model's own count of steps, so lines are compared by their order
and never by ties.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, NamedTuple

from tests.property import model_city, model_hand, model_moves, model_paper, model_places, model_tickets
from tests.property.model_state import ModelState, No

PEOPLE: dict[str, str] = {
    "issue": "kiosk reception citizen",
    "lease": "kiosk reception",
    "call_next call recall start quick_serve finish no_show requeue park wake transfer": "desk",
    "add_leg next_leg pay paid note incident": "desk",
    "no_show wake run_timers release_desk close_day end_alarm": "timer",
    "desk_left": "desk",
    "branch_incident": "reception supervisor",
    "record": "kiosk display desk reception supervisor planner timer",
    "transfer_ticket reinstate": "reception supervisor",
    "set_priority left": "desk reception supervisor",
    "cancel": "citizen reception supervisor",
    "open_desk pause_desk resume_desk close_desk": "desk supervisor",
    "release_desk set_skills": "supervisor",
    "open_branch close_branch close_tickets open_tickets": "supervisor timer",
    "apply_city": "timer",
    "alarm all_clear close_day": "supervisor timer",
    "power_off power_on hold_branch resume_branch suspend_service restore_service": "supervisor",
}


class Command(NamedTuple):
    """A verb with its arguments by name, as the core's method of that name takes them, and who asks."""

    verb: str
    args: dict[str, Any]
    role: str = "admin"
    version: int | None = None

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.args.items())
        seen = "" if self.version is None else f" (has seen version {self.version})"
        return f"{self.role}{seen}: {self.verb}({said})"


class Heard(NamedTuple):
    """What a caller hears: a refusal's code, or None and the id of the ticket it is about (None: an empty
    line)."""

    code: str | None
    ticket: str | None = None


def _rules(*modules: ModuleType) -> dict[str, Callable[..., str | None]]:
    return {
        name: rule
        for module in modules
        for name, rule in vars(module).items()
        if callable(rule) and rule.__module__ == module.__name__ and not name.startswith("_")
    }


RULES = _rules(model_city, model_tickets, model_moves, model_hand, model_paper, model_places)


def may(verb: str, role: str) -> bool:
    """Who may try the verb at all (the last column of the table); an admin may do what any person may."""
    roles = {each for verbs, people in PEOPLE.items() if verb in verbs.split() for each in people.split()}
    return role in roles or role == "admin"


class Model(ModelState):
    """A city as the design's text has it."""

    def copy(self) -> Model:
        """A city that lives on by itself; its parts are frozen and shared."""
        return Model(
            self.city,
            dict(self.tickets),
            dict(self.desks),
            dict(self.branches),
            dict(self.numbers),
            dict(self.leased),
            dict(self.leases),
            self.used,
            dict(self.pauses),
            dict(self.opened),
            self.steps,
            self.at,
        )

    @staticmethod
    def today(now: int) -> str:
        """The date by a clock at `now`."""
        return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()

    def do(self, command: Command, now: int) -> Heard:
        """Carry a command out at city time `now`, or at that of the last event where a clock is behind it."""
        self.steps += 1
        self.events = []
        self.role, self.version = command.role, command.version
        self.day = self.today(now)
        now = max(now, self.at)
        if not may(command.verb, command.role):
            return Heard("forbidden")
        try:
            ticket = RULES[command.verb](self, now, **command.args)
            self.at = now if self.events else self.at
            return Heard(None, ticket)
        except No as no:
            assert not self.events, f"{command} was refused after it had changed something"
            return Heard(no.code)

    def waiting_order(self) -> dict[str, list[str]]:
        """Branch → ids of all who wait there, in the order in which desks would call them."""
        return {branch: [ticket.id for ticket in self.waiting(branch)] for branch in self.branches}
