"""Stores that tests share. A test that only talks to one takes `valkey`, `redis7` or `cluster` (started once
a run) and a city of its own (`city_name`); a test that kills or freezes takes `sentinels`, or starts its own
from `tests.stores`.

`store_url` runs a test on all three kinds, `town` in a small city there; `database` on an empty archive of
each kind.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.archives import sqlite_at
from tests.postgres import Postgres, postgres_server
from tests.stores import (
    ClusterSetup,
    SentinelSetup,
    Server,
    cluster_setup,
    redis_server,
    sentinel_setup,
    valkey_program,
)
from tests.town import Town


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The wheel's Valkey with the embedded store's settings."""
    with redis_server(tmp_path_factory.mktemp("valkey"), valkey_program()) as server:
        yield server


@pytest.fixture(scope="session")
def redis7(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The machine's own Redis (7.0 on Debian)."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterSetup]:
    """A cluster of three primaries."""
    with cluster_setup(tmp_path_factory.mktemp("cluster")) as setup:
        yield setup


@pytest.fixture
def sentinels(tmp_path: Path) -> Iterator[SentinelSetup]:
    """A master, two replicas and a sentinel of the test's own."""
    with sentinel_setup(tmp_path) as setup:
        yield setup


@pytest.fixture(params=["valkey", "redis7", "cluster"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a store of each kind in turn."""
    return str(request.getfixturevalue(request.param).url)


@pytest.fixture
def city_name() -> str:
    """A city that no other test uses."""
    return f"city-{uuid.uuid4().hex[:12]}"


@pytest.fixture
async def town(store_url: str, city_name: str) -> AsyncIterator[Town]:
    """The small town on a store of each kind in turn."""
    async with Town.found(store_url, city_name) as town:
        yield town


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL cluster for the run."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty archive of each kind in turn, as `--archive` takes it."""
    if request.param == "sqlite":
        return sqlite_at(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
