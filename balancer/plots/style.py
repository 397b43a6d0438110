"""How every plot looks: the house's colours, light and dark, system fonts, quiet axes.

A figure is drawn without pyplot, so that nothing is shared between two of them, and is a pure function of its
data: the same data give the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from balancer.plots.look import Look, ThemeName

PIXELS_AN_INCH = 100.0
MEASURED_IN = "DejaVu Sans"
SHOWN_IN = (  # as in pages/assets/tokens.css
    "-apple-system, BlinkMacSystemFont, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Noto Sans', "
    "'Liberation Sans', 'DejaVu Sans', sans-serif"
)
SETTINGS: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "plots", "font.family": MEASURED_IN}
"""Text stays text: measured in the font that comes with matplotlib, shown in the reader's own."""
TEXT_POINTS = 9.0  # of 1/72 inch: 12.5 pixels


@dataclass(frozen=True)
class Theme:
    """Colours by role, as in pages/assets/tokens.css."""

    surface: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    edge: str
    sunk: str
    accent: str
    band: str
    busy: str


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        surface="#FFFFFF", ink="#14181D", ink_2="#434B54", ink_3="#5C656F", line="#D5D8D2", edge="#7B848D",
        sunk="#E8EAE5", accent="#2A3FC7", band="#CFD6F4", busy="#7A1240",
    ),
    "dark": Theme(
        surface="#181C21", ink="#EDF0F2", ink_2="#B9C1C9", ink_3="#9AA3AC", line="#2D343C", edge="#77818B",
        sunk="#22272E", accent="#A5B4FF", band="#2C3566", busy="#FF7F92",
    ),
}  # fmt: skip


def canvas(look: Look, height: int) -> tuple[Figure, Axes]:
    """An empty figure of the look's width and `height` CSS pixels, with one pair of quiet axes."""
    colours = THEMES[look.theme]
    width = look.width
    with matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=(width / PIXELS_AN_INCH, height / PIXELS_AN_INCH), facecolor=colours.surface)
        FigureCanvasSVG(figure)
        axes = figure.add_axes((40 / width, 26 / height, 1 - 62 / width, 1 - 40 / height))
    axes.set_facecolor(colours.surface)
    axes.grid(axis="y", color=colours.line, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colours.edge)
    axes.tick_params(length=0, labelcolor=colours.ink_2, labelsize=TEXT_POINTS)
    axes.tick_params(axis="x", pad=6)  # "9:00" stands clear of the "0" beside it
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=2))
    return figure, axes


def clock_axis(axes: Axes, first: float, last: float, width: int) -> None:
    """A time axis from `first` to `last` minutes after midnight, with as many hours as there is room for."""
    hours = max(1.0, (last - first) / 60)
    room = max(2, width // 90)
    step = next((each for each in (1, 2, 3, 4, 6) if hours / each <= room), 6)
    axes.set_xlim(first, last)
    axes.xaxis.set_major_locator(MultipleLocator(60 * step))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda minute, place: clock(minute)))


def clock(minute: float) -> str:
    """Minutes after midnight as H:MM."""
    return f"{int(minute) // 60 % 24}:{int(minute) % 60:02d}"


def minutes_of(text: str) -> float:
    """`HH:MM` as minutes after midnight."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60.0 + int(rest)


def svg(figure: Figure) -> bytes:
    """The figure as an SVG document without a date."""
    out = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(out, format="svg", metadata={"Date": None}, facecolor=figure.get_facecolor())
    return out.getvalue().replace(f"'{MEASURED_IN}'".encode(), SHOWN_IN.encode())
