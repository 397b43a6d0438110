"""Who did what, as an admin reads it: `GET …/audit`."""

from __future__ import annotations

import msgspec


class AuditEntry(msgspec.Struct):
    """One deed of somebody on the staff. `at`: city time. `actor`: role, place and token, as the event
    log names them. `branch`, `desk`, `number` (the ticket's): what it was about, null where about none.
    `detail`: the event's own words. `hash` ties it to the entry before it.
    """

    entry: int
    at: str
    actor: str
    role: str
    type: str
    branch: str | None
    desk: str | None
    ticket: str | None
    number: str | None
    detail: dict[str, str | int | float | bool | None]
    hash: str


class AuditView(msgspec.Struct):
    """Entries, the newest first. `before`: ask with it for the older ones; null where there are none.

    `archived`: the archive has the city's log up to this event; newer deeds are on their way.
    """

    city: str
    entries: list[AuditEntry]
    before: int | None
    archived: int
