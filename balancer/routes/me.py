"""Whose token is this: what a page of staff asks before it shows anything."""

from __future__ import annotations

from starlette.responses import Response

from balancer.messages import NoFields, TokenReach
from balancer.routes.door import API, Ask, Door, answer


async def me(ask: Ask[NoFields]) -> Response:
    """Role, branch and desk of the token that came with the request."""
    return answer(TokenReach(ask.who.role, ask.who.branch, ask.who.desk))


DOORS: tuple[Door, ...] = (Door("GET", API + "/me", me, "Whose token this is", "read_me", TokenReach),)
