"""Who runs on a data folder: found by what the processes are, not by what the program says of them."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from types import TracebackType

STORES = ("valkey-server", "redis-server")
LOOK_SECONDS = 0.02


def stores_on(folder: Path) -> set[int]:
    """Process ids of the stores that work in the folder; the children with which they rewrite their log are
    not counted."""
    found: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError, IndexError):
            if (entry / "comm").read_text().strip() not in STORES:
                continue
            if Path(os.readlink(entry / "cwd")) != folder.resolve():
                continue
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return {pid for pid, parent in found.items() if parent not in found}


class StoreWatch:
    """Looks all the time while it is open; `most` is the largest number of stores that were there at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.most = 0
        self.looks = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> StoreWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            self.most = max(self.most, len(stores_on(self.folder)))
            self.looks += 1
