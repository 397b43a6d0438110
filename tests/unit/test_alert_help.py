"""Which one action helps a line: asked in order, the smallest change first."""

from __future__ import annotations

from balancer.live.alert_help import desks_on_break, each_desk_once, help_for
from balancer.messages.supervisor import Alert, AlertAction
from tests.head_room import HeadRoom


def helped(room: HeadRoom, queue: str) -> tuple[str, str | None] | None:
    """The verb and the desk."""
    found = help_for(room.day().load, queue)
    return None if found is None else (found.verb, found.desk)


def test_in_order_of_effort() -> None:
    """Ask a free desk; lend one; open one; end a break; else nobody can help."""
    room = HeadRoom()
    assert helped(room, "land") == ("ask", "3")
    room.town.set_desk("centre", "3", "closed")
    assert helped(room, "land") == ("set_skills", "1")
    for desk in ("1", "2"):
        room.town.issue("centre", "papers")
        room.town.call("centre", desk)
    assert helped(room, "land") == ("open_desk", "3")
    room.town.set_desk("centre", "3", "paused")
    assert helped(room, "land") == ("set_skills", "1"), (
        "somebody must, and the shortest line is as good as any"
    )
    assert desks_on_break(room.day().load, "land") == 1
    for desk in ("1", "2"):
        room.town.set_desk("centre", desk, "closed")
    assert helped(room, "land") == ("resume_desk", "3")


def test_a_desk_with_a_line_of_its_own_is_not_spare() -> None:
    """It has enough to do; the closed one is opened instead."""
    room = HeadRoom()
    room.town.set_desk("centre", "3", "closed")
    room.town.set_desk("centre", "1", "closed")
    room.town.issue("centre", "papers")
    assert helped(room, "land") == ("open_desk", "3")


def test_one_desk_is_offered_once() -> None:
    """To the first of the alerts; the others stay, without a button that would be old once it was pressed."""

    def starving(queue: str, verb: str, desk: str) -> Alert:
        action = AlertAction(verb, desk, queue)  # type: ignore[arg-type]
        return Alert(
            f"starving:{queue}", "starving_ticket", True, None, queue, free_queues=["t"], action=action
        )

    asked = [
        starving("a", "set_skills", "24"),
        starving("x", "set_skills", "24"),
        starving("k", "ask", "24"),
        starving("p", "open_desk", "7"),
        starving("e", "open_desk", "7"),
    ]
    told = list(each_desk_once(asked))
    assert [each.queue for each in told] == ["a", "x", "k", "p", "e"]
    assert [each.action and each.action.verb for each in told] == [
        "set_skills",
        None,
        "ask",
        "open_desk",
        None,
    ]
    assert told[1].free_queues == [] and asked[1].free_queues == ["t"]
