"""Static files: found by their exact names, kept in memory until they change, never outside their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from balancer.routes.pages import PAGES, POLICY, Shelf, page


def request(**headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": sent})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages, and a secret beside it."""
    inside = tmp_path / "pages"
    (inside / "board").mkdir(parents=True)
    (inside / "board" / "index.html").write_text("<!doctype html><title>a</title>", "utf-8")
    (inside / "board" / "board.js").write_text("export {}", "utf-8")
    (inside / ".hidden.js").write_text("hidden", "utf-8")
    (inside / "notes.txt").write_text("notes", "utf-8")
    (tmp_path / "secret.js").write_text("secret", "utf-8")
    (inside / "folder.js").mkdir()
    return inside


@pytest.mark.parametrize(
    "name",
    [
        "../secret.js",
        "board/../../secret.js",
        "/etc/passwd",
        "board//board.js",
        "./board/board.js",
        ".hidden.js",
        "notes.txt",
        "folder.js",
        "none.js",
        "board",
        "",
        "board/board.js\0",
        "board\\board.js",
        "a" * 5000 + ".js",
    ],
)
def test_nothing_but_files_of_the_folder(folder: Path, name: str) -> None:
    """Whatever is asked for: 404."""
    with pytest.raises(HTTPException) as caught:
        page(Shelf(folder), name, request())
    assert caught.value.status_code == 404


def test_a_file_is_sent_once_and_then_confirmed(folder: Path) -> None:
    """304 until it changes; then the new one, without a restart."""
    shelf = Shelf(folder)
    first = page(shelf, "board/board.js", request())
    assert (first.status_code, bytes(first.body)) == (200, b"export {}")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    etag = first.headers["etag"]
    assert page(shelf, "board/board.js", request(if_none_match=etag)).status_code == 304
    file = folder / "board" / "board.js"
    file.write_text("export {a}", "utf-8")
    os.utime(file, (1, 1))
    assert bytes(page(shelf, "board/board.js", request(if_none_match=etag)).body) == b"export {a}"


def test_pages_have_a_strict_policy(folder: Path) -> None:
    """HTML says who may frame it; modules may be used by the city's own site."""
    html = page(Shelf(folder), "board/index.html", request())
    assert html.headers["content-security-policy"] == POLICY + "frame-ancestors 'none'"
    for directive in ("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"):
        assert directive in POLICY
    assert "unsafe" not in POLICY and "*" not in POLICY
    script = page(Shelf(folder), "board/board.js", request())
    assert script.headers["access-control-allow-origin"] == "*"


def test_no_page_has_inline_script_or_style() -> None:
    """The policy would refuse it: no handler attributes, no style attributes, no script without a source."""
    for file in [*PAGES.rglob("*.html")]:
        text = file.read_text("utf-8")
        assert "<script>" not in text and " onclick" not in text and " style=" not in text, file
        assert "<style" not in text, file
    assert (PAGES / "assets/tokens.css").is_file()
