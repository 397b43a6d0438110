"""The replay against a plain event-by-event model, and its ranges against closed forms."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from predictors.known_times import KnownTimes, Rests
from predictors.laws import Law
from predictors.service_times import ServiceTimes
from predictors.wait import BranchNow, DeskNow, Expected, Quantiles, Replayed, TicketNow, replay

SEED = 20260131
ALWAYS = ((0.0, math.inf),)
NOW = 600.0


def rng() -> np.random.Generator:
    return np.random.default_rng(SEED)


def fixed(**minutes: float) -> KnownTimes:
    """Every service takes exactly so long."""
    return KnownTimes({service: Law(math.log(each), 0.0) for service, each in minutes.items()})


def random_times(mean: float = 10.0, cv: float = 0.8, **more: float) -> KnownTimes:
    return KnownTimes({"s": Law.of_mean(mean, cv)}, **more)


def open_desks(count: int, queues: str = "q", **more: object) -> tuple[DeskNow, ...]:
    return tuple(DeskNow(f"d{at}", frozenset(queues), ALWAYS, **more) for at in range(count))  # type: ignore[arg-type]


def line(count: int, queue: str = "q", service: str = "s") -> tuple[TicketNow, ...]:
    return tuple(TicketNow(f"t{at}", queue, service) for at in range(count))


def middle(found: Quantiles | None) -> float:
    assert found is not None
    return found.p50


# --- the plain model: a heap of moments, desks that look for work ----------------------------


def opens(spans: tuple[tuple[float, float], ...], at: float) -> float:
    """The first moment from `at` on within a span."""
    return min((max(begin, at) for begin, end in spans if end > at), default=math.inf)


def model(branch: BranchNow, minutes: dict[str, float]) -> dict[str, float]:
    """Waits by ticket when desks that are free call the first in line they may; written without a replay."""
    waiting = list(branch.line)
    moments: list[tuple[float, int]] = []
    for row, desk in enumerate(branch.desks):
        left = 0.0 if desk.service is None else max(minutes[desk.service] - (desk.elapsed or 0.0), 0.0)
        heapq.heappush(moments, (opens(desk.spans, branch.now + left), row))
    waits = {ticket.ticket: math.inf for ticket in waiting}
    while moments and waiting:
        now, row = heapq.heappop(moments)
        desk = branch.desks[row]
        able = [
            each
            for each in waiting
            if (each.bound == desk.desk if each.bound is not None else each.queue in desk.queues)
        ]
        if now == math.inf or not able:
            continue
        waiting.remove(able[0])
        waits[able[0].ticket] = now - branch.now
        heapq.heappush(moments, (opens(desk.spans, now + minutes[able[0].service]), row))
    return waits


@st.composite
def branches(draw: st.DrawFn) -> tuple[BranchNow, dict[str, float]]:
    """Skills, lunches, tickets bound to desks, services of lengths that never make two desks free at once."""
    desks = []
    lengths = draw(st.lists(st.integers(1, 400), min_size=3, max_size=3, unique=True))
    minutes = {
        name: length / 8 + shift
        for name, length, shift in zip("xyz", lengths, (0.11, 0.23, 0.37), strict=True)
    }
    for row in range(draw(st.integers(1, 5))):
        skills = draw(st.frozensets(st.sampled_from("abc"), min_size=1))
        lunch, back = draw(st.integers(0, 90)), draw(st.integers(1, 60))
        ends = draw(st.sampled_from([150.0, math.inf]))
        spans = ((NOW - 60, NOW + lunch + 0.001 * row), (NOW + lunch + back + 0.013 * row, NOW + ends))
        service = draw(st.sampled_from(["x", "y", "z", None]))
        elapsed = draw(st.integers(0, 30)) + 0.0071 * (row + 1) if service else None
        desks.append(DeskNow(f"d{row}", skills, spans, service, elapsed))
    line = tuple(
        TicketNow(
            f"t{at}",
            draw(st.sampled_from("abc")),
            draw(st.sampled_from("xyz")),
            draw(st.sampled_from([None, None, None, "d0", "nowhere"])),
        )
        for at in range(draw(st.integers(0, 12)))
    )
    return BranchNow("b", NOW, tuple(desks), line), minutes


@settings(max_examples=150)
@given(branches())
def test_a_replay_with_fixed_times_is_exact(case: tuple[BranchNow, dict[str, float]]) -> None:
    """Each to the earliest free desk with the skill, in order, is what desks that look for work would do."""
    branch, minutes = case
    expected = model(branch, minutes)
    found = replay(branch, fixed(**minutes), rng(), samples=3).tickets
    for ticket, wait in expected.items():
        if math.isinf(wait):
            assert found[ticket] is None, ticket
        else:
            assert middle(found[ticket]) == pytest.approx(wait, abs=0.01), ticket


# --- ranges ------------------------------------------------------------


def test_the_next_in_line_waits_for_the_first_of_several_desks() -> None:
    """Four desks just begun: the first of four lognormals, far below their mean."""
    branch = BranchNow("b", NOW, open_desks(4, service="s", elapsed=0.0), ())
    found = replay(branch, random_times(), rng(), samples=2000).next["q"]
    drawn = np.random.default_rng(SEED + 1).lognormal(*_mu_sigma(10.0, 0.8), (200_000, 4)).min(axis=1)
    assert found == pytest.approx(np.quantile(drawn, [0.1, 0.5, 0.9]), rel=0.06)


def test_what_is_left_of_a_service_is_drawn_given_that_it_has_lasted() -> None:
    branch = BranchNow("b", NOW, open_desks(1, service="s", elapsed=20.0), ())
    found = replay(branch, random_times(), rng(), samples=2000).next["q"]
    drawn = np.random.default_rng(SEED + 1).lognormal(*_mu_sigma(10.0, 0.8), 2_000_000)
    left = drawn[drawn > 20.0] - 20.0
    assert found == pytest.approx(np.quantile(left, [0.1, 0.5, 0.9]), rel=0.06)


def test_a_hundred_samples_are_enough_for_the_middle() -> None:
    """Stratified draws: the median of 20 services at one desk is within 2 % of its true one, each time."""
    branch = BranchNow("b", NOW, open_desks(1), line(21))
    drawn = np.random.default_rng(SEED + 1).lognormal(*_mu_sigma(10.0, 0.8), (100_000, 20)).sum(axis=1)
    true = float(np.median(drawn))
    medians = [
        middle(replay(branch, random_times(), np.random.default_rng(seed)).tickets["t20"])
        for seed in range(30)
    ]
    spread = np.std(medians) / true
    assert abs(np.mean(medians) / true - 1.0) < 0.02
    assert spread < 0.04, spread


def _mu_sigma(mean: float, cv: float) -> tuple[float, float]:
    variance = math.log1p(cv * cv)
    return math.log(mean) - variance / 2, math.sqrt(variance)


def test_nine_of_ten_waits_lie_below_p90_of_a_busy_hall() -> None:
    """M/G/3 lived through once per seed: what was told at each of many moments against what followed."""
    below, under, asked = 0, 0, 0
    for seed in range(120):
        draw = np.random.default_rng([SEED, seed])
        services = draw.lognormal(*_mu_sigma(10.0, 0.8), 40)
        free = [0.0] * 3
        starts, desks_of = [], []
        for service in services[:30]:
            row = int(np.argmin(free))
            starts.append(free[row])
            desks_of.append(row)
            free[row] += service
        now = float(draw.uniform(5.0, 60.0))
        in_hand = {row: at for at, row in enumerate(desks_of) if starts[at] <= now}
        desks = tuple(
            DeskNow(f"d{row}", frozenset("q"), ALWAYS, "s", now - starts[in_hand[row]]) for row in range(3)
        )
        waiting = [at for at in range(30) if starts[at] > now]
        tickets = tuple(TicketNow(str(at), "q", "s") for at in waiting)
        found = replay(BranchNow("b", now, desks, tickets), random_times(), draw).tickets
        for at in draw.permutation(waiting)[:4]:
            told = found[str(at)]
            assert told is not None
            asked += 1
            below += starts[at] - now <= told.p90
            under += starts[at] - now <= told.p50
    assert 0.86 <= below / asked <= 0.95, (below, asked)
    assert 0.42 <= under / asked <= 0.58, (under, asked)


# --- plans, no-shows, rests ------------------------------------------------------------


def test_a_desk_at_lunch_is_waited_for() -> None:
    lunch = ((NOW + 30.0, NOW + 300.0),)
    branch = BranchNow("b", NOW, (DeskNow("d", frozenset("q"), lunch),), line(2))
    found = replay(branch, fixed(s=10.0), rng())
    assert middle(found.tickets["t0"]) == pytest.approx(30.0, abs=0.01)
    assert middle(found.next["q"]) == pytest.approx(50.0, abs=0.01)


def test_nobody_is_promised_a_desk_that_closes_before() -> None:
    """Called within the desk's last hour or not at all: the third ticket of 25 minutes, not the fourth."""
    branch = BranchNow("b", NOW, (DeskNow("d", frozenset("q"), ((NOW, NOW + 60.0),)),), line(4))
    found = replay(branch, fixed(s=25.0), rng())
    assert middle(found.tickets["t2"]) == pytest.approx(50.0, abs=0.01)
    assert found.tickets["t3"] is None
    assert found.next["q"] is None


