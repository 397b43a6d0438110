"""The pages and the widget: plain files, checked anew at every visit by their ETag, under a strict content
policy.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.city.catalogue import MapTiles
from balancer.routes.caching import Held
from balancer.routes.first_paint import FirstPaint
from balancer.routes.languages import ROUTES as LANGUAGE_ROUTES
from balancer.routes.parts import parts_of

PACKAGE = Path(__file__).parents[1]
PAGES = PACKAGE / "pages"
WIDGET = PACKAGE.parent / "public_widget" / "src"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
}
CACHE = "no-cache"
MAP_HOST = re.compile(r"(\*\.)?[A-Za-z0-9.-]{1,253}(:\d{1,5})?")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; "
)
WORKER_POLICY = POLICY.replace("trusted-types 'none'", "trusted-types worker")
"""For rooms with a service worker: its address must be a TrustedScriptURL, which `assets/worker.js` makes."""

KIOSK_POLICY = WORKER_POLICY.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*")
"""A kiosk asks the print agent on its own machine."""

IN_WORKER = "default-src 'none'; script-src 'self'; connect-src 'self'"
ANYWHERE, NOWHERE = "frame-ancestors *", "frame-ancestors 'none'"


@dataclass(frozen=True)
class _File:
    """A file in memory, as it was at `stamp` (modification time in ns, size)."""

    stamp: tuple[int, int]
    held: Held


class Shelf:
    """The files of one folder, each read once until it changes; nothing outside the folder can be named."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def find(self, name: str) -> Held | None:
        """The file of that name, None if there is none of a known type."""
        parts = name.split("/")
        if (
            any(part in ("", ".", "..") or part.startswith(".") for part in parts)
            or "\0" in name
            or "\\" in name
        ):
            return None
        path = self._folder.joinpath(*parts)
        try:
            seen = path.stat()
        except (OSError, ValueError):
            return None
        if path.suffix not in TYPES or not path.is_file():
            return None
        stamp = (seen.st_mtime_ns, seen.st_size)
        kept = self._files.get(name)
        if kept is None or kept.stamp != stamp:
            kept = self._files[name] = _File(stamp, Held(path.read_bytes()))
        return kept.held


def page(shelf: Shelf, name: str, request: Request, frames: str = NOWHERE, policy: str = POLICY) -> Response:
    """One file with its headers, 304 where the browser has it; 404 where there is none."""
    found = shelf.find(name)
    if found is None:
        raise HTTPException(404)
    sent = {"cache-control": CACHE}
    kind = TYPES[Path(name).suffix]
    if kind.startswith("text/html"):
        sent["content-security-policy"] = policy + frames
    else:
        sent["cross-origin-resource-policy"] = "cross-origin"
        sent["access-control-allow-origin"] = "*"
    return found.reply(request.headers, kind, sent)


_pages, _widget = Shelf(PAGES), Shelf(WIDGET)


def room(name: str, frames: str = NOWHERE, policy: str = POLICY) -> Callable[[Request], Awaitable[Response]]:
    """The page of one room, `pages/<name>/index.html`; `frames`: which sites may frame it."""

    async def show(request: Request) -> Response:
        return page(_pages, f"{name}/index.html", request, frames, policy)

    return show


def worker(name: str) -> Callable[[Request], Awaitable[Response]]:
    """The service worker of a room, `pages/<name>/worker.js`, from the root, so that its scope may be any
    path. It lives under the policy of its own answer.
    """

    async def show(request: Request) -> Response:
        answer = page(_pages, f"{name}/worker.js", request)
        answer.headers["content-security-policy"] = IN_WORKER
        return answer

    return show


async def pages_file(request: Request) -> Response:
    """A script, style or picture of the pages."""
    return page(_pages, request.path_params["name"], request)


async def widget_file(request: Request) -> Response:
    """A module of the widget, for the city's own site too."""
    return page(_widget, request.path_params["name"], request)


def with_map(policy: str, tiles: MapTiles | None) -> str:
    """The policy with the hosts of the city's own map, and no others."""
    if tiles is None:
        return policy
    library, pictures = (_origin_of(each) for each in (tiles.library, tiles.url))
    for part, origin in (("script-src", library), ("connect-src", library), ("img-src", pictures)):
        policy = policy.replace(f"{part} 'self'", f"{part} 'self' {origin}".rstrip())
    return policy


def _origin_of(address: str) -> str:
    """Scheme and host for a policy, "" for an address of this server; `{s}` stands for any subdomain."""
    parts = urlsplit(address.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if MAP_HOST.fullmatch(parts.netloc) else ""


def painted(name: str, path: str) -> Callable[[Request], Awaitable[Response]]:
    """A room that the server paints with the state of this moment; other sites may frame it."""
    paint = _first.show(name, path)

    async def show(request: Request) -> Response:
        answer = await paint(request)
        answer.headers["content-security-policy"] = (
            with_map(POLICY, parts_of(request).city.map_tiles) + ANYWHERE
        )
        return answer

    return show


def find_module(path: str) -> bytes | None:
    """The text of a module by its address; None for what is none of ours."""
    _, shelf, *name = path.split("/", 2)
    found = {"pages": _pages, "widget": _widget}[shelf] if shelf in ("pages", "widget") else None
    held = found.find("/".join(name)) if found else None
    return None if held is None else held.body


_first = FirstPaint(lambda name: _pages.find(f"{name}/index.html"), find_module)

ROUTES = [
    Route("/", painted("board", "/")),
    Route("/embed", painted("embed", "/embed")),
    Route("/t", room("ticket", policy=WORKER_POLICY)),
    Route("/t-worker.js", worker("ticket")),
    Route("/kiosk/{branch}", room("kiosk", policy=KIOSK_POLICY)),
    Route("/kiosk-worker.js", worker("kiosk")),
    Route("/hall/{branch}", room("hall", policy=WORKER_POLICY)),
    Route("/hall-worker.js", worker("hall")),
    Route("/reception", room("reception")),
    Route("/desk", room("desk")),
    Route("/supervisor", room("supervisor")),
    Route("/city", room("city")),
    Route("/planner", room("planner")),
    Route("/accuracy", room("accuracy", ANYWHERE)),
    *LANGUAGE_ROUTES,
    Route("/pages/{name:path}", pages_file),
    Route("/widget/{name:path}", widget_file),
]
