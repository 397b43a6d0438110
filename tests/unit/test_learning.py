"""What events teach: how long services take, walks, no-shows, and nothing from what is no evidence."""

from __future__ import annotations

import msgspec
import pytest

from balancer.live.learning import FEW_CALLS, Learning
from balancer.messages import Event, IntentState, TicketState, TicketStatus
from tests.happenings import Happenings
from tests.town import MINUTE, small_town


class Pupil:
    """A town and what is learned from it."""

    def __init__(self) -> None:
        self.town = Happenings()
        self.learning = Learning(self.town.city)

    def tell(self, event: Event) -> TicketState:
        self.learning.learn(event)
        assert event.ticket is not None
        return event.ticket

    def called(self) -> str:
        """Somebody comes to the harbour and is called."""
        self.tell(self.town.issue("harbour", "all"))
        return self.tell(self.town.call("harbour", "1")).id

    def served(self, minutes: float, walk: float = 1.0) -> TicketState:
        """A whole visit."""
        ticket = self.called()
        self.town.forward(walk)
        self.tell(self.town.start(ticket))
        self.town.forward(minutes)
        return self.tell(self.town.finish(ticket))

    @property
    def mean(self) -> float:
        return self.learning.times.law("address", "harbour", 10.0).mean


def test_services_walks_and_comings_are_learned() -> None:
    pupil = Pupil()
    before = pupil.mean
    for _ in range(60):
        pupil.served(6.0, walk=2.0)
    assert before == pytest.approx(15.0)
    assert pupil.mean == pytest.approx(6.0, rel=0.2)
    assert pupil.learning.times.walk_minutes("harbour") == pytest.approx(2.0, rel=0.2)
    assert pupil.learning.times.no_show("address", "harbour") < 0.05


def test_who_does_not_come_is_a_no_show_and_no_service() -> None:
    pupil = Pupil()
    for _ in range(60):
        pupil.tell(pupil.town.miss(pupil.called()))
    assert pupil.learning.times.no_show("address", "harbour") > 0.3
    assert not pupil.learning.times.known("address", "harbour")


def test_an_air_raid_is_no_service_time() -> None:
    """The core's spans are branch time: what stood still does not count."""
    pupil = Pupil()
    for _ in range(40):
        ticket = pupil.called()
        pupil.tell(pupil.town.start(ticket))
        pause = pupil.town.at
        pupil.town.set_facts("harbour", "alarm_sounded", alarm="pause", paused_since=pause)
        pupil.town.forward(100)
        total = pupil.town.facts["harbour"].paused_total + pupil.town.at - pause
        pupil.town.set_facts("harbour", "alarm_cleared", alarm="none", paused_since=None, paused_total=total)
        pupil.town.forward(6)
        pupil.tell(pupil.town.finish(ticket))
    assert pupil.mean == pytest.approx(6.0, rel=0.2)


def test_a_visit_of_several_legs_teaches_each_service_its_own_time() -> None:
    """The leg that ended is the one before the present one."""
    pupil = Pupil()
    for _ in range(40):
        done = pupil.served(30.0)
        first = msgspec.structs.replace(done.legs[0], service="passport", service_ms=5 * MINUTE)
        second = msgspec.structs.replace(done.legs[0], service="pension", service_ms=None, started=None)
        image = msgspec.structs.replace(done, state="waiting", leg=1, legs=[first, second])
        told = Event(1, "leg_finished", pupil.town.at, 0, "test", "harbour", ticket=image)
        pupil.learning.learn(msgspec.structs.replace(told, was=TicketStatus.SERVING))
    assert pupil.learning.times.law("passport", "harbour", 10.0).mean == pytest.approx(5.0, rel=0.2)
    assert pupil.mean == pytest.approx(30.0, rel=0.2)
    assert pupil.learning.times.law("pension", "harbour", 10.0).evidence == 0


@pytest.mark.parametrize("minutes", [0.0, 3 * 24 * 60.0])
def test_spans_that_cannot_be_teach_nothing(minutes: float) -> None:
    """A ticket finished in the same millisecond, or after three days."""
    pupil = Pupil()
    for _ in range(20):
        pupil.served(6.0)
    before = pupil.mean
    for _ in range(5):
        pupil.served(minutes)
    assert pupil.mean == before


