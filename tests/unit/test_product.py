"""The product in the made city: it hears what the log would say, and not a minute more."""

from __future__ import annotations

import numpy as np
import pytest

from predictors.product import Product, desk_changes, gaps, let_wait
from predictors.synthetic import scenarios
from predictors.synthetic_day import simulate
from predictors.synthetic_view import look, moments
from tests.unit.test_synthetic_view import hand_made

SEED = 9


def test_gaps_between_a_finish_and_the_next_call() -> None:
    """Desk 1 finishes at 525 and calls the third at once, is free at 530 and calls the fourth at 540."""
    assert list(gaps(hand_made())) == [(525.0, 0.0), (540.0, 10.0)]


def test_a_gap_without_a_line_teaches_nothing() -> None:
    """The fourth comes when the desk has been free for a while, and is called at once."""
    day = hand_made()
    day.arrived[3] = 540.0
    assert list(gaps(day)) == [(525.0, 0.0)]


def test_how_long_a_desk_has_let_somebody_wait() -> None:
    """At 535: since its finish, five minutes ago; a desk in service lets nobody wait."""
    view = look(hand_made(), 535.0)
    assert let_wait(view, 0) == pytest.approx(5.0) and let_wait(view, 1) is None


def test_desks_open_pause_and_close() -> None:
    """The lunch of desk 2 is heard when it begins and when it ends."""
    changes = [change for change in desk_changes(hand_made()) if change[0] == "two"]
    assert [(minute, opened) for _, minute, opened in changes] == [
        (480.0, True), (500.0, False), (520.0, True), (1020.0, False),
    ]  # fmt: skip


def test_a_lunch_begins_when_the_visitor_has_gone() -> None:
    """The desk pauses with its finish."""
    world = scenarios()["rush"]
    day = simulate(world, world.branches[0], 0, SEED)
    late = 0
    for desk, minute, opened in desk_changes(day):
        place = int(desk.removeprefix("desk-")) - 1
        in_hand = (day.desk == place) & (day.called < minute) & (day.finished > minute)
        if not opened and minute < 1020.0:
            assert not in_hand.any()
            late += minute > day.spec.desks[place].lunch[0]
    assert late


def test_it_learns_the_laws_and_says_nothing_before() -> None:
    """Thin evidence: no number. After a week the means are near the true ones."""
    world = scenarios()["skills"]
    product = Product(SEED)
    days = [simulate(world, spec, 0, SEED) for spec in world.branches]
    first = moments(days[0], np.random.default_rng(SEED), 3)
    early = [each._replace(now=481.0) for each in first if each.day.arrived[each.ticket] <= 481.0][:1]
    assert np.isnan(product.live(days[:1], early)).all()
    for number in range(1, 8):
        product.live([simulate(world, spec, number, SEED) for spec in world.branches], [])
    for name, law in world.services.items():
        learned = product.times.law(name, "branch-1", 11.0).mean
        assert learned == pytest.approx(law.mean, rel=0.25), (SEED, name)


def test_what_comes_later_changes_no_answer() -> None:
    """The same morning with another afternoon: the same answer in the morning."""
    world = scenarios()["skills"]
    spec = world.branches[0]

    def asked_at_ten(cut: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        product = Product(SEED)
        product.live([simulate(world, spec, 0, SEED)], [])
        day = simulate(world, spec, 1, SEED)
        moment = next(each for each in moments(day, np.random.default_rng(SEED), 40) if each.now > 600.0)
        if cut:
            later = day.called > moment.now
            day.finished[later] += 30.0
        return product.live([day], [moment])

    assert asked_at_ten(True) == pytest.approx(asked_at_ten(False))