def test_no_shows_shorten_the_wait() -> None:
    times = KnownTimes({"s": Law(math.log(10.0), 0.0)}, no_show=0.5, missed=2.0)
    branch = BranchNow("b", NOW, open_desks(1), line(41))
    assert middle(replay(branch, times, rng(), samples=400).tickets["t40"]) == pytest.approx(240.0, rel=0.05)


def test_walks_and_unlogged_rests_lengthen_it() -> None:
    times = KnownTimes({"s": Law(math.log(10.0), 0.0)}, walk=1.0, rests=Rests(0.25, Law(math.log(8.0), 0.0)))
    branch = BranchNow("b", NOW, open_desks(1), line(41))
    found = replay(branch, times, rng(), samples=400)
    assert middle(found.tickets["t40"]) == pytest.approx(40 * (10 + 1 + 2), rel=0.05)


def test_a_desk_that_lets_the_line_wait_is_resting() -> None:
    times = KnownTimes({"s": Law(math.log(10.0), 0.0)}, rests=Rests(0.1, Law(math.log(8.0), 0.0)))
    desks = (DeskNow("d", frozenset("q"), ALWAYS, idle=3.0),)
    assert middle(replay(BranchNow("b", NOW, desks, line(1)), times, rng()).tickets["t0"]) == pytest.approx(
        5.0, abs=0.01
    )


