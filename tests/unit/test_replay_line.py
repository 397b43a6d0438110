"""Long lines in groups: who goes together, and what those in between are told."""

from __future__ import annotations

import pytest

from predictors.branch_now import TicketNow
from predictors.conformal import Quantiles
from predictors.replay_line import EXACT, grouped, spread


def line(*queues: str) -> list[TicketNow]:
    return [TicketNow(f"t{at}", queue, "s") for at, queue in enumerate(queues)]


def test_the_front_goes_one_by_one_and_the_rest_in_growing_groups() -> None:
    tickets = line(*("ab" * 300))
    groups = grouped(tickets, [20] * 600)
    sizes = {group.places[0]: len(group.places) for group in groups}
    assert all(sizes[place] == 1 for place in range(EXACT))
    assert sizes[EXACT] == 2
    assert max(sizes.values()) == 6
    assert sorted(place for group in groups for place in group.places) == list(range(600))
    assert all({tickets[place].queue for place in group.places} == {group.queue} for group in groups)


def test_a_group_leaves_half_of_the_desks_to_others() -> None:
    tickets = line(*("a" * 900))
    assert max(len(group.places) for group in grouped(tickets, [6] * 900)) == 3
    assert max(len(group.places) for group in grouped(tickets, [2] * 900)) == 1
    assert max(len(group.places) for group in grouped(tickets, [1] * 900)) == 9


def test_tickets_bound_to_a_desk_do_not_go_with_others() -> None:
    tickets = [TicketNow(f"t{at}", "a", "s", "d1" if at % 2 else None) for at in range(300)]
    for group in grouped(tickets, [8] * 300):
        assert {tickets[place].bound for place in group.places} == {group.bound}


def test_who_is_within_a_group_waits_between_its_head_and_the_next() -> None:
    tickets = line(*("a" * (EXACT + 4)))
    groups = grouped(tickets, [8] * len(tickets))
    heads = [Quantiles(float(at), 2.0 * at, 3.0 * at) for at in range(len(groups))]
    following = Quantiles(500.0, 600.0, 700.0)
    found = spread(groups, heads, {"a": following}, tickets)
    assert list(found) == [ticket.ticket for ticket in tickets]
    assert found[f"t{EXACT}"] == heads[EXACT]
    assert found[f"t{EXACT + 1}"] == pytest.approx((EXACT + 0.5, 2 * EXACT + 1.0, 3 * EXACT + 1.5))
    last = found[f"t{EXACT + 3}"]
    assert last is not None
    assert heads[EXACT + 1].p50 < last.p50 < following.p50


def test_without_a_next_one_all_of_a_group_are_told_the_heads() -> None:
    tickets = line(*("a" * (EXACT + 2)))
    groups = grouped(tickets, [8] * len(tickets))
    found = spread(groups, [Quantiles(1.0, 2.0, 3.0)] * len(groups), {"a": None}, tickets)
    assert set(found.values()) == {Quantiles(1.0, 2.0, 3.0)}
