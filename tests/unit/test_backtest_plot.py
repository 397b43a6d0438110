"""The picture of a backtest."""

from __future__ import annotations

from pathlib import Path

from balancer.commands.backtest_plot import draw, drawn
from tests.unit.test_outcome import OUTCOME


def test_a_picture_a_scenario(tmp_path: Path) -> None:
    """SVG with the title of each plot."""
    path = tmp_path / "plot.svg"
    draw({"skills": OUTCOME, "rush": OUTCOME}, path)
    text = path.read_text("utf-8")
    assert text.startswith("<?xml") and "<svg" in text
    for title in ("skills: calibration", "rush: calibration", "error by predicted wait", "error by hour"):
        assert f"<!-- {title} -->" in text


def test_the_shipped_method_stands_first() -> None:
    """Beside the oracle; ql is no more than a figure in the table."""
    assert drawn(OUTCOME) == ["replay", "oracle"]