# --- who comes ------------------------------------------------------------


def coming(
    *expected: Expected, tickets: int = 0, arrived: float = NOW - 5.0, at: tuple[float, ...] = ()
) -> Replayed:
    waiting = line(tickets)
    orders = {ticket.ticket: arrived for ticket in waiting}
    branch = BranchNow("b", NOW, open_desks(1), waiting, expected, arrived=orders)
    return replay(branch, fixed(s=10.0), rng(), samples=400, at=at)


def test_an_early_one_with_a_head_start_goes_before_those_who_are_behind_it() -> None:
    """It comes in five minutes and counts as having come twenty ago: before the second ticket, not the
    first.
    """
    found = coming(Expected("q", "s", NOW + 5.0, head_start=25.0), tickets=3)
    assert [middle(found.tickets[f"t{at}"]) for at in range(3)] == pytest.approx([0.0, 20.0, 30.0], abs=0.01)


def test_one_who_comes_too_late_or_has_no_head_start_overtakes_nobody() -> None:
    for late in (Expected("q", "s", NOW + 25.0, head_start=60.0), Expected("q", "s", NOW + 1.0)):
        found = coming(late, tickets=3)
        assert [middle(found.tickets[f"t{at}"]) for at in range(3)] == pytest.approx(
            [0.0, 10.0, 20.0], abs=0.01
        )


def test_one_who_may_come_delays_in_that_share_of_samples() -> None:
    found = coming(Expected("q", "s", NOW + 5.0, head_start=25.0, probability=0.3), tickets=2)
    wait = found.tickets["t1"]
    assert wait is not None
    assert (wait.p50, wait.p90) == pytest.approx((10.0, 20.0), abs=0.01)


def test_who_comes_later_waits_for_those_expected_before() -> None:
    found = coming(Expected("q", "s", NOW + 12.0), tickets=1, at=(NOW, NOW + 5.0, NOW + 15.0, NOW + 60.0))
    waits = [middle(found.arriving["q", NOW + after]) for after in (0.0, 5.0, 15.0, 60.0)]
    assert waits == pytest.approx([10.0, 5.0, 7.0, 0.0], abs=0.01)


