"""A backtest as a picture: is the range honest, how does the error grow with the wait and over the day?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from predictors.outcome import HORIZONS, LEVELS, ORACLE, Outcome
from predictors.scores import Score

FEWEST = 20
"""A point of a curve stands for that many answers at least."""

BESIDE = (ORACLE, "trees", "learned", "published")
"""Methods drawn beside the shipped one, where they are there; at most three."""

COLOURS = ("#0b5fa5", "#444444", "#c2571a", "#7a7a7a")
STYLES = ("-", "--", "-.", ":")


def draw(outcomes: Mapping[str, Outcome], path: Path) -> None:
    """One row a scenario: calibration, MAE by predicted wait, MAE by hour. Writes SVG, or what the suffix
    says.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 3.6 * len(outcomes)), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.subplots(len(outcomes), 3, squeeze=False)
    for row, (name, outcome) in zip(axes, outcomes.items(), strict=True):
        _calibration(row[0], name, outcome)
        _by_horizon(row[1], outcome)
        _by_hour(row[2], outcome)
    figure.savefig(path, format=path.suffix.lstrip(".") or "svg", metadata={"Date": None})


def drawn(outcome: Outcome) -> list[str]:
    """The methods of the picture, the shipped one first."""
    beside = [name for name in BESIDE if name in outcome.answers and name != outcome.shipped]
    return [outcome.shipped, *beside[:3]]


def _calibration(axis: Any, name: str, outcome: Outcome) -> None:
    axis.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1)
    for place, method in enumerate(drawn(outcome)):
        _line(axis, place, method, LEVELS, outcome.answers[method].calibration())
    axis.set(title=f"{name}: calibration", xlabel="level of the range", ylabel="share of waits below",
             xlim=(0, 1), ylim=(0, 1))  # fmt: skip
    axis.legend(frameon=False)


def _by_horizon(axis: Any, outcome: Outcome) -> None:
    names = [f"{low:g}–{high:g}" for low, high in zip(HORIZONS[:-2], HORIZONS[1:-1], strict=True)]
    for place, method in enumerate(drawn(outcome)):
        errors = _errors(outcome.answers[method].by_horizon())
        _line(axis, place, method, np.arange(len(errors)), errors)
    axis.set_xticks(range(len(names) + 1), [*names, f"{HORIZONS[-2]:g}+"])
    axis.set(title="error by predicted wait", xlabel="predicted p50, minutes", ylabel="MAE, minutes")
    axis.set_ylim(bottom=0)


def _by_hour(axis: Any, outcome: Outcome) -> None:
    for place, method in enumerate(drawn(outcome)):
        errors = _errors(outcome.answers[method].by_hour())
        shown = np.flatnonzero(~np.isnan(errors))
        _line(axis, place, method, shown, errors[shown])
    axis.set(title="error by hour", xlabel="hour of day", ylabel="MAE, minutes")
    axis.set_ylim(bottom=0)


def _line(axis: Any, place: int, method: str, across: Any, up: Any) -> None:
    axis.plot(
        across, up, label=method, color=COLOURS[place], linestyle=STYLES[place], marker="o", markersize=3
    )


def _errors(scores: list[Score]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([each.mae if each.n >= FEWEST else np.nan for each in scores])
