"""Writes stop before the disk is full."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from balancer.core.disk_room import LOOK_EVERY_SECONDS, DiskRoom, free_bytes


def test_room_is_what_stays_above_the_reserve(tmp_path: Path) -> None:
    """On the real disk."""
    free = free_bytes(tmp_path)
    assert free is not None and free > 0
    assert DiskRoom(tmp_path, 0).enough()
    assert not DiskRoom(tmp_path, free * 2).enough()


def test_it_looks_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of writes do not ask the disk thousands of times; a disk that fills up is noticed soon."""
    now, looks, free = [0.0], [0], [100]

    def statvfs(folder: Path) -> os.statvfs_result:
        looks[0] += 1
        return os.statvfs_result((1, 1, 0, 0, free[0], 0, 0, 0, 0, 0))

    monkeypatch.setattr(os, "statvfs", statvfs)
    room = DiskRoom(tmp_path, 50, monotonic=lambda: now[0])
    assert all(room.enough() for _ in range(1000))
    assert looks[0] == 1
    free[0] = 50
    assert room.enough()
    now[0] += LOOK_EVERY_SECONDS
    assert not room.enough()
    free[0] = 51
    now[0] += LOOK_EVERY_SECONDS
    assert room.enough()


def test_a_disk_that_cannot_be_seen_is_left_to_the_store(tmp_path: Path) -> None:
    """A folder on another machine must not stop the city."""
    assert free_bytes(tmp_path / "none") is None
    assert DiskRoom(tmp_path / "none", 1 << 60).enough()
