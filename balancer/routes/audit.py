"""`GET …/audit`: who did what, from the archive, newest first and page by page. For admins alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from balancer.city.hours import rfc3339
from balancer.errors import BalancerError, wrong_field
from balancer.messages import NoFields
from balancer.messages.audit import AuditEntry, AuditView
from balancer.routes.door import CITY, Ask, Door, answer
from balancer.wording.reasons import WHOLE_NUMBER

if TYPE_CHECKING:
    from sqlalchemy import Engine, RowMapping

USUAL, MOST = 100, 500
LONGEST = 100
NARROW = ("branch", "desk", "role", "type", "number")
QUERY = {
    "branch": "only of this branch",
    "desk": "only of desks with this id",
    "role": "only by this role: desk, reception, supervisor, planner, admin",
    "type": "only this kind of event, like ticket_called",
    "number": "only about tickets of this number",
    "before": "only entries with a lower number: the next page",
    "limit": f"how many, 1 to {MOST}; without it {USUAL}",
}


async def audit(ask: Ask[NoFields]) -> Response:
    """One page of the audit."""
    parts, given = ask.parts, ask.request.query_params
    if parts.archiver is None:
        raise BalancerError("archive_off")
    before = _whole(given.get("before"), "before", 2**62)
    limit = _whole(given.get("limit"), "limit", MOST) or USUAL
    wanted = {name: given[name][:LONGEST] for name in NARROW if given.get(name)}
    if "branch" in wanted:
        parts.city.branch(wanted["branch"])

    def look(engine: Engine) -> list[RowMapping]:
        from balancer.archive.audit_book import entries  # with SQLAlchemy: not before somebody asks

        return entries(engine, parts.city.city, before=before, limit=limit + 1, **wanted)

    rows = await parts.archiver.read(look)
    shown = [_entry(row, _zone(ask, row["branch"])) for row in rows[:limit]]
    more = shown[-1].entry if len(rows) > limit else None
    return answer(AuditView(parts.city.city, shown, more, parts.archiver.offset))


def _zone(ask: Ask[NoFields], branch: str | None) -> str:
    """The branch's time zone; the city's for what is about no branch, or one that is no more."""
    city = ask.parts.city
    return next((each.time_zone for each in city.branches if each.branch == branch), city.time_zone)


def _entry(row: RowMapping, zone: str) -> AuditEntry:
    same = ("entry", "actor", "role", "type", "branch", "desk", "ticket", "number", "hash")
    kept = {name: row[name] for name in same}
    return AuditEntry(at=rfc3339(zone, row["at"]), detail=msgspec.json.decode(row["detail"]), **kept)


def _whole(text: str | None, field: str, most: int) -> int | None:
    """A whole number from 1 on, None where nothing was asked; `invalid_field` for anything else."""
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    if not 1 <= number <= most:
        raise wrong_field(field, WHOLE_NUMBER, most=most)
    return number


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        CITY + "/audit",
        audit,
        "Who of the staff did what, newest first",
        "read_audit",
        AuditView,
        query=QUERY,
        tag="city",
    ),
)
