"""Names on the schematic map stand upon nothing else."""

from __future__ import annotations

import itertools

from balancer.drawn.map_labels import Box, Spot, place_names

WIDE, HIGH = 384.0, 400.0


def test_a_name_alone_stands_below_its_circle() -> None:
    """Centred, just under it."""
    (name,) = place_names([Spot(200, 200, 10, 80, 26)], WIDE, HIGH)
    assert name.middle == 200
    assert 210 < name.top < 215


def test_crowded_names_cover_neither_each_other_nor_a_circle() -> None:
    """Eight circles close together, as the middle of a town has them."""
    spots = [
        Spot(150 + 28 * across, 170 + 34 * down, 9, 90, 26) for across in range(4) for down in range(2)
    ]
    names = place_names(spots, WIDE, HIGH)
    assert [one.covers(other) for one, other in itertools.combinations(names, 2)] == [0.0] * 28
    assert sum(name.covers(spot.box) for name in names for spot in spots) == 0.0


def test_a_name_stays_on_the_map() -> None:
    """Circles in the corners too."""
    spots = [Spot(x, y, 8, 100, 26) for x in (8, WIDE - 8) for y in (8, HIGH - 8)]
    whole = Box(0, 0, WIDE, HIGH)
    assert all(whole.covers(name) == name.wide * name.high for name in place_names(spots, WIDE, HIGH))
