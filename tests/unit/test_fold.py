"""The whole fold: what is remembered, and that pieces give what the whole gives."""

from __future__ import annotations

import random

from balancer.archive.fold import Fold, Rows, agencies_of, past_rows
from balancer.archive.minutes import city_of
from tests.city_files import small_city
from tests.happenings import Happenings


def story(seed: int) -> Happenings:
    """An hour in the small town."""
    town, chance = Happenings(), random.Random(seed)
    for _ in range(60):
        town.forward(chance.random() * 2)
        issued = town.issue()
        if chance.random() < 0.7 and town.desks["centre", "1"].ticket is None:
            assert issued.ticket is not None
            called = town.call()
            assert called.ticket is not None
            town.start(called.ticket.id)
            town.forward(1)
            town.finish(called.ticket.id)
    return town


def test_pieces_give_the_whole() -> None:
    """Cut anywhere, with the state written down and read again between: the same rows and the same state."""
    for seed in range(5):
        town, chance = story(seed), random.Random(seed)
        whole, rows = Fold(), Rows()
        rows = whole.take(town.told)
        piece, found, left = Fold(), Rows(), list(town.told)
        while left:
            size = chance.randint(1, 9)
            piece = Fold.from_state(piece.state())
            part = piece.take(left[:size])
            for name in ("legs", "branch_minutes", "desk_states"):
                getattr(found, name).update(getattr(part, name))
            left = left[size:]
        assert found == rows, f"seed {seed}"
        assert piece.state() == whole.state(), f"seed {seed}"
        assert len(rows) > 60


def test_agencies_hold_from_their_definition_on() -> None:
    """A desk's agency is that of the definition in force, not of a later one."""
    town = Happenings()
    first, second = town.issue(), town.issue()
    assert first.ticket is not None and second.ticket is not None
    town.call(ticket=first.ticket.id)
    town.leave(first.ticket.id)
    town.tell("city_applied", detail={"version": 2, "agencies": '{"centre/1":"fund"}'})
    town.call(ticket=second.ticket.id)
    rows = Fold().take(town.told)
    assert rows.legs[second.ticket.id, 0]["agency"] == "fund"
    assert rows.legs[first.ticket.id, 0]["agency"] is None


def test_the_past_gives_its_past_rows() -> None:
    """Events from before the fold began: legs and deeds, no minutes."""
    town = story(1)
    rows = past_rows(town.told, city_of(town.snapshot(), {}))
    assert rows.legs.keys() == Fold().take(town.told).legs.keys()
    assert not rows.branch_minutes and not rows.desk_states


def test_agencies_of_a_city() -> None:
    """Only desks that have one."""
    assert agencies_of(small_city()) == {"center/4": "pension-fund"}
