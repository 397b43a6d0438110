"""The planner's three pictures: who comes, how many desks that takes, how far the waits told were right.

Their data are the planner's own answers (messages/planning.py) as plain dicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from balancer.plots.look import Look
from balancer.plots.style import TEXT_POINTS, THEMES, canvas, clock_axis, minutes_of, svg

Row = Mapping[str, Any]

FORECAST_HEIGHT, STAFFING_HEIGHT, CALIBRATION_HEIGHT = 240, 200, 260
NEAR_MINUTES = 5.0
FEWEST_IN_A_BIN = 5
HEADROOM = 1.12


def draw(topic: str, view: Row, look: Look) -> bytes:
    """The picture of a planner's answer: "forecast", "staffing" or "backtest" (its calibration)."""
    if topic == "staffing":
        return staffing_svg(view["slots"], view["slot_minutes"], look)
    if topic == "backtest":
        return calibration_svg(view["calibration"], look)
    day = view["days"][0] if view["days"] else None
    so_far = view["so_far"] if day and view["so_far"] and view["so_far"]["date"] == day["date"] else None
    return forecast_svg(day["slots"] if day else [], view["past"], so_far, view["slot_minutes"], look)


def forecast_svg(
    slots: Sequence[Row], past: Sequence[Row], so_far: Row | None, minutes: int, look: Look
) -> bytes:
    """Visitors by slot: the mean and the range that holds on 8 days of 10, the same weekday before, today so
    far.

    `slots`: `at, mean, p10, p90`; `past` and `so_far`: `slots[{at, count}]`. `minutes`: length of a slot.
    """
    colours = THEMES[look.theme]
    figure, axes = canvas(look, FORECAST_HEIGHT)
    if not slots:
        return svg(figure)
    middles = [minutes_of(slot["at"]) + minutes / 2 for slot in slots]
    axes.fill_between(
        middles, [s["p10"] for s in slots], [s["p90"] for s in slots], color=colours.band, linewidth=0
    )
    axes.plot(middles, [s["mean"] for s in slots], color=colours.accent, linewidth=2.2, zorder=4)
    for nth, day in enumerate(past):
        shift = (nth - (len(past) - 1) / 2) * minutes / 12
        dots = [(minutes_of(s["at"]) + minutes / 2 + shift, s["count"]) for s in day["slots"]]
        axes.plot(*_columns(dots), "o", color=colours.ink_3, markersize=3, alpha=0.6, zorder=3)
    if so_far and so_far["slots"]:
        dots = [(minutes_of(s["at"]) + minutes / 2, s["count"]) for s in so_far["slots"]]
        axes.plot(*_columns(dots), "--", color=colours.ink_3, linewidth=1.6, zorder=5)
    _day_axis(axes, slots, minutes, look.width)
    return svg(figure)


def staffing_svg(slots: Sequence[Row], minutes: int, look: Look) -> bytes:
    """Desks by slot: the plan as ground, the need as a line, what is short hatched.

    `slots`: `at, need, plan, what_if` (`what_if` null without one).
    """
    colours = THEMES[look.theme]
    figure, axes = canvas(look, STAFFING_HEIGHT)
    if not slots:
        return svg(figure)
    edges = _edges(slots, minutes)
    need = np.array([slot["need"] for slot in slots], dtype=float)
    plan = np.array([slot["plan"] for slot in slots], dtype=float)
    axes.stairs(plan, edges, fill=True, color=colours.sunk)
    axes.stairs(plan, edges, baseline=None, color=colours.ink, linewidth=1.6, zorder=3)
    axes.stairs(np.maximum(need, plan), edges, baseline=plan, fill=True, facecolor="none",
                edgecolor=colours.busy, hatch="////", linewidth=0, zorder=2)  # fmt: skip
    changed = [slot["what_if"] for slot in slots]
    if any(value is not None for value in changed):
        wanted = [plan[nth] if value is None else value for nth, value in enumerate(changed)]
        axes.stairs(wanted, edges, baseline=None, color=colours.ink, linewidth=1.4, linestyle="--", zorder=3)
    axes.stairs(need, edges, baseline=None, color=colours.accent, linewidth=2.2, zorder=4)
    _say_what_is_short(axes, edges, need, plan, look)
    _day_axis(axes, slots, minutes, look.width)
    return svg(figure)


def calibration_svg(bins: Sequence[Row], look: Look) -> bytes:
    """What was told (p50) against what people waited: middle and the span of 8 people of 10.

    `bins`: `predicted, p10, p50, p90, n`; bins with under five people are left out.
    """
    colours = THEMES[look.theme]
    figure, axes = canvas(look, CALIBRATION_HEIGHT)
    rows = [each for each in bins if each["n"] >= FEWEST_IN_A_BIN]
    top = max([10.0, *(1.05 * max(each["p90"], each["predicted"]) for each in rows)])
    line = np.array([0.0, top])
    axes.fill_between(line, line - NEAR_MINUTES, line + NEAR_MINUTES, color=colours.sunk, linewidth=0)
    axes.plot(line, line, color=colours.ink, linestyle=(0, (4, 3)), linewidth=1.2)
    told = [each["predicted"] for each in rows]
    axes.vlines(told, [e["p10"] for e in rows], [e["p90"] for e in rows], color=colours.accent, linewidth=1.6)
    axes.plot(told, [each["p50"] for each in rows], "o", color=colours.accent, markersize=5.5)
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.text(0, 1.01, look.say("справді чекали, хв", "waited, min"), transform=axes.transAxes, va="bottom",
              color=colours.ink_2, fontsize=TEXT_POINTS)  # fmt: skip
    axes.text(0.98, 0.03, look.say("передбачено, хв", "told, min"), transform=axes.transAxes, ha="right",
              color=colours.ink_2, fontsize=TEXT_POINTS)  # fmt: skip
    return svg(figure)


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _edges(slots: Sequence[Row], minutes: int) -> list[float]:
    """Where slots begin, and where the last one ends."""
    begins = [minutes_of(slot["at"]) for slot in slots]
    return [*begins, begins[-1] + minutes]


def _day_axis(axes: Axes, slots: Sequence[Row], minutes: int, width: int) -> None:
    edges = _edges(slots, minutes)
    clock_axis(axes, edges[0], edges[-1], width)
    axes.set_ylim(0, max(1.0, HEADROOM * axes.dataLim.ymax))


def _say_what_is_short(axes: Axes, edges: list[float], need: Any, plan: Any, look: Look) -> None:
    """A word beside the longest run of slots that are short of desks."""
    begin = length = 0
    run = 0
    for nth, missing in enumerate(need > plan):
        run = run + 1 if missing else 0
        if run > length:
            begin, length = nth - run + 1, run
    if not length:
        return
    lack = (need - plan)[begin : begin + length]
    low, high = int(lack.min()), int(lack.max())
    count = str(low) if low == high else f"{low}–{high}"
    place = ((edges[begin] + edges[begin + length]) / 2, float(need[begin : begin + length].max()))
    axes.annotate(look.say(f"бракує {count}", f"{count} short"), place, (0, 4), textcoords="offset points",
                  ha="center", fontweight="bold", fontsize=TEXT_POINTS, zorder=6,
                  color=THEMES[look.theme].ink)  # fmt: skip
