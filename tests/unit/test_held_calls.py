"""Calls that a pause cut short are kept until something happens to their tickets."""

from __future__ import annotations

import msgspec

from balancer.live.board import Board
from balancer.messages import Event
from tests.happenings import Happenings


def board_of(town: Happenings) -> Board:
    board = Board(town.city)
    board.load(town.snapshot())
    return board


def because(event: Event, reason: str) -> Event:
    return msgspec.structs.replace(event, detail={"reason": reason})


def held(board: Board) -> list[str]:
    return [call.number for call in board.held_calls.of("centre")]


def test_a_pause_holds_the_calls_it_cuts_newest_first() -> None:
    """A clerk who puts a ticket back holds nothing: that was his own decision."""
    town = Happenings()
    tickets = [town.issue().ticket for _ in range(3)]
    board = board_of(town)
    for desk, ticket in zip("123", tickets, strict=True):
        assert ticket is not None
        town.forward(1)
        board.apply(town.call("centre", desk, ticket.id))
    board.apply(town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=town.at))
    for ticket in tickets[:2]:
        assert ticket is not None
        board.apply(because(town.to_line(ticket.id), "alarm"))
    assert tickets[2] is not None
    board.apply(because(town.to_line(tickets[2].id), ""))
    assert held(board) == ["A002", "A001"]
    assert board.held_calls.of("harbour") == []


def test_a_call_is_held_until_its_ticket_is_called_again_or_goes() -> None:
    """Another place in the line changes nothing; another branch does."""
    town = Happenings()
    tickets = [town.issue().ticket for _ in range(3)]
    board = board_of(town)
    first, second, third = (ticket.id for ticket in tickets if ticket is not None)
    for desk, ticket in zip("123", (first, second, third), strict=True):
        board.apply(town.call("centre", desk, ticket))
        board.apply(because(town.to_line(ticket), "hold"))
    assert len(held(board)) == 3
    board.apply(town.call("centre", "2", first))
    board.apply(town.leave(second))
    assert held(board) == ["A003"]
    board.apply(town.transfer(third, "harbour", town.city.branch("harbour").queues[0].queue))
    assert held(board) == [] and board.held_calls.of("harbour") == []


def test_a_server_that_starts_during_the_pause_finds_them() -> None:
    """From the snapshot: who was called before, and waits since the pause began."""
    town = Happenings()
    first, second, third = (town.issue().ticket for _ in range(3))
    assert first is not None and second is not None and third is not None
    town.forward(5)
    town.call("centre", "1", first.id)
    town.forward(1)
    town.call("centre", "2", second.id)
    town.forward(1)
    town.call("centre", "3", third.id)
    town.to_line(third.id)
    town.forward(2)
    town.set_facts("centre", "alarm_sounded", alarm="pause", paused_since=town.at)
    town.to_line(first.id)
    town.to_line(second.id)
    town.forward(10)
    assert held(board_of(town)) == ["A002", "A001"], "the third was put back before the pause"
    town.set_facts("centre", "alarm_cleared", alarm="none", paused_since=None, paused_total=10)
    assert held(board_of(town)) == []
