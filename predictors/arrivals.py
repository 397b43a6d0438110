"""How many people will come: by branch, queue and half-hour, for the coming days, with a range.

    expected = level × weekday × day's kind × shape of the day × share of the half-hour that is open

Every part is learned from counts with shrinkage: a queue leans on its branch, a branch on its city, so that
a queue of three visitors a day borrows its shape. `level` follows recent weeks and is not moved by single
odd days. Through the day a gamma-Poisson factor is updated with who has come so far. The range is negative
binomial: chance, the day's own factor, and what is not known for want of history, which is much where
history is thin. Holidays come from the `holidays` package, by country; days that are holidays by name but
worked (Ukraine under martial law) are told apart from days off, and their effect, like that of the days
before and after a holiday, is only used where the history shows one.

Counts are people a half-hour; relative variances ("spread") are variance ÷ mean². Sources: gamma-Poisson day
factors after Whitt 1999 and Jongbloed & Koole 2001; weekday × slot profile after Ibrahim et al. 2016.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np

from predictors.arrival_history import History, Key, UnfitHistory, gather
from predictors.arrival_parts import Fitted, fit_parts, kind_effects, spreads
from predictors.counts import FloatArray, count_quantiles

__all__ = ["ArrivalForecast", "DayForecast", "Kind", "Range", "UnfitHistory", "holiday_name", "kind_of"]

SHARES = (0.1, 0.9)
DRIFT_A_DAY = 0.0003
UNSEEN_WEEKDAY = 0.04
DAY_OFF, WORKED = "public", "workday"


class Kind(StrEnum):
    """What a day is beside its weekday."""

    ORDINARY = "ordinary"
    DAY_OFF = "day_off"
    NAMED = "named"
    BEFORE = "before"
    AFTER = "after"


@lru_cache(maxsize=512)
def _holidays(country: str, year: int, category: str, language: str | None) -> dict[date, str]:
    """The country's holidays of that category and year; empty where the package has none. ValueError for an
    unknown country.
    """
    import holidays

    try:
        kind = getattr(holidays, country)
    except AttributeError:
        raise ValueError(f"no holidays are known for the country {country!r}") from None
    if category not in kind.supported_categories:
        return {}
    known = language if language in kind.supported_languages else None
    return dict(kind(years=[year], categories=(category,), language=known))


def kind_of(day: date, country: str) -> Kind:
    """A day off, a holiday that is worked, the working day before or after a day off, or an ordinary day."""

    def off(other: date) -> bool:
        return other in _holidays(country, other.year, DAY_OFF, None)

    if off(day):
        return Kind.DAY_OFF
    if day in _holidays(country, day.year, WORKED, None):
        return Kind.NAMED
    if off(day + timedelta(days=1)):
        return Kind.BEFORE
    return Kind.AFTER if off(day - timedelta(days=1)) else Kind.ORDINARY


def holiday_name(day: date, country: str) -> dict[str, str] | None:
    """The holiday's name as {"uk": …, "en": …} (the country's own words where there is no Ukrainian)."""
    for category in (DAY_OFF, WORKED):
        name = _holidays(country, day.year, category, "uk").get(day)
        if name is not None:
            english = _holidays(country, day.year, category, "en_US").get(day, name)
            return {"uk": name, "en": english}
    return None


@dataclass(frozen=True, eq=False)
class Range:
    """Expected people by half-hour, arrays (slots,), and of the whole day: `total` is (mean, p10, p90).

    For half-hours that are over the arrays say what was expected; `total` counts who came.
    """

    mean: FloatArray
    p10: FloatArray
    p90: FloatArray
    total: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class DayForecast:
    """One day: ranges by (branch, queue) and by branch. `spread`: relative variance of a branch's whole day.
    `factor`: how busy the branch's day is against the expected, learned so far; empty without `so_far`.
    """

    day: date
    kind: Kind
    queues: dict[Key, Range]
    branches: dict[str, Range]
    spread: dict[str, float]
    factor: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ArrivalForecast:
    """What is learned from a history; see `fit`."""

    history: History
    parts: Fitted
    effects: Mapping[Kind, float]
    country: str

    @classmethod
    def fit(
        cls,
        days: Sequence[date],
        counts: Mapping[Key, FloatArray],
        open_share: Mapping[str, FloatArray] | None = None,
        *,
        country: str = "UA",
        half_life: float = 28.0,
    ) -> ArrivalForecast:
        """Learn from `counts[(branch, queue)]`, arrays (days, slots) of people, NaN where nothing is known.

        `days` rise. `open_share[branch]`, (days, slots) in 0..1: how much of each half-hour the branch was
        open; without it a day without anybody counts as closed. `half_life` in days: how fast old weeks stop
        to speak for the level. Raises UnfitHistory (empty, negative, shapes, days out of order).
        """
        history = gather(days, counts, open_share)
        kinds = [kind_of(day, country) for day in days]
        ordinary = np.array([kind is Kind.ORDINARY for kind in kinds])
        parts = fit_parts(history, ordinary, half_life)
        effects = kind_effects(history, parts, np.array(kinds), [kind for kind in Kind])
        return cls(history, parts, {kind: effects[kind] for kind in Kind}, country)

    def forecast(
        self,
        day: date,
        so_far: Mapping[Key, FloatArray] | None = None,
        open_share: Mapping[str, FloatArray] | None = None,
    ) -> DayForecast:
        """That day. `so_far`: who came by queue, (slots,), NaN from the first half-hour that is not over.

        `open_share[branch]` (slots,): when it is open; without it as it used to be on that weekday. Zero
        while closed and on days off, unless the history shows that people are served on such days.
        """
        kind = kind_of(day, self.country)
        expected = self._expected(day, kind, open_share)
        came = self._came(so_far)
        branches: dict[str, Range] = {}
        factors: dict[str, float] = {}
        wide: dict[str, float] = {}
        of_branch = np.ones(len(self.history.keys))
        ahead = max(0, (day - self.history.days[-1]).days)
        for index, branch in enumerate(self.history.branches):
            rows = self.history.branch_of == index
            spread = self._spread(index, day, ahead, whole=True)
            mean, seen = expected[rows].sum(axis=0), _together(came[rows])
            branches[branch], factor = _range(mean, seen, *spread, prior=1.0)
            of_branch[rows], wide[branch] = factor, spread[0]
            if so_far is not None:
                factors[branch] = factor
        queues = {}
        for row, key in enumerate(self.history.keys):
            spread = self._spread(row, day, ahead, whole=False)
            queues[key], _ = _range(expected[row], came[row], *spread, prior=float(of_branch[row]))
        return DayForecast(day, kind, queues, branches, wide, factors)

    def _expected(self, day: date, kind: Kind, open_share: Mapping[str, FloatArray] | None) -> FloatArray:
        """(series, slots), before anything is known of the day itself."""
        weekday = day.weekday()
        opened = self.history.usual_open[self.history.branch_of, weekday]
        if open_share is not None:
            usual = {b: self.history.usual_open[i, weekday] for i, b in enumerate(self.history.branches)}
            opened = np.stack([np.asarray(open_share.get(b, usual[b]), float) for b, _ in self.history.keys])
        rate = self.parts.level * self.parts.weekday[:, weekday]
        return np.asarray(rate[:, None] * self.parts.shape[:, weekday] * opened * self.effects[kind])

    def _came(self, so_far: Mapping[Key, FloatArray] | None) -> FloatArray:
        came = np.full((len(self.history.keys), self.history.slots), np.nan)
        for row, key in enumerate(self.history.keys):
            if so_far is not None and key in so_far:
                came[row] = so_far[key]
        return came

    def _spread(self, row: int, day: date, ahead: int, *, whole: bool) -> tuple[float, FloatArray]:
        """Relative variances: of the whole day's rate, and (slots,) what a single half-hour adds to it."""
        found = spreads(self.history, self.parts, row, whole=whole)
        seen = found.weekdays_seen[day.weekday()]
        day_spread = found.day + found.level + UNSEEN_WEEKDAY / (1 + seen) + DRIFT_A_DAY * ahead
        return day_spread, found.slots


