"""The texts of a page's room, read from its `words-uk.js`: one plain literal, so no script is run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

LITERAL = re.compile(r"export const uk = (\{.*\n\});", re.S)
TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*") | (?P<comment>/\*.*?\*/|//[^\n]*) | (?P<name>[A-Za-z_]\w*)(?=\s*:)
    | (?P<trailing>,)(?=\s*[}\]])""",
    re.S | re.X,
)


def read_texts(path: Path) -> dict[str, Any]:
    """Name → text, list of texts, plural forms or more names. Raises ValueError, naming the file, where the
    room's words are more than texts.
    """
    found = LITERAL.search(path.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{path}: no `export const uk = {{…}};`")
    try:
        texts: dict[str, Any] = json.loads(TOKEN.sub(_as_json, found[1]))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}: more than plain texts: {error}") from None
    return texts


def _as_json(token: re.Match[str]) -> str:
    if token["text"]:
        return token["text"]
    return f'"{token["name"]}"' if token["name"] else ""
