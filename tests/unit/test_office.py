"""An office's day as a plan of moves and snapshots, and what a line counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from loadtest.office import Line, plan
from loadtest.verdict import Totals
from loadtest.warsaw import read_day
from predictors.traces import Move, Trace

SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"


def lines() -> list[Line]:
    """The two usable queues of one office of the small record."""
    queues = read_day(SMALL, date(2020, 1, 8)).offices["ud_alfa"]
    return [
        Line(queue, queue.trace, letter)
        for queue, letter in zip(queues, "AD", strict=False)
        if isinstance(queue.trace, Trace)
    ]


def test_the_plan_has_every_move_and_every_snapshot_in_order() -> None:
    """Moves stand between the snapshots that the record has them between."""
    found = plan(lines())
    assert [due.minute for due in found] == sorted(due.minute for due in found)
    snapshots = [due.minute for due in found if due.line is None]
    assert snapshots == [482, 487, 491, 497, 502, 507, 513]
    for line in lines():
        recorded = line.recorded()
        service = line.queue.service
        moves = [due.move for due in found if due.line is not None and due.line.queue.service == service]
        assert moves.count(Move.ISSUE) == recorded.issued - line.trace.waiting[0]
        assert moves.count(Move.CALL) == recorded.called
        assert moves.count(Move.LEAVE) == recorded.left


def test_what_the_record_says_of_a_whole_day() -> None:
    """Who waits at the first snapshot counts as issued: issued = called + left + still waiting."""
    first, second = lines()
    assert first.recorded() == Totals(issued=35, called=32, left=0)
    assert second.recorded() == Totals(issued=33, called=29, left=4)
    for line in (first, second):
        total = line.recorded()
        assert total.issued - total.called - total.left == line.trace.waiting[-1]


def test_tickets_are_counted_by_the_servers_numbers() -> None:
    """After midnight the numbers begin again and count on top."""
    line = lines()[0]
    for number in ("A001", "A002", "A003", "A001", "A002"):
        line.note_number(number)
    assert line.issued == 5
