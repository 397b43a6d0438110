"""What a backtest is asked to do: a source, days to learn from and days to score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.count))

    def lasting(self, count: int) -> Days:
        """So many days from the same first one."""
        return Days(self.first, self.first + timedelta(days=count - 1))

    def after(self, other: Days) -> Days:
        """As many days, beginning when the other ones are over."""
        return Days(other.last + timedelta(days=1), other.last + timedelta(days=self.count))

    def before(self, other: Days) -> Days:
        """As many days, over when the other ones begin."""
        return Days(other.first - timedelta(days=self.count), other.first - timedelta(days=1))

    def report(self) -> dict[str, str | int]:
        """For JSON."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), "days": self.count}


def days_of(text: str) -> Days:
    """FROM..TO with ISO dates; ValueError says what is wrong."""
    begin, dots, end = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is no range like 2020-01-02..2020-01-10")
    try:
        found = Days(date.fromisoformat(begin.strip()), date.fromisoformat(end.strip()))
    except ValueError as error:
        raise ValueError(f"{text!r} is no range like 2020-01-02..2020-01-10: {error}") from error
    if found.first > found.last:
        raise ValueError(f"{begin.strip()} is after {end.strip()}")
    return found


class Source(StrEnum):
    """Where the days come from."""

    SYNTHETIC = "synthetic"
    WARSAW = "warsaw"
    ARCHIVE = "archive"

    @property
    def training(self) -> Days:
        """The days to learn from where none are named."""
        return _USUAL[self][0]

    @property
    def scored(self) -> Days:
        """The days to score where none are named."""
        return _USUAL[self][1]


_SYNTHETIC = Days(date(2026, 1, 1), date(2026, 2, 9))
_USUAL = {
    Source.SYNTHETIC: (_SYNTHETIC, Days(date(2026, 2, 10), date(2026, 5, 20))),
    Source.WARSAW: (
        Days(date(2020, 1, 2), date(2020, 1, 10)),
        Days(date(2020, 1, 13), date(2020, 1, 14)),
    ),
    Source.ARCHIVE: (_SYNTHETIC, _SYNTHETIC.after(_SYNTHETIC)),
}


@dataclass(frozen=True)
class Request:
    """One backtest. `file`: Warsaw's records, or the archive's file or URL; `city`: whose archive."""

    source: Source
    file: str | None
    train: Days
    test: Days
    seed: int
    scenarios: tuple[str, ...]
    city: str | None = None
