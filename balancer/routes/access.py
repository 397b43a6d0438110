"""One table role × action, and how far a role reaches: its own ticket, desk, branch, or the whole city.

Who may use a verb stands in `core/transitions.py`; what only reads stands here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.requests import Request

from balancer.core.device_record import opens_device
from balancer.core.tokens import PREFIX, TokenRecord, opens, opens_intent
from balancer.core.transitions import TABLE, roles_of
from balancer.errors import BalancerError
from balancer.routes.parts import Parts
from balancer.routes.rate_limits import client_address

CITIZEN = "citizen"
BEARER = "bearer "
INTENT_SECRET = "intent-secret"

READS: dict[str, frozenset[str]] = {
    "read_me": frozenset({"kiosk", "display", "desk", "reception", "supervisor", "planner", "admin"}),
    "read_desk": frozenset({"desk", "reception", "supervisor", "admin"}),
    "beat": frozenset({"desk", "admin"}),
    "read_branch": frozenset({"reception", "supervisor", "admin"}),
    "read_supervision": frozenset({"supervisor", "admin"}),
    "read_kiosk": frozenset({"kiosk", "reception", "supervisor", "admin"}),
    "read_calls": frozenset({"display", "kiosk", "desk", "reception", "supervisor", "admin"}),
    "read_intent": frozenset({CITIZEN, "admin"}),
    "read_audit": frozenset({"admin"}),
    "read_overview": frozenset({"planner", "admin"}),
    "reprint": frozenset({"reception", "supervisor", "admin"}),
    "read_briefing": frozenset({"supervisor", "planner", "admin"}),
    **dict.fromkeys(
        ("read_forecast", "read_staffing", "read_backtest", "plot_plan", "export_plan"),
        frozenset({"planner", "admin"}),
    ),
    "read_guide": frozenset({CITIZEN, "reception", "supervisor", "admin"}),
    "read_calendar": frozenset({CITIZEN, "reception", "supervisor", "admin"}),
    **dict.fromkeys(("push", "push_stop"), frozenset({CITIZEN})),
    "read_ticket": frozenset({CITIZEN, "kiosk", "desk", "reception", "supervisor", "admin"}),
}

HALL: dict[str, frozenset[str]] = {
    "read_hall": frozenset({"display", "kiosk", "desk", "reception", "supervisor", "admin"}),
}

DEVICES: dict[str, frozenset[str]] = {
    "enrol_device": frozenset({CITIZEN, "admin"}),
    "claim_device": frozenset({CITIZEN}),
    "read_devices": frozenset({"supervisor", "admin"}),
    "approve_device": frozenset({"supervisor", "admin"}),
    "revoke_device": frozenset({"supervisor", "admin"}),
    "report_device": frozenset({"kiosk", "display"}),
}

HELP: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ask_help", "withdraw_help"), frozenset({"kiosk"})),
    **dict.fromkeys(("answer_help", "end_help"), frozenset({"reception", "supervisor", "admin"})),
}

HELD = {"ticket": opens, "intent": opens_intent, "device": opens_device}

ACCESS: dict[str, frozenset[str]] = {
    **{verb: roles_of(verb) - {"timer"} for verb in dict.fromkeys(row.verb for row in TABLE)},
    **READS,
    **DEVICES,
    **HALL,
    **HELP,
}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `id` is the token's id, empty for citizens; `branch` and `desk` are how far the token
    reaches.
    """

    role: str
    id: str = ""
    branch: str | None = None
    desk: str | None = None

    @property
    def actor(self) -> str:
        """As the event log names them: "desk:center/3#<token id>", "admin:#<token id>", "citizen"."""
        place = f"{self.branch}/{self.desk}" if self.desk else self.branch or ""
        return self.role if self.role == CITIZEN else f"{self.role}:{place}#{self.id}"

    @property
    def caller(self) -> str:
        """As a fingerprint names them: two tokens of one role are two callers."""
        return f"{self.role}:{self.id}"


ANYBODY = Principal(CITIZEN)
HOLDER = Principal(CITIZEN, "secret")  # of the very ticket that the request is about


def check_access(who: Principal, action: str, branch: str | None = None, desk: str | None = None) -> None:
    """`forbidden` unless the role may do `action` there; a citizen without a token gets `token_missing`.

    `branch` and `desk` are what the action is about, None where it is about neither.
    """
    if who.role not in ACCESS[action]:
        raise BalancerError("token_missing") if who is ANYBODY else _forbidden(who, action)
    if branch is not None and who.branch is not None and who.branch != branch:
        raise _forbidden(who, action)
    if desk is not None and who.desk is not None and who.desk != desk:
        raise _forbidden(who, action)


def _forbidden(who: Principal, action: str) -> BalancerError:
    return BalancerError("forbidden", role=who.role, action=action)


def bearer(request: Request) -> str | None:
    """What stands behind `Authorization: Bearer`; None without that header, `token_invalid` for another
    scheme.
    """
    header = request.headers.get("authorization")
    if header is None:
        return None
    if not header.lower().startswith(BEARER):
        raise BalancerError("token_invalid")
    return header[len(BEARER) :].strip()


def address_of(request: Request, parts: Parts) -> str:
    """The client's address, as the limits count it."""
    peer = request.client.host if request.client else "local"
    return client_address(peer, request.headers.getlist("x-forwarded-for"), parts.trusted)


async def identify(request: Request, parts: Parts, *, command: bool) -> Principal:
    """The holder of the request's token, or ANYBODY without one; each within limits, a wrong token too."""
    token = bearer(request)
    now = time.monotonic()
    if token is None or not token.startswith(f"{PREFIX}."):
        limit = parts.limits.public_command if command else parts.limits.public_read
        limit(address_of(request, parts), now)
        if token is not None:
            raise BalancerError("token_invalid")
        return ANYBODY
    try:
        record = await parts.tokens.verify(token)
    except BalancerError as error:
        if error.code == "token_invalid":
            parts.limits.wrong_token(address_of(request, parts), now)
        raise
    parts.limits.device(record.id, record.role == "admin", now)
    return holder(record)


def holder(record: TokenRecord) -> Principal:
    """The principal of a verified token."""
    return Principal(record.role, record.id, record.branch, record.desk)


def open_held(request: Request, parts: Parts, *, command: bool) -> bool:
    """Whether the request carries the secret of the ticket, intent or device that its path names; False
    where it carries a token or nothing, or the path names none of them.

    `secret_invalid` for a wrong one, which counts as a public request.
    """
    held = next((kind for kind in HELD if kind in request.path_params), None)
    if held is None:
        return False
    secret = bearer(request)
    if secret is None or secret.startswith(f"{PREFIX}."):
        return False
    limit = parts.limits.public_command if command else parts.limits.public_read
    limit(address_of(request, parts), time.monotonic())
    if not HELD[held](parts.city_key, request.path_params[held], secret):
        raise BalancerError("secret_invalid")
    return True


def check_intent(request: Request, parts: Parts, who: Principal, intent: str | None) -> None:
    """A citizen who turns an intent into a ticket proves with its secret that it is his; `secret_invalid`."""
    secret = request.headers.get(INTENT_SECRET, "")
    if intent is not None and who.role == CITIZEN and not opens_intent(parts.city_key, intent, secret):
        raise BalancerError("secret_invalid")
