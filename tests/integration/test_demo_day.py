"""One whole day of the demo in a small city, in seconds."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest

from balancer.city.definition import load_city
from balancer.messages import ACTIVE, TicketStatus, TicketStatusAnswer
from loadtest.demo_day import DemoDay
from loadtest.demo_plan import Demand
from loadtest.driver import CityClient, open_session
from loadtest.pace import CityPace
from predictors.profiles import load_profile
from tests.server import running_server

SEED = 42


async def test_a_day_from_the_early_crowd_to_the_last_clerk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Everybody who came is served, missed or sent home; alarm and power cut come and go; all go home."""
    caplog.set_level(logging.INFO, "balancer.demo")
    with running_server(tmp_path, clock="2026-11-24T09:30:00", speed=2500) as server:
        async with open_session() as session:
            client = CityClient(session, server.base_url, "dolyna", server.token("admin"))
            day = DemoDay(
                city=load_city(server.city_file),
                day=date(2026, 11, 24),
                demand=Demand(visitors={"center": 70, "village": 15}),
                profile=load_profile(),
                client=client,
                pace=CityPace.from_hello(await client.hello()),
                rng=np.random.default_rng(SEED),
                free_desk=("center", "4"),
            )
            await day.run()
            bodies = [await client.read(f"/tickets/{ticket}") for ticket in day.tickets]
            board = await client.board()
    states = [msgspec.json.decode(body, type=TicketStatusAnswer).ticket.state for body in bodies]
    assert len(states) > 50, f"seed {SEED}"
    assert states.count(TicketStatus.DONE) > 0.8 * len(states)
    assert not ACTIVE & set(states)
    assert [branch.waiting for branch in board.branches] == [0, 0]
    assert [branch.desks_open for branch in board.branches] == [0, 0]
    assert "4" not in {call.desk for call in board.branches[0].last_called}, "the desk left to visitors"
    for said in ("10:45 alarm: center, village", "11:10 all-clear", "15:10 power-off: center", "15:30 power"):
        assert said in caplog.text
