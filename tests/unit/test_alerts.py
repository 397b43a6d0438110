"""What needs a decision: each trouble with the case in which it is told and the one in which it is not."""

from __future__ import annotations

from balancer.live.measures_view import branch_measures
from balancer.messages.devices import DeviceView
from tests.head_room import HeadRoom


def device(*, silent: bool = False, printer: str | None = None, state: str = "approved") -> DeviceView:
    return DeviceView(
        device="d1",
        kind="kiosk",
        state=state,  # type: ignore[arg-type]
        code=None,
        name="Термінал 2",
        created="2026-11-23T08:00:00+02:00",
        last_seen="2026-11-23T14:50:00+02:00",
        silent=silent,
        printer=printer,  # type: ignore[arg-type]
    )


def test_a_queue_that_nobody_serves() -> None:
    """From when the last desk closed; told until one opens; not told where nobody waits."""
    room = HeadRoom()
    room.town.set_desk("centre", "3", "closed")
    assert room.kinds() == []
    room.town.forward(2)
    room.town.issue("centre", "land")
    (alert,) = room.alerts()
    assert (alert.kind, alert.queue, alert.count, alert.urgent) == ("queue_unserved", "land", 1, True)
    assert alert.since is not None and alert.since.endswith("09:02:00+02:00")
    first = alert.alert
    room.town.forward(3)
    assert [each.alert for each in room.alerts()] == [first], "the same trouble has the same name"
    room.town.set_desk("centre", "3", "open")
    assert room.kinds() == []


def test_a_ticket_that_waits_longer_than_guaranteed() -> None:
    """At forty minutes not yet, above them yes; its number, how long, and who could help."""
    room = HeadRoom()
    for desk in ("1", "2"):
        room.town.issue("centre", "papers")
        room.town.call("centre", desk)
    waiting = room.town.issue("centre", "papers").ticket
    assert waiting is not None
    room.town.forward(40)
    assert "starving_ticket" not in room.kinds()
    room.town.forward(2)
    alert = next(each for each in room.alerts() if each.kind == "starving_ticket")
    assert (alert.ticket, alert.minutes, alert.urgent) == (waiting.number, 42.0, True)
    assert alert.action is not None
    assert (alert.action.verb, alert.action.desk) == ("set_skills", "3")
    assert alert.action.queues == ["land", "papers"]
    assert alert.free_queues == ["land"]


def test_a_service_above_red() -> None:
    """At 25 minutes not, above them yes."""
    room = HeadRoom()
    ticket = room.town.issue("centre", "land").ticket
    assert ticket is not None
    room.town.call("centre", "3")
    room.town.start(ticket.id)
    room.town.forward(25)
    assert room.kinds() == []
    room.town.forward(1)
    (alert,) = room.alerts()
    assert (alert.kind, alert.desk, alert.ticket, alert.minutes) == ("over_red", "3", ticket.number, 26.0)
    assert alert.action is not None and alert.action.verb == "ask"


def test_a_target_that_will_be_missed() -> None:
    """Only where the estimate says so, and only shortly before; then it is the guarantee's turn."""
    room = HeadRoom()
    room.town.call("centre", "3", _issued(room))
    ticket = _issued(room)
    assert room.kinds(remaining={ticket: 10.0}) == []
    (alert,) = room.alerts(remaining={ticket: 20.0})
    assert (alert.kind, alert.mark, alert.urgent) == ("standard_at_risk", "target", False)
    assert alert.at is not None and alert.at.endswith("09:15:00+02:00")
    room.town.forward(16)
    told = [each for each in room.alerts(remaining={ticket: 5.0}) if each.kind == "standard_at_risk"]
    assert told == []
    room.town.forward(12)
    told = [each for each in room.alerts(remaining={ticket: 20.0}) if each.kind == "standard_at_risk"]
    assert [each.mark for each in told] == ["guaranteed"]


def _issued(room: HeadRoom) -> str:
    ticket = room.town.issue("centre", "land").ticket
    assert ticket is not None
    return ticket.id


