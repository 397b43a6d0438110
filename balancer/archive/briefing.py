"""Yesterday on one page, from the archive, by the definitions of the live day: a wait counts on the day and
in the half-hour of its leg's first call, a service on the day it ended, a visitor on the day of the ticket.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from sqlalchemy import Engine, func, select

from balancer.archive.tables import AUDIT, LEGS
from balancer.archive.visits import Columns, leg_columns, local_minutes, minute_columns
from balancer.city.definition import Branch, City
from balancer.city.hours import instant, spans_of
from balancer.city.model import Standard
from balancer.core.standard_shares import standard_shares
from balancer.messages.briefing import (
    BranchFigures,
    BriefingView,
    DayFigures,
    HalfHour,
    IncidentCount,
    QueueFigures,
)

MINUTE_MS = 60_000
SLOT = 30
DAY_MINUTES = 24 * 60
CARRIED_DAYS = 7
USUAL_WEEKS, USUAL_FEWEST = 6, 3
WORST_FEWEST = 5
EPOCH = date(1970, 1, 1)
NEEDED = (
    "leg",
    "branch",
    "queue",
    "state",
    "outcome",
    "arrived",
    "joined",
    "finished",
    "wait_ms",
    "service_ms",
)
INCIDENT = "incident_recorded"

Array = np.ndarray[Any, Any]


def last_working_day(branches: Sequence[Branch], today: date) -> date:
    """The last day before today on which any of these branches had hours; yesterday, if none ever has."""
    for back in range(1, 32):
        day = today - timedelta(days=back)
        if any(spans_of(branch.hours, day) for branch in branches):
            return day
    return today - timedelta(days=1)


def briefing(engine: Engine, city: City, day: date, branch: str | None) -> BriefingView:
    """The day of one branch, or of all that are public."""
    chosen = [city.branch(branch)] if branch else list(city.public_branches.values())
    days = [_Day(engine, city, each, day) for each in chosen]
    known = any(each.known for each in days)
    counted = [each for each in days if each.known]
    figures = _figures(city.standards, counted) if known else None
    queues = sorted(
        (row for each in counted for row in each.queues()), key=lambda row: (-row.median_minutes, row.queue)
    )
    strip = _strip(counted)
    busiest = max(strip, key=lambda slot: slot.visitors, default=None)
    return BriefingView(
        city=city.city,
        branch=branch,
        day=day.isoformat(),
        state="ready" if known else "no_data",
        last_day=None if known else _last_day(engine, city.city, day, [each.branch for each in chosen]),
        figures=figures,
        branches=[] if branch else [each.figures(city) for each in counted],
        peak=busiest if busiest is not None and busiest.visitors else None,
        worst=next((row for row in queues if row.called >= WORST_FEWEST), None),
        queues=queues if branch else queues[:8],
        strip=strip,
        incidents=_incidents(engine, city.city, days),
    )


class _Day:
    """One branch's day in columns."""

    def __init__(self, engine: Engine, city: City, branch: Branch, day: date) -> None:
        self.branch = branch
        zone = ZoneInfo(branch.time_zone)
        self.begins = instant(zone, day, 0, last=False)
        self.ends = instant(zone, day, DAY_MINUTES, last=False)
        since = day - timedelta(days=CARRIED_DAYS)
        legs = leg_columns(engine, city.city, since, day, branch.branch, columns=NEEDED)
        self.minutes = minute_columns(engine, city.city, self.begins, self.ends, branch.branch)
        self._zone = branch.time_zone
        self._ordinal = (day - EPOCH).days
        self.came = _rows(legs, (legs["leg"] == 0) & self._on(legs["arrived"]))
        # The row's own `called` is the last call; the first is told by the wait (pauses of the branch apart).
        legs["first_call"] = legs["joined"] + legs["wait_ms"]
        self.called = _rows(legs, self._on(legs["first_call"]))
        self.waits = self._waits()
        served = (legs["state"] == "done") & (legs["outcome"] != "transferred") & self._on(legs["finished"])
        self.services = np.sort(legs["service_ms"][served & ~np.isnan(legs["service_ms"])])
        self.missed = int(((legs["state"] == "no_show") & self._on(legs["finished"])).sum())
        self.known = bool(len(self.came["leg"]) or len(self.waits) or len(self.services))
        self.usual = _usual(engine, city.city, branch.branch, day)

    def _on(self, instants: Array) -> Array:
        """Which instants (ms, NaN for none) fall on the day."""
        found: Array = (instants >= self.begins) & (instants < self.ends)
        return found

    def _waits(self) -> Array:
        """Waits in ms of those called today; of one carried over only what fell into this day's opening."""
        open_ = self.minutes["minute"][self.minutes["state"] != "closed"]
        opened = float(open_[0]) if len(open_) else float(self.begins)
        here = self.called["first_call"] - np.maximum(self.called["joined"], opened)
        carried = self.called["joined"] < self.begins
        waits: Array = np.where(carried, np.maximum(0, here), self.called["wait_ms"])
        return waits

    def slots(self, instants: Array) -> Array:
        """The half-hours of the day (0 = midnight) that instants of today fall into."""
        found: Array = (local_minutes(self._zone, instants.astype(np.int64))[1] // SLOT).astype(int)
        return found

    @property
    def over_red(self) -> int:
        """Services longer than the branch's policy allows."""
        return int((self.services > self.branch.policy.service_red_minutes * MINUTE_MS).sum())

    def queues(self) -> list[QueueFigures]:
        """Every queue in which anybody was called."""
        found = []
        for queue in np.unique(self.called["queue"]).tolist():
            waits = self.waits[self.called["queue"] == queue] / MINUTE_MS
            middle, late = float(np.median(waits)), float(np.percentile(waits, 90))
            row = QueueFigures(self.branch.branch, queue, len(waits), round(middle, 1), round(late, 1))
            found.append(row)
        return found

    def figures(self, city: City) -> BranchFigures:
        """The branch's own figures."""
        whole = _figures(city.standards, [self])
        return BranchFigures(branch=self.branch.branch, **{name: getattr(whole, name) for name in FIELDS})


FIELDS = DayFigures.__struct_fields__


def _figures(standards: Sequence[Standard], days: Sequence[_Day]) -> DayFigures:
    waits = np.sort(np.concatenate([each.waits for each in days]))
    services = np.sort(np.concatenate([each.services for each in days]))
    usual = [each.usual for each in days]
    known = [each for each in usual if each is not None]
    open_ = [each.minutes["desks_open"][each.minutes["state"] != "closed"] for each in days]
    desks = np.concatenate(open_) if open_ else np.array([])
    return DayFigures(
        visitors=sum(len(each.came["leg"]) for each in days),
        usual=sum(known) if known and len(known) == len(usual) else None,
        called=len(waits),
        median_minutes=_minutes(np.median(waits)) if len(waits) else None,
        p90_minutes=_minutes(np.percentile(waits, 90)) if len(waits) else None,
        served=len(services),
        mean_service_minutes=_minutes(np.mean(services)) if len(services) else None,
        over_red=sum(each.over_red for each in days),
        missed=sum(each.missed for each in days),
        desks_mean=round(sum(float(each.mean()) for each in open_ if len(each)), 1) if len(desks) else None,
        desks_most=sum(int(each.max()) for each in open_ if len(each)),
        alarm_minutes=sum(_minutes_in(each.minutes, "alarm") for each in days),
        pause_minutes=sum(_minutes_in(each.minutes, "pause") for each in days),
        standards=standard_shares(standards, waits.tolist(), services.tolist()),
    )


def _minutes_in(minutes: Columns, what: str) -> int:
    """Minutes of the day under an air-raid alarm, or paused for any other reason."""
    alarm = minutes["alarm"] != "none"
    return int(alarm.sum()) if what == "alarm" else int(((minutes["state"] == "paused") & ~alarm).sum())


def _strip(days: Sequence[_Day]) -> list[HalfHour]:
    """Every half-hour from the first to the last in which anybody came or was called."""
    came: Counter[int] = Counter()
    waits: dict[int, list[Array]] = {}
    for each in days:
        came.update(each.slots(each.came["arrived"]).tolist())
        slots = each.slots(each.called["first_call"])
        for slot in np.unique(slots).tolist():
            waits.setdefault(slot, []).append(each.waits[slots == slot])
    used = came.keys() | waits.keys()
    return [
        HalfHour(
            f"{slot * SLOT // 60:02}:{slot * SLOT % 60:02}",
            came[slot],
            _minutes(np.median(np.concatenate(waits[slot]))) if slot in waits else None,
        )
        for slot in range(min(used, default=0), max(used, default=-1) + 1)
    ]


def _usual(engine: Engine, city: str, branch: str, day: date) -> float | None:
    """The median of the visitors on the same weekday in the weeks before; None where too few are known."""
    before = [(day - timedelta(weeks=back)).isoformat() for back in range(1, USUAL_WEEKS + 1)]
    mine = LEGS.c.city == city, LEGS.c.branch == branch, LEGS.c.leg == 0, LEGS.c.day.in_(before)
    with engine.connect() as connection:
        rows = connection.execute(select(func.count()).where(*mine).group_by(LEGS.c.day))
        counts = [count for (count,) in rows]
    return float(np.median(counts)) if len(counts) >= USUAL_FEWEST else None


def _incidents(engine: Engine, city: str, days: Sequence[_Day]) -> list[IncidentCount]:
    """Incidents by category, the most frequent first."""
    begins, ends = min(each.begins for each in days), max(each.ends for each in days)
    query = select(AUDIT.c.branch, AUDIT.c.detail).where(
        AUDIT.c.city == city, AUDIT.c.type == INCIDENT, AUDIT.c.at >= begins, AUDIT.c.at < ends
    )
    here = {each.branch.branch for each in days}
    with engine.connect() as connection:
        rows = [detail for branch, detail in connection.execute(query) if branch in here]
    counts = Counter(str(msgspec.json.decode(detail).get("category", "other")) for detail in rows)
    return [IncidentCount(category, count) for category, count in counts.most_common()]


def _last_day(engine: Engine, city: str, day: date, branches: Sequence[str]) -> str | None:
    """The last day before that one of which anything is known."""
    mine = LEGS.c.city == city, LEGS.c.day < day.isoformat(), LEGS.c.branch.in_(branches)
    with engine.connect() as connection:
        found: str | None = connection.execute(select(func.max(LEGS.c.day)).where(*mine)).scalar()
    return found


def _rows(columns: Columns, chosen: Array) -> Columns:
    return {name: column[chosen] for name, column in columns.items()}


def _minutes(ms: Any) -> float:
    return round(float(ms) / MINUTE_MS, 1)
