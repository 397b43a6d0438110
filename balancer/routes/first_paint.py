"""The city page and its embedded form as the server paints them: readable at once, and without scripts.

The room's `index.html` is a whole page by itself. Here its language, title, description and words are put in
for the reader, and inside `<queue-board>` stands a table, which vanishes when the element draws itself. One
rendering serves everybody with the same language and service for a second.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from balancer.city.definition import City, Service
from balancer.errors import BalancerError
from balancer.live.first_table import Table, first_table
from balancer.live.kept import Kept
from balancer.routes.caching import Held
from balancer.routes.module_graph import Read, modules_of
from balancer.routes.parts import Parts, parts_of
from balancer.routes.problems import language_of as language_by_header
from balancer.wording.languages import Borrowed, Language, clock_time, language_of, local
from balancer.wording.said import SAID

HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:]{2,39}\](:\d{1,5})?")
BOARD = re.compile(r"(<queue-board\b[^>]*>).*?(</queue-board>)", re.S)
MAP_LAYER = '<script type="module" src="/pages/assets/city-map.js"></script>'
STYLE = '<link rel="stylesheet" href="/pages/assets/first-paint.css">'


class FirstPaint:
    """Renders the pages of one process; `template()` gives a room's page as it stands in its file."""

    def __init__(self, template: Callable[[str], Held | None], module: Read = lambda path: None) -> None:
        """`module(path)` reads a module, so that all of a page's are named at once."""
        self._template = template
        self._module = module
        self._pages: Kept[Held] = Kept()

    def show(self, room: str, path: str) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a room that stands at `path`; `headers` are added by the caller's policy."""

        async def paint(request: Request) -> Response:
            parts, file = parts_of(request), self._template(room)
            if file is None:
                raise HTTPException(404)
            language = _language(request)
            service = _service(parts.city, request.query_params.get("service"))
            origin = _origin(request)
            key = (room, language, service and service.service, origin, file.etag)

            def make() -> Held:
                page = Page(parts, language, service, origin + path)
                text = file.body.decode()
                return Held(page.fill(_preloading(text, modules_of(text, self._module))).encode())

            held = self._pages.get(key, 0, time.monotonic(), make)
            sent = {"cache-control": "no-cache", "vary": "Accept-Language", "content-language": language}
            return held.reply(request.headers, "text/html; charset=utf-8", sent)

        return paint


def _language(request: Request) -> Language:
    asked = language_of(request.query_params.get("lang"))
    return asked or language_by_header(request.headers)


def _service(city: City, asked: str | None) -> Service | None:
    """The service that the address names; one that is not known is as good as none."""
    return city.service_by_id.get(asked or "")


