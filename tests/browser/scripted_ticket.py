"""A scripted city with one ticket in it, which is whatever the test says: with estimates and ends that a
fresh server does not have on demand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from balancer.city.definition import load_city
from balancer.city.public import public_definition
from tests.browser.cities import load
from tests.browser.scripted_city import CSP, ROOT, TYPES, Json, ScriptedCity

NOW = "2026-11-23T13:52:31+02:00"
BRANCH, NUMBER, SECRET = "shevchenk", "A127", "c2VjcmV0LXNlY3JldA"
TICKET_ID = "sbqswb5vku4jcubv"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path fill="#fff" d="M0 0h2v2H0z"/>'
    '<path d="M0 0h1v1H0zM1 1h1v1H1z"/></svg>'
)


def after(minutes: float) -> str:
    """An instant so many minutes after the scripted now."""
    return (datetime.fromisoformat(NOW) + timedelta(minutes=minutes)).isoformat()


def ticket(state: str = "waiting", **changes: Any) -> Json:
    """A waiting ticket, sixteen people ahead."""
    waits = state == "waiting"
    return {
        "id": TICKET_ID,
        "number": NUMBER,
        "state": state,
        "branch": BRANCH,
        "service": "id-card-exchange",
        "queue": "passport",
        "desk": "7" if state in ("called", "serving") else None,
        "version": 1,
        "ahead": 16 if waits else None,
        "wait": {"p10": 31.5, "p50": 37.0, "p90": 46.0} if waits else None,
        "arrived": after(-20),
        "called_at": None,
        "park_until": after(15) if state == "parked" else None,
        "method": "replay" if waits else None,
        "leave_by": None,
        **changes,
    }


def guide(**changes: Any) -> Json:
    """Documents, rights and rules as a city file may say them."""
    return {
        "ticket": TICKET_ID,
        "number": NUMBER,
        "version": 1,
        "city_name": {"uk": "Харків", "en": "Kharkiv"},
        "time_zone": "Europe/Kyiv",
        "contact": "0 800-304-304",
        "demo": False,
        "branch": BRANCH,
        "branch_name": {"uk": "Шевченківський", "en": "Shevchenkivskyi"},
        "address": {"uk": "пр. Науки, 17а", "en": "17a Nauky Avenue"},
        "shelter_way": {"uk": "Сходами вниз, ліворуч.", "en": "Down the stairs, left."},
        "lat": 50.02,
        "lon": 36.22,
        "service": "id-card-exchange",
        "service_name": {"uk": "Обмін на ID-картку", "en": "Exchange for an ID card"},
        "needs_power": True,
        "fee": None,
        "queue_name": {"uk": "Паспортні", "en": "Passports"},
        "desk_name": None,
        "zone": "Б",
        "floor": "1",
        "documents": [
            {"name": {"uk": "Паспорт-книжечка", "en": "Passport booklet"}, "note": None, "needed": True},
            {
                "name": {"uk": "Картка для оплати", "en": "A card to pay with"},
                "note": {"uk": "або готівка: термінал не дає решти", "en": "or cash, without change"},
                "needed": True,
            },
            {"name": {"uk": "Витяг", "en": "Extract"}, "note": None, "needed": False},
        ],
        "rights": [{"uk": "Отримати відмову письмово.", "en": "To get a refusal in writing."}],
        "lateness": {
            "recalls_max": 2,
            "no_show_after_seconds": 120,
            "no_show_chances": 1,
            "no_show_back": 3,
            "reinstate_within_minutes": 30,
            "misses": 0,
        },
        "waits_until": None,
        "reinstate_until": None,
        "trip": None,
        "push_key": None,
        "offset": 1,
        "city_time": NOW,
        **changes,
    }


DESK = {"uk": "Місце 7", "en": "Desk 7"}


class ScriptedTicket(ScriptedCity):
    """`turn(state, **guide)` changes the ticket and tells its page by a frame; `status` breaks its door."""

    def __init__(self) -> None:
        definition = public_definition(load_city("kharkiv"))
        super().__init__(definition, {BRANCH: {**load(BRANCH, 12.0), "as_of": NOW}}, city_time=NOW)
        self.ticket, self.guide = ticket(), guide()
        self.problem: tuple[int, str] | None = None
        self.trip: Json | None = {"mode": "transit", "minutes": 13.2, "km": 4.1}
        self.authorized: list[str] = []

    @property
    def page_url(self) -> str:
        """The ticket's page with its fragment."""
        return f"{self.url}/t?lang=uk#city=kharkiv&ticket={TICKET_ID}&secret={SECRET}"

    def turn(
        self, state: str = "waiting", facts: Json | None = None, told: Json | None = None, **more: Any
    ) -> None:
        """The ticket enters a state; `more` of the ticket, `told` of its guide, `facts` of its branch."""
        version = self.ticket["version"] + 1
        self.ticket = ticket(state, **{"version": version, **more})
        number, desk = self.ticket["number"], self.ticket["desk"]
        self.guide = guide(version=version, number=number, desk_name=DESK if desk else None, **(told or {}))
        called = [{"number": number, "desk": "7", "at": f"{NOW}#{version}"}] if desk else []
        self.change(BRANCH, **{"last_called": called, **(facts or {})})

    def routes(self) -> list[web.RouteDef]:
        """Those of the city, the ticket's doors, its page."""
        place = f"/api/v1/cities/{{city}}/tickets/{TICKET_ID}"
        return [
            web.get("/t", self._ticket_page),
            web.get("/t-worker.js", self._worker),
            web.get("/qr.svg", self._qr),
            web.get(place, self._ticket),
            web.get(f"{place}/guide", self._guide),
            web.get(f"{place}/calendar", self._calendar),
            web.post(f"{place}/cancel", self._cancel),
            *super().routes(),
        ]

    async def _ticket_page(self, request: web.Request) -> web.Response:
        body = (ROOT / "balancer/pages/ticket/index.html").read_bytes()
        policy = CSP.replace("trusted-types 'none'", "trusted-types worker")
        return web.Response(
            body=body, content_type="text/html", charset="utf-8", headers={"Content-Security-Policy": policy}
        )

    async def _worker(self, request: web.Request) -> web.Response:
        body = (ROOT / "balancer/pages/ticket/worker.js").read_bytes()
        policy = "default-src 'none'; script-src 'self'; connect-src 'self'"
        return web.Response(body=body, content_type=TYPES[".js"], headers={"Content-Security-Policy": policy})

    async def _qr(self, request: web.Request) -> web.Response:
        return web.Response(text=PICTURE, content_type="image/svg+xml")

    def _refused(self, request: web.Request) -> web.Response | None:
        self.authorized.append(request.headers.get("Authorization", ""))
        if self.problem is None:
            return None
        status, code = self.problem
        body = {"code": code, "detail": code, "status": status}
        return web.json_response(body, status=status, content_type="application/problem+json")

    async def _ticket(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.json_response({"ticket": self.ticket, "offset": 1})

    async def _guide(self, request: web.Request) -> web.Response:
        trip = self.trip if "lat" in request.query else None
        return self._refused(request) or web.json_response({**self.guide, "trip": trip})

    async def _calendar(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.Response(text="BEGIN:VCALENDAR", content_type="text/calendar")

    async def _cancel(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        self.ticket = ticket("cancelled", version=self.ticket["version"] + 1)
        return web.json_response({"ticket": self.ticket, "offset": 2})
