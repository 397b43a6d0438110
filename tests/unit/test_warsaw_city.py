"""The city made from a recorded day is one that a server can load."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from balancer.city.definition import check_city
from balancer.city.hours import plan
from loadtest.warsaw import WarsawDay, read_day
from loadtest.warsaw_city import OPEN_DAYS, city_file, letters_for, to_toml

HOUR_MS = 3_600_000
SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"


@pytest.fixture(scope="module")
def day() -> WarsawDay:
    return read_day(SMALL, date(2020, 1, 8))


def test_the_city_file_has_no_fault(day: WarsawDay) -> None:
    """A branch per office; a queue, a service and a desk per recorded group, usable or not."""
    city, faults = check_city(city_file(day), "warsaw.toml")
    assert city is not None, faults
    assert [branch.branch for branch in city.branches] == ["ud_alfa", "usc_beta"]
    alfa = city.branch("ud_alfa")
    assert [queue.queue for queue in alfa.queues] == ["q11", "q12", "q13", "q14", "q15", "q16"]
    assert [desk.queues for desk in alfa.desks] == [[queue.queue] for queue in alfa.queues]
    assert alfa.queue_of("ud_alfa-12") is alfa.queue("q12")


def test_letters_are_unique_in_an_office(day: WarsawDay) -> None:
    """The recorded letter where it is free; two queues that shared one, or had none, get their own."""
    city, _ = check_city(city_file(day), "warsaw.toml")
    assert city is not None
    assert [queue.letter for queue in city.branch("ud_alfa").queues] == ["A", "D", "K", "B", "C", "E"]
    with pytest.raises(ValueError, match="37 queues"):
        letters_for(["A"] * 37)


def test_branches_open_once_and_stay_open(day: WarsawDay) -> None:
    """A replay that falls days behind its clock still finds them open, in one long day."""
    city, _ = check_city(city_file(day), "warsaw.toml")
    assert city is not None
    noon = 1_578_481_200_000
    midnight = noon - 12 * HOUR_MS
    for days in range(OPEN_DAYS):
        now = plan(city.branches[0], noon + days * 24 * HOUR_MS)
        assert now.open_now and now.last_opened == midnight
        assert now.close_day_at is not None and now.close_day_at >= midnight + OPEN_DAYS * 24 * HOUR_MS


def test_toml_of_awkward_text() -> None:
    """Quotes and backslashes in a recorded name do not break the file."""
    assert to_toml({"name": 'a "b" \\ c'}) == '{ name = "a \\"b\\" \\\\ c" }'
