"""The day in half-hours: what people waited who were called then, and what those who will come must expect.

Pure. A cell of the past, the present half-hour among them, is the median of the waits that ended in it; a
cell to come is the day-ahead replay's median for its beginning (`live.ahead_view`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from balancer.city.definition import Branch, Levels
from balancer.city.hours import instant, rfc3339, spans_of
from balancer.live.branch_record import BranchRecord
from balancer.live.queue_waits import SLOT_MINUTES, median
from balancer.messages.estimates import WaitAt
from balancer.messages.supervisor import HeatCell, HeatRow, Level

MINUTE_MS = 60_000
SLOTS = 24 * 60 // SLOT_MINUTES


def level_of(levels: Levels, minutes: float | None) -> Level | None:
    """The city's word for a median wait; None for none."""
    if minutes is None:
        return None
    if minutes >= levels.busy_minutes:
        return "busy"
    return "moderate" if minutes >= levels.moderate_minutes else "quiet"


def slots_of(branch: Branch, record: BranchRecord, queues: Iterable[str]) -> range:
    """The half-hours (0 = midnight) of the day: the opening hours, and those beside in which people were
    called.
    """
    used = [slot for queue in queues if queue in record.queues for slot in record.queues[queue].by_slot]
    spans = spans_of(branch.hours, date.fromisoformat(record.day))
    opens = [span.opens // SLOT_MINUTES for span in spans]
    closes = [min(SLOTS, -(-span.closes // SLOT_MINUTES)) for span in spans]
    first, last = min([*opens, *used], default=0), max([*closes, *(s + 1 for s in used)], default=0)
    return range(first, last)


def past_cells(
    levels: Levels, branch: Branch, record: BranchRecord, queues: Sequence[str], now: int
) -> list[HeatCell]:
    """The half-hours of these queues together, up to and with the present one; those to come are empty."""
    zone, day = ZoneInfo(branch.time_zone), date.fromisoformat(record.day)
    cells = []
    for slot in slots_of(branch, record, record.queues):
        at = instant(zone, day, slot * SLOT_MINUTES, last=False)
        lists = [record.queues[queue].by_slot.get(slot, []) for queue in queues if queue in record.queues]
        waits = sorted(wait for each in lists for wait in each)
        found = median(waits)
        p50 = None if found is None else round(found / MINUTE_MS, 1)
        shown = rfc3339(branch.time_zone, at)
        cells.append(HeatCell(shown, p50, len(waits), at > now, level_of(levels, p50)))
    return cells


def heat_row(
    levels: Levels, branch: Branch, record: BranchRecord, queue: str, now: int, ahead: Sequence[WaitAt]
) -> HeatRow:
    """One queue's day; `ahead` fills the half-hours to come."""
    cells = past_cells(levels, branch, record, [queue], now)
    expected = {each.at: each.wait for each in ahead}
    for cell in cells:
        wait = expected.get(cell.at) if cell.forecast else None
        if wait is not None:
            cell.p50, cell.level = wait.p50, level_of(levels, wait.p50)
    return HeatRow(queue, cells)
