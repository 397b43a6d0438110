"""A schematic map drawn from coordinates: no tiles, no foreign host. Vessels show the load."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from balancer.drawn.map_labels import Box, Spot, place_names
from balancer.drawn.rows import Rows
from balancer.drawn.standings import LEVELS, Standing
from balancer.drawn.tree import Child, Node, Value, el

WIDTH, HEIGHT, EDGE = 384.0, 400.0, 40.0
SMALLEST, LARGEST = 6.0, 14.0
LETTER, LINE, TYPE = 6.4, 14.0, 12
SMALLEST_DEGREES, LEADER_FROM, STRETCH = 0.01, 8.0, 1.6
OUTLINE: dict[str, Value] = {"fill": "none", "stroke": "currentColor", "stroke-width": 2.5}
LETTERS: dict[str, Value] = {"text-anchor": "middle", "fill": "currentColor", "stroke": "none"}


@dataclass(frozen=True)
class Projection:
    """From degrees to a drawing of WIDTH × HEIGHT and, for a touch, back. Good for a city, not for a
    country; stretched by at most STRETCH where that fills the drawing.
    """

    north: float
    west: float
    lat_per_unit: float
    lon_per_unit: float

    @classmethod
    def around(cls, places: Sequence[tuple[float, float]]) -> Projection:
        """One that shows all these (lat, lon) with room for labels."""
        lats, lons = [lat for lat, _ in places] or [0.0], [lon for _, lon in places] or [0.0]
        squeeze = math.cos(math.radians(max(lats))) or 1.0
        tall = max(lats) - min(lats) or SMALLEST_DEGREES
        wide = (max(lons) - min(lons)) * squeeze or SMALLEST_DEGREES
        down, across = tall / (HEIGHT - 2 * EDGE), wide / (WIDTH - 2 * EDGE)
        down, across = max(down, across / STRETCH), max(across, down / STRETCH)
        north = (max(lats) + min(lats)) / 2 + down * HEIGHT / 2
        west = (max(lons) + min(lons)) / 2 - across / squeeze * WIDTH / 2
        return cls(north, west, down, across / squeeze)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place stands in the drawing."""
        return (lon - self.west) / self.lon_per_unit, (self.north - lat) / self.lat_per_unit

    @property
    def touch(self) -> str:
        """For the widget: lat = first − second × share of the height, lon = third + fourth × share of the
        width.
        """
        figures = (self.north, self.lat_per_unit * HEIGHT, self.west, self.lon_per_unit * WIDTH)
        return ",".join(f"{figure:.6f}" for figure in figures)


def town_map(rows: Rows, shown: Sequence[Standing], place: tuple[float, float] | None) -> Node:
    """The branches, best first, and the reader's place; the same stands in the list."""
    words = rows.saying.words
    projection = Projection.around(
        [(each.branch.lat, each.branch.lon) for each in shown] + ([place] if place else [])
    )
    spots = [_spot(rows, each, *projection.at(each.branch.lat, each.branch.lon)) for each in shown]
    names = place_names(spots, WIDTH, HEIGHT, [_you_stand(*projection.at(*place))] if place else [])
    marks = [_mark(rows, *each) for each in zip(shown, spots, names, strict=True)]
    drawing = el(
        "svg",
        {
            "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}",
            "role": "img",
            "aria-label": words.map_says,
            "data-touch": projection.touch,
        },
        _you(rows, shown, projection, place),
        *marks,
    )
    legend = el(
        "p",
        {"class": "chips"},
        *(el("span", {"class": f"load {level}"}, getattr(words, level)) for level in LEVELS),
    )
    layer = _layer(rows, shown, place, drawing)
    return el("figure", {}, layer, legend, el("p", {"class": "message"}, words.more_people))


def _layer(rows: Rows, shown: Sequence[Standing], place: tuple[float, float] | None, drawing: Node) -> Node:
    """The same for a real map, where the city has one; the drawn one stays inside until that is there."""
    tiles = rows.saying.city.map_tiles
    if tiles is None:
        return drawing
    points: list[dict[str, Value]] = [
        {
            "lat": each.branch.lat,
            "lon": each.branch.lon,
            "name": rows.saying.local(each.branch.name),
            "says": _says(rows, each),
            "level": each.level or "",
            "size": round(_radius(each)),
        }
        for each in shown
    ]
    if place is not None:
        you: dict[str, Value] = {"name": rows.saying.words.you, "says": "", "level": "you", "size": 6}
        points.append({"lat": place[0], "lon": place[1], **you})
    data: dict[str, Value] = {
        "data-tiles": tiles.url,
        "data-attribution": tiles.attribution,
        "data-library": tiles.library,
        "data-points": json.dumps(points, ensure_ascii=False),
    }
    return el("city-map", data, drawing)


