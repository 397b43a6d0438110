"""`/qr.svg`: a QR code of one of this server's own links, or of a few plain words.

`GET ?text=` for what anybody may read; `POST` with the text as body for a link that carries a secret, which
must stand in no address and no log. Links to other hosts are refused: a code from the city's server must not
lead anywhere else.
"""

from __future__ import annotations

import io
import time
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.errors import BalancerError
from balancer.routes.access import address_of
from balancer.routes.bodies import read_bytes
from balancer.routes.caching import Held
from balancer.routes.parts import parts_of
from balancer.wording import reasons
from balancer.wording.rooms import Sentence

LONGEST_LINK = 300
LONGEST_WORDS = 60
QUIET_ZONE = 4
KEPT = 256
CACHE = "public, max-age=86400"
TICKET_PAGE = "/t"


def qr_svg(text: str) -> bytes:
    """The code as SVG, black on white with its quiet zone; it scales to any size."""
    drawn = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, border=QUIET_ZONE, dark="#000", light="#fff")
    return drawn.getvalue()


@lru_cache(KEPT)
def _held(text: str) -> Held:
    return Held(qr_svg(text))


def checked_text(text: str, host: str, *, in_address: bool) -> str:
    """`text` if it may be a code on the server that is reached as `host`; else `qr_text`.

    `in_address`: it came in the address of the request, where no secret may stand.
    """
    if not text or not text.isprintable():
        raise _refused(reasons.EMPTY_OR_UNREADABLE)
    link = _link(text)
    if link is None:
        if len(text) > LONGEST_WORDS:
            raise _refused(reasons.TOO_LONG, most=LONGEST_WORDS)
        return text
    if len(text) > LONGEST_LINK:
        raise _refused(reasons.TOO_LONG, most=LONGEST_LINK)
    if link.scheme not in ("http", "https") or link.netloc.lower() != host.lower():
        raise _refused(reasons.OTHER_SERVER)
    if in_address and link.path == TICKET_PAGE:
        raise _refused(reasons.SECRET_BY_POST)
    return text


def _link(text: str) -> SplitResult | None:
    """What looks like a link to whoever scans it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise _refused(reasons.NO_LINK) from None
    return parts if parts.scheme or parts.netloc else None


def _refused(why: Sentence, **values: object) -> BalancerError:
    return BalancerError("qr_text", why=why.everywhere(**values))


async def qr(request: Request) -> Response:
    """The picture; one that came by GET may be kept."""
    parts = parts_of(request)
    parts.limits.public_read(address_of(request, parts), time.monotonic())
    host = request.headers.get("host", "")
    if request.method == "POST":
        raw = (await read_bytes(request)).decode("utf-8", "replace")
        drawn = qr_svg(checked_text(raw, host, in_address=False))
        return Response(drawn, headers={"cache-control": "no-store"}, media_type="image/svg+xml")
    text = checked_text(request.query_params.get("text", ""), host, in_address=True)
    return _held(text).reply(request.headers, "image/svg+xml", {"cache-control": CACHE})


ROUTES = [Route("/qr.svg", qr, methods=["GET", "POST"])]
