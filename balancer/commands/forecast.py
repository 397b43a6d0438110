"""`balancer forecast`: who will come in the coming days, by branch, queue and half-hour."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from balancer.commands.options import plain_errors
from balancer.commands.planning import Bench, open_bench, place_options
from balancer.messages.planning import ForecastView
from balancer.planning.forecasting import forecast_view
from balancer.planning.questions import MOST_DAYS, read_question

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.command("forecast")
@place_options
@click.option("--date", "day", help="First day, YYYY-MM-DD; without it the day after the history.")
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), default=7, show_default=True, help="How many days."
)
@click.option("--branch", help="Only this branch, with its half-hours; without it all.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON here.")
def command(
    city: str | None,
    archive: str | None,
    history: Path | None,
    data: Path,
    day: str | None,
    days: int,
    branch: str | None,
    target: Path | None,
) -> None:
    """Forecast arrivals with their ranges (8 days of 10 lie within) from what came before."""
    with plain_errors():
        bench = open_bench(city, archive, history, data, day)
        views = forecasts(bench, branch, days)
    for view in views:
        click.echo(table(view))
    if branch is not None and views[0].days:
        click.echo(half_hours(views[0]))
    if target is not None:
        answer = {"city": bench.known.city.city, "first": bench.next_day.isoformat(), "branches": views}
        target.write_bytes(msgspec.json.format(msgspec.json.encode(answer)))


def forecasts(bench: Bench, branch: str | None, days: int) -> list[ForecastView]:
    """The answer for that branch, or for every one of the city with a history."""
    city = bench.known.city
    wanted = [city.branch(branch)] if branch else city.branches
    given = {"days": str(days), "date": bench.next_day.isoformat()}
    found = [
        forecast_view(bench.known, read_question("forecast", each.branch, bench.next_day, given))
        for each in wanted
    ]
    return [view for view in found if view.state == "ready" or branch]


def table(view: ForecastView) -> str:
    """Days of one branch."""
    span = view.history
    lines = [f"{view.branch}: {span.visits} visits on {span.days} days, {span.first} to {span.last}"]
    if view.reason is not None:
        lines.append(f"  {view.reason.en}")
    if view.days:
        lines.append(f"  {'day':16}{'people':>8}{'p10':>7}{'p90':>7}  busiest")
    for day in view.days:
        busiest = max(day.slots, key=lambda slot: slot.mean, default=None)
        note = day.holiday["en"] if day.holiday else ""
        peak = f"{busiest.at} ({busiest.mean:.0f})" if busiest and not day.closed else "closed"
        total = day.total
        lines.append(
            f"  {WEEKDAYS[day.weekday]} {day.date:12}{total.mean:8.0f}{total.p10:7.0f}{total.p90:7.0f}  "
            f"{peak} {note}".rstrip()
        )
    return "\n".join(lines)


def half_hours(view: ForecastView) -> str:
    """The first day by half-hour."""
    lines = [f"  {view.days[0].date}", f"  {'':6}{'people':>8}{'p10':>7}{'p90':>7}"]
    lines += [f"  {s.at:6}{s.mean:8.1f}{s.p10:7.0f}{s.p90:7.0f}" for s in view.days[0].slots]
    return "\n".join(lines)
