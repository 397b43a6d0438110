"""A request for help as reception, its kiosk and the head of the centre see it."""

from __future__ import annotations

from balancer.core.help_book import Asked, HelpRequest, Word
from balancer.live.kiosk_help import help_view
from tests.head_room import HeadRoom
from tests.town import small_town


def asked(at: int, going: Word | None = None) -> HelpRequest:
    return HelpRequest(Asked("r1", "centre", "d1", "Термінал 2", at), going)


def test_it_grows_louder_and_falls_silent() -> None:
    """At once, urgent after the policy's minutes, gone as soon as a colleague goes."""
    room = HeadRoom(opened=False, help_answer_minutes=3)
    request = asked(room.town.at)
    (first,) = room.alerts(help=[request])
    assert (first.kind, first.device, first.urgent, first.minutes) == ("help_asked", "Термінал 2", False, 0.0)
    assert first.action is not None and (first.action.verb, first.action.device) == ("answer_help", "d1")
    room.town.forward(3)
    (late,) = room.alerts(help=[request])
    assert late.urgent and late.minutes == 3.0 and late.alert == first.alert
    assert room.alerts(help=[asked(request.asked.at, Word("reception", "k", room.town.at))]) == []


def test_whom_the_head_goes_to_himself_he_can_end() -> None:
    """It is no trouble any more, but its button is still needed."""
    room = HeadRoom(help_answer_minutes=3)
    request = asked(room.town.at, Word("supervisor", "k", room.town.at))
    room.town.forward(9)
    (mine,) = room.alerts(help=[request])
    assert not mine.urgent and mine.action is not None and mine.action.verb == "end_help"


def test_a_branch_may_never_be_louder() -> None:
    """Policy 0, in the alert and in what the pages reckon with."""
    room = HeadRoom(help_answer_minutes=0)
    request = asked(room.town.at)
    room.town.forward(600)
    assert [each.urgent for each in room.alerts(help=[request]) if each.kind == "help_asked"] == [False]
    never = small_town("town", help_answer_minutes=0).branch("centre")
    assert help_view(request, never).late_at is None


def test_the_view_names_who_goes() -> None:
    """Instants by the branch's wall clock."""
    branch = small_town("town", help_answer_minutes=3).branch("centre")
    room = HeadRoom()
    view = help_view(asked(room.town.at, Word("reception", "k", room.town.at + 60_000)), branch)
    assert (view.device, view.name, view.going) == ("d1", "Термінал 2", "reception")
    assert view.since.endswith("09:00:00+02:00") and view.going_since is not None
    assert view.late_at is not None and view.late_at.endswith("09:03:00+02:00")
    assert view.going_since.endswith("09:01:00+02:00")
