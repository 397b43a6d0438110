"""The way to a branch: by distance and speed, on foot where that is faster, by the matrix near its points."""

from __future__ import annotations

import msgspec
import pytest

from balancer.city.travel import MODES, Travel, TravelPoint, kilometres, minutes_by_distance, nearest_point
from tests.city_files import small_city

STATION = TravelPoint("station", 48.960, 24.010, {"transit": {"village": 18.0}})


def test_known_distances() -> None:
    """Kyiv to Kharkiv is about 410 km; a degree of latitude 111 km; nobody is far from himself."""
    assert kilometres(50.4501, 30.5234, 49.9935, 36.2304) == pytest.approx(410, abs=5)
    assert kilometres(50.0, 36.0, 51.0, 36.0) == pytest.approx(111.2, abs=0.1)
    assert kilometres(50.0, 36.0, 50.0, 36.0) == 0.0
    assert kilometres(0.0, 0.0, 0.0, 180.0) == pytest.approx(20015, abs=1)


def test_each_mode_has_its_speed() -> None:
    """Over 4 km: an hour and a bit on foot, half an hour by tram, a quarter by car; the car wins from far."""
    walk, transit, car = (minutes_by_distance(Travel(), mode, 4.0) for mode in MODES)
    assert walk == pytest.approx(4 * 1.3 / 4.5 * 60)
    assert transit == pytest.approx(7 + 4 * 1.4 / 15 * 60)
    assert car == pytest.approx(4 + 4 * 1.4 / 25 * 60)


@pytest.mark.parametrize("mode", MODES)
def test_farther_is_never_quicker(mode: str) -> None:
    """And round the corner everybody walks."""
    ways = [minutes_by_distance(Travel(), mode, km / 10) for km in range(200)]  # type: ignore[arg-type]
    assert ways == sorted(ways) and ways[0] == 0.0
    assert ways[1] == minutes_by_distance(Travel(), "walk", 0.1)


def test_the_matrix_counts_within_its_reach() -> None:
    """What it does not hold, another mode or a place beyond its reach go by distance."""
    city = msgspec.structs.replace(small_city(), travel_points=[STATION])
    near = city.trips("transit", 48.961, 24.011)
    assert (near["village"].minutes, near["village"].point) == (18.0, "station")
    assert near["center"].point is None and near["center"].minutes < 15
    assert city.trips("car", 48.961, 24.011)["village"].point is None
    far = city.trips("transit", 48.90, 24.01)
    assert {trip.point for trip in far.values()} == {None}
    assert nearest_point([], 48.0, 24.0, 1.0) is None
