"""A fresh demo's history, so that planners have something to see: made up and taken in by two quiet children.

A file beside the data remembers what is still to be done, so that a demo stopped meanwhile does it the next
time, and none does it twice.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from loadtest.own_server import ServerFailed, balancer, run_child

TASK_FILE = "history.json"
VISITS_FILE = "history.parquet"
NICE = 10


def want_history(data: Path, before: date, seed: int) -> None:
    """Remember that this folder shall have a history before that day."""
    (data / TASK_FILE).write_text(json.dumps({"before": before.isoformat(), "seed": seed, "done": False}))


async def bring_history(data: Path, name: str, city: str) -> None:
    """Bring what is wanted and not there yet, and say so in a line; where that fails the demo goes on.

    `name`: the city as commands take it, `city`: its id.
    """
    try:
        task = json.loads((data / TASK_FILE).read_text())
        if task["done"]:
            return
        await _make_and_take_in(data, name, city, task["before"], task["seed"])
    except FileNotFoundError:
        return
    except (ServerFailed, OSError, ValueError, KeyError) as fault:
        click.echo(f"history: none, {fault}")
        return
    (data / TASK_FILE).write_text(json.dumps({**task, "done": True}))
    click.echo(f"history: six weeks before {task['before']}, made up; planners see it")


async def _make_and_take_in(data: Path, name: str, city: str, before: str, seed: int) -> None:
    visits = data / VISITS_FILE
    wanted = ("--city", name, "--before", before, "--seed", str(seed), "--to", str(visits))
    try:
        await run_child(sys.executable, "-m", "loadtest.demo_past", *wanted, nice=NICE)
        taking = balancer("archive", "import", str(visits), "--city", city, "--data", str(data))
        await run_child(*taking, nice=NICE)
    finally:
        visits.unlink(missing_ok=True)
