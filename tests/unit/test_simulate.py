"""`balancer simulate` as a planner types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from balancer.commands.simulate import command

FIGURES = {"mean_wait", "p95_wait", "door_to_desk", "gain_share", "spread", "gini"}


def test_figures_on_the_screen_and_in_the_file(tmp_path: Path) -> None:
    """nearest and pooled stand beside what was asked for; parameters and seed are told."""
    out = tmp_path / "figures.json"
    words = ["--policy", "ours", "--days", "1", "--seed", "7", "--adoption", "0.3", "--json", str(out)]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 0, result.output
    assert "ours" in result.stdout and "seed 7" in result.stdout and "adoption 0.3" in result.stdout
    written = json.loads(out.read_bytes())
    assert list(written["methods"]) == ["nearest", "ours", "pooled"]
    assert all(set(row) >= FIGURES for row in written["methods"].values())
    assert written["seed"] == 7 and written["parameters"]["adoption"] == 0.3
    again = CliRunner().invoke(command, words)
    assert again.stdout == result.stdout


def test_a_share_that_does_not_exist_is_null(tmp_path: Path) -> None:
    """Hardly anybody comes: nothing to gain, and no NaN in the JSON."""
    out = tmp_path / "figures.json"
    result = CliRunner().invoke(
        command, ["--policy", "live", "--days", "1", "--load", "0.001", "--json", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(out.read_bytes())["methods"]["live"]["gain_share"] is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--adoption", "1.5"], "adoption"),
        (["--adoption", "nan"], "adoption"),
        (["--intents", "-1"], "intents"),
        (["--load", "50"], "load"),
        (["--load", "0"], "load"),
        (["--data-age", "-3"], "data_age"),
        (["--travel-scale", "inf"], "travel_scale"),
        (["--days", "0"], "days"),
        (["--seed", "-4"], "seed"),
        (["--policy", "clairvoyant"], "clairvoyant"),
        (["--days", "1", "--policy", "nearest", "--json", "/nowhere/at/all.json"], "nowhere"),
    ],
)
def test_bad_input_is_named(words: list[str], named: str) -> None:
    """One line that names what is wrong, no traceback."""
    result = CliRunner().invoke(command, words)
    assert result.exit_code != 0 and isinstance(result.exception, SystemExit)
    assert named in result.output
