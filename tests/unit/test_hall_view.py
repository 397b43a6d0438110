"""What a hall display shows follows from the state that events left, never from the time."""

from __future__ import annotations

import random

import msgspec

from balancer.live.board import Board
from balancer.live.hall_view import ROWS_AT_LEAST, call_rows, hall_view
from balancer.messages import TicketStatus, Wait
from balancer.messages.hall import HallView
from balancer.messages.supervisor import HallLoad
from tests.happenings import Happenings

HALL = HallLoad(4, 60)


def board_of(town: Happenings) -> Board:
    board = Board(town.city)
    board.load(town.snapshot())
    return board


def view(board: Board, town: Happenings, waits: dict[str, Wait | None] | None = None) -> HallView:
    return hall_view(board, "centre", waits or {}, HALL, town.at)


def test_a_call_stands_there_until_something_happens_to_it() -> None:
    """Hours later too; a recall brings it to the top and is marked; a service that ends takes it away."""
    town = Happenings()
    board = board_of(town)
    for _ in range(3):
        board.apply(town.issue())
        town.forward(1)
    board.apply(town.call("centre", "1"))
    town.forward(1)
    board.apply(town.call("centre", "2"))
    town.forward(180)
    assert [row.number for row in view(board, town).called] == ["A002", "A001"]
    recalled = town.tickets["t1"]
    recalled.recalls = 1
    board.apply(town.recall("t1"))
    rows = view(board, town).called
    assert [(row.number, row.recalled, row.state) for row in rows] == [
        ("A001", True, "called"),
        ("A002", False, "called"),
    ]
    board.apply(town.start("t1"))
    assert [row.state for row in view(board, town).called] == ["serving", "called"]
    board.apply(town.finish("t1"))
    assert [row.number for row in view(board, town).called] == ["A002"]


def test_nobody_who_is_called_is_pushed_off_the_display() -> None:
    """Neither by services that have begun nor by seven others who are called."""
    town = Happenings()
    desks = [f"{number}" for number in range(1, 10)]
    branch = town.city.branch("centre")
    wide = msgspec.structs.replace(
        branch, desks=[msgspec.structs.replace(branch.desks[0], desk=desk) for desk in desks]
    )
    town = Happenings(msgspec.structs.replace(town.city, branches=[wide, *town.city.branches[1:]]))
    board = board_of(town)
    for _ in desks:
        board.apply(town.issue())
    for desk in desks:
        town.forward(1)
        board.apply(town.call("centre", desk))
    assert [row.desk for row in view(board, town).called] == desks[::-1]
    for ticket in ("t9", "t8", "t7"):
        board.apply(town.start(ticket))
    rows = view(board, town).called
    assert [row.number for row in rows] == [f"A{n:03d}" for n in range(6, 0, -1)], "no room for those who sit"
    board.apply(town.finish("t9"))
    board.apply(town.start("t6"))
    assert len(view(board, town).called) == ROWS_AT_LEAST


def test_an_alarm_gives_back_the_same_rows_in_the_same_order() -> None:
    """During the pause and after it, until the desks call again; only then does a row name a desk."""
    town = Happenings()
    board = board_of(town)
    for desk in "123":
        board.apply(town.issue())
        town.forward(1)
        board.apply(town.call("centre", desk, town.told[-1].ticket.id if town.told[-1].ticket else None))
    before = [row.number for row in view(board, town).called]
    board.apply(town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=town.at))
    for ticket in list(town.tickets.values()):
        if ticket.state is TicketStatus.CALLED:
            event = town.to_line(ticket.id)
            board.apply(msgspec.structs.replace(event, detail={"reason": "alarm"}))
    shown, first = view(board, town), next(iter(town.tickets))
    assert [row.number for row in shown.called] == before
    assert {row.state for row in shown.called} == {"held"} and {row.desk for row in shown.called} == {""}
    assert (shown.state, shown.reason, shown.since) == ("paused", "alarm", shown.city_time)
    assert not set(shown.next) & set(before)
    board.apply(town.set_facts("centre", "alarm_cleared", resumes=town.at))
    assert view(board, town).resumes_at == shown.since and view(board, town).alarm == "pause"
    town.forward(30)
    cleared = {"alarm": "none", "resumes": None, "paused_since": None, "paused_total": 30 * 60_000}
    board.apply(town.set_facts("centre", "alarm_cleared", **cleared))
    assert [row.number for row in view(board, town).called] == before
    board.apply(town.call("centre", "2", first))
    assert [(row.number, row.desk) for row in view(board, town).called][0] == (before[-1], "2")


