"""The wait at a later moment: who is on the way makes it longer, what the desks finish makes it shorter."""

from __future__ import annotations

import pytest

from balancer.live.board import Board
from balancer.live.intent_record import IntentRecord
from balancer.live.outlook import FARTHEST_MINUTES, Outlook
from balancer.messages import IntentState, Wait
from tests.happenings import Happenings
from tests.town import MINUTE, NINE

NOW = Wait(20.0, 30.0, 45.0)
SERVICE = 15.0


def busy_town(waiting: int = 8) -> Happenings:
    """The centre with a line before papers; both of its desks are serving."""
    town = Happenings()
    for _ in range(waiting + 2):
        town.issue()
    for desk in ("1", "2"):
        town.call("centre", desk)
    return town


def on_the_way(town: Happenings, minutes: float, count: int, queue: str = "papers") -> None:
    """So many visitors announce that they will be there then."""
    arrives = town.at + round(minutes * MINUTE)
    for number in range(count):
        name = f"{queue}-{minutes}-{number}"
        town.tell(
            "intent_announced",
            branch="centre",
            intent=IntentState(
                name, "centre", queue, "address", "on_the_way", 1, town.at, arrives, arrives + 30 * MINUTE
            ),
        )


def wait_at(
    town: Happenings, minutes: float, quote: Wait | None = NOW, *, learned: bool = False
) -> Wait | None:
    """The wait at papers of one who is there in so many minutes."""
    board, record = Board(town.city), IntentRecord()
    outlook = Outlook(record)
    board.load(Happenings(town.city).snapshot())
    for event in town.told:
        board.apply(event)
        if learned:
            outlook.learn(event)
            record.learn(event)
    load = board.branch("centre")
    return outlook.wait_at(load, "papers", quote, SERVICE, town.at, town.at + round(minutes * MINUTE))


def middle(wait: Wait | None) -> float:
    assert wait is not None and wait.p10 <= wait.p50 <= wait.p90
    return wait.p50


def test_at_once_it_is_the_wait_of_now() -> None:
    """Nothing is added to what is known."""
    assert wait_at(busy_town(), 0) == NOW


def test_a_line_that_nobody_joins_melts() -> None:
    """Two desks at fifteen minutes take a ticket in 7.5 minutes: so much less to wait, never below 0."""
    town = busy_town()
    assert middle(wait_at(town, 15)) == pytest.approx(15, abs=1.5)
    assert middle(wait_at(town, 100)) == 0.0


def test_those_on_the_way_before_are_counted() -> None:
    """Five who will be there first, four of whom come; those behind or for another queue do not count."""
    town = busy_town()
    alone = middle(wait_at(town, 15))
    on_the_way(town, 30, 5)
    on_the_way(town, 5, 5, queue="social")
    assert middle(wait_at(town, 15)) == alone
    on_the_way(town, 10, 5)
    assert middle(wait_at(town, 15)) == pytest.approx(alone + 5 * 0.8 * SERVICE / 2, abs=2.0)


def test_who_never_comes_counts_for_less() -> None:
    """After hundreds of intents that expired the same five make a shorter wait."""
    town = busy_town()
    on_the_way(town, 10, 5)
    trusting = middle(wait_at(town, 15, learned=False))
    liar = IntentState("x", "harbour", "all", "address", "expired", 2, NINE, NINE, NINE)
    for _ in range(300):
        town.tell("intent_ended", branch="harbour", intent=liar)
    assert middle(wait_at(town, 15, learned=True)) < trusting


def test_the_usual_arrivals_go_on() -> None:
    """Whoever has seen ten come lately expects more of them."""
    town = busy_town()
    assert middle(wait_at(town, 15, learned=True)) > middle(wait_at(town, 15))


def test_what_nobody_knows_stays_unknown() -> None:
    """Without a number for now, without an open desk, and hours ahead."""
    town = busy_town()
    assert wait_at(town, 15, None) is None
    assert wait_at(town, FARTHEST_MINUTES + 1) is None
    for desk in ("1", "2"):
        town.set_desk("centre", desk, "closed")
    assert wait_at(town, 15) is None


def test_the_pace_fades() -> None:
    """Sixty tickets in an hour are about one a minute, and an hour later about a third of it."""
    town, outlook = Happenings(), Outlook(IntentRecord())
    assert outlook.pace("centre", "papers", town.at) == 0.0
    for _ in range(240):
        town.forward(1)
        outlook.learn(town.issue())
    assert outlook.pace("centre", "papers", town.at) == pytest.approx(1.0, abs=0.05)
    assert outlook.pace("centre", "papers", town.at + 60 * MINUTE) == pytest.approx(0.37, abs=0.03)
