"""Where names stand on a schematic map: beside their circles, upon nothing else. Lengths in drawing units."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 3.0
FAR = (0.0, 10.0, 22.0, 36.0, 52.0, 70.0)
BESIDE, FARTHER = 2.0, 3.2
AROUND = (
    *((0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0)),
    *((0.5, 1.0), (-0.5, 1.0), (0.5, -1.0), (-0.5, -1.0)),
    *((1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)),
    *((1.0, 0.5), (-1.0, 0.5), (1.0, -0.5), (-1.0, -0.5)),
)
"""Directions from a circle to its name, best first: below, above, beside, then between these."""

ROUNDS = 3
ON_A_CIRCLE, ON_A_NAME, OUTSIDE = 6.0, 4.0, 40.0


@dataclass(frozen=True)
class Box:
    """A rectangle: its left and upper edges, its size."""

    left: float
    top: float
    wide: float
    high: float

    def covers(self, other: Box) -> float:
        """The area that both share."""
        wide = min(self.left + self.wide, other.left + other.wide) - max(self.left, other.left)
        if wide <= 0.0:
            return 0.0
        high = min(self.top + self.high, other.top + other.high) - max(self.top, other.top)
        return wide * max(0.0, high)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and lower edge."""
        return self.left, self.top, self.left + self.wide, self.top + self.high

    @property
    def middle(self) -> float:
        """Half-way from left to right."""
        return self.left + self.wide / 2


@dataclass(frozen=True)
class Spot:
    """A circle and the size of its name."""

    x: float
    y: float
    radius: float
    wide: float
    high: float

    @property
    def box(self) -> Box:
        """What the circle covers."""
        return Box(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)

    def places(self) -> Iterator[tuple[float, Box]]:
        """Where the name may stand, with what each place costs: below is best, then above, then beside."""
        for far in FAR:
            off = self.radius + GAP + far
            middle, level = self.x - self.wide / 2, self.y - self.high / 2
            aside = off + self.wide / 2
            for cost, (across, down) in enumerate(AROUND):
                near = 0.8 if abs(across * down) == 1 else 1.0
                top = level + down * (off + self.high / 2) * near
                yield (
                    BESIDE * cost + FARTHER * far,
                    Box(middle + across * aside * near, top, self.wide, self.high),
                )


def place_names(spots: Sequence[Spot], wide: float, high: float, taken: Sequence[Box] = ()) -> list[Box]:
    """A place for each name on a map of that size: one by one the cheapest, then again with all the others
    known. `taken`: where something else stands.
    """
    circles = [(ON_A_CIRCLE, *box.edges) for box in (*(each.box for each in spots), *taken)]
    names: list[Box | None] = [None] * len(spots)
    for _ in range(ROUNDS):
        for index, spot in enumerate(spots):
            others = [(ON_A_NAME, *name.edges) for at, name in enumerate(names) if name and at != index]
            names[index] = _cheapest(spot, Box(0.0, 0.0, wide, high), [*circles, *others])
    return [name for name in names if name is not None]


def _cheapest(spot: Spot, whole: Box, taken: Sequence[tuple[float, ...]]) -> Box | None:
    """The place of least cost. Places come in the order of what they cost by themselves, so that the first
    which costs more alone than the best so far ends the search. `taken`: costs of a unit upon it, edges.
    """
    found, least = None, math.inf
    for own, box in spot.places():
        if own >= least:
            break
        cost = own + OUTSIDE * (box.wide * box.high - whole.covers(box))
        cost = _with_taken(cost, box, taken, least)
        if cost < least:
            found, least = box, cost
    return found


def _with_taken(cost: float, box: Box, taken: Sequence[tuple[float, ...]], least: float) -> float:
    """The cost with what the box covers; no matter by how much once it is not below `least`. Most of a
    drawing's time is spent here, hence the plain comparisons.
    """
    left, top, right, low = box.edges
    for weight, its_left, its_top, its_right, its_low in taken:
        if its_left < right and left < its_right and its_top < low and top < its_low:
            wide = min(right, its_right) - max(left, its_left)
            cost += weight * wide * (min(low, its_low) - max(top, its_top))
            if cost >= least:
                break
    return cost