def test_zone_floor_next_and_waits() -> None:
    """A desk's own zone counts before its queue's; the wait gets its word; the line is in calling order."""
    town = Happenings()
    branch = town.city.branch("centre")
    queues = [msgspec.structs.replace(each, zone="Б", floor="1") for each in branch.queues]
    desks = [
        branch.desks[0],
        *(msgspec.structs.replace(each, zone="В", floor="2") for each in branch.desks[1:]),
    ]
    marked = msgspec.structs.replace(branch, queues=queues, desks=desks)
    town = Happenings(msgspec.structs.replace(town.city, branches=[marked, *town.city.branches[1:]]))
    board = board_of(town)
    for _ in range(15):
        board.apply(town.issue())
    late = town.issue(head_start=60)
    board.apply(late)
    board.apply(town.call("centre", "1", "t1"))
    board.apply(town.call("centre", "2", "t2"))
    shown = view(board, town, {"papers": Wait(10.0, 20.0, 30.0)})
    assert {(row.desk, row.zone, row.floor) for row in shown.called} == {("1", "Б", "1"), ("2", "В", "2")}
    assert shown.next[:2] == ["A016", "A003"] and len(shown.next) == 12
    papers = next(each for each in shown.queues if each.queue == "papers")
    assert (papers.level, papers.waiting, papers.letter) == ("moderate", 14, "A")
    assert shown.hall == HALL and shown.notices


def test_what_is_shown_is_what_a_fresh_server_would_show() -> None:
    """Every called ticket has exactly one row; no other ticket says that it is called."""
    for seed in range(30):
        dice, town = random.Random(seed), Happenings()
        board = board_of(town)
        for _ in range(120):
            board.apply(town.random_step(dice))
            rows = call_rows(board, board.branch("centre"))
            called = sorted(row.call.ticket for row in rows if row.state == "called")
            in_hand = {desk.ticket for desk in board.branch("centre").desks.values()}
            assert called == sorted(
                each.id
                for each in town.tickets.values()
                if each.branch == "centre" and each.state is TicketStatus.CALLED and each.id in in_hand
            ), f"seed {seed}"
            tickets = [row.call.ticket for row in rows]
            assert len(set(tickets)) == len(tickets), f"seed {seed}"


def test_services_that_are_stopped_are_named() -> None:
    """One that the city's file no longer has is not; who waits for one is not next."""
    town = Happenings()
    town.issue("centre", "social")
    town.issue("centre", "papers")
    town.set_facts("centre", "service_suspended", suspended=["pension", "gone"])
    seen = view(board_of(town), town)
    assert [name["uk"] for name in seen.suspended] == ["pension"] and seen.next == ["A002"]


def test_the_way_to_the_shelter_is_the_branch_s_own() -> None:
    """Told in both languages where the city file has it; whether the building has one stands beside."""
    town = Happenings()
    board = board_of(town)
    assert view(board, town).shelter_way is None
    here = msgspec.structs.replace(town.city.branch("centre"), shelter={"uk": "Вниз.", "en": "Down."})
    others = [each for each in town.city.branches if each.branch != "centre"]
    board.refit(msgspec.structs.replace(town.city, branches=[here, *others]))
    assert view(board, town).shelter_way == {"uk": "Вниз.", "en": "Down."}