def test_nobody_joins_after_closing() -> None:
    branch = BranchNow("b", NOW, open_desks(1), line(1), closes=NOW + 30.0)
    found = replay(branch, fixed(s=10.0), rng(), at=(NOW + 20.0, NOW + 30.0))
    assert found.next["q"] is not None
    assert found.arriving["q", NOW + 20.0] is not None
    assert found.arriving["q", NOW + 30.0] is None


# --- long lines, bad input ------------------------------------------------------------


def test_a_long_line_replayed_in_groups_waits_as_long_as_one_by_one() -> None:
    """400 tickets of two queues at six desks: the plain model's waits (up to twelve hours), within 15 min."""
    desks = tuple(DeskNow(f"d{at}", frozenset("ab" if at % 3 else "a"), ALWAYS) for at in range(6))
    tickets = tuple(TicketNow(f"t{at}", "ab"[at * 7 % 5 < 2], "xy"[at % 2]) for at in range(400))
    branch = BranchNow("b", NOW, desks, tickets)
    minutes = {"x": 9.0, "y": 14.0}
    expected = model(branch, minutes)
    found = replay(branch, fixed(**minutes), rng(), samples=1).tickets
    error = np.array([middle(found[ticket]) - wait for ticket, wait in expected.items()])
    assert np.abs(error[:100]).max() < 0.01
    assert np.abs(error).max() < 15.0
    assert abs(error.mean()) < 2.0
    waits = [middle(found[f"t{at}"]) for at in range(400) if tickets[at].queue == "a"]
    assert waits == sorted(waits)


def test_nothing_is_told_behind_a_day_of_work() -> None:
    """Two thousand people at three desks: the front has its range, the end has none, and the pass ends."""
    found = replay(BranchNow("b", NOW, open_desks(3), line(2000)), fixed(s=10.0), rng())
    assert middle(found.tickets["t99"]) == pytest.approx(330.0, abs=0.01)
    assert found.tickets["t1999"] is None
    assert found.next["q"] is None


def test_without_evidence_nothing_is_told() -> None:
    """A city that has never finished anything gives no number; thirty services, and it does."""
    times = ServiceTimes({"s": 15.0})
    branch = BranchNow("b", NOW, open_desks(2, service="s", elapsed=1.0), line(2))
    silent = replay(branch, times, rng(), at=(NOW + 5.0,))
    assert set(silent.tickets.values()) | set(silent.next.values()) | set(silent.arriving.values()) == {None}
    for _ in range(30):
        times.observe("other", "elsewhere", 10.0, 12.0)
    told = replay(branch, times, rng()).tickets["t1"]
    assert told is not None
    assert told.p90 > 2.0 * told.p50, "a service never seen has a wide range"


def test_a_branch_without_desks_or_line_is_no_crash() -> None:
    nobody = replay(BranchNow("b", NOW, (), line(2)), fixed(s=10.0), rng())
    assert nobody.tickets == {"t0": None, "t1": None}
    assert nobody.next == {"q": None}
    empty = replay(BranchNow("b", NOW, open_desks(1), ()), fixed(), rng(), queues=("q", "other"))
    assert empty.next == {"q": Quantiles(0.0, 0.0, 0.0), "other": None}


@pytest.mark.parametrize("elapsed", [-5.0, math.nan, 0.0, 1e9, math.inf])
def test_an_absurd_elapsed_time_gives_a_wide_range(elapsed: float) -> None:
    """A clock that jumped or a finish that was forgotten since yesterday: as if the service began now."""
    branch = BranchNow("b", NOW, open_desks(1, service="s", elapsed=elapsed), ())
    found = replay(branch, random_times(), rng()).next["q"]
    assert found is not None
    assert found.p50 == pytest.approx(7.8, rel=0.05)
    assert found.p90 > 2.0 * found.p50


@pytest.mark.parametrize("spans", [(), ((700.0, 650.0),), ((100.0, 200.0),), ((math.nan, math.nan),)])
def test_spans_that_are_none_are_a_desk_that_does_not_call(spans: tuple[tuple[float, float], ...]) -> None:
    branch = BranchNow("b", NOW, (DeskNow("d", frozenset("q"), spans),), line(1))
    assert replay(branch, fixed(s=10.0), rng()).tickets["t0"] is None
