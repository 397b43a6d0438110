"""The forecast of a branch's coming days as the planner sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from balancer.city.definition import Branch, City
from balancer.city.hours import local_day, rfc3339
from balancer.messages.planning import (
    CountDay,
    CountSlot,
    Expected,
    ForecastDay,
    ForecastSlot,
    ForecastView,
    HistorySpan,
    PlannerReason,
    QueueForecast,
)
from balancer.planning.past import SLOT_MINUTES, SLOTS, FloatArray, Key, Past, open_share
from balancer.planning.questions import Question
from predictors.arrivals import ArrivalForecast, DayForecast, Range, UnfitHistory, holiday_name

COUNTRY = "UA"
COUNTRIES = {"Europe/Kyiv": "UA", "Europe/Kiev": "UA", "Europe/Warsaw": "PL"}
FEWEST_DAYS = 5
PAST_DAYS = 4
EXPECTED_SOMEBODY = 0.005

REASONS: Mapping[str, tuple[str, str]] = {
    "archive_off": ("Цей сервер не веде архіву", "This server keeps no archive"),
    "history_empty": ("Ще немає жодного відвідування", "Nobody has come yet"),
    "history_today": (
        "Архів знає лише сьогоднішній день. Прогноз з’явиться завтра",
        "The archive knows only today. The forecast comes tomorrow",
    ),
    "history_thin": ("Історія коротка, тому межі широкі", "The history is short, so ranges are wide"),
    "closed_day": ("Цього дня підрозділ зачинено", "The branch is closed on that day"),
    "no_scored": (
        "Ще немає талонів, за якими можна перевірити прогноз",
        "There are no tickets yet by which estimates can be checked",
    ),
}


@dataclass(frozen=True, eq=False)
class Known:
    """What an answer rests on: the city, its past up to now (city ms), and what is learned from it. `hours`:
    the city's opening hours count; without them a branch is open as it used to be.
    """

    city: City
    past: Past
    now_ms: int
    learned: ArrivalForecast | None
    hours: bool = True

    @property
    def today(self) -> date:
        """The city's day now."""
        return date.fromisoformat(local_day(self.city.time_zone, self.now_ms))

    @property
    def minute(self) -> int:
        """The city's minute of the day now."""
        wall = rfc3339(self.city.time_zone, self.now_ms)
        return int(wall[11:13]) * 60 + int(wall[14:16])


def learn(city: City, past: Past, now_ms: int, *, hours: bool = True) -> Known:
    """Fit the forecast to the days before today; `learned` None where there is nothing to learn from."""
    today = date.fromisoformat(local_day(city.time_zone, now_ms))
    before = past.upto(today)
    try:
        shares = before.open_share(city) if hours else None
        fitted = ArrivalForecast.fit(before.days, before.counts, shares, country=country_of(city))
    except UnfitHistory:
        fitted = None
    return Known(city, past, now_ms, fitted, hours)


def country_of(city: City) -> str:
    """Whose holidays count, by the city's time zone."""
    return COUNTRIES.get(city.time_zone, COUNTRY)


def reason(code: str) -> PlannerReason:
    """A reason in both languages."""
    uk, en = REASONS[code]
    return PlannerReason(code=code, uk=uk, en=en)


def nothing_learned(known: Known, branch: str) -> PlannerReason:
    """Why there is no forecast for that branch: nobody has ever come, or nobody before today."""
    return reason("history_today" if history_of(known, branch).days else "history_empty")


def history_of(known: Known, branch: str) -> HistorySpan:
    """What is known of that branch."""
    totals = known.past.of_branch(branch).sum(axis=1)
    worked = np.flatnonzero(totals)
    if not len(worked):
        return HistorySpan()
    first, last = (known.past.days[int(at)].isoformat() for at in (worked[0], worked[-1]))
    return HistorySpan(first=first, last=last, days=len(worked), visits=int(totals.sum()))


def made(known: Known, day: date) -> DayForecast | None:
    """The forecast of that day with what has come so far today; None without anything learned."""
    if known.learned is None:
        return None
    shares = {branch.branch: open_share(branch, day) for branch in known.city.branches}
    came = so_far(known) if day == known.today else None
    return known.learned.forecast(day, came, shares if known.hours else None)


def so_far(known: Known) -> dict[Key, FloatArray]:
    """Who came today, in half-hours that are over; NaN from then on."""
    over = known.minute // SLOT_MINUTES
    counts = known.past.on(known.today)
    return {key: np.where(np.arange(SLOTS) < over, row, np.nan) for key, row in counts.items()}


