"""Work out the figures of `predictors/calibrated/warsaw.toml` from the Warsaw record; only the figures are
kept.

python -m loadtest.calibrate FILE > predictors/calibrated/warsaw.toml
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from loadtest.warsaw import WarsawQueue, read_days
from predictors.traces import Trace, flows

HALF_HOUR = 30
LONG_DAYS = (date(2019, 12, 30), date(2020, 1, 13))  # Mondays, 08:00–18:00
SHORT_DAYS = tuple(date(2020, 1, day) for day in (2, 3, 7, 8, 9, 14))  # 08:00–16:00
OPENS_MINUTE, LONG_CLOSES, SHORT_CLOSES = 8 * 60, 18 * 60, 16 * 60
BUSY_SNAPSHOTS = 12
FEWEST_WINDOWS, FEWEST_CALLS = 3, 2.0
RANKS = 8

FloatArray = NDArray[np.float64]
Office = tuple[date, str]
Usable = tuple[WarsawQueue, Trace]


def usable(path: Path, days: Sequence[date]) -> Iterator[tuple[Office, list[Usable]]]:
    """The usable queues of every office on these days."""
    for day in read_days(path, list(dict.fromkeys(days))):
        for office, queues in day.offices.items():
            yield (day.date, office), [(each, each.trace) for each in queues if isinstance(each.trace, Trace)]


def half_hour_shares(traces: Sequence[Trace], closes: int) -> FloatArray:
    """Share of the day's tickets by half hour from OPENS_MINUTE to `closes`; sums to 1."""
    bins = (closes - OPENS_MINUTE) // HALF_HOUR
    issued = np.zeros(bins)
    for trace in traces:
        middle = (trace.minutes[:-1] + trace.minutes[1:]) / 2
        at = np.clip((middle - OPENS_MINUTE) // HALF_HOUR, 0, bins - 1).astype(int)
        np.add.at(issued, at, flows(trace).issued)
    return np.asarray(issued / issued.sum())


def dispersion(trace: Trace) -> float | None:
    """Variance ÷ mean of the calls in busy hours of one queue; None where there are too few such hours.

    A busy hour: somebody waits at every snapshot and the number of desks stays. For desks that never idle it
    tends to the squared coefficient of variation of the service times. The variance is half the mean squared
    step from one busy hour to the next, so that a pace that drifts over the day does not count.
    """
    calls: list[float] = []
    at = 0
    while at + BUSY_SNAPSHOTS < len(trace.minutes):
        window = slice(at, at + BUSY_SNAPSHOTS + 1)
        if (trace.waiting[window] > 0).all() and len(set(trace.desks[window].tolist())) == 1:
            minutes = trace.minutes[at + BUSY_SNAPSHOTS] - trace.minutes[at]
            calls.append(float(trace.called[at + BUSY_SNAPSHOTS] - trace.called[at]) * 60 / minutes)
            at += BUSY_SNAPSHOTS
        else:
            at += 1
    if len(calls) < FEWEST_WINDOWS or np.mean(calls) < FEWEST_CALLS:
        return None
    return float(np.mean(np.diff(calls) ** 2) / 2 / np.mean(calls))


def figures(
    path: Path, long_days: Sequence[date], short_days: Sequence[date]
) -> dict[str, dict[str, object]]:
    """Every figure by table and key, rounded as it is written."""
    offices = dict(usable(path, [*long_days, *short_days]))
    traces = {key: [trace for _, trace in queues] for key, queues in offices.items()}
    moves = [flows(trace) for each in traces.values() for trace in each]
    spread = [found for each in traces.values() for trace in each if (found := dispersion(trace)) is not None]
    issued = sum(int(each.issued.sum()) for each in moves)
    return {
        "arrivals": {
            "short_day": _shares(traces, short_days, SHORT_CLOSES),
            "long_day": _shares(traces, long_days, LONG_CLOSES),
            "day_spread": round(_day_spread(traces, short_days), 3),
            "queue_ranks": _queue_ranks(list(traces.values())),
        },
        "service": {"spread": round(float(np.sqrt(np.median(spread))), 2) if spread else 1.0},
        "leaving": {"share": round(sum(int(each.left.sum()) for each in moves) / issued, 3)},
    }


def _shares(traces: dict[Office, list[Trace]], days: Sequence[date], closes: int) -> list[float]:
    found = [trace for (day, _), each in traces.items() if day in days for trace in each]
    return [round(float(share), 4) for share in half_hour_shares(found, closes)]


def _day_spread(traces: dict[Office, list[Trace]], days: Sequence[date]) -> float:
    """Median over the offices of standard deviation ÷ mean of a day's tickets."""
    by_office: dict[str, list[int]] = {}
    for (day, office), each in traces.items():
        if day in days and each:
            by_office.setdefault(office, []).append(sum(int(flows(trace).issued.sum()) for trace in each))
    ratios = [np.std(days, ddof=1) / np.mean(days) for days in by_office.values() if len(days) > 1]
    return float(np.median(ratios)) if ratios else 0.0


def _queue_ranks(offices: Sequence[list[Trace]]) -> list[float]:
    """Mean share of an office's tickets in its busiest queue, its second, …; sums to 1."""
    shares = np.zeros(RANKS)
    for traces in offices:
        issued = sorted((int(flows(trace).issued.sum()) for trace in traces), reverse=True)[:RANKS]
        if sum(issued) > 0:
            shares[: len(issued)] += np.array(issued) / sum(issued)
    return [round(float(share), 3) for share in shares / shares.sum()]


HEAD = """\
# Calibrated on the queues of Warsaw's city offices, 30 December 2019 – 14 January 2020, by
# `python -m loadtest.calibrate FILE`. Source: City of Warsaw's open queue API (api.um.warszawa.pl),
# collected by the authors of the R package kolejkeR (MIT, © 2019 Hanna Zdulska), cleaned and summed up.
#
# arrivals.short_day    share of a day's tickets by half hour of opening, 08:00–16:00
# arrivals.long_day     the same, 08:00–18:00
# arrivals.day_spread   standard deviation ÷ mean of an office's tickets a day
# arrivals.queue_ranks  share of an office's busiest queue, its second, …
# service.spread        standard deviation ÷ mean of service times, from the calls of busy hours;
#                       desks that several queues share make it an upper bound
# leaving.share         share of the tickets that left the line without being called
"""


def as_toml(tables: dict[str, dict[str, object]]) -> str:
    """The figures as the file has them."""
    lines = [HEAD.rstrip()]
    for table, rows in tables.items():
        lines += ["", f"[{table}]", *(f"{key} = {value}" for key, value in rows.items())]
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Print the calibrated figures of a Warsaw record as TOML."""
    click.echo(as_toml(figures(file, LONG_DAYS, SHORT_DAYS)), nl=False)


if __name__ == "__main__":
    main()