def _together(came: FloatArray) -> FloatArray:
    """Counts of all queues of a branch, (slots,); NaN where nothing is known of any."""
    known = np.isfinite(came).any(axis=0)
    return np.where(known, np.nansum(came, axis=0), np.nan)


def _range(
    mean: FloatArray, came: FloatArray, day_spread: float, slot_spread: FloatArray, *, prior: float
) -> tuple[Range, float]:
    """The range of one line or branch, and its day factor after what `came` (NaN: still to come).

    Gamma prior with mean `prior` and relative variance `day_spread`; single half-hours that vary more than
    Poisson say less, so they are discounted.
    """
    over = np.isfinite(came)
    low, high = count_quantiles(mean, day_spread + slot_spread, SHARES)
    wide = day_spread
    factor = prior
    if over.any():
        expected, seen = float(mean[over].sum()), float(came[over].sum())
        noise = 1.0 + float((slot_spread[over] * mean[over] ** 2).sum()) / max(expected, 1e-9)
        strength = 1.0 / max(day_spread, 1e-6)
        factor = float((strength * prior + seen / noise) / (strength + expected / noise))
        wide = 1.0 / (strength + max(seen, expected) / noise)
    rest = np.where(over, 0.0, mean * factor)
    if over.any() or prior != 1.0:
        later = count_quantiles(rest, wide + slot_spread, SHARES)
        low, high = np.where(over, low, later[0]), np.where(over, high, later[1])
    shown = np.where(over, mean, rest)
    came_total = float(came[over].sum())
    left = float(rest.sum())
    slots = float((slot_spread * rest**2).sum()) / left**2 if left > 0 else 0.0
    ends = count_quantiles(left, wide + slots, SHARES) + came_total
    return Range(shown, low, high, (came_total + left, float(ends[0]), float(ends[1]))), factor
