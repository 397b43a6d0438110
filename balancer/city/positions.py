"""Where in a TOML text each key and each list element stands: path → line, for faults that can be found
again.

tomllib gives no positions. The scanner is for text that tomllib has already accepted, so it may be simple: it
follows headers, keys and brackets and skips over scalars.
"""

from __future__ import annotations

import bisect
import re

from balancer.city.faults import Path

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SCALAR = re.compile(r"[^,\]}\n#]*")
BASIC = re.compile(r'"(?:\\.|[^"\\])*"')
LITERAL = re.compile(r"'[^']*'")
MULTI_BASIC = re.compile(r'"""(?:\\.|(?!""").)*"{3,5}', re.DOTALL)
MULTI_LITERAL = re.compile(r"'''(?:(?!''').)*'{3,5}", re.DOTALL)


def lines_of(text: str) -> dict[Path, int]:
    """Line (from 1) of every table, key and list element of a valid TOML text.

    >>> lines_of("a = 1\\n[[b]]\\nc = [\\n 2,\\n]")[("b", 0, "c", 0)]
    4
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Scanner:
    """A cursor over the text; each method leaves it behind what it has read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[Path, int] = {}
        self.array_sizes: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        """Walk the whole document."""
        table: Path = ()
        self.skip(BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(BLANK)
        return self.lines

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not valid TOML at character {self.at}")
        self.at = match.end()
        return match.group()

    def note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect.bisect_right(self.line_starts, at))

    def header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the path of the table that follows."""
        start, array = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        path = self.resolve(self.keys(), start)
        self.at += 2 if array else 1
        if array:
            size = self.array_sizes.get(path, 0)
            self.array_sizes[path] = size + 1
            path = (*path, size)
        self.note(path, start)
        return path

    def resolve(self, keys: list[str], start: int) -> Path:
        """The path of a header's keys; a list of tables on the way means its newest element."""
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            self.note(path, start)
            if path in self.array_sizes and place < len(keys) - 1:
                path = (*path, self.array_sizes[path] - 1)
        return path

    def keys(self) -> list[str]:
        """A dotted key; the cursor stays on the `=` or `]` behind it."""
        found = []
        while True:
            self.skip(BLANK)
            found.append(self.key())
            self.skip(BLANK)
            if self.text[self.at] != ".":
                return found
            self.at += 1

    def key(self) -> str:
        quote = self.text[self.at]
        if quote == "'":
            return self.skip(LITERAL)[1:-1]
        if quote == '"':
            raw = self.skip(BASIC)[1:-1]
            return raw.encode("latin-1", "backslashreplace").decode("unicode-escape")
        return self.skip(BARE_KEY)

    def pair(self, table: Path) -> None:
        """`key = value`."""
        start, keys = self.at, self.keys()
        for length in range(1, len(keys) + 1):
            self.note((*table, *keys[:length]), start)
        self.at += 1
        self.skip(BLANK)
        self.value((*table, *keys))

    def value(self, path: Path) -> None:
        """Skip a value, noting what stands inside lists and inline tables."""
        rest = self.text[self.at : self.at + 3]
        if rest == '"""':
            self.skip(MULTI_BASIC)
        elif rest == "'''":
            self.skip(MULTI_LITERAL)
        elif rest[0] == '"':
            self.skip(BASIC)
        elif rest[0] == "'":
            self.skip(LITERAL)
        elif rest[0] in "[{":
            self.container(path, "]" if rest[0] == "[" else "}")
        else:
            self.skip(SCALAR)

    def container(self, path: Path, closing: str) -> None:
        """A list or an inline table, up to and over its closing bracket."""
        self.at += 1
        size = 0
        while True:
            self.skip(BLANK)
            if self.text[self.at] == closing:
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self.pair(path)
            else:
                self.note((*path, size), self.at)
                self.value((*path, size))
                size += 1
