"""How long the way to a branch takes: a city's matrix of minutes where it has one, else distance and speed.
Pure; nothing of it is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

Mode = Literal["walk", "transit", "car"]
MODES: tuple[Mode, ...] = ("walk", "transit", "car")
EARTH_KM = 6371.0


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """Speeds (km/h) along the streets, which are `detour` times as long as the line through the air.

    `transit_extra_minutes`: the walk to the stop and the wait there; `car_extra_minutes`: to park. A visitor
    within `matrix_reach_km` of a point of the matrix is taken to start there.
    """

    walk_kmh: float = 4.5
    transit_kmh: float = 15.0
    car_kmh: float = 25.0
    walk_detour: float = 1.3
    transit_detour: float = 1.4
    car_detour: float = 1.4
    transit_extra_minutes: float = 7.0
    car_extra_minutes: float = 4.0
    matrix_reach_km: float = 1.0


class TravelPoint(msgspec.Struct, frozen=True):
    """A place of the city's matrix: minutes from there by mode and branch."""

    point: str
    lat: float
    lon: float
    minutes: dict[str, dict[str, float]]


class Trip(NamedTuple):
    """A way: minutes, the distance through the air, and the matrix's point that it was read from, if any."""

    minutes: float
    km: float
    point: str | None


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance through the air (haversine), degrees in, km out."""
    north, other_north = math.radians(lat), math.radians(other_lat)
    half_north, half_east = (other_north - north) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_north) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def minutes_by_distance(travel: Travel, mode: Mode, km: float) -> float:
    """Minutes for a distance through the air; short ways go on foot where that is faster."""
    on_foot = km * travel.walk_detour / travel.walk_kmh * 60
    if mode == "walk":
        return on_foot
    transit = mode == "transit"
    detour, speed = (
        (travel.transit_detour, travel.transit_kmh) if transit else (travel.car_detour, travel.car_kmh)
    )
    extra = travel.transit_extra_minutes if transit else travel.car_extra_minutes
    return min(on_foot, extra + km * detour / speed * 60)


def way(travel: Travel, point: TravelPoint | None, mode: Mode, branch: str, km: float) -> Trip:
    """The way to a branch `km` off: as the matrix has it from that point, else by the distance."""
    known = point.minutes.get(mode, {}) if point else {}
    minutes = known.get(branch, minutes_by_distance(travel, mode, km))
    return Trip(minutes, km, point.point if point and branch in known else None)


def nearest_point(
    points: Sequence[TravelPoint], lat: float, lon: float, reach_km: float
) -> TravelPoint | None:
    """The matrix's point that a place belongs to; None where none is within reach."""
    near = min(points, key=lambda each: kilometres(lat, lon, each.lat, each.lon), default=None)
    return near if near and kilometres(lat, lon, near.lat, near.lon) <= reach_km else None
