"""The page of the API: plain HTML that needs no script, with every door, type and refusal."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from balancer.errors import PROBLEMS
from balancer.routes.doors import DOORS
from balancer.routes.reference import page_bytes

VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """Checks that tags close in order; collects ids and local links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        named = dict(attrs)
        if "id" in named:
            self.ids.append(str(named["id"]))
        if (target := named.get("href") or "").startswith("#"):
            self.links.add(target[1:])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> str:
    return page_bytes().decode()


def test_it_is_whole_html(page: str) -> None:
    """Tags close, ids are unique, links inside the page lead somewhere."""
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.links <= set(outline.ids)


def test_it_needs_no_script_and_no_inline_style(page: str) -> None:
    """The content policy would refuse both."""
    assert "<script" not in page and "style=" not in page and "<style" not in page
    assert not re.search(r"\son\w+=", page)


def test_every_door_and_every_refusal_is_on_it(page: str) -> None:
    """A problem's `type` points here."""
    for door in DOORS:
        assert f'id="{door.operation}"' in page
        assert f"<code>{door.path}</code>" in page
    for code in PROBLEMS:
        assert f'<tr id="{code}">' in page
