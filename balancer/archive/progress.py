"""How far a city's log is in the archive. Without SQLAlchemy, which a server imports once it is ready."""

from __future__ import annotations

from dataclasses import dataclass


class Overtaken(Exception):
    """Another process has moved the city's stored offset meanwhile: read it again and go on from there."""


@dataclass(frozen=True)
class Progress:
    """A city's log is read up to `offset` of `epoch`; `state` is the fold's there (JSON)."""

    epoch: str
    offset: int
    state: str

    @property
    def place(self) -> tuple[str, int]:
        """Where in which history."""
        return self.epoch, self.offset
