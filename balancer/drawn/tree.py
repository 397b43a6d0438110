"""Elements as plain data: `[tag, attributes, *children]`, text is a string. Nothing of it is ever parsed as
HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from balancer.wording.languages import Borrowed

Node = str | list[Any]
Child = Node | None | bool
Value = str | int | float | bool | None


def el(tag: str, attributes: Mapping[str, Value] | None = None, *children: Child) -> Node:
    """An element. Attributes: True is an empty one, None and False none; children that are empty are left
    out. A text that is borrowed from another language says which it is, to be read aloud as it should be.

    >>> el("b", {"class": "num", "hidden": None}, "7–14", None, "")
    ['b', {'class': 'num'}, '7–14']
    >>> el("b", {}, Borrowed("Зачинено", "uk"))
    ['b', {'lang': 'uk'}, 'Зачинено']
    """
    kept = {
        name: str(value) if isinstance(value, Borrowed) else value
        for name, value in (attributes or {}).items()
        if value is not None and value is not False
    }
    inside = [child for child in children if isinstance(child, list) or (child and child is not True)]
    if len(inside) == 1 and isinstance(inside[0], Borrowed):
        return [tag, {"lang": inside[0].language, **kept}, str(inside[0])]
    return [tag, kept, *(_marked(child) if isinstance(child, Borrowed) else child for child in inside)]


def _marked(text: Borrowed) -> Node:
    return ["span", {"lang": text.language}, str(text)]


def text_of(node: Node) -> str:
    """All words of a tree, in reading order."""
    return node if isinstance(node, str) else " ".join(filter(None, (text_of(each) for each in node[2:])))
