"""Help at a kiosk: who asked, who is on the way."""

from __future__ import annotations

import msgspec


class HelpView(msgspec.Struct):
    """Somebody stands at a device and asked for help at `since`; `name`: what people call it, "" without one.

    `late_at`: from then on a request that nobody took is told louder; null: never. `going`: the role of who
    is on the way since `going_since`, null while nobody is. Instants are RFC 3339.
    """

    device: str
    name: str
    since: str
    late_at: str | None
    going: str | None
    going_since: str | None


class HelpAnswer(msgspec.Struct):
    """The request as it is now; null once it is over."""

    help: HelpView | None
    offset: int
