"""Board against record: what counts as equal, and the figures of the report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from loadtest.verdict import Pair, Report, Run, Totals, Verdict, summary
from loadtest.warsaw import read_day

SMALL = Path(__file__).parents[1] / "data" / "warsaw_small.csv"
PROMISED = "date offices queues pairs usable changed equal equal_changed worst refused mae_p50 excluded"


def pair(waiting: tuple[int, int], called: tuple[int, int], **more: float | None) -> Pair:
    return Pair("ud_alfa-11", 1, True, waiting, called, **more)


def report_of(verdict: Verdict, refused: int = 0) -> Report:
    run = Run(60, 31.0, 0.2, commands=99, refused=refused, repeats=0, rate_limited=0)
    return verdict.report(read_day(SMALL, date(2020, 1, 8)), run)


def agreeing() -> Verdict:
    """All 21 usable pairs equal, all three queues' totals too."""
    verdict = Verdict(pairs=[Pair("q", n, n > 0, (2, 2), (9, 9)) for n in range(21)])
    for queue in ("a", "b", "c"):
        verdict.served[queue] = verdict.recorded[queue] = Totals(10, 8, 1)
    return verdict


def test_difference_is_the_larger_of_waiting_and_called() -> None:
    """A pair is equal only if both are."""
    assert pair((3, 3), (7, 7)).difference == 0
    assert pair((3, 3), (7, 6)).difference == 1
    assert pair((3, 8), (7, 6)).difference == 5


def test_a_replay_that_holds() -> None:
    """Counts of the record and of the comparison."""
    report = report_of(agreeing())
    assert (report.offices, report.queues, report.usable_queues) == (2, 7, 3)
    assert (report.pairs, report.usable, report.equal, report.worst) == (49, 21, 21, 0)
    assert (report.issued, report.called, report.left) == (30, 24, 3)
    assert report.holds
    assert set(PROMISED.split()) <= set(msgspec.to_builtins(report))
    assert "21 of 21 usable pairs" in summary(report)


def test_what_breaks_it() -> None:
    """One unequal pair, one queue with other totals, or one refused command."""
    one_off = agreeing()
    one_off.pairs[4] = pair((3, 4), (7, 7))
    assert not report_of(one_off).holds
    assert report_of(one_off).worst == 1
    other_totals = agreeing()
    other_totals.served["b"] = Totals(10, 8, 0)
    assert report_of(other_totals).queues_equal == 2
    assert not report_of(other_totals).holds
    assert not report_of(agreeing(), refused=1).holds


def test_error_of_the_median_wait() -> None:
    """Only where somebody waits, the wait is known and the board gives a number."""
    verdict = Verdict(
        pairs=[
            pair((3, 3), (7, 7), rebuilt_wait=10.0, p50=14.0),
            pair((2, 2), (7, 7), rebuilt_wait=8.0, p50=6.0),
            pair((0, 0), (7, 7), rebuilt_wait=0.0, p50=5.0),
            pair((4, 4), (7, 7), rebuilt_wait=None, p50=5.0),
            pair((4, 4), (7, 7), rebuilt_wait=9.0, p50=None),
        ]
    )
    report = report_of(verdict)
    assert (report.mae_p50, report.mae_pairs) == (3.0, 2)
    assert report_of(Verdict()).mae_p50 is None
