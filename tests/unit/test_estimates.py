"""Estimates: for every ticket and queue, by the method that the evidence speaks for, and silence where nobody
can know.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
import pytest

from balancer.live import estimates as module
from balancer.live.board import Board
from balancer.live.estimates import FREE_DESK, BranchWaits, Estimates, first_wait
from balancer.messages import Event, TicketState, Wait
from predictors.conformal import Quantiles
from tests.happenings import Happenings
from tests.town import MINUTE


class Seen:
    """A town, its board and what is learned from it."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.board = Board(self.town.city)
        self.board.load(self.town.snapshot())
        self.estimates = Estimates(self.town.city)
        self.estimates.begin(self.board, self.town.at)

    def tell(self, event: Event) -> None:
        self.estimates.learn(event, self.board, self.board.apply(event))

    def look(self, branch: str = "harbour") -> BranchWaits:
        """What is worked out for a branch now."""
        return self.estimates.refresh(self.board.branch(branch), self.board, self.town.at)

    def wait(self, branch: str = "harbour", queue: str = "all") -> Wait | None:
        self.look(branch)
        return self.estimates.quote(self.board.branch(branch), queue)

    def wait_of(self, ticket: TicketState) -> Wait | None:
        """What a ticket still has to wait, by the last look."""
        load = self.board.branch(ticket.branch)
        return self.estimates.wait_of(load, ticket, self.board.ahead_of(ticket.id) or 0)[0]

    def come(self, count: int) -> None:
        """So many join the harbour's line."""
        for _ in range(count):
            self.tell(self.town.issue("harbour", "all"))

    def serve(self, count: int, minutes: float, come: int = 1, branch: str = "harbour") -> None:
        """Desk 1 and 2 serve in turns, each `minutes` long, `come` people for each one called."""
        for number in range(count):
            self.look(branch)
            for _ in range(come):
                self.tell(self.town.issue(branch, self.board.branch(branch).branch.queues[0].queue))
            self.turn(str(1 + number % 2), branch)
            self.town.forward(minutes / 2)

    def turn(self, desk: str, branch: str = "harbour") -> None:
        """A desk ends what it has in hand and takes the next, who sits down at once."""
        held = self.town.desks[branch, desk].ticket
        if held is not None:
            self.tell(self.town.finish(held))
        if self.town.line(branch, desk):
            self.tell(self.town.call(branch, desk))
            held = self.town.desks[branch, desk].ticket
            assert held is not None
            self.tell(self.town.start(held))


def test_the_wait_is_that_of_those_ahead_over_the_desks() -> None:
    """Two desks of ten minutes each and ten people waiting: about fifty minutes."""
    seen = Seen()
    seen.serve(60, 10.0)
    seen.come(10)
    found = seen.look()
    wait = found.queues["all"]
    assert found.methods["all"] == "replay"
    assert wait is not None and 45 < wait.p50 < 62
    assert wait.p10 <= wait.p50 <= wait.p90


def test_every_waiting_ticket_has_its_own_range_and_they_rise_along_the_line() -> None:
    seen = Seen()
    seen.serve(40, 10.0)
    for _ in range(8):
        seen.tell(seen.town.issue("harbour", "all"))
        seen.town.forward(0.1)
    seen.look()
    waits = [seen.wait_of(ticket) for ticket in seen.town.line("harbour", "1")]
    middles = [wait.p50 for wait in waits if wait is not None]
    assert len(middles) == len(waits) == 8
    assert middles == sorted(middles) and middles[-1] > 3 * middles[0]


def test_who_is_nearly_done_makes_the_wait_shorter_than_who_has_just_begun() -> None:
    """What throughput cannot know: how long the desks have had what they have in hand."""
    seen = Seen()
    seen.serve(80, 10.0)
    seen.tell(seen.town.issue("harbour", "all"))
    just_begun = seen.wait()
    seen.town.forward(8)
    nearly_done = seen.wait()
    assert just_begun and nearly_done and nearly_done.p50 < 0.9 * just_begun.p50


def test_nothing_is_said_while_services_are_unknown_and_hardly_a_call_was_seen() -> None:
    seen = Seen()
    seen.serve(2, 5.0)
    for _ in range(3):
        seen.tell(seen.town.issue("harbour", "all"))
    found = seen.look()
    assert (found.queues["all"], found.methods["all"]) == (None, None)
    assert seen.wait_of(seen.town.line("harbour", "1")[0]) is None


def test_a_free_desk_and_no_line_is_known_without_evidence() -> None:
    seen = Seen()
    assert seen.wait() == FREE_DESK
    seen.tell(seen.town.issue("harbour", "all"))
    seen.tell(seen.town.call("harbour", "1"))
    assert seen.wait() == FREE_DESK
    seen.tell(seen.town.issue("harbour", "all"))
    seen.tell(seen.town.call("harbour", "2"))
    assert seen.wait() is None


