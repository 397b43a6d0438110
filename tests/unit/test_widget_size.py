"""The widget stays small: everything that a browser may ever fetch for it, in any language."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "public_widget" / "src"
BUDGET = 12 * 1024
NAMED = re.compile(r"""(?:from|import)\s*\(?["'`]\./([^"'`]+)["'`]|new URL\("([^"]+)", import""")


def fetched(first: str) -> set[str]:
    """Files that the module names, and those that they name: imports, dynamic ones, style sheets."""
    found, waiting = set[str](), [first]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name.endswith(".js"):
            text = (SOURCE / name).read_text("utf-8")
            named = (one or other for one, other in NAMED.findall(text))
            waiting += [each.removeprefix("/") for each in named]
    return found


def test_all_of_it_is_at_most_twelve_kilobytes() -> None:
    """Each file packed by itself, as a server sends it; every language's words come with the drawing."""
    files = fetched("queue-board-define.js")
    assert {"queue-board.js", "queue-board.css"} <= files
    sizes = {name: len(gzip.compress((SOURCE / name).read_bytes(), 9, mtime=0)) for name in sorted(files)}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_nothing_lies_beside_it() -> None:
    """What is not fetched is not part of the widget."""
    assert fetched("queue-board-define.js") == {path.name for path in SOURCE.iterdir()}
