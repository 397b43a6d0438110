"""What scripts ask of a city's definition, one lookup a question."""

from __future__ import annotations

import json

import msgspec

from balancer.core.city_config import flatten
from tests.town import small_town

CITY = small_town("town", recall_gap_seconds=30, no_show_after_seconds=0, carry_over=True)
FIELDS = {field: json.loads(text) for field, text in flatten(CITY).items()}


def test_times_are_milliseconds() -> None:
    """Policies are written in seconds and minutes; scripts count in ms."""
    policy = FIELDS["branch/centre"]
    assert policy["recall_gap_ms"] == 30_000
    assert policy["no_show_after_ms"] == 0
    assert policy["reinstate_ms"] == CITY.branch("centre").policy.reinstate_within_minutes * 60_000
    assert policy["carry_over"] is True
    assert policy["desks"] == ["1", "2", "3"]
    assert FIELDS["priority/veteran"] == {"head_start_ms": 20 * 60_000}


def test_each_branch_has_its_own_policy() -> None:
    """A branch's own policy is already merged into the city's."""
    assert FIELDS["branch/harbour"]["air_raid"] == "shelter"
    assert FIELDS["branch/centre"]["air_raid"] == "pause"


def test_offers_name_queue_letter_and_power() -> None:
    """The one lookup of issue."""
    assert FIELDS["offer/centre/passport"] == {"queue": "papers", "letter": "A", "needs_power": True}
    assert FIELDS["offer/harbour/pension"] == {"queue": "all", "letter": "H", "needs_power": False}
    assert "offer/harbour/land" not in FIELDS
    assert FIELDS["service/land"] == {"needs_power": False}


def test_skills_and_letters() -> None:
    """What a desk may call, and the series of a queue."""
    assert FIELDS["desk/centre/1"] == {"queues": ["papers", "social"]}
    assert FIELDS["queue/centre/land"] == {"letter": "C"}


def test_the_first_queue_that_names_a_service_serves_it() -> None:
    """As `Branch.queue_of` says."""
    centre = CITY.branch("centre")
    second = msgspec.structs.replace(centre.queues[1], services=["pension", "address"])
    branch = msgspec.structs.replace(centre, queues=[centre.queues[0], second, centre.queues[2]])
    city = msgspec.structs.replace(CITY, branches=[branch])
    queue = branch.queue_of("address")
    assert queue is not None
    assert json.loads(flatten(city)["offer/centre/address"])["queue"] == queue.queue == "papers"
