"""`balancer backtest`: how right the predictions are, beside simple ways, rivals and, where the true laws are
known, an oracle.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import orjson

from balancer.commands.backtest_request import Days, Request, Source, days_of
from balancer.commands.options import plain_errors
from balancer.errors import BalancerError

SCENARIOS = ("skills", "breaks", "skew", "alarm", "rush")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backtest")
@click.option("--source", type=click.Choice([each.value for each in Source]), default="synthetic",
              show_default=True, help="A made city, Warsaw's records or an archive.")  # fmt: skip
@click.option("--file", metavar="F", help="Warsaw: the records, CSV or CSV.gz. Archive: an SQLite file or "
              "a database URL.")  # fmt: skip
@click.option("--train", metavar="FROM..TO", help="Days to learn from, as 2020-01-02..2020-01-10.")
@click.option("--test", metavar="FROM..TO", help="Days to score.")
@click.option("--days-train", type=click.IntRange(min=1), help="Synthetic: how many days to learn from.")
@click.option("--days-test", type=click.IntRange(min=1), help="Synthetic: how many days to score.")
@click.option("--scenario", "scenarios", type=click.Choice(SCENARIOS), multiple=True,
              help="Synthetic: only this one; may be given several times.")  # fmt: skip
@click.option("--city", help="Archive: whose history, where it holds several.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True,
              help="Of all randomness; the same seed gives the same figures.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), default=min(2, os.cpu_count() or 1), show_default=True,
              help="Synthetic: scenarios at a time.")  # fmt: skip
@click.option("--json", "out", type=FILE, help="Write the figures there.")
@click.option("--plot", type=FILE, help="Draw calibration and errors there, as SVG.")
def command(out: Path | None, plot: Path | None, jobs: int, **given: Any) -> None:
    """Forecast days that are over, from what was known at each moment, and compare with what happened.

    Errors and waits are minutes. MAE and bias are of p50; p90 should cover 0.90 of the waits.
    """
    from balancer.commands.backtest_report import as_json, table
    from balancer.commands.backtest_run import run

    with plain_errors():
        request = wanted(**given)
        _writable(out, "--json")
        _writable(plot, "--plot")
        outcomes = run(request, jobs, lambda text: click.echo(text, err=True))
        for line in table(request, outcomes):
            click.echo(line)
        if out is not None:
            out.write_bytes(orjson.dumps(as_json(request, outcomes), option=orjson.OPT_INDENT_2) + b"\n")
        if plot is not None:
            from balancer.commands.backtest_plot import draw

            draw(outcomes, plot)


def wanted(
    source: str,
    file: str | None,
    train: str | None,
    test: str | None,
    days_train: int | None,
    days_test: int | None,
    scenarios: tuple[str, ...],
    city: str | None,
    seed: int,
) -> Request:
    """The request that the options make, with the source's defaults; BalancerError names the wrong option."""
    kind = Source(source)
    if kind is not Source.SYNTHETIC:
        for name, value in (
            ("--days-train", days_train),
            ("--days-test", days_test),
            ("--scenario", scenarios),
        ):
            if value:
                raise wrong(name, "лише з --source synthetic", "only with --source synthetic")
        if not file:
            raise wrong("--file", f"потрібен для --source {source}", f"needed with --source {source}")
    learned = _range("--train", train, "--days-train", days_train, kind.training)
    scored = _range("--test", test, "--days-test", days_test, kind.scored)
    if learned.last >= scored.first:
        if train and test:
            raise wrong("--test", "має починатися після --train", "must begin after --train ends")
        scored = scored.after(learned) if not test else scored
        learned = learned.before(scored) if not train else learned
    return Request(kind, file, learned, scored, seed, scenarios or SCENARIOS, city)


def _range(option: str, text: str | None, count_option: str, count: int | None, usual: Days) -> Days:
    """The days of one option: a range, else so many days from the usual first one, else the usual ones."""
    if text and count:
        raise wrong(
            count_option, f"або {option}, або {count_option}", f"give either {option} or {count_option}"
        )
    if text:
        try:
            return days_of(text)
        except ValueError as error:
            raise wrong(option, str(error), str(error)) from error
    return usual.lasting(count) if count else usual


def wrong(option: str, uk: str, en: str) -> BalancerError:
    """What is wrong with an option, in both languages."""
    return BalancerError("invalid_field", field=option, why={"uk": uk, "en": en})


def _writable(path: Path | None, option: str) -> None:
    """Before minutes are spent: a file can be made there."""
    if path is not None and not path.absolute().parent.is_dir():
        raise wrong(option, f"немає теки {path.parent}", f"there is no folder {path.parent}")