def test_a_service_that_was_cut_off_was_at_least_so_long() -> None:
    pupil, ended = Pupil(), Pupil()
    for _ in range(60):
        pupil.served(6.0)
        ended.served(6.0)
    for _ in range(30):
        for each, cut in ((pupil, True), (ended, False)):
            ticket = each.called()
            each.tell(each.town.start(ticket))
            each.town.forward(1.0)
            finished = each.town.finish(ticket)
            kind = "ticket_left" if cut else "ticket_finished"
            each.learning.learn(msgspec.structs.replace(finished, type=kind))
    assert pupil.mean > ended.mean + 0.5


def test_a_branch_that_never_starts_anybody_tells_no_services() -> None:
    pupil = Pupil()
    assert pupil.learning.tells_services("harbour")
    for _ in range(FEW_CALLS + 1):
        pupil.tell(pupil.town.leave(pupil.called()))
    assert not pupil.learning.tells_services("harbour")
    assert pupil.learning.tells_services("centre")


def test_an_archived_leg_teaches_what_the_event_would() -> None:
    live, archived = Pupil(), Pupil()
    for _ in range(30):
        done = live.served(8.0, walk=2.0)
        leg = done.legs[0]
        assert leg.started and leg.service_ms and leg.walk_ms
        archived.learning.learn_leg(
            "address", "harbour", leg.started, leg.service_ms / MINUTE, leg.walk_ms / MINUTE, missed=False
        )
    assert archived.mean == pytest.approx(live.mean)
    assert archived.learning.times.walk_minutes("harbour") == live.learning.times.walk_minutes("harbour")


def test_what_is_of_no_branch_teaches_nothing() -> None:
    pupil = Pupil()
    pupil.learning.learn_leg("address", "moon", 0, 5.0, 1.0, missed=False)
    stray = pupil.town.issue("harbour", "all")
    assert stray.ticket is not None
    gone = msgspec.structs.replace(stray.ticket, branch="moon")
    pupil.learning.learn(msgspec.structs.replace(stray, branch="moon", ticket=gone))
    assert not pupil.learning.times.known("address", "moon")


def test_a_desk_that_lets_somebody_wait_rests_and_one_without_a_line_does_not() -> None:
    """Ten minutes between a finish and the next call, somebody waiting all the time."""
    idle, resting = Pupil(), Pupil()
    for _ in range(40):
        for pupil, comes_first in ((idle, False), (resting, True)):
            ticket = pupil.called()
            pupil.tell(pupil.town.start(ticket))
            pupil.town.forward(5)
            if comes_first:
                pupil.tell(pupil.town.issue("harbour", "all"))
            pupil.tell(pupil.town.finish(ticket))
            pupil.town.forward(10)
            if not comes_first:
                pupil.tell(pupil.town.issue("harbour", "all"))
            waiting = pupil.tell(pupil.town.call("harbour", "1")).id
            pupil.tell(pupil.town.leave(waiting))
    assert resting.learning.times.rests("harbour").share > 0.2
    assert idle.learning.times.rests("harbour").share < 0.05


def test_the_mean_service_of_those_who_come() -> None:
    """Of what the last of them came for; before anybody came, of all that the queue serves."""
    city = small_town("town")
    minutes = {"passport": 40.0}
    services = [
        msgspec.structs.replace(each, minutes=minutes.get(each.service, 10.0)) for each in city.services
    ]
    city = msgspec.structs.replace(city, services=services)
    learning, town = Learning(city), Happenings(city)
    papers = city.branch("centre").queue("papers")
    assert learning.service_minutes("centre", papers, 10.0) == pytest.approx(25.0, rel=0.05)
    for _ in range(3):
        learning.learn(town.issue(service="passport"))
    assert learning.service_minutes("centre", papers, 10.0) == pytest.approx(40.0, rel=0.05)
    assert learning.intents.capture == 0.0


def test_what_becomes_of_intents_is_learned_too() -> None:
    """Also where the branch is gone: who announced himself came or did not."""
    town = Happenings()
    learning = Learning(town.city)
    ended = IntentState("i", "gone", "papers", "address", "expired", 2, town.at, town.at, town.at)
    for _ in range(20):
        learning.learn(town.tell("intent_ended", branch="gone", intent=ended))
    assert learning.intents.show_up == pytest.approx(0.4)
