"""`balancer backtest`: runs of each source, and bad input that names its option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from balancer.commands.backtest import command

SMALL = Path(__file__).parents[1] / "data/warsaw_small.csv"
TRAIN, TEST = "2020-01-08..2020-01-09", "2020-01-13..2020-01-14"


def run(*options: str) -> Result:
    return CliRunner().invoke(command, options, catch_exceptions=False)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--source", "warsaw"), "Field --file: needed with --source warsaw"),
        (("--source", "warsaw", "--file", "no.csv"), "Field --file: there is no file no.csv"),
        (("--train", "2026-01-10..2026-01-01"), "Field --train: 2026-01-10 is after 2026-01-01"),
        (("--test", "tomorrow"), "Field --test: 'tomorrow' is no range"),
        (("--train", "2026-01-01..2026-02-20", "--test", "2026-02-20..2026-03-01"),
         "Field --test: must begin after --train ends"),
        (("--train", "2026-01-01..2026-02-20", "--days-train", "9"), "Field --days-train: give either"),
        (("--days-train", "3"), "Field --train: needs 10 days at least"),
        (("--source", "warsaw", "--file", "x", "--scenario", "rush"), "only with --source synthetic"),
        (("--json", "no/such/folder/x.json"), "Field --json: there is no folder"),
        (("--source", "archive", "--file", "no.sqlite3", "--train", TRAIN, "--test", TEST),
         "Field --file: there is no file no.sqlite3"),
    ],
)  # fmt: skip
def test_bad_options_are_named(options: tuple[str, ...], told: str) -> None:
    """One line, exit 1, nothing computed."""
    result = run(*options)
    assert (result.exit_code, told in result.output) == (1, True), result.output


def test_a_file_without_its_columns_or_days(tmp_path: Path) -> None:
    """The missing column and the empty range are named."""
    path = tmp_path / "half.csv"
    path.write_text("name,date\nUD_A,2020-01-08\n", "utf-8")
    result = run("--source", "warsaw", "--file", str(path), "--train", TRAIN, "--test", TEST)
    assert result.exit_code == 1 and "no column" in result.output and "nazwaGrupy" in result.output
    other = "2019-12-28..2019-12-29"
    result = run("--source", "warsaw", "--file", str(SMALL), "--train", other, "--test", TEST)
    assert result.exit_code == 1 and f"Field --train: the file has no rows of {other}" in result.output


def test_a_made_city_from_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Table on stdout, progress on stderr, JSON and SVG as asked; the same seed gives the same figures.

    Without the trees' library: told, and the other methods are there.
    """
    monkeypatch.setattr("balancer.commands.backtest_run.trees_of", lambda: None)
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    plot = tmp_path / "plot.svg"
    options = ("--scenario", "alarm", "--days-train", "10", "--days-test", "2", "--seed", "5")
    for path in files:
        result = run(*options, "--json", str(path), "--plot", str(plot))
        assert result.exit_code == 0, result.output
    assert "alarm, shipped: replay" in result.stdout and "seed 5" in result.stdout
    assert "alarm: 10 training days" in result.stderr
    first, second = (json.loads(path.read_text("utf-8")) for path in files)
    assert first == second
    methods = first["scenarios"]["alarm"]["methods"]
    assert "no trees" in result.stderr
    assert {"oracle", "replay", "throughput", "learned", "ql", "les", "hol", "rolling", "historical"} == set(
        methods
    )
    assert plot.read_text("utf-8").count("<svg") == 1
