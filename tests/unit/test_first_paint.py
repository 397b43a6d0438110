"""The page as the server paints it: words, links, table and form, everything escaped, made once a second."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from balancer.errors import StoreUnavailable
from balancer.languages.offered import Offered
from balancer.live.board import Board
from balancer.live.frames import branch_frame
from balancer.messages import BranchState, Wait
from balancer.routes.caching import Held
from balancer.routes.first_paint import FirstPaint
from tests.city_files import small_city

TEN = 1_795_420_800_000
CITY = small_city(('name = { uk = "Долина"', 'demo = true\nname = { uk = "Долина <b>&"'))
TEMPLATE = """<!doctype html>
<html lang="uk">
<head>
<title>Черги</title>
<meta name="description" content="Черги">
</head>
<body><b id="city"></b><span id="demo" class="chip" hidden></span><h1 id="title">Де найшвидше?</h1>
<a href="?lang=en">ENG</a><queue-board></queue-board></body>
</html>
"""


class Feed:
    """A picture that stands still, and counts how often it is looked at."""

    def __init__(self) -> None:
        self.as_of, self.generation, self.fresh, self.looks = TEN, 1, True, 0
        self.board = Board(CITY)
        self.picture = self

    def require_fresh(self) -> None:
        self.looks += 1
        if not self.fresh:
            raise StoreUnavailable("store_unavailable")

    def frame(self, branch: str) -> Any:
        load = self.board.branch(branch)
        load.facts = BranchState(branch, phase="open", alarm="none", power="on", version=1)
        waits = {"papers": Wait(1, 7, 14), "advice": None}
        return branch_frame(load, waits, epoch="e", seq=1, as_of=TEN)


class Painter:
    """`ask(query, header=…)` paints the page."""

    def __init__(self, template: str = TEMPLATE) -> None:
        self.feed, self.path = Feed(), "/"
        self.paint = FirstPaint(lambda room: Held(template.encode()) if room == "board" else None)

    def ask(self, query: str = "", host: str = "queue.example", **headers: str) -> Any:
        parts = SimpleNamespace(city=CITY, feed=self.feed, languages=Offered())
        sent = [(b"host", host.encode())]
        sent += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "scheme": "https",
            "query_string": query.encode(),
            "headers": sent,
            "app": SimpleNamespace(state=SimpleNamespace(parts=parts)),
        }
        return asyncio.run(self.paint.show("board", self.path)(Request(scope)))  # type: ignore[arg-type]

    def text(self, query: str = "", **more: str) -> str:
        return bytes(self.ask(query, **more).body).decode()


def test_the_table_stands_inside_the_element() -> None:
    """Branches with their waits of the chosen service, a caption with the city's time."""
    page = Painter().text("service=extract")
    _, _, inside = page.partition('<queue-board city="dolyna" lang="uk" service="extract">')
    inside, _, _ = inside.partition("</queue-board>")
    assert "<caption>Черги о 10:00</caption>" in inside
    assert inside.count('<th scope="row">') == 2 and inside.count("7–14 хв") == 2
    assert '<option value="extract" selected>Витяг</option>' in inside
    assert "<small>пл. Ринок, 1</small>" in inside and "Село (демо)" in inside


def test_nothing_of_the_city_is_markup() -> None:
    """A name with tags is a name."""
    page = Painter().text("service=extract")
    assert "<b>&" not in page and "Долина &lt;b&gt;&amp;" in page


def test_title_description_and_links_say_what_it_is() -> None:
    """In the reader's language, with the service, with its address and that of the other language."""
    page = Painter().text("service=extract&lang=en")
    assert '<html lang="en">' in page and "<title>Extract: where is it fastest? Service centre · " in page
    assert 'content="Extract: how long the wait is at each branch of Dolyna' in page
    assert '<link rel="canonical" href="https://queue.example/?lang=en&amp;service=extract">' in page
    assert 'hreflang="uk" href="https://queue.example/?lang=uk&amp;service=extract"' in page
    assert '<h1 id="title">Where is it fastest?</h1>' in page
    assert '<a href="?lang=en&amp;service=extract">' in page, "another language keeps the choice"
    assert '<span id="demo" class="chip">Demo</span>' in page


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "en-US,en;q=0.9", "en"), ("", "", "uk"), ("lang=uk", "en", "uk"), ("lang=xx", "en", "en")],
)
def test_the_language_is_asked_for_in_the_address_or_by_the_browser(
    query: str, header: str, language: str
) -> None:
    """The address wins."""
    assert f'<html lang="{language}">' in Painter().text(query, accept_language=header)


def test_what_makes_no_sense_is_as_good_as_nothing() -> None:
    """A service that is not known, a host that is none: a page all the same, and nothing of either in it."""
    page = Painter().text("service=%3Cscript%3E", host='evil"><script>')
    assert "<script" not in page and "evil" not in page
    assert 'rel="canonical" href="/?lang=uk"' in page


def test_a_frame_is_not_for_search_engines() -> None:
    """The city page is; what other sites frame would only be found twice."""
    page, frame = Painter(), Painter()
    frame.path = "/embed"
    assert "noindex" not in page.text()
    assert '<meta name="robots" content="noindex">' in frame.text()


def test_it_is_painted_once_for_everybody() -> None:
    """The same question within a second is the same bytes, confirmed by their ETag."""
    painter = Painter()
    first = painter.ask("service=extract")
    assert painter.ask("service=extract", if_none_match=first.headers["etag"]).status_code == 304
    packed = painter.ask("service=extract", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != first.headers["etag"]
    assert packed.headers["vary"] == "Accept-Encoding, Accept-Language"
    assert painter.feed.looks == 1
    painter.ask("service=passport")
    assert painter.feed.looks == 2


def test_without_fresh_data_the_page_says_so() -> None:
    """No old number looks new; the choice of a service stays."""
    painter = Painter()
    painter.feed.fresh = False
    page = painter.text("service=extract")
    assert "Свіжих даних немає." in page and "<table>" not in page and "<select" in page
