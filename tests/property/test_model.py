"""The model itself, held against sentences of design §3 by hand: a wrong judge convicts the innocent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.property.model import Command, Model
from tests.property.model_state import MINUTE, SECOND
from tests.property.small_city import START, small_city

NORTH_1, NORTH_2 = {"branch": "north", "desk": "1"}, {"branch": "north", "desk": "2"}
SOUTH_1 = {"branch": "south", "desk": "1"}


class Day:
    """A model in the middle of a day, with its own clock."""

    def __init__(self) -> None:
        self.model = Model(small_city("judged"))
        self.now = START
        for branch in ("north", "south"):
            self.do("open_branch", branch=branch)
            for desk in ("1", "2", "3"):
                self.do("open_desk", branch=branch, desk=desk)

    def do(self, verb: str, role: str = "admin", **args: Any) -> str | None:
        """The verb, which must be carried out; the ticket's id."""
        heard = self.model.do(Command(verb, args, role), self.now)
        assert heard.code is None, f"{verb}: {heard.code}"
        return heard.ticket

    def refused(self, verb: str, role: str = "admin", version: int | None = None, **args: Any) -> str | None:
        """The code with which the verb is refused."""
        return self.model.do(Command(verb, args, role, version), self.now).code

    def issue(self, ticket: str, service: str = "address", branch: str = "north", **more: Any) -> str:
        """A new ticket, a second after the last."""
        self.now += SECOND
        self.do("issue", branch=branch, service=service, ticket_id=ticket, **more)
        return ticket

    def line(self, queue: str = "general", branch: str = "north") -> list[str]:
        """Who waits in a queue, in order."""
        return self.model.line(branch, queue)


@pytest.fixture
def day() -> Day:
    return Day()


def test_arrival_order_and_head_starts(day: Day) -> None:
    """A head start is minutes of arrival: it overtakes who came less than that before, and nobody else."""
    day.issue("early")
    day.now += 6 * MINUTE
    day.issue("late")
    day.issue("child", priority="parent")
    assert day.line() == ["early", "child", "late"]
    day.do("set_priority", ticket="late", priority="veteran", reason="seen")
    assert day.line() == ["late", "early", "child"]


def test_numbers_count_by_branch_letter_and_day(day: Day) -> None:
    """A001, A002 here, A001 there, and A001 again tomorrow."""
    for ticket in ("a", "b"):
        day.issue(ticket)
    day.issue("c", "passport")
    day.issue("d", branch="south")
    day.now += 24 * 60 * MINUTE
    day.issue("e")
    assert [day.model.tickets[t].number for t in "abcde"] == ["A001", "A002", "B001", "A001", "A001"]


def test_call_next_merges_queues_and_the_desks_own_line(day: Day) -> None:
    """The smallest order over all the desk may serve; what is bound to another desk is not its own."""
    day.issue("a", "passport")
    day.issue("b")
    day.issue("c")
    day.do("transfer_ticket", ticket="b", to_desk="2")
    assert [day.do("call_next", **NORTH_1), day.do("call_next", **NORTH_2)] == ["a", "b"]
    day.do("desk_left", **NORTH_1)
    assert day.do("call_next", **NORTH_1) == "c"
    assert day.refused("call_next", **NORTH_1) == "desk_busy"


def test_a_missed_call_goes_places_back(day: Day) -> None:
    """North gives one chance, two places back: behind the second of those behind, before the third."""
    for ticket in "abcd":
        day.issue(ticket)
    day.do("call_next", **NORTH_1)
    day.do("no_show", **NORTH_1)
    assert day.line() == ["b", "c", "a", "d"]
    day.do("call", **NORTH_1, ticket="a")
    day.do("no_show", **NORTH_1)
    assert day.model.tickets["a"].state == "no_show"
    day.do("reinstate", ticket="a")
    assert day.line() == ["b", "c", "a", "d"]


def test_fewer_behind_than_places(day: Day) -> None:
    """Then behind all of them; alone, the place stays."""
    day.issue("a")
    day.do("call_next", **NORTH_1)
    day.do("no_show", **NORTH_1)
    assert day.line() == ["a"]
    day.issue("b")
    day.issue("c")
    day.do("call", **NORTH_1, ticket="b")
    day.do("no_show", **NORTH_1)
    assert day.line() == ["a", "c", "b"]


def test_old_places(day: Day) -> None:
    """Who was put back or aside stands where he stood."""
    for ticket in "abc":
        day.issue(ticket)
    for verb, more in (("requeue", {}), ("park", {"reason": "copies"})):
        day.do("call", **NORTH_1, ticket="b")
        day.do(verb, **NORTH_1, **more)
    assert day.line() == ["a", "c"]
    day.do("wake", **NORTH_1, ticket="b")
    assert day.line() == ["a", "b", "c"]


