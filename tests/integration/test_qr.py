"""QR codes: of this server's links and of nothing that leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from balancer.errors import BalancerError
from balancer.routes.qr import checked_text, qr_svg
from tests.server import Reply, RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server() as running:
        yield running


def code(server: RunningServer, text: str, **more: str) -> Reply:
    return server.ask("GET", f"/qr.svg?text={quote(text, safe='')}", headers=more)


def test_a_link_of_this_server_is_drawn_and_kept(server: RunningServer) -> None:
    """As SVG with an ETag."""
    link = f"{server.base_url}/supervisor#device=ABCEHK"
    first = code(server, link)
    assert (first.status, first.headers["content-type"]) == (200, "image/svg+xml")
    assert first.body == qr_svg(link) and b"viewBox" in first.body
    assert "max-age" in first.headers["cache-control"]
    assert code(server, link, **{"if-none-match": first.headers["etag"]}).status == 304
    assert code(server, "A042").status == 200


def test_a_secret_comes_by_post_and_is_not_kept(server: RunningServer) -> None:
    """In an address it would stand in logs and caches."""
    link = f"{server.base_url}/t#city=dolyna&ticket=x&secret=y"
    assert code(server, link).code == "qr_text"
    drawn = server.ask("POST", "/qr.svg", link.encode())
    assert drawn.status == 200 and drawn.body == qr_svg(link)
    assert drawn.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "line\nbreak",
        "x" * 61,
        "http://host/" + "x" * 300,
        "https://elsewhere.example/t",
        "http://host.elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "tel:102",
        "http://[broken",
        "http://host/t#1.2",
    ],
)
def test_what_is_no_code_of_ours(text: str) -> None:
    """Refused with the reason."""
    with pytest.raises(BalancerError) as caught:
        checked_text(text, "host", in_address=True)
    assert caught.value.code == "qr_text"


@pytest.mark.parametrize("text", ["A042", "Талон A042", "http://host/supervisor#device=X", "https://HOST/"])
def test_what_is_one(text: str) -> None:
    """Own links in either scheme: a proxy may end the encryption."""
    assert checked_text(text, "host", in_address=True) == text
