"""What is wrong with a city file, each fault with its place, its line and what to do about it.

CityFaults (ValueError)   holds the list of Fault; raised by `definition.load_city`
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

Path = tuple[str | int, ...]
ID_KEYS = {
    "branches": "branch",
    "queues": "queue",
    "services": "service",
    "desks": "ids",
    "categories": "category",
    "agencies": "agency",
    "priority_classes": "priority",
    "exceptions": "date",
    "standards": "standard",
}


class Fault(msgspec.Struct, frozen=True):
    """One finding: `place` in words, `line` from 1 (None: no line of its own), `remedy` = what to do.

    A `warning` does not stop the city from being used.
    """

    place: str
    line: int | None
    problem: str
    remedy: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"line {self.line}, {self.place}" if self.line else self.place
        return f"{where}: {self.problem}. {self.remedy}".rstrip()


class CityFaults(ValueError):
    """A city file that cannot be used; `faults` holds everything that was found, warnings too."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = list(faults)
        wrong = [str(fault) for fault in self.faults if not fault.warning]
        count = "1 fault" if len(wrong) == 1 else f"{len(wrong)} faults"
        super().__init__("\n".join([f"{file}: {count}", *wrong]))


class Findings:
    """Collects findings by their path in the file; places and lines are added at the end, by `report`."""

    def __init__(self) -> None:
        self._found: list[tuple[Path, str, str, bool]] = []

    def fault(self, path: Path, problem: str, remedy: str) -> None:
        """Something that must be mended before the city can be used."""
        self._found.append((path, problem, remedy, False))

    def warning(self, path: Path, problem: str, remedy: str) -> None:
        """Something worth a look that stops nothing."""
        self._found.append((path, problem, remedy, True))

    @property
    def fatal(self) -> bool:
        """True once any fault (not a warning) was found."""
        return any(not warning for *_, warning in self._found)

    def report(self, document: Any, lines: dict[Path, int]) -> list[Fault]:
        """The findings in the order of the file, faults and warnings mixed; `document` is the parsed TOML."""
        rows = [
            Fault(place_in_words(path, document), _line(path, lines), problem, remedy, warning)
            for path, problem, remedy, warning in dict.fromkeys(self._found)
        ]
        return sorted(rows, key=lambda fault: fault.line or 0)


def place_in_words(path: Path, document: Any) -> str:
    """A path as a person reads it, list places counted from 1.

    >>> place_in_words(("branches", 0, "lat"), {"branches": [{"branch": "saltiv"}]})
    'branches[1] "saltiv" › lat'
    """
    parts: list[str] = []
    here = document
    for step in path:
        here = _step_into(here, step)
        if isinstance(step, int) and parts:
            parts[-1] += f"[{step + 1}]{_label(parts[-1], here)}"
        else:
            parts.append(str(step))
    return " › ".join(parts) or "the file"


def _step_into(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _label(row_of: str, row: Any) -> str:
    """The id by which a person knows a row of that list, quoted; nothing where it has none."""
    found = row.get(ID_KEYS.get(row_of, "")) if isinstance(row, dict) else None
    return f' "{found}"' if isinstance(found, str) else ""


def _line(path: Path, lines: dict[Path, int]) -> int | None:
    """The line of the path, or of the nearest thing around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy that names the nearest known word, or else `otherwise`.

    >>> did_you_mean("pasport", ["passport", "family"], "")
    'Did you mean "passport"?'
    """
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else otherwise


def some_of(words: Iterable[str], limit: int = 12) -> str:
    """A list of words for a remedy, cut where it grows too long to read."""
    known = list(words)
    shown = ", ".join(f'"{word}"' for word in known[:limit])
    return f"{shown} and {len(known) - limit} more" if len(known) > limit else shown
