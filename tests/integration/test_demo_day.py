"""One whole day of the demo in a small city, in seconds."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest

from balancer.city.definition import load_city
from balancer.messages import ACTIVE, TicketStatus, TicketStatusAnswer
from loadtest.demo import free_desk
from loadtest.demo_day import DemoDay
from loadtest.demo_plan import Demand
from loadtest.driver import CityClient, open_session
from loadtest.pace import CityPace
from predictors.profiles import load_profile
from tests.city_files import spoiled
from tests.server import running_server

SEED = 42
# At this speed a slow machine's delays would look like visitors who do not come.
SHORT_DAYS = spoiled(("09:00-18:00", "09:00-16:00"), ("recalls_max = 3", "no_show_after_seconds = 0"))


async def test_a_day_from_the_early_crowd_to_the_last_clerk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Everybody who came is served, missed or sent home; alarm and power cut come and go; all go home."""
    caplog.set_level(logging.INFO, "balancer.demo")
    file = tmp_path / "dolyna.toml"
    file.write_text(SHORT_DAYS, "utf-8")
    with running_server(tmp_path, city=str(file), clock="2026-11-24T09:30:00", speed=1500) as server:
        city = load_city(server.city_file)
        async with open_session() as session:
            client = CityClient(session, server.base_url, "dolyna", server.token("admin"))
            day = DemoDay(
                city=city,
                day=date(2026, 11, 24),
                demand=Demand(visitors={"center": 30, "village": 10}),
                profile=load_profile(),
                client=client,
                pace=CityPace.from_hello(await client.hello()),
                rng=np.random.default_rng(SEED),
                free_desk=free_desk(city),
            )
            await day.run()
            bodies = [await client.read(f"/tickets/{ticket}") for ticket in day.tickets]
            board = await client.board()
    states = [msgspec.json.decode(body, type=TicketStatusAnswer).ticket.state for body in bodies]
    assert len(states) > 20, f"seed {SEED}"
    assert states.count(TicketStatus.DONE) > 0.8 * len(states), Counter(states)
    assert not ACTIVE & set(states), Counter(states)
    assert [branch.waiting for branch in board.branches] == [0, 0]
    assert [branch.desks_open for branch in board.branches] == [0, 0]
    assert free_desk(city) == ("center", "1")
    assert "1" not in {call.desk for call in board.branches[0].last_called}, "the desk left to visitors"
    for said in ("10:45 alarm: center, village", "11:10 all-clear", "15:10 power-off: center", "15:30 power"):
        assert said in caplog.text
    assert "still at a desk" not in caplog.text
