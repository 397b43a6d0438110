"""The modules of a page: found through its scripts, as the browser would, but all at once."""

from __future__ import annotations

import pytest

from balancer.routes.module_graph import modules_of
from balancer.routes.pages import PAGES, find_module

FILES = {
    "/pages/board/board.js": b"""/** @import { X } from "./types.js" */
import { a,
  b } from "/pages/assets/a.js";
import "../assets/side.js";
export const WORKER = "/t-worker.js";
const later = () => import("./lazy.js");
""",
    "/pages/assets/a.js": b'export * from "./deep.js";\nimport x from "https://elsewhere.example/x.js";\n',
    "/pages/assets/deep.js": b'import { a } from "./a.js";\n',
    "/pages/assets/side.js": b"",
}
PAGE = '<script type="module" src="/pages/board/board.js"></script>'


def test_everything_imported_is_found_once() -> None:
    """Over lines, relative and absolute, in a ring; not types, not what comes later, not strangers."""
    assert modules_of(PAGE, FILES.get) == [
        "/pages/board/board.js",
        "/pages/assets/a.js",
        "/pages/assets/side.js",
        "/pages/assets/deep.js",
    ]


def test_a_page_without_scripts_has_none() -> None:
    """Nothing is asked for."""
    assert modules_of("<p>words</p>", FILES.get) == []


@pytest.mark.parametrize("room", ["board", "ticket"])
def test_the_rooms_modules_are_all_there(room: str) -> None:
    """Every file that the page imports exists, or the page would stand still."""
    page = (PAGES / room / "index.html").read_text("utf-8")
    asked: list[str] = []
    found = modules_of(page, lambda path: asked.append(path) or find_module(path))  # type: ignore[func-returns-value]
    assert len(found) > 5 and set(asked) == set(found)
