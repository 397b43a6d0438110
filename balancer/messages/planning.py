"""The planner's answers: `GET …/planner/forecast | staffing | backtest`. Minutes throughout; "HH:MM" is the
branch's wall clock, a slot is half an hour.
"""

from __future__ import annotations

from typing import Literal

import msgspec

LocalText = dict[str, str]
State = Literal["ready", "empty"]


class PlannerReason(msgspec.Struct, kw_only=True):
    """Why there is nothing to show, or why it is to be read with care."""

    code: str
    uk: str
    en: str


class HistorySpan(msgspec.Struct, kw_only=True):
    """What the answer rests on: days with visits between `first` and `last`, and first arrivals."""

    first: str | None = None
    last: str | None = None
    days: int = 0
    visits: int = 0


class PlannerHead(msgspec.Struct, kw_only=True):
    """The beginning of every answer. `state` empty: nothing but `reason` is to be shown. `demo`: the history
    was made up by `balancer demo`.
    """

    city: str
    branch: str
    made_at: str
    demo: bool = False
    state: State = "ready"
    reason: PlannerReason | None = None
    history: HistorySpan = msgspec.field(default_factory=HistorySpan)


class Expected(msgspec.Struct, kw_only=True):
    """People: nine times of ten at least p10, nine of ten at most p90."""

    mean: float
    p10: float
    p90: float


class ForecastSlot(Expected, kw_only=True):
    """One half-hour; `actual`: who came, null while it is not over."""

    at: str
    actual: int | None = None


class QueueForecast(msgspec.Struct, kw_only=True):
    """The same of one queue."""

    queue: str
    letter: str
    name: LocalText
    total: Expected
    slots: list[ForecastSlot]


class ForecastDay(msgspec.Struct, kw_only=True):
    """One day of a branch. `weekday` 0 is Monday; `day_factor`: how busy today is against the expected."""

    date: str
    weekday: int
    closed: bool
    holiday: LocalText | None
    total: Expected
    day_factor: float | None
    slots: list[ForecastSlot]
    queues: list[QueueForecast]


class CountSlot(msgspec.Struct, kw_only=True):
    """How many came in a half-hour."""

    at: str
    count: int


class CountDay(msgspec.Struct, kw_only=True):
    """How many came on a day, in the half-hours that are over."""

    date: str
    slots: list[CountSlot]


class ForecastView(PlannerHead, kw_only=True):
    """`past`: up to four last same weekdays as `days[0]`; `so_far`: today, null before opening."""

    date: str
    today: str
    slot_minutes: int = 30
    days: list[ForecastDay] = []
    past: list[CountDay] = []
    so_far: CountDay | None = None


class StandardView(msgspec.Struct, kw_only=True):
    """So many visitors (0..1) are called within so many minutes."""

    share: float
    minutes: float


class ServiceView(msgspec.Struct, kw_only=True):
    """A visitor at the desk, the way to it included: mean minutes, coefficient of variation, and how many
    visits say so.
    """

    mean: float
    cv: float
    visits: int


class StaffingSlot(msgspec.Struct, kw_only=True):
    """Desks of a half-hour: needed for the first standard, planned, in the what-if (null without one)."""

    at: str
    arrivals: float
    need: int
    plan: int
    what_if: int | None = None


class OutcomeView(msgspec.Struct, kw_only=True):
    """Means over simulated days. `p50`, `p90`: so many of a day's visitors are called sooner; null where
    that many never are. `within`: share within each standard. `elsewhere`: a day who go to other branches.
    """

    p50: float | None
    p90: float | None
    within: list[float | None]
    visitors: float
    unserved: float
    elsewhere: float | None = None
    worst_p90: float | None = None
    worst_branch: str | None = None
    desk_hours: float
    overtime: float


class ChangeView(msgspec.Struct, kw_only=True):
    """One thing that the what-if changes, in words."""

    kind: str
    uk: str
    en: str


class DifferenceView(msgspec.Struct, kw_only=True):
    """What-if − plan; beyond ± `chance` it is not chance (95 %, paired days). Null: not comparable."""

    value: float | None
    chance: float | None


class Differences(msgspec.Struct, kw_only=True):
    """Of the figures of an outcome."""

    p50: DifferenceView
    p90: DifferenceView
    within: list[DifferenceView]
    desk_hours: DifferenceView


class OtherBranch(msgspec.Struct, kw_only=True):
    """A branch that the change touches too."""

    branch: str
    name: LocalText
    plan: OutcomeView
    what_if: OutcomeView


class StaffingView(PlannerHead, kw_only=True):
    """Desks by half-hour. `plan_from`: "habit" (desks open on such days) or "all_desks" of the branch."""

    date: str
    slot_minutes: int = 30
    standards: list[StandardView] = []
    service: ServiceView | None = None
    desks_max: int = 0
    plan_from: Literal["habit", "all_desks"] = "all_desks"
    slots: list[StaffingSlot] = []
    plan: OutcomeView | None = None
    what_if: OutcomeView | None = None
    changes: list[ChangeView] = []
    difference: Differences | None = None
    others: list[OtherBranch] = []
    repeats: int = 0
    seed: int = 0


class WaitErrors(msgspec.Struct, kw_only=True):
    """Of waits that were foretold and then measured; null where too few. `bias` > 0: waits were shorter."""

    n: int
    mae: float | None = None
    rmse: float | None = None
    bias: float | None = None
    median_error: float | None = None
    coverage_p90: float | None = None
    coverage_p10_p90: float | None = None


class QueueErrors(WaitErrors, kw_only=True):
    """Of one queue."""

    queue: str
    letter: str
    name: LocalText


class HourErrors(WaitErrors, kw_only=True):
    """Of tickets taken in that hour of the day."""

    hour: int


class CalibrationBin(msgspec.Struct, kw_only=True):
    """Tickets that were told about `predicted` minutes (p50): what they waited."""

    predicted: float
    p10: float
    p50: float
    p90: float
    n: int


class ArrivalErrors(msgspec.Struct, kw_only=True):
    """People a half-hour, forecast a day ahead, over `days` days; the seasonal naive forecast beside it."""

    mae: float
    naive_mae: float
    coverage: float
    days: int


class PlannerBacktestView(PlannerHead, kw_only=True):
    """How right the waits were that the branch showed, and the forecast of arrivals."""

    first: str
    last: str
    tickets: int = 0
    without_estimate: int = 0
    gone: int = 0
    overall: WaitErrors | None = None
    queues: list[QueueErrors] = []
    calibration: list[CalibrationBin] = []
    by_hour: list[HourErrors] = []
    arrivals: ArrivalErrors | None = None
