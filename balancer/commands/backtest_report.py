"""A backtest's figures as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balancer.commands.backtest_request import Request, Source
from predictors.outcome import ORACLE, Outcome
from predictors.scores import Score

MOST_RATIO = {"skills": 1.06}
MOST_RATIO_ELSEWHERE = 1.10
COVERED = (0.88, 0.92)
HEAD = (
    f"{'method':<12}{'MAE':>8}{'÷ oracle':>10}{'RMSE':>8}{'bias':>8}{'p10':>7}{'p50':>7}{'p90':>7}"
    f"{'pinball':>9}{'n':>8}"
)


def table(request: Request, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """The lines to print: for each outcome every method, the best first, and whether the bars hold."""
    train, test = request.train, request.test
    yield (
        f"{request.source.value}: {train.count} days to learn from, {test.count} days scored, "
        f"seed {request.seed}; minutes; p10, p50, p90: share of waits at or below"
    )
    for name, outcome in outcomes.items():
        yield ""
        yield f"{name}, shipped: {outcome.shipped}"
        yield HEAD
        scores = outcome.scores()
        for method in sorted(scores, key=lambda each: (scores[each].n == 0, scores[each].mae)):
            yield _row(method, scores[method], outcome.ratio(method))
        yield from _verdict(name, outcome)
        yield from outcome.notes


def _row(method: str, score: Score, ratio: float | None) -> str:
    if not score.n:
        return f"{method:<12}{'no answer':>8}"
    beside = "" if ratio is None else f"{ratio:.3f}"
    return (
        f"{method:<12}{score.mae:8.2f}{beside:>10}{score.rmse:8.2f}{score.bias:8.2f}{score.coverage_p10:7.3f}"
        f"{score.coverage_p50:7.3f}{score.coverage_p90:7.3f}{score.pinball:9.3f}{score.n:8d}"
    )


def _verdict(name: str, outcome: Outcome) -> Iterator[str]:
    ratio = outcome.ratio(outcome.shipped)
    if ratio is None:
        return
    most = MOST_RATIO.get(name, MOST_RATIO_ELSEWHERE)
    covered = outcome.answers[outcome.shipped].score().coverage_p90
    own = outcome.answers[ORACLE].score().coverage_p90
    before = "" if outcome.raw is None else f", {outcome.raw.score().coverage_p90:.3f} before correction"
    yield f"MAE ÷ oracle {ratio:.3f}, bar {most:.2f}: {_held(ratio <= most)}"
    yield (
        f"p90 covers {covered:.3f}, bar {COVERED[0]:.2f}–{COVERED[1]:.2f}: "
        f"{_held(COVERED[0] <= covered <= COVERED[1])} (the oracle's own {own:.3f}{before})"
    )


def _held(holds: bool) -> str:
    return "held" if holds else "MISSED"


def bars_held(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether every scenario with an oracle keeps its bars."""
    return not any(line.endswith("MISSED") or "MISSED" in line for line in _verdicts(outcomes))


def _verdicts(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    for name, outcome in outcomes.items():
        yield from _verdict(name, outcome)


def as_json(request: Request, outcomes: Mapping[str, Outcome]) -> dict[str, object]:
    """The figures: synthetic runs under `scenarios` by name, the others at the top."""
    found: dict[str, object] = {
        "source": request.source.value,
        "seed": request.seed,
        "train": request.train.report(),
        "test": request.test.report(),
    }
    if request.source is Source.SYNTHETIC:
        shipped = next(iter(outcomes.values())).shipped
        return found | {
            "shipped": shipped,
            "scenarios": {name: outcome.report() for name, outcome in outcomes.items()},
        }
    return found | outcomes[request.source.value].report()