def _radius(standing: Standing) -> float:
    return min(LARGEST, SMALLEST + math.sqrt(standing.waiting))


def _spot(rows: Rows, standing: Standing, x: float, y: float) -> Spot:
    name, says = len(rows.saying.local(standing.branch.name)), len(_says(rows, standing))
    letters, lines = (name + 1 + says, 1) if rows.service is None else (max(name, says), 2)
    return Spot(x, y, _radius(standing), LETTER * letters + 2, lines * LINE)


def _says(rows: Rows, standing: Standing) -> str:
    words = rows.saying.words
    if standing.reason is not None:
        return str(words.paused if standing.reason in ("alarm", "hold") else getattr(words, standing.reason))
    if rows.service is None:
        return str(standing.waiting)
    return f"{rows.saying.minutes(standing.span)} {words.minutes}" if standing.span else words.unknown


def _mark(rows: Rows, standing: Standing, spot: Spot, name: Box) -> Node:
    """A circle that is as full as the branch: empty, half, whole."""
    x, y, radius = f"{spot.x:.1f}", f"{spot.y:.1f}", f"{spot.radius:.1f}"
    half = f"M{spot.x - spot.radius:.1f} {y}a{radius} {radius} 0 0 0 {2 * spot.radius:.1f} 0z"
    full = "currentColor" if standing.level == "busy" else None
    return el(
        "g",
        {"class": standing.level, **OUTLINE},
        _leader(spot, name),
        el("circle", {"cx": x, "cy": y, "r": radius, "fill": full}),
        el("path", {"d": half, "fill": "currentColor"}) if standing.level == "moderate" else None,
        *_label(name, rows.saying.local(standing.branch.name), _says(rows, standing)),
    )


def _label(place: Box, name: str, says: str) -> list[Node]:
    """A name and what is said of it: below each other, or side by side where the place is one line high."""
    base, bold = place.top + 11, {"class": "num-map", "style": "font-weight:700"}
    if place.high <= LINE:
        return [_text(place.middle, base, name, " ", el("tspan", bold, says))]
    return [_text(place.middle, base, name), _text(place.middle, base + LINE, el("tspan", bold, says))]


def _leader(spot: Spot, name: Box) -> Child:
    """A thin line to a name that stands away from its circle."""
    to_x = min(max(spot.x, name.left), name.left + name.wide)
    to_y = min(max(spot.y, name.top), name.top + name.high)
    far = math.hypot(to_x - spot.x, to_y - spot.y)
    if far < spot.radius + LEADER_FROM:
        return None
    share = spot.radius / far
    from_x, from_y = spot.x + share * (to_x - spot.x), spot.y + share * (to_y - spot.y)
    line = f"M{from_x:.1f} {from_y:.1f}L{to_x:.1f} {to_y:.1f}"
    return el("path", {"d": line, "stroke-width": 1})


def _text(x: float, y: float, *parts: Child) -> Node:
    return el("text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **LETTERS, "style": f"font-size:{TYPE}px"}, *parts)


def _you_stand(x: float, y: float) -> Box:
    """The reader's dot with its word above."""
    return Box(x - 10, y - 24, 20, 32)


def _you(
    rows: Rows, shown: Sequence[Standing], projection: Projection, place: tuple[float, float] | None
) -> Child:
    """The reader's place, and the way to the best."""
    if place is None:
        return None
    x, y = projection.at(*place)
    best = rows.best or (shown[0] if shown else None)
    there = projection.at(best.branch.lat, best.branch.lon) if best else (x, y)
    dots: dict[str, Value] = {"stroke-dasharray": "1 6", "stroke-linecap": "round"}
    return el(
        "g",
        {"class": "mark", **OUTLINE},
        el("path", {"d": f"M{x:.1f} {y:.1f}L{there[0]:.1f} {there[1]:.1f}", **dots}),
        el("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "6", "fill": "currentColor"}),
        _text(x, y - 12, rows.saying.words.you),
    )