def _origin(request: Request) -> str:
    """Scheme and host as the reader knows them, "" where the header is no host."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if HOST.fullmatch(host) else ""


class Page:
    """One rendering: the words of a language around the state of this moment."""

    def __init__(self, parts: Parts, language: Language, service: Service | None, address: str) -> None:
        self._parts, self._language, self._service = parts, language, service
        self._address = address
        self._words = SAID.of(language)

    def fill(self, page: str) -> str:
        """The room's page with everything put in."""
        words, city = self._words, self._parts.city
        page = page.replace('<html lang="uk">', f'<html lang="{self._language}">', 1)
        page = _inner(page, "title", escape(f"{self._title} {words.centre} · {self._city}"))
        page = re.sub(r'(<meta name="description" content=")[^"]*', lambda m: m[1] + self._description, page)
        page = page.replace(
            "</head>", f"{STYLE}\n{self._links()}\n{MAP_LAYER if city.map_tiles else ''}</head>", 1
        )
        texts = {
            "title": words.title,
            "city": f"{words.centre} · {self._city}",
            "contact": f"{words.contact} {city.contact}" if city.contact else "",
            "skip": words.skip,
            "how": words.how,
        }
        for name, text in texts.items():
            page = _by_id(page, name, _said(text))
        if city.demo:
            page = _by_id(page, "demo", _said(words.test_city))
            page = re.sub(r'(<[^>]*\bid="demo"[^>]*?) hidden(?=[ >])', r"\1", page)
        chosen = escape(self._service.service) if self._service else ""
        element = f'<queue-board city="{city.city}" lang="{self._language}" service="{chosen}">'
        page = page.replace("<queue-board>", element, 1)
        if chosen:
            page = re.sub(r'href="\?lang=(\w\w)"', rf'href="?lang=\1&amp;service={chosen}"', page)
        return BOARD.sub(lambda found: found[1] + self._board() + found[2], page, count=1)

    @property
    def _city(self) -> str:
        return local(self._parts.city.name, self._language)

    @property
    def _title(self) -> str:
        if self._service is None:
            return self._words.title
        return self._words.title_for.format(service=local(self._service.name, self._language))

    @property
    def _description(self) -> str:
        words = self._words
        if self._service is not None:
            name = local(self._service.name, self._language)
            return escape(words.description_for.format(service=name, city=self._city))
        count = sum(branch.is_public for branch in self._parts.city.branches)
        branches = words.counted(self._language, words.people, count)
        return escape(words.description.format(city=self._city, n=branches))

    def _links(self) -> str:
        """The page's own address and its other languages."""
        service = f"&amp;service={escape(self._service.service)}" if self._service else ""

        def address(language: str) -> str:
            return f"{escape(self._address)}?lang={language}{service}"

        spoken = self._languages()
        others = [f'<link rel="alternate" hreflang="{each}" href="{address(each)}">' for each in spoken]
        found = [f'<link rel="canonical" href="{address(self._language)}">', *others]
        if not self._address.endswith("/"):
            found.append('<meta name="robots" content="noindex">')
        return "\n".join(found)

    def _languages(self) -> list[str]:
        parts = self._parts
        return [each["language"] for each in parts.languages.names(parts.city.languages)]

    # --- the table ------------------------------------------------------------------------------------------

    def _board(self) -> str:
        """What stands inside the element until it draws itself."""
        parts, words = self._parts, self._words
        picture = parts.feed.picture
        try:
            parts.feed.require_fresh()
        except BalancerError:
            return f'<div class="first-paint">{self._form()}<p>{_said(words.no_fresh_data)}</p></div>'
        public = [branch for branch in parts.city.branches if branch.is_public]
        frames = [(branch, picture.frame(branch.branch)) for branch in public]
        table = first_table(frames, self._service, self._language, picture.as_of)
        return f'<div class="first-paint">{self._form()}{self._table(table)}{self._absent(table)}</div>'

    def _table(self, table: Table) -> str:
        words = self._words
        now = clock_time(self._language, self._parts.city.time_zone, self._parts.feed.picture.as_of)
        caption = _said(words.caption.format(time=now))
        titles = (words.branch, words.wait, words.waiting, words.desks)
        head = "".join(f'<th scope="col">{_said(each)}</th>' for each in titles)
        body = "".join(
            f'<tr><th scope="row">{_said(row.name)}{self._demo(row.demo)}'
            f"<small>{_said(row.address)}</small></th>"
            f"<td>{_said(row.wait)}</td><td>{row.waiting}</td><td>{_said(row.desks)}</td></tr>"
            for row in table.rows
        )
        return (
            f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _demo(self, demo: bool) -> str:
        return f" ({_said(self._words.demo)})" if demo else ""

    def _absent(self, table: Table) -> str:
        names = ", ".join(table.absent)
        return f"<p>{_said(self._words.not_here.format(names=names))}</p>" if names else ""

    def _form(self) -> str:
        """The choice of a service, by the page's own address."""
        words, city, chosen = self._words, self._parts.city, self._service
        offered = {
            service for branch in city.branches for queue in branch.queues for service in queue.services
        }
        groups = []
        for category in city.categories:
            options = "".join(
                f'<option value="{escape(each.service)}"{" selected" if each is chosen else ""}>'
                f"{escape(local(each.name, self._language))}</option>"
                for each in city.services
                if each.category == category.category and each.service in offered
            )
            if options:
                name = escape(local(category.name, self._language))
                groups.append(f'<optgroup label="{name}">{options}</optgroup>')
        return (
            f'<form method="get"><label for="first-service">{_said(words.service)}</label> '
            f'<select id="first-service" name="service"><option value="">{escape(words.any_service)}</option>'
            f'{"".join(groups)}</select><input type="hidden" name="lang" value="{self._language}"> '
            f"<button>{escape(words.show)}</button></form>"
        )


def _said(text: str) -> str:
    """A text as HTML; one that is borrowed from another language says which."""
    found = escape(text)
    return f'<span lang="{text.language}">{found}</span>' if isinstance(text, Borrowed) else found


def _preloading(page: str, modules: list[str]) -> str:
    links = [f'<link rel="modulepreload" href="{each}">' for each in modules]
    fresh = "\n".join(link for link in links if link not in page)
    return page.replace("</head>", f"{fresh}\n</head>", 1) if fresh else page


def _inner(page: str, tag: str, text: str) -> str:
    return re.sub(rf"(<{tag}>)[^<]*(</{tag}>)", lambda found: found[1] + text + found[2], page, count=1)


def _by_id(page: str, name: str, text: str) -> str:
    """The text of the element with that id, where the page has one; the element holds nothing but text."""
    pattern = rf'(<(\w+)\b[^>]*\bid="{name}"[^>]*>)[^<]*(</\2>)'
    return re.sub(pattern, lambda found: found[1] + text + found[3], page, count=1)
