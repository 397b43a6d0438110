"""The wiring: parts that meet, and part again."""

from __future__ import annotations

from pathlib import Path

import pytest

from balancer.app import create_app, running_parts
from balancer.errors import StoreUnavailable
from balancer.settings import Settings
from tests.city_files import SMALL


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The small city on a folder of its own."""
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")
    return Settings(city=str(file), data=tmp_path / "data", clock="2026-11-23T10:00:00", speed=1)


async def test_parts_meet_and_part(settings: Settings) -> None:
    """A new folder gets the city; afterwards the folder is free for the next, who finds the same city."""
    async with running_parts(settings) as parts:
        assert (parts.city.city, parts.city.version) == ("dolyna", 1)
        assert parts.waiting_for() == ["feed", "plan"]
        key, epoch = parts.city_key, None
        await parts.feed.start()
        await parts.timers.apply_plan_now()
        assert parts.feed.ready
        epoch = parts.feed.epoch
    async with running_parts(settings) as parts:
        await parts.feed.start()
        assert (parts.city.version, parts.city_key, parts.feed.epoch) == (1, key, epoch)


async def test_two_processes_never_share_a_folder(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is told who has it."""
    monkeypatch.setattr(
        "balancer.core.redis_server.EmbeddedStore.__init__.__kwdefaults__",
        {"lock_within": 0.2, "program": None, "ready_within": 60.0},
        raising=False,
    )
    async with running_parts(settings):
        with pytest.raises(StoreUnavailable) as refused:
            async with running_parts(settings):
                pass
        assert "another server" in str(refused.value.params["reason"])


async def test_every_address_of_the_application(settings: Settings) -> None:
    """Pages, API, documents, health and the live socket."""
    async with running_parts(settings) as parts:
        paths = {getattr(route, "path", "") for route in create_app(parts).routes}
    assert {"/", "/desk", "/docs", "/livez", "/readyz", "/api/v1/openapi.json"} <= paths
    assert "/api/v1/cities/{city}/live" in paths
