"""The bodies that many ask for at once, made once: the board's JSON and the first frames of a socket.

A body is made again when something changed or after a second, so that its `as_of` is never old. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

KEEP_SECONDS = 1.0
MOST_BODIES = 512


class Kept(Generic[T]):
    """Bodies by key, dropped all at once when the picture changes or they are a second old."""

    def __init__(self, keep_seconds: float = KEEP_SECONDS) -> None:
        self._keep_seconds = keep_seconds
        self._bodies: dict[object, T] = {}
        self._generation = -1
        self._since = 0.0

    def get(self, key: object, generation: int, now: float, make: Callable[[], T]) -> T:
        """The body of `key` in that generation at real second `now`; made where there is none."""
        old = generation != self._generation or now - self._since >= self._keep_seconds
        if old or len(self._bodies) >= MOST_BODIES:
            self._bodies.clear()
            self._generation, self._since = generation, now
        body = self._bodies.get(key)
        if body is None:
            body = self._bodies[key] = make()
        return body