def test_a_free_desk_with_people_of_another_queue_before_it_is_not_free_for_this_one() -> None:
    seen = Seen()
    seen.tell(seen.town.set_desk("centre", "2", "closed"))
    assert seen.wait("centre", "papers") == FREE_DESK
    seen.tell(seen.town.issue("centre", "social"))
    assert seen.wait("centre", "papers") is None


def test_where_only_calls_are_told_throughput_speaks() -> None:
    """An imported feed calls and never starts anybody: desks' hands say nothing there."""
    seen = Seen()
    for number in range(60):
        for _ in range(2):
            seen.tell(seen.town.issue("harbour", "all"))
        desk = str(1 + number % 2)
        held = seen.town.desks["harbour", desk].ticket
        if held is not None:
            seen.tell(seen.town.leave(held))
        seen.tell(seen.town.call("harbour", desk))
        seen.town.forward(6.0)
    found = seen.look()
    assert found.methods["all"] == "throughput"
    wait = found.queues["all"]
    assert wait is not None
    assert wait.p50 == pytest.approx(0.82 * 6.0 * (seen.board.branch("harbour").waiting + 0.5), rel=0.1)
    first = seen.wait_of(seen.town.line("harbour", "1")[0])
    assert first is not None and first.p50 < wait.p50 / 10


def test_the_method_with_the_better_record_speaks() -> None:
    """Services that are told, but always wrongly: the throughput's record wins, in this queue alone."""
    seen = Seen()
    seen.come(6)
    seen.serve(60, 10.0)
    assert seen.look().methods["all"] == "replay"
    replay = seen.estimates.latest("harbour").promises["all"].replay
    assert replay is not None
    for _ in range(200):
        seen.estimates.choice.observe("harbour", "all", replay, Quantiles(1.0, 2.0, 3.0), 2.0)
    assert seen.look().methods["all"] == "throughput"


def test_what_was_promised_is_held_against_the_call() -> None:
    """Both methods' promises at the moment of issue become a record once the ticket is called."""
    seen = Seen()
    seen.serve(60, 10.0)
    seen.come(6)
    before = seen.estimates.choice.ratio("harbour", "all")
    seen.look()
    seen.serve(20, 10.0)
    assert seen.estimates.choice.ratio("harbour", "all") != before


@pytest.mark.parametrize(
    ("facts", "joins", "waits"),
    [
        ({"phase": "closed"}, False, False),
        ({"phase": "tickets_closed"}, False, True),
        ({"alarm": "pause"}, False, False),
        ({"hold": "water"}, False, False),
        ({"alarm": "shelter"}, True, True),
        ({"power": "off"}, True, True),
    ],
)
def test_a_branch_that_stands_still_has_no_number(facts: dict[str, str], joins: bool, waits: bool) -> None:
    seen = Seen()
    seen.serve(20, 5.0, come=2)
    seen.tell(seen.town.set_facts("harbour", "branch_changed", **facts))
    assert (seen.wait() is not None) is joins
    ticket = seen.town.waiting("harbour")[0]
    assert (seen.wait_of(ticket) is not None) is waits


def test_who_will_not_be_called_before_closing_has_no_number() -> None:
    """The replay knows it; the pace of the line, which knows no closing time, does not speak instead."""
    seen = Seen()
    seen.serve(60, 10.0)
    seen.come(90)
    found = seen.look()
    assert found.queues["all"] is None
    line = seen.town.line("harbour", "1")
    assert seen.wait_of(line[5]) is not None and seen.wait_of(line[-1]) is None


def test_an_air_raid_makes_no_service_longer() -> None:
    """Four hours of standing still are not four hours at the desk."""
    seen = Seen()
    seen.serve(30, 5.0, come=2)
    before = seen.wait()
    pause = seen.town.at
    seen.tell(seen.town.set_facts("harbour", "alarm_sounded", alarm="pause", paused_since=pause))
    seen.town.forward(240)
    seen.tell(
        seen.town.set_facts(
            "harbour", "alarm_cleared", alarm="none", paused_since=None, paused_total=seen.town.at - pause
        )
    )
    after = seen.wait()
    assert before and after and after.p50 == pytest.approx(before.p50, rel=0.15)


def test_a_line_without_power_has_no_number_if_all_of_it_needs_power() -> None:
    seen = Seen()
    city = seen.town.city
    services = [msgspec.structs.replace(each, needs_power=True) for each in city.services]
    seen.estimates.refit(msgspec.structs.replace(city, services=services))
    seen.serve(20, 5.0, come=2)
    assert seen.wait() is not None
    seen.tell(seen.town.set_facts("harbour", "power_lost", power="off"))
    assert seen.wait() is None