def test_a_desk_that_does_not_call() -> None:
    """Free for five minutes while somebody waits; not while nobody does; nor a called one at once."""
    room = HeadRoom()
    room.town.forward(30)
    assert room.kinds() == []
    ticket = _issued(room)
    room.town.forward(4)
    assert room.kinds() == []
    room.town.forward(1)
    (alert,) = room.alerts()
    assert (alert.kind, alert.desk, alert.count, alert.minutes) == ("stale_desk", "3", 1, 5.0)
    room.town.call("centre", "3", ticket)
    assert room.kinds() == []
    room.town.forward(6)
    (alert,) = room.alerts()
    assert alert.kind == "stale_desk" and alert.ticket is not None


def test_a_rest_that_is_due() -> None:
    """After so many minutes without a break, quietly and last; gone with the break; never where it is 0."""
    room = HeadRoom(rest_after_minutes=120)
    room.town.forward(119)
    assert room.kinds() == []
    room.town.forward(1)
    (alert,) = room.alerts()
    assert (alert.kind, alert.desk, alert.minutes, alert.count) == ("rest_due", "1", 120.0, 3)
    assert not alert.urgent and alert.since is not None and alert.since.endswith("11:00:00+02:00")
    assert alert.action is not None and alert.action.verb == "pause_desk"
    room.town.set_desk("centre", "1", "paused")
    (alert,) = room.alerts()
    assert (alert.desk, alert.count) == ("2", 2)
    room.town.call("centre", "2", _papers(room))
    assert [each.action.verb for each in room.alerts() if each.action] == ["ask"], (
        "not out of a visitor's hands"
    )
    room.town.forward(6)
    assert room.kinds() == ["stale_desk", "rest_due"]
    never = HeadRoom(rest_after_minutes=0)
    never.town.forward(600)
    assert never.kinds() == []


def _papers(room: HeadRoom) -> str:
    ticket = room.town.issue("centre", "papers").ticket
    assert ticket is not None
    return ticket.id


def test_a_full_hall() -> None:
    """At its capacity, not below; closing the tickets is what is left where no desk could open."""
    room = HeadRoom()
    for _ in range(9):
        room.town.issue("centre", "papers")
    room.day()
    below = branch_measures(room.day(), {}, None).hall
    assert "hall_full" not in room.kinds(hall=below)
    room.town.issue("centre", "papers")
    full = branch_measures(room.day(), {}, None).hall
    alert = next(each for each in room.alerts(hall=full) if each.kind == "hall_full")
    assert (alert.count, alert.urgent) == (10, True)


def test_devices_and_the_alarm_feed() -> None:
    """Silent, out of paper; told also while the branch is closed, but not of a revoked one."""
    room = HeadRoom(opened=False)
    assert room.kinds(devices=[device()]) == []
    assert room.kinds(devices=[device(silent=True, state="revoked")]) == []
    (silent,) = room.alerts(devices=[device(silent=True)])
    assert (silent.kind, silent.device, silent.since) == (
        "silent_device",
        "Термінал 2",
        "2026-11-23T14:50:00+02:00",
    )
    (paper,) = room.alerts(devices=[device(printer="paper_out")])
    assert (paper.kind, paper.printer) == ("printer_needs_hand", "paper_out")
    assert room.kinds(devices=[device(printer="paper_low")]) == []
    (feed,) = room.alerts(feed_silent_since="2026-11-23T14:40:00+02:00")
    assert (feed.kind, feed.urgent) == ("feed_silent", True)


def test_while_an_alarm_pauses_nobody_is_blamed() -> None:
    """Nobody can call, so nothing about lines and desks is told."""
    room = HeadRoom()
    _issued(room)
    room.town.forward(50)
    assert room.kinds() != []
    room.town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=room.town.at)
    room.town.forward(50)
    assert room.kinds() == []


def test_the_urgent_ones_come_first() -> None:
    """Then by how long they last."""
    room = HeadRoom()
    ticket = _issued(room)
    room.town.call("centre", "3", ticket)
    room.town.start(ticket)
    room.town.forward(30)
    for desk in ("1", "2"):
        room.town.set_desk("centre", desk, "closed")
    room.town.issue("centre", "papers")
    assert room.kinds() == ["queue_unserved", "over_red"]
