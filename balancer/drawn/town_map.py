"""A schematic map drawn from coordinates: no tiles, no foreign host. Vessels show the load; labels step
apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from balancer.drawn.rows import Rows
from balancer.drawn.standings import Standing
from balancer.drawn.tree import Child, Node, Value, el

WIDTH, HEIGHT, EDGE = 384.0, 400.0, 44.0
SMALLEST, LARGEST = 7.0, 16.0
LETTER, LINE = 6.4, 15.0
SMALLEST_DEGREES = 0.01
OUTLINE: dict[str, Value] = {"fill": "none", "stroke": "currentColor", "stroke-width": 2.5}
LETTERS: dict[str, Value] = {"text-anchor": "middle", "fill": "currentColor", "stroke": "none"}


@dataclass(frozen=True)
class Projection:
    """From degrees to a drawing of WIDTH × HEIGHT and, for a touch, back. Good for a city, not for a
    country.
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
        unit = max(tall / (HEIGHT - 2 * EDGE), wide / (WIDTH - 2 * EDGE))
        north = (max(lats) + min(lats)) / 2 + unit * HEIGHT / 2
        west = (max(lons) + min(lons)) / 2 - unit / squeeze * WIDTH / 2
        return cls(north, west, unit, unit / squeeze)

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


@dataclass
class Label:
    """Two lines of text around x, their top at y; `wide` and `high` in drawing units."""

    x: float
    y: float
    wide: float
    high: float = 2 * LINE

    def overlaps(self, other: Label) -> bool:
        """Whether the two cover each other."""
        return (
            abs(self.x - other.x) < (self.wide + other.wide) / 2
            and self.y < other.y + other.high
            and other.y < self.y + self.high
        )


def apart(labels: Sequence[Label], fixed: Sequence[Label] = (), rounds: int = 80) -> None:
    """Pushes labels that cover each other, or a circle (`fixed`), apart, a little at a time, up and down."""
    for _ in range(rounds):
        moved = False
        for place, one in enumerate(labels):
            for other in labels[place + 1 :]:
                if one.overlaps(other):
                    upper, lower = (one, other) if one.y <= other.y else (other, one)
                    push = (upper.y + upper.high - lower.y) / 2 + 0.5
                    upper.y, lower.y, moved = upper.y - push, lower.y + push, True
            for spot in fixed:
                if one.overlaps(spot):
                    below = one.y + one.high / 2 >= spot.y + spot.high / 2
                    one.y, moved = (spot.y + spot.high + 0.5 if below else spot.y - one.high - 0.5), True
            one.x = min(max(one.x, one.wide / 2), WIDTH - one.wide / 2)
            one.y = min(max(one.y, 0.0), HEIGHT - one.high)
        if not moved:
            return


def town_map(rows: Rows, shown: Sequence[Standing], place: tuple[float, float] | None) -> Node:
    """The branches, best first, and the reader's place; the same stands in the list."""
    words = rows.saying.words
    projection = Projection.around(
        [(each.branch.lat, each.branch.lon) for each in shown] + ([place] if place else [])
    )
    spots = [(each, *projection.at(each.branch.lat, each.branch.lon), _size(each)) for each in shown]
    labels = [Label(x, y + size + 2, _wide(rows, each)) for each, x, y, size in spots]
    apart(labels, [Label(x, y - size, 2 * size, 2 * size) for _, x, y, size in spots])
    marks = [_mark(rows, *spot, label) for spot, label in zip(spots, labels, strict=True)]
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
        {},
        *(
            el("span", {"class": f"load {level}"}, getattr(words, level))
            for level in ("quiet", "moderate", "busy")
        ),
    )
    return el("figure", {}, drawing, legend, el("p", {"class": "message"}, words.more_people))


def _size(standing: Standing) -> float:
    return min(LARGEST, SMALLEST + math.sqrt(standing.waiting))


def _wide(rows: Rows, standing: Standing) -> float:
    return LETTER * max(len(rows.saying.local(standing.branch.name)), len(_says(rows, standing))) + 4


def _says(rows: Rows, standing: Standing) -> str:
    words = rows.saying.words
    if standing.reason is not None:
        return str(getattr(words, standing.reason))
    if rows.service is None:
        return f"{words.waiting.lower()}: {standing.waiting}"
    return f"{rows.saying.minutes(standing.span)} {words.minutes}" if standing.span else words.unknown


def _mark(rows: Rows, standing: Standing, x: float, y: float, size: float, label: Label) -> Node:
    """A circle that is as full as the branch: empty, half, whole."""
    half = f"M{x - size:.1f} {y:.1f}a{size:.1f} {size:.1f} 0 0 0 {2 * size:.1f} 0z"
    full = "currentColor" if standing.level == "busy" else None
    return el(
        "g",
        {"class": standing.level, **OUTLINE},
        el("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{size:.1f}", "fill": full}),
        el("path", {"d": half, "fill": "currentColor"}) if standing.level == "moderate" else None,
        _text(label.x, label.y + 11, rows.saying.local(standing.branch.name)),
        _text(label.x, label.y + 25, _says(rows, standing), bold=True),
    )


def _text(x: float, y: float, text: str, *, bold: bool = False) -> Node:
    look = (
        {"class": "num-map", "style": "font-size:12px;font-weight:700"}
        if bold
        else {"style": "font-size:12px"}
    )
    return el("text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **LETTERS, **look}, text)


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
