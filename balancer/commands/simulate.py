"""`balancer simulate`: what advice is worth to a city, beside no advice and one pooled queue."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from balancer.commands.options import plain_errors

POLICY_NAMES = ("nearest", "least-busy", "live", "ours")
COLUMNS = ("mean_wait", "p95_wait", "door_to_desk", "gain_share", "spread", "gini", "swing")


@click.command("simulate")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    type=click.Choice(POLICY_NAMES),
    help="Repeatable; all by default. nearest and pooled always stand beside.",
)
@click.option("--adoption", default=0.6, show_default=True, help="Share of visitors who follow the advice.")
@click.option(
    "--data-age",
    type=float,
    help="Minutes, of the board that every policy sees. Default: live, but 10 for least-busy.",
)
@click.option("--intents", default=0.5, show_default=True, help="Share of them who announce themselves.")
@click.option("--load", default=0.92, show_default=True, help="Offered work over all desks' time.")
@click.option("--travel-scale", default=1.0, show_default=True, help="Every way that much longer.")
@click.option("--days", default=40, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures there."
)
def command(policies: tuple[str, ...], out: Path | None, **given: Any) -> None:
    """Simulate a city's days under advice: 8 branches, 43 desks, the same visitors for every policy.

    Gain share: 0 is as bad as going to the nearest branch, 1 as good as one pooled queue. Minutes.
    """
    from predictors.policies import PolicyName
    from predictors.simulator import Setup, simulate

    with plain_errors():
        check_finite(given)
        setup = Setup(**given)
        figures = simulate([PolicyName(name) for name in policies or POLICY_NAMES], setup)
        methods = {name: asdict(one) for name, one in figures.items()}
        click.echo(table(methods))
        click.echo(f"{setup.days} days, seed {setup.seed}: {describe(asdict(setup))}")
        if out is not None:
            write_json(out, {"methods": methods, "parameters": asdict(setup), "seed": setup.seed})


def check_finite(given: dict[str, Any]) -> None:
    """ValueError, naming the option, where a number is NaN or infinite."""
    for name, value in given.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number, not {value}")


def table(methods: dict[str, dict[str, Any]]) -> str:
    """One line a policy."""
    lines = ["policy".ljust(12) + "".join(name.rjust(14) for name in COLUMNS) + "  data age"]
    for name, row in methods.items():
        cells = "".join(f"{row[column]:14.{1 if column in COLUMNS[:3] else 2}f}" for column in COLUMNS)
        lines.append(f"{name.ljust(12)}{cells}{row['data_age']:10.0f}")
    return "\n".join(lines)


def describe(parameters: dict[str, Any]) -> str:
    """The parameters in a line."""
    shown = {name: value for name, value in parameters.items() if name not in ("days", "seed")}
    return ", ".join(f"{name} {'by policy' if value is None else value}" for name, value in shown.items())


def write_json(out: Path, result: dict[str, Any]) -> None:
    """The result as JSON; a figure that does not exist is null. OSError where it cannot be written."""
    import orjson

    out.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    click.echo(f"Written to {out}.")
