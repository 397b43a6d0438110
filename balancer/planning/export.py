"""The planner's answers as tables to take away: CSV (one table) or XLSX (a sheet each)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from balancer.messages.planning import ForecastView, PlannerBacktestView, StaffingView

Cell = str | int | float | None
Table = list[Sequence[Cell]]
View = ForecastView | StaffingView | PlannerBacktestView

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
WIDTH = 14


def table_of(view: View) -> Table:
    """The answer's main table, its heading first; the heading alone where there is nothing."""
    if isinstance(view, ForecastView):
        return _forecast(view)
    if isinstance(view, StaffingView):
        return _staffing(view)
    return _backtest(view)


def as_csv(view: View) -> bytes:
    """UTF-8 with a mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows(table_of(view))
    return (BOM + text.getvalue()).encode()


def as_xlsx(views: Iterable[tuple[str, View]]) -> bytes:
    """A workbook with a sheet for each (name, answer)."""
    import xlsxwriter  # type: ignore[import-untyped]

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, view in views:
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 12, WIDTH)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(table_of(view)):
                sheet.write_row(number, 0, row, bold if number == 0 else None)
            if isinstance(view, StaffingView):
                outcomes = book.add_worksheet(f"{name}_outcome")
                outcomes.set_column(0, 2, 2 * WIDTH)
                for number, row in enumerate(_outcomes(view)):
                    outcomes.write_row(number, 0, row, bold if number == 0 else None)
    return target.getvalue()


def _forecast(view: ForecastView) -> Table:
    rows: Table = [("date", "queue", "at", "mean", "p10", "p90", "actual")]
    for day in view.days:
        rows += [(day.date, "", s.at, s.mean, s.p10, s.p90, s.actual) for s in day.slots]
        rows += [
            (day.date, queue.queue, s.at, s.mean, s.p10, s.p90, None)
            for queue in day.queues
            for s in queue.slots
        ]
    return rows


def _staffing(view: StaffingView) -> Table:
    rows: Table = [("date", "at", "arrivals", "need", "plan", "what_if")]
    return rows + [(view.date, s.at, s.arrivals, s.need, s.plan, s.what_if) for s in view.slots]


def _outcomes(view: StaffingView) -> Table:
    """Figures of the plan and of the what-if, one a row."""
    rows: Table = [("figure", "plan", "what_if")]
    if view.plan is None:
        return rows
    for name in ("p50", "p90", "visitors", "unserved", "desk_hours", "overtime"):
        rows.append((name, getattr(view.plan, name), getattr(view.what_if, name, None)))
    for number, each in enumerate(view.standards):
        other: Any = view.what_if.within[number] if view.what_if else None
        rows.append((f"within {each.minutes:g} min", view.plan.within[number], other))
    return [*rows, ("repeats", view.repeats, None), ("seed", view.seed, None)]


def _backtest(view: PlannerBacktestView) -> Table:
    rows: Table = [("queue", "mae", "bias", "coverage_p90", "n")]
    if view.overall is not None:
        rows.append(("", view.overall.mae, view.overall.bias, view.overall.coverage_p90, view.overall.n))
    return rows + [(each.queue, each.mae, each.bias, each.coverage_p90, each.n) for each in view.queues]
