"""What came out of a backtest: every method's answers beside what followed, as scores, curves and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from predictors.scores import Score, by_group, calibration, score

FloatArray = NDArray[np.float64]

LEVELS = np.linspace(0.1, 0.9, 9)
HORIZONS = np.array([0.0, 5.0, 10.0, 20.0, 40.0, 80.0, np.inf])
HOURS = np.arange(0.0, 25.0)
ORACLE = "oracle"


@dataclass(frozen=True, eq=False)
class Answers:
    """One method's ranges p10, p50, p90 (n, 3), the minutes that followed (n,) and the hour of day at which
    each was asked (n,), NaN where that is not known.
    """

    predicted: FloatArray
    actual: FloatArray
    hour: FloatArray

    def score(self) -> Score:
        """Errors and honesty over everything that was answered."""
        return score(self.predicted, self.actual)

    def answered(self) -> Answers:
        """Without the pairs that have no number."""
        known = ~(np.isnan(self.predicted).any(axis=1) | np.isnan(self.actual))
        return Answers(self.predicted[known], self.actual[known], self.hour[known])

    def calibration(self) -> FloatArray:
        """Share of waits below each of LEVELS."""
        known = self.answered()
        return calibration(known.predicted, known.actual, LEVELS)

    def by_horizon(self) -> list[Score]:
        """Scores by the predicted p50, in the intervals of HORIZONS."""
        return by_group(self.predicted, self.actual, self.predicted[:, 1], HORIZONS)

    def by_hour(self) -> list[Score]:
        """Scores by hour of day, 24 of them."""
        return by_group(self.predicted, self.actual, self.hour, HOURS)


@dataclass(frozen=True, eq=False)
class Outcome:
    """All methods of one run. `shipped` names the one that the product uses; `raw` are its ranges before the
    conformal step, where there is one.
    """

    answers: Mapping[str, Answers]
    shipped: str
    raw: Answers | None = None
    notes: tuple[str, ...] = field(default=())

    def scores(self) -> dict[str, Score]:
        """Every method's score."""
        return {name: each.score() for name, each in self.answers.items()}

    def ratio(self, name: str) -> float | None:
        """MAE ÷ the oracle's on the pairs that the method answered; None without an oracle or answers."""
        if ORACLE not in self.answers:
            return None
        mine, best = self.answers[name], self.answers[ORACLE]
        known = ~np.isnan(mine.predicted).any(axis=1)
        limit = score(best.predicted[known], best.actual[known]).mae
        return mine.score().mae / limit if known.any() else None

    def report(self) -> dict[str, object]:
        """For JSON: `methods`, each with its errors in minutes; `shipped` and its curves; with an oracle
        every method's `ratio_to_oracle` and the oracle's own coverage.
        """
        methods: dict[str, dict[str, object]] = {
            name: dict(each.row()) for name, each in self.scores().items()
        }
        found: dict[str, object] = {"methods": methods, "shipped": self.shipped}
        if ORACLE in self.answers:
            for name, row in methods.items():
                row["ratio_to_oracle"] = _short(self.ratio(name))
            found["ratio_to_oracle"] = methods[self.shipped]["ratio_to_oracle"]
            found["oracle_coverage_p90"] = methods[ORACLE]["coverage_p90"]
        if self.raw is not None:
            found["coverage_p90_before_conformal"] = self.raw.score().row()["coverage_p90"]
        return found | self._curves()

    def _curves(self) -> dict[str, object]:
        shipped = self.answers[self.shipped]
        hours = [each.row() for each in shipped.by_hour()]
        return {
            "calibration": [
                {"level": round(float(level), 2), "covered": _short(float(covered))}
                for level, covered in zip(LEVELS, shipped.calibration(), strict=True)
            ],
            "by_horizon": [
                {"from": float(low), "to": None if np.isinf(high) else float(high), **each.row()}
                for low, high, each in zip(HORIZONS[:-1], HORIZONS[1:], shipped.by_horizon(), strict=True)
            ],
            "by_hour": [{"hour": hour, **row} for hour, row in enumerate(hours) if row["n"]],
            "notes": list(self.notes),
        }


def _short(figure: float | None) -> float | None:
    return None if figure is None or np.isnan(figure) else round(figure, 4)