def test_a_pause_freezes_order_and_timers(day: Day) -> None:
    """Called tickets go back, nobody is called, and what was due in five minutes is due so long after."""
    day.issue("a")
    day.issue("b")
    day.do("call", **NORTH_1, ticket="a")
    day.do("park", **NORTH_1, reason="copies", until_ms=day.now + 5 * MINUTE)
    day.do("call_next", **NORTH_1)
    day.do("alarm", branch="north")
    assert day.line() == ["b"]
    for verb in ("call_next", "start", "recall"):
        assert day.refused(verb, **NORTH_1) == "branch_paused"
    day.now += 60 * MINUTE
    day.do("run_timers", "timer", branch="north")
    assert day.line() == ["b"]
    day.do("all_clear", branch="north")
    day.do("end_alarm", "timer", branch="north")
    assert day.refused("call_next", **NORTH_1) == "branch_paused", "the policy's minute is not over"
    day.now += MINUTE
    day.do("end_alarm", "timer", branch="north")
    day.now += 4 * MINUTE
    day.do("run_timers", "timer", branch="north")
    assert day.line() == ["b"]
    day.issue("late", priority="veteran")
    assert day.line() == ["late", "b"], "of an hour's pause no head start is eaten"
    day.now += MINUTE
    day.do("run_timers", "timer", branch="north")
    assert day.line() == ["late", "a", "b"]


def test_without_power(day: Day) -> None:
    """What needs power stops, the rest of the same queue goes on."""
    day.issue("dark", "pension")
    day.issue("light")
    day.do("call", **NORTH_1, ticket="dark")
    day.do("power_off", branch="north")
    assert day.line() == ["dark", "light"]
    assert day.refused("issue", branch="north", service="pension", ticket_id="x") == "no_power"
    assert day.do("call_next", **NORTH_1) == "light"
    day.do("desk_left", **NORTH_1)
    assert day.do("call_next", **NORTH_1) is None
    day.do("power_on", branch="north")
    assert day.do("call_next", **NORTH_1) == "dark"


def test_a_transfer_between_branches(day: Day) -> None:
    """In one line and never in two, with a new number and the time that it has waited already."""
    day.issue("there", branch="south")
    day.now += 10 * MINUTE
    day.issue("a")
    day.issue("b")
    day.now += MINUTE
    day.issue("later there", branch="south")
    day.do("transfer_ticket", ticket="b", to_branch="south")
    assert (day.line(), day.line(branch="south")) == (["a"], ["there", "b", "later there"])
    assert day.model.tickets["b"].number == "A003"
    assert day.model.tickets["b"].arrived == START + 10 * MINUTE + 3 * SECOND
    day.do("transfer_ticket", ticket="a", to_branch="south", keep_place=False)
    assert day.line(branch="south") == ["there", "b", "later there", "a"]


def test_legs_and_coming_back(day: Day) -> None:
    """Finish waits for the last leg; who was sent away for a paper comes back to the same desk."""
    day.issue("a", services=["land"])
    day.do("call_next", **NORTH_1)
    day.do("start", **NORTH_1)
    assert day.refused("finish", **NORTH_1) == "legs_pending"
    day.do("next_leg", **NORTH_1)
    assert day.line("land") == ["a"]
    desk_3 = {"branch": "north", "desk": "3"}
    day.do("call_next", **desk_3)
    day.do("start", **desk_3)
    day.do("transfer", **desk_3, to_queue="papers", come_back=True)
    for verb in ("call_next", "start", "finish"):
        day.do(verb, **NORTH_1)
    assert day.model.bound_line("north", "3") == ["a"]
    for verb in ("call_next", "start", "finish"):
        day.do(verb, **desk_3)
    assert day.model.tickets["a"].state == "done"


def test_the_end_of_a_day(day: Day) -> None:
    """North's line expires, south's is carried over; who is being served is left alone."""
    for branch in ("north", "south"):
        for number in range(2):
            day.issue(f"{branch} {number}", branch=branch)
    for desk in (NORTH_1, SOUTH_1):
        day.do("call_next", **desk)
        day.do("start", **desk)
        day.do("close_day", "timer", branch=desk["branch"])
    states = {ticket.id: ticket.state for ticket in day.model.tickets.values()}
    assert states == {
        "north 0": "serving",
        "north 1": "expired",
        "south 0": "serving",
        "south 1": "waiting",
    }
    assert day.model.desks["north", "1"].state == "open"
    assert day.model.desks["north", "2"].state == "closed"


def test_a_released_desk(day: Day) -> None:
    """A called ticket waits again at its place, one that was being served is parked; the desk is closed."""
    for ticket in "abc":
        day.issue(ticket)
    day.do("call_next", **NORTH_1)
    day.do("release_desk", **NORTH_1, reason="silent")
    assert day.line() == ["a", "b", "c"]
    day.do("call_next", **NORTH_2)
    day.do("start", **NORTH_2)
    day.do("release_desk", **NORTH_2, reason="silent")
    assert day.model.tickets["a"].state == "parked"
    assert [day.model.desks["north", desk].state for desk in ("1", "2")] == ["closed", "closed"]


def test_who_and_which_version(day: Day) -> None:
    """Roles come first, then what is named, then the version that was seen, then the state."""
    day.issue("a")
    assert day.refused("cancel", "kiosk", ticket="nobody") == "forbidden"
    assert day.refused("cancel", "citizen", ticket="nobody") == "unknown_ticket"
    assert day.refused("reinstate", "reception", version=9, ticket="a") == "stale_version"
    assert day.refused("reinstate", "reception", version=1, ticket="a") == "wrong_state"


def test_a_copy_lives_by_itself(day: Day) -> None:
    """What is tried on a copy has not happened."""
    day.issue("a")
    copy = day.model.copy()
    copy.do(Command("cancel", {"ticket": "a"}), day.now)
    assert (copy.tickets["a"].state, day.model.tickets["a"].state) == ("cancelled", "waiting")
