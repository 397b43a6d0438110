"""Web Push: what a browser subscribes with, and what the server answers."""

from __future__ import annotations

from typing import Annotated

import msgspec

PushLanguage = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")]
"""A language's own short tag; what this server does not speak is Ukrainian."""

Endpoint = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
KeyText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class PushKeys(msgspec.Struct, forbid_unknown_fields=True):
    """The browser's keys, base64url: a P-256 point and 16 secret bytes (RFC 8291)."""

    p256dh: KeyText
    auth: KeyText


class PushBody(msgspec.Struct, forbid_unknown_fields=True):
    """A browser's subscription for one ticket. `travel`: minutes to the branch; without it nothing says when
    to leave.
    """

    endpoint: Endpoint
    keys: PushKeys
    language: PushLanguage = "uk"
    travel: Annotated[float, msgspec.Meta(ge=0, le=1440)] | None = None


class PushStopBody(msgspec.Struct, forbid_unknown_fields=True):
    """The subscription that wants nothing more of this ticket."""

    endpoint: Endpoint


class PushAnswer(msgspec.Struct):
    """Whether this ticket has subscriptions now."""

    ticket: str
    push: bool
    offset: int