def test_without_power_who_needs_it_waits_without_a_number_and_holds_nobody_up() -> None:
    seen = Seen()
    seen.serve(40, 10.0)
    for _ in range(6):
        dark = seen.town.issue("harbour", "all", service="passport").ticket
        assert dark is not None
        seen.tell(seen.town.told[-1])
        seen.tell(
            seen.town.tell("priority_set", branch="harbour", ticket=_needing_power(dark), was="waiting")
        )
    lit = seen.wait()
    seen.tell(seen.town.set_facts("harbour", "power_lost", power="off"))
    unlit = seen.wait()
    assert lit and unlit and unlit.p50 < lit.p50 / 2
    assert seen.wait_of(seen.town.waiting("harbour")[0]) is None


def test_a_queue_whose_services_were_all_stopped_has_no_number() -> None:
    """While one of them goes on, it has; who waits for a stopped one waits without a number."""
    seen = Seen()
    services = seen.town.city.branch("harbour").queues[0].services
    seen.serve(20, 5.0, come=2)
    waiting = seen.town.waiting("harbour")[0]
    others = [each for each in services if each != waiting.service]
    seen.tell(seen.town.set_facts("harbour", "service_suspended", suspended=others))
    assert seen.wait() is not None and seen.wait_of(waiting) is not None
    seen.tell(seen.town.set_facts("harbour", "service_suspended", suspended=[waiting.service]))
    assert seen.wait() is not None and seen.wait_of(waiting) is None
    seen.tell(seen.town.set_facts("harbour", "service_suspended", suspended=services))
    assert seen.wait() is None


def _needing_power(ticket: TicketState) -> TicketState:
    return msgspec.structs.replace(ticket, needs_power=True, version=ticket.version + 1)


def test_one_desk_less_makes_it_longer() -> None:
    seen = Seen()
    seen.come(10)
    seen.serve(40, 10.0)
    both = seen.wait()
    held = seen.town.desks["harbour", "2"].ticket
    assert held is not None
    seen.tell(seen.town.finish(held))
    seen.tell(seen.town.set_desk("harbour", "2", "closed"))
    one = seen.wait()
    assert both and one and one.p50 > 1.6 * both.p50


def test_who_has_a_head_start_is_expected_to_overtake() -> None:
    """Where every third visitor has twenty minutes' head start, the last in line waits longer."""
    plain, favoured = Seen(), Seen()
    for seen, head_start in ((plain, 0.0), (favoured, 20.0)):
        for number in range(90):
            early = head_start if number % 3 == 0 else 0.0
            seen.tell(seen.town.issue("harbour", "all", head_start=early))
            seen.turn(str(1 + number % 2))
            seen.town.forward(5.0)
        for _ in range(8):
            seen.tell(seen.town.issue("harbour", "all"))
    without, with_them = plain.wait(), favoured.wait()
    assert without and with_them and with_them.p50 > without.p50 * 1.1


def test_nothing_moves_but_by_what_happens() -> None:
    """The same picture gives the same range: a board must not flicker."""
    seen = Seen()
    seen.serve(30, 10.0, come=2)
    assert seen.look() == seen.look()


def test_a_fault_makes_one_branch_unknown_and_is_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = Seen()
    seen.serve(30, 10.0, come=2)
    seen.serve(30, 10.0, come=2, branch="centre")
    sound = module.replay

    def faulty(branch: Any, *args: Any, **more: Any) -> Any:
        if branch.branch == "harbour":
            raise FloatingPointError("no such number")
        return sound(branch, *args, **more)

    monkeypatch.setattr(module, "replay", faulty)
    with caplog.at_level(logging.ERROR, "balancer.live"):
        for _ in range(3):
            assert seen.wait() is None
            assert seen.wait("centre", "papers") is not None
    assert [record.getMessage() for record in caplog.records] == ["the waits of harbour cannot be worked out"]
    monkeypatch.undo()
    assert seen.wait() is not None


@pytest.mark.parametrize("minutes", [-90.0, 60 * 24 * 3, 60 * 24 * 400])
def test_a_clock_that_jumps_and_a_desk_that_never_ends_do_no_harm(minutes: float) -> None:
    """Either a wide range or none, never a fault, and never one that is no number."""
    seen = Seen()
    seen.serve(30, 10.0, come=2)
    seen.town.forward(minutes)
    found = seen.look()
    for wait in (*found.queues.values(), *found.tickets.values()):
        assert wait is None or 0 <= wait.p10 <= wait.p50 <= wait.p90 < 10_000
    assert not seen.estimates._failing


def test_the_first_wait_is_only_that_without_a_pause_and_of_the_first_call() -> None:
    seen = Seen()
    made = seen.town.issue("harbour", "all").ticket
    seen.town.forward(12)
    called = seen.town.call("harbour", "1").ticket
    assert made and called and first_wait(made) is None
    assert first_wait(called) == 12.0
    seen.town.to_line(called.id)
    seen.town.forward(5)
    leg = msgspec.structs.replace(called.legs[0], called=called.arrived + 17 * MINUTE)
    assert first_wait(msgspec.structs.replace(called, legs=[leg])) is None
