"""Plots wear the house's colours and are pure functions of their data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from balancer.plots.look import Look
from balancer.plots.style import THEMES, Theme, canvas, clock, clock_axis, minutes_of, svg

TOKENS = Path(__file__).parents[2] / "balancer/pages/assets/tokens.css"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_the_tokens(theme: str) -> None:
    """A colour changed in tokens.css has to change here too; the band stands in the plots alone."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text("utf-8"))
    tokens = {role: light if theme == "light" else dark for role, light, dark in pairs}
    roles = {field.replace("_", "-"): field for field in Theme.__dataclass_fields__ if field != "band"}
    ours = {token: getattr(THEMES[theme], field) for token, field in roles.items()}  # type: ignore[index]
    assert ours == {token: tokens[token] for token in roles}


def test_the_same_data_give_the_same_bytes() -> None:
    """No date, no random ids: a plot can be cached by its content. Text stays text."""
    pictures = set()
    for _ in range(2):
        figure, axes = canvas(Look(width=400), 200)
        axes.plot([0, 1], [0, 5])
        axes.set_title("Прихід людей")
        pictures.add(svg(figure))
    [picture] = pictures
    assert ">Прихід людей</text>" in picture.decode()
    assert b"<dc:date>" not in picture


def test_clock_times_are_read_and_written() -> None:
    """Minutes after midnight and back."""
    assert minutes_of("09:30") == 570
    assert [clock(each) for each in (570, 0, 1445)] == ["9:30", "0:00", "0:05"]


@pytest.mark.parametrize(("width", "labels"), [(960, 10), (360, 4)])
def test_a_narrow_plot_has_fewer_hours(width: int, labels: int) -> None:
    """Hours never run into each other on a phone."""
    figure, axes = canvas(Look(width=width), 200)
    axes.plot([540, 1080], [0, 5])
    clock_axis(axes, 540, 1080, width)
    shown = re.findall(r">(\d+:00)</text>", svg(figure).decode())
    assert len(shown) == labels, shown
