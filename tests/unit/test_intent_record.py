"""How intents turn out moves the weight of those still on the way."""

from __future__ import annotations

from balancer.live.intent_record import IntentRecord
from balancer.messages import Event, IntentState
from tests.happenings import Happenings
from tests.town import MINUTE, NINE


def ended(town: Happenings, state: str) -> Event:
    """An intent of the centre that has just ended so."""
    kept = IntentState("i", "centre", "papers", "address", state, 2, NINE, NINE, NINE + 30 * MINUTE)  # type: ignore[arg-type]
    return town.tell("intent_ended", branch="centre", intent=kept)


def test_it_begins_with_what_is_usual() -> None:
    """Four of five come; nobody's arrival is known to have been announced."""
    record = IntentRecord()
    assert (record.show_up, record.capture) == (0.8, 0.0)


def test_who_comes_and_who_does_not_is_learned() -> None:
    """Two hundred of which every second one came; given up counts as not come."""
    town, record = Happenings(), IntentRecord()
    for number in range(200):
        record.learn(ended(town, ("kept", "expired", "kept", "cancelled")[number % 4]))
    assert 0.5 < record.show_up < 0.56


def test_the_share_of_those_who_announced_themselves() -> None:
    """Of four hundred tickets a quarter was announced; less is believed while little is known."""
    town, record = Happenings(), IntentRecord()
    for number in range(400):
        record.learn(town.issue())
        if number % 4 == 0:
            record.learn(ended(town, "kept"))
        if number == 3:
            assert record.capture < 0.05
    assert 0.2 < record.capture < 0.25
