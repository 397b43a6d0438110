"""Elements as plain data: `[tag, attributes, *children]`, text is a string. Nothing of it is ever parsed as
HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Node = str | list[Any]
Child = Node | None | bool
Value = str | int | float | bool | None


def el(tag: str, attributes: Mapping[str, Value] | None = None, *children: Child) -> Node:
    """An element. Attributes: True is an empty one, None and False none; children that are empty are left
    out.

    >>> el("b", {"class": "num", "hidden": None}, "7–14", None, "")
    ['b', {'class': 'num'}, '7–14']
    """
    kept = {
        name: value for name, value in (attributes or {}).items() if value is not None and value is not False
    }
    return [
        tag,
        kept,
        *(child for child in children if isinstance(child, list) or (child and child is not True)),
    ]


def text_of(node: Node) -> str:
    """All words of a tree, in reading order."""
    return node if isinstance(node, str) else " ".join(filter(None, (text_of(each) for each in node[2:])))
