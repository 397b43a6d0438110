"""The widget on a page of another origin, under a strict policy; and the frame for old systems."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.scripted_city import ScriptedCity

Open = Callable[..., Any]
PAGE = (
    '<!doctype html><title>City</title><script type="module" src="{0}/widget/queue-board-define.js"></script>'
    '<queue-board city="kharkiv" service="id-card-exchange" lang="uk"></queue-board>'
)
POLICY = (
    "default-src 'none'; script-src 'self' {0}; style-src 'self'; connect-src {0} {1}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@pytest.fixture
def site(city: ScriptedCity) -> Iterator[str]:
    """A city's own site on another port, which embeds the board."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            policy = POLICY.format(city.url, city.url.replace("http", "ws"))
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(PAGE.format(city.url).encode())

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def test_a_foreign_page_with_a_strict_policy_may_embed_it(
    city: ScriptedCity, site: str, open_page: Open
) -> None:
    """One script and one tag, Trusted Types enforced: rows, styles and the socket are there."""
    page = open_page(f"{site}/")
    page.locator("queue-board .num", has_text="12–20").wait_for()
    strip = page.locator("queue-board .strip").first
    assert strip.evaluate("each => getComputedStyle(each).height") == "14px"
    city.change("centre", queues=[*city.loads["centre"]["queues"]], on_the_way=7)
    page.locator("queue-board [data-branch=centre] dd", has_text="7").wait_for()


def test_the_frame_tells_its_height(city: ScriptedCity, open_page: Open) -> None:
    """What is asked for in the address stands in the board; the page around it hears how tall it is."""
    page = open_page(f"{city.url}/embed?service=id-card-exchange&branch=saltiv&lang=en&theme=dark")
    heard = "new Promise((done) => addEventListener('message', ({ data }) => done(data)))"
    page.locator("queue-board .row").first.wait_for()
    assert page.locator("queue-board .name").all_inner_texts() == ["Saltivskyi"]
    assert page.locator("queue-board").get_attribute("data-theme") == "dark"
    page.evaluate(f"void (window.heard = {heard})")
    page.set_viewport_size({"width": 320, "height": 700})
    said = page.evaluate("window.heard")
    assert said["type"] == "queue-board-height" and said["height"] > 200
