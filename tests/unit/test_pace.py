"""A client's idea of the server's city clock."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

from balancer.messages import Hello
from loadtest.pace import CityPace

NINE = datetime.fromisoformat("2026-11-23T09:00:00+02:00")


def test_city_time_runs_at_its_speed() -> None:
    """Ten real seconds at speed 60 are ten city minutes, in the zone of the city."""
    now = 100.0
    pace = CityPace(NINE, 60.0, monotonic=lambda: now)
    now = 110.0
    assert pace.now() == NINE + timedelta(minutes=10)
    assert pace.now().isoformat() == "2026-11-23T09:10:00+02:00"


def test_hello_tells_time_and_speed() -> None:
    """The live socket's first frame is enough to follow the clock."""
    hello = Hello(1, "kharkiv", "e", 7, NINE.isoformat(), 20.0, 15.0)
    pace = CityPace.from_hello(hello)
    assert pace.speed == 20.0
    assert timedelta() <= pace.now() - NINE < timedelta(minutes=5)


async def test_waiting_for_a_city_instant() -> None:
    """It returns once the instant has come, and says how far a past one is gone by."""
    pace = CityPace(NINE, 600.0)
    began = time.monotonic()
    late = await asyncio.wait_for(pace.until(NINE.timestamp() + 60), 5)
    assert time.monotonic() - began >= 0.099
    assert 0 <= late < 600
    assert await pace.until(NINE.timestamp() - 60) >= 60
