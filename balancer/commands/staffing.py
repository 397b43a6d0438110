"""`balancer staffing`: desks that a day needs by half-hour to keep a standard, and what if."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from balancer.commands.options import plain_errors
from balancer.commands.planning import open_bench, place_options
from balancer.messages.planning import OutcomeView, StaffingView
from balancer.planning.questions import USUAL_STANDARD, read_question, words_of
from balancer.planning.staffing_view import staffing_view


@click.command("staffing")
@place_options
@click.option("--branch", required=True, help="The branch.")
@click.option("--date", "day", help="The day, YYYY-MM-DD; without it the day after the history.")
@click.option("--standard", default=USUAL_STANDARD, show_default=True, help="So many called within so long.")
@click.option("--desks", help="What if: 09:30-11:30:28,… so many desks open in windows.")
@click.option("--extra-desk", is_flag=False, flag_value="1", help="What if: a desk more (or so many).")
@click.option("--move-to", help="What if: one desk of this branch goes to that one.")
@click.option("--rush", help="What if: 1.3 or 1.3@10:00..12:00, so many times the visitors.")
@click.option("--arrivals", help="What if: visitors in percent more or fewer.")
@click.option("--alarm", help="What if: an air-raid alarm, 11:00..11:40.")
@click.option("--adoption", help="What if: this share of visitors follows the advice, 0 to 1.")
@click.option("--repeats", type=int, default=200, show_default=True, help="Simulated days.")
@click.option("--seed", type=int, default=42, show_default=True, help="Makes the same days come again.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON here.")
def command(
    city: str | None,
    archive: str | None,
    history: Path | None,
    data: Path,
    branch: str,
    day: str | None,
    target: Path | None,
    **asked: Any,
) -> None:
    """Desks by half-hour to meet the standard, beside the plan; what a change gives, and what is chance."""
    with plain_errors():
        bench = open_bench(city, archive, history, data, day)
        given = words_of(asked) | {"date": bench.next_day.isoformat()}
        question = read_question("staffing", branch, bench.next_day, given)
        view = staffing_view(bench.known, question, bench.engine)
    click.echo(table(view))
    if target is not None:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(view)))


def table(view: StaffingView) -> str:
    """Half-hours, then the outcome of the plan and of the what-if."""
    goals = ", ".join(f"{each.share:.0%} within {each.minutes:g} min" for each in view.standards)
    lines = [f"{view.branch}, {view.date}: {goals}"]
    if view.reason is not None:
        lines.append(f"  {view.reason.en}")
    if view.service is not None:
        service = view.service
        lines.append(
            f"  a visitor takes {service.mean:.1f} min (cv {service.cv:.2f}, {service.visits} visits); "
            f"{view.repeats} simulated days, seed {view.seed}"
        )
    if view.slots:
        lines.append(f"  {'':6}{'people':>8}{'need':>6}{'plan':>6}{'short':>7}")
    for slot in view.slots:
        short = slot.need - slot.plan
        lines.append(
            f"  {slot.at:6}{slot.arrivals:8.1f}{slot.need:6}{slot.plan:6}{short if short > 0 else '':>7}"
        )
    if view.plan is not None:
        lines += _outcomes(view, view.plan)
    return "\n".join(lines)


def _outcomes(view: StaffingView, plan: OutcomeView) -> list[str]:
    changes = "; ".join(each.en for each in view.changes)
    lines = [f"  what if: {changes}"] if changes else []
    lines.append(f"  {'':22}{'plan':>9}" + (f"{'what if':>9}{'beyond chance':>15}" if view.what_if else ""))
    names = {"p50": "half called within", "p90": "9 of 10 within", "desk_hours": "desk hours"}
    for name, words in names.items():
        row = f"  {words:22}{_figure(getattr(plan, name)):>9}"
        if view.what_if is not None and view.difference is not None:
            row += f"{_figure(getattr(view.what_if, name)):>9}{_sure(getattr(view.difference, name)):>15}"
        lines.append(row)
    for at, standard in enumerate(view.standards):
        row = f"  {f'within {standard.minutes:g} min':22}{_percent(plan.within[at]):>9}"
        if view.what_if is not None and view.difference is not None:
            row += f"{_percent(view.what_if.within[at]):>9}{_sure(view.difference.within[at]):>15}"
        lines.append(row)
    return lines


def _figure(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _sure(difference: Any) -> str:
    if difference.value is None:
        return "?"
    return "yes" if abs(difference.value) > (difference.chance or 0.0) else "no"
