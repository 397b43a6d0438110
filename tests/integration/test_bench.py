"""The planner's process: one answer for all who ask the same, refusals across it, and its death."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from balancer.errors import BalancerError
from balancer.planning import bench as module
from balancer.planning.bench import PlannerBench
from balancer.planning.questions import Question
from tests.city_files import small_city
from tests.planner_history import fill_archive

CITY = small_city()
NOW = 1795428000000


@pytest.fixture
async def bench() -> AsyncIterator[PlannerBench]:
    """A bench that is closed afterwards."""
    running = PlannerBench()
    yield running
    running.close()


def ask(branch: str = "center") -> Question:
    return Question(topic="forecast", branch=branch, day=date(2026, 11, 24))


async def test_it_answers_refuses_and_survives(bench: PlannerBench, tmp_path: Path) -> None:
    """Ten who ask together get the same bytes; an unknown branch is refused by its code; a killed worker is
    replaced.
    """
    url = fill_archive(tmp_path, CITY.city, date(2026, 11, 20), days=14, people=40)
    together = await asyncio.gather(*(bench.answer(CITY, url, ask(), NOW) for _ in range(10)))
    assert len(set(together)) == 1 and b'"state":"ready"' in together[0]
    with pytest.raises(BalancerError) as refused:
        await bench.answer(CITY, url, ask("nowhere"), NOW)
    assert (refused.value.code, refused.value.params) == ("unknown_branch", {"branch": "nowhere"})
    assert bench._pool is not None
    for worker in list(bench._pool._processes.values()):
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
    assert b'"state":"empty"' in await bench.answer(CITY, url, ask("village"), NOW)


async def test_too_many_are_sent_away(bench: PlannerBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many questions wait already, the next one is told when to come back."""
    monkeypatch.setattr(module, "MOST_WAITING", 0)
    with pytest.raises(BalancerError) as refused:
        await bench.answer(CITY, "sqlite://", ask(), NOW)
    assert (refused.value.code, refused.value.params["seconds"]) == ("planner_busy", module.RETRY_SECONDS)