def forecast_view(known: Known, question: Question) -> ForecastView:
    """The answer to `GET …/planner/forecast`."""
    branch = known.city.branch(question.branch)
    view = ForecastView(
        city=known.city.city,
        branch=branch.branch,
        made_at=rfc3339(known.city.time_zone, known.now_ms),
        demo=known.past.demo,
        history=history_of(known, branch.branch),
        date=question.day.isoformat(),
        today=known.today.isoformat(),
        slot_minutes=SLOT_MINUTES,
    )
    wanted = [question.day + timedelta(days=shift) for shift in range(question.days)]
    forecasts = [made(known, day) for day in wanted]
    if forecasts[0] is None or branch.branch not in forecasts[0].branches:
        view.state, view.reason = "empty", nothing_learned(known, branch.branch)
        return view
    view.days = [_day(known, branch, each) for each in forecasts if each is not None]
    if view.days[0].closed:
        view.reason = reason("closed_day")
    elif view.history.days < FEWEST_DAYS:
        view.reason = reason("history_thin")
    view.past = _past(known, branch, question.day)
    today = _count_day(known.past.of_branch(branch.branch), known, branch, known.today)
    view.so_far = today if today is not None and today.slots else None
    return view


def _day(known: Known, branch: Branch, forecast: DayForecast) -> ForecastDay:
    whole = forecast.branches[branch.branch]
    opened = open_share(branch, forecast.day)
    shown = _shown(opened, whole)
    is_today = forecast.day == known.today
    over = known.minute // SLOT_MINUTES if is_today else 0
    came = known.past.of_branch(branch.branch)
    row = came[known.past.days.index(forecast.day)] if is_today and forecast.day in known.past.days else None
    queues = [
        QueueForecast(
            queue=queue.queue,
            letter=queue.letter,
            name=queue.name,
            total=_expected(*mine.total),
            slots=[_slot(mine, at, None) for at in shown],
        )
        for queue in branch.queues
        if (mine := forecast.queues.get((branch.branch, queue.queue))) is not None
    ]
    return ForecastDay(
        date=forecast.day.isoformat(),
        weekday=forecast.day.weekday(),
        closed=whole.total[0] < EXPECTED_SOMEBODY,
        holiday=holiday_name(forecast.day, country_of(known.city)),
        total=_expected(*whole.total),
        day_factor=round(forecast.factor[branch.branch], 3) if forecast.factor else None,
        slots=[_slot(whole, at, int(row[at]) if row is not None and at < over else None) for at in shown],
        queues=queues,
    )


def _shown(opened: FloatArray, whole: Range) -> list[int]:
    """The half-hours to show: those in which the branch is open or somebody is expected."""
    return [at for at in range(SLOTS) if opened[at] > 0 or whole.mean[at] > EXPECTED_SOMEBODY]


def _slot(mine: Range, at: int, actual: int | None) -> ForecastSlot:
    low, high = float(mine.p10[at]), float(mine.p90[at])
    return ForecastSlot(at=clock(at), mean=round(float(mine.mean[at]), 2), p10=low, p90=high, actual=actual)


def _expected(mean: float, p10: float, p90: float) -> Expected:
    return Expected(mean=round(mean, 1), p10=p10, p90=p90)


def _past(known: Known, branch: Branch, day: date) -> list[CountDay]:
    """The last same weekdays before that day on which anybody came, the latest first."""
    rows = known.past.of_branch(branch.branch)
    same = [
        each
        for at, each in enumerate(known.past.days)
        if each.weekday() == day.weekday() and each < min(day, known.today) and rows[at].sum() > 0
    ]
    found = [_count_day(rows, known, branch, each) for each in reversed(same[-PAST_DAYS:])]
    return [each for each in found if each is not None]


def _count_day(rows: FloatArray, known: Known, branch: Branch, day: date) -> CountDay | None:
    """What came in the half-hours that are over."""
    if day not in known.past.days:
        return None
    row, opened = rows[known.past.days.index(day)], open_share(branch, day)
    over = known.minute // SLOT_MINUTES if day == known.today else SLOTS
    slots = [
        CountSlot(at=clock(at), count=int(row[at])) for at in range(over) if opened[at] > 0 or row[at] > 0
    ]
    return CountDay(date=day.isoformat(), slots=slots)


def clock(slot: int) -> str:
    """When that half-hour begins, "HH:MM"."""
    return f"{slot * SLOT_MINUTES // 60:02}:{slot * SLOT_MINUTES % 60:02}"
