"""A door: one method and path, what it does, who may, what it takes and what it answers.

The same rows make the Starlette routes, the OpenAPI document and the test of every role at every door. The
guard in front of each asks in this order: does the place exist, who is it, may they, are key, version and
body in order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from balancer.city.definition import Branch, Desk
from balancer.core.caller import Caller
from balancer.errors import BalancerError
from balancer.messages import NoFields
from balancer.routes.access import ANYBODY, HELD, HOLDER, Principal, check_access, identify, open_held
from balancer.routes.bodies import decode, expected_version, fingerprint, idempotency_key, read_bytes
from balancer.routes.parts import Parts, parts_of
from balancer.routes.refused_state import shown_state

API = "/api/v1"
CITY = API + "/cities/{city}"
BRANCH = CITY + "/branches/{branch}"
DESK = BRANCH + "/desks/{desk}"
TICKET = CITY + "/tickets/{ticket}"
INTENT = CITY + "/intents/{intent}"
LONGEST_ID = 64
UNKNOWN = {"ticket": "unknown_ticket", "intent": "unknown_intent", "device": "unknown_device"}
SCOPE_DOOR = "balancer.door"

B = TypeVar("B", bound=msgspec.Struct)
Handler = Callable[["Ask[Any]"], Awaitable[Response]]


@dataclass(slots=True)
class Ask(Generic[B]):
    """One request that has passed its guard. `branch` and `desk` stand where the path names them."""

    request: Request
    parts: Parts
    who: Principal
    body: B
    caller: Caller
    holds_secret: bool = False

    @property
    def branch(self) -> Branch:
        """The branch that the path names."""
        return self.parts.city.branch(self.request.path_params["branch"])

    @property
    def desk(self) -> Desk:
        """The desk that the path names."""
        return self.branch.desk(self.request.path_params["desk"])

    @property
    def ticket(self) -> str:
        """The ticket id in the path."""
        identity: str = self.request.path_params["ticket"]
        return identity

    @property
    def device(self) -> str:
        """The device id in the path."""
        identity: str = self.request.path_params["device"]
        return identity

    @property
    def intent(self) -> str:
        """The intent id in the path."""
        identity: str = self.request.path_params["intent"]
        return identity


@dataclass(frozen=True)
class Door:
    """One row. `action` is the row of the access table, None for what anybody may read; `body` None for
    reads.

    `open_origin`: browsers on any site may use it (no cookies exist). `answer`: type of the body of a
    success. `refuses`: codes of its own, beside those of its guard and of its action's script.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    action: str | None
    answer: Any
    body: type[msgspec.Struct] | None = None
    status: int = 200
    open_origin: bool = False
    query: Mapping[str, str] = field(default_factory=dict)
    tag: str = "city"
    refuses: tuple[str, ...] = ()

    @property
    def is_command(self) -> bool:
        """Commands change something and need an Idempotency-Key."""
        return self.body is not None

    @property
    def operation(self) -> str:
        """A name of its own among all doors."""
        return self.action or self.handler.__name__

    @property
    def verb(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response that nobody stores."""
    kept = {"cache-control": "no-store", **(headers or {})}
    return Response(msgspec.json.encode(body), status, kept, "application/json")


def guarded(door: Door) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a door: its guard, then its handler."""
    decoder = msgspec.json.Decoder(door.body or NoFields)

    async def endpoint(request: Request) -> Response:
        request.scope[SCOPE_DOOR] = door
        parts = parts_of(request)
        _locate(request, parts)
        who, holds_secret = await _admit(request, parts, door)
        await parts.beats.note(who.role, who.branch, who.desk)
        await parts.devices.seen(who.role, who.id)
        if not door.is_command:
            return await door.handler(Ask(request, parts, who, NoFields(), Caller(who.actor), holds_secret))
        key = idempotency_key(request)
        version = expected_version(request)
        raw = await read_bytes(request)
        body = decode(raw, decoder)
        mark = fingerprint(who.caller, request.method, request.scope["path"], raw)
        caller = Caller(who.actor, key, mark, version)
        parts.limits.in_flight += 1
        try:
            return await door.handler(Ask(request, parts, who, body, caller, holds_secret))
        except BalancerError as error:
            error.state = shown_state(error.state, who.role, parts.city)
            raise
        finally:
            parts.limits.in_flight -= 1

    endpoint.__name__ = door.action or "read"
    return endpoint


def _locate(request: Request, parts: Parts) -> None:
    """Refuse a city, branch, desk or ticket id that cannot be: places are public, so this comes before the
    token.
    """
    named = request.path_params
    if "city" in named and named["city"] != parts.city.city:
        raise BalancerError("unknown_city", city=named["city"])
    if "branch" in named:
        branch = parts.city.branch(named["branch"])
        if "desk" in named:
            branch.desk(named["desk"])
    for kind, code in UNKNOWN.items():
        if len(named.get(kind, "")) > LONGEST_ID:
            raise BalancerError(code)


async def _admit(request: Request, parts: Parts, door: Door) -> tuple[Principal, bool]:
    named = request.path_params
    if open_held(request, parts, command=door.is_command):
        holds_secret, who = True, HOLDER
    else:
        holds_secret, who = False, await identify(request, parts, command=door.is_command)
        if who is ANYBODY and "branch" in named:
            parts.city.public_branch(named["branch"])
        if who is ANYBODY and HELD.keys() & named.keys():
            raise BalancerError("token_missing")
    if door.action is not None:
        check_access(who, door.action, named.get("branch"), named.get("desk"))
    return who, holds_secret


def routes_of(doors: Sequence[Door]) -> list[Route]:
    """One Starlette route a path. The commands below one folder share a route, so that a long list matches
    quickly.
    """
    families: dict[str, dict[tuple[str, str], Door]] = {}
    for door in doors:
        folder = door.path.rpartition("/")[0]
        has_family = door.is_command and folder != CITY
        path, verb = (folder + "/{verb}", door.verb) if has_family else (door.path, "")
        families.setdefault(path, {})[door.method, verb] = door
    return [_family(path, family) for path, family in families.items()]


def _family(path: str, family: dict[tuple[str, str], Door]) -> Route:
    endpoints = {key: guarded(door) for key, door in family.items()}

    async def endpoint(request: Request) -> Response:
        verb = request.path_params.pop("verb", "")
        method = "GET" if request.method == "HEAD" else request.method
        chosen = endpoints.get((method, verb))
        if chosen is None:
            _locate(request, parts_of(request))
            raise BalancerError("unknown_verb", verb=verb)
        return await chosen(request)

    return Route(path, endpoint, methods=sorted({method for method, _ in family}))
