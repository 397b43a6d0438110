"""What goes out of a branch: the fields that were promised, and nothing that is nobody's business."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from balancer.live.board import Board
from balancer.live.frames import board_branch, branch_frame
from balancer.messages import BranchFrame, TicketStatus, Wait
from tests.happenings import Happenings

FRAME_FIELDS = {
    *("type", "branch", "epoch", "seq", "as_of", "state", "power", "reason", "opens_at", "closes_at"),
    *("waiting", "serving", "on_the_way", "desks_open", "desks_total", "queues", "last_called"),
    *("resumes_at", "suspended", "spread_ms"),
}


def _queue(queue: str, waiting: int, serving: int, wait: Any, method: str | None) -> dict[str, Any]:
    return {"queue": queue, "waiting": waiting, "serving": serving, "wait": wait, "method": method}


def frame_of(town: Happenings, branch: str = "centre") -> BranchFrame:
    board = Board(town.city)
    board.load(town.snapshot())
    waits = {"papers": Wait(1.0, 2.0, 3.0), "social": None}
    return branch_frame(board.branch(branch), waits, {"papers": "replay"}, epoch="e", seq=7, as_of=town.at)


def test_a_frame_is_the_whole_small_state() -> None:
    town = Happenings()
    town.issue()
    town.issue()
    town.issue("centre", "land")
    town.forward(90)
    town.call("centre", "1")
    frame = json.loads(msgspec.json.encode(frame_of(town)))
    assert set(frame) == FRAME_FIELDS
    assert (frame["type"], frame["branch"], frame["epoch"], frame["seq"]) == ("branch", "centre", "e", 7)
    assert frame["as_of"] == "2026-11-23T10:30:00+02:00"
    assert frame["closes_at"] == "2026-11-23T18:00:00+02:00"
    assert (frame["state"], frame["waiting"], frame["serving"]) == ("open", 2, 1)
    assert (frame["desks_open"], frame["desks_total"]) == (3, 3)
    assert frame["queues"] == [
        _queue("papers", 1, 1, {"p10": 1.0, "p50": 2.0, "p90": 3.0}, "replay"),
        _queue("social", 0, 0, None, None),
        _queue("land", 1, 0, None, None),
    ]
    assert frame["last_called"] == [{"number": "A001", "desk": "1", "at": "2026-11-23T10:30:00+02:00"}]


def test_a_branch_that_goes_on_under_an_alarm_says_so() -> None:
    town = Happenings()
    town.set_facts("centre", "alarm_sounded", alarm="continue")
    assert (frame_of(town).state, frame_of(town).reason) == ("open", "alarm")
    town.set_facts("centre", "branch_held", hold="repairs")
    assert (frame_of(town).state, frame_of(town).reason) == ("paused", "repairs")


def test_a_paused_branch_says_why() -> None:
    town = Happenings()
    town.set_facts("centre", "alarm_sounded", alarm="pause")
    assert (frame_of(town).state, frame_of(town).reason) == ("paused", "alarm")
    assert (frame_of(town).resumes_at, frame_of(town).suspended) == (None, [])
    town.set_facts("centre", "alarm_cleared", resumes=town.at + 600_000)
    assert frame_of(town).resumes_at == "2026-11-23T09:10:00+02:00", "the all-clear was given"
    town.set_facts("centre", "branch_held", resumes=None, alarm="none", hold="burst pipe")
    assert (frame_of(town).state, frame_of(town).reason) == ("paused", "burst pipe")


def test_nothing_public_carries_an_id_a_priority_or_a_note() -> None:
    """Invariant 8: not even the ticket's id, which is half of the way to its secret."""
    town = Happenings()
    event = town.issue()
    assert event.ticket is not None
    told = {"priority": "veteran", "note": "+380501112233", "head_start_ms": 1_200_000}
    town.tickets["t1"] = msgspec.structs.replace(event.ticket, state=TicketStatus.WAITING, **told)
    town.call("centre", "1")
    board = Board(town.city)
    board.load(town.snapshot())
    public = msgspec.json.encode([frame_of(town), board_branch(board.branch("centre"), frame_of(town))])
    for secret in (b"veteran", b"380501112233", b"1200000", b'"t1"'):
        assert secret not in public


def test_the_board_adds_what_does_not_change() -> None:
    town = Happenings()
    board = Board(town.city)
    board.load(town.snapshot())
    frame = frame_of(town)
    entry = msgspec.to_builtins(board_branch(board.branch("centre"), frame))
    still = {"name", "kind", "lat", "lon", "demo"}
    assert set(entry) == FRAME_FIELDS - {"type", "epoch", "spread_ms"} | still
    shared = {name: value for name, value in msgspec.to_builtins(frame).items() if name in entry}
    assert {name: entry[name] for name in shared} == shared
