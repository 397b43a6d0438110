"""What stands on a printed ticket, in words that the kiosk has already put into the visitor's language."""

from __future__ import annotations

from typing import Annotated

import msgspec

Words = Annotated[str, msgspec.Meta(max_length=200)]


class StubLine(msgspec.Struct, forbid_unknown_fields=True):
    """A fact with its name: "Ahead of you", "17 people"."""

    label: Words
    value: Words


class Stub(msgspec.Struct, forbid_unknown_fields=True):
    """One ticket. `link` becomes a QR code, with `link_hint` below it; none where it is empty.

    `notice`: what happens to who comes late. `issued`: when it was given out, as people read it.
    """

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    service: Words
    place: Words = ""
    issued: Words = ""
    lines: Annotated[list[StubLine], msgspec.Meta(max_length=8)] = []
    link: Annotated[str, msgspec.Meta(max_length=400)] = ""
    link_hint: Words = ""
    notice: Annotated[str, msgspec.Meta(max_length=600)] = ""
