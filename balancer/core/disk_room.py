"""Is there still room on the disk that holds the store's data?

With `appendfsync always` a store whose disk is full does not refuse the write: it dies. So writes stop a
little earlier, with a reason, while reading goes on and what is stored stays whole.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

LOOK_EVERY_SECONDS = 1.0


class DiskRoom:
    """Looks at most once a second; a folder that cannot be looked at counts as having room (the store will
    say).
    """

    def __init__(
        self, folder: Path, reserve: int, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """`reserve` is in bytes: what must stay free."""
        self._folder = folder
        self._reserve = reserve
        self._monotonic = monotonic
        self._looked_at = float("-inf")
        self._enough = True

    def enough(self) -> bool:
        """True while more than the reserve is free."""
        now = self._monotonic()
        if now - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = now
            free = free_bytes(self._folder)
            self._enough = free is None or free > self._reserve
        return self._enough


def free_bytes(folder: Path) -> int | None:
    """Bytes that this process may still write on the folder's disk; None where that cannot be told."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize
