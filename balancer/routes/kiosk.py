"""The door of a kiosk: everything it shows, at once."""

from __future__ import annotations

from starlette.responses import Response

from balancer.city.definition import Branch
from balancer.city.hours import local_day, rfc3339
from balancer.live.kiosk_help import help_view
from balancer.live.kiosk_view import Around, alternatives, faster_elsewhere, kiosk_catalogue, kiosk_queues
from balancer.messages import NoFields
from balancer.messages.kiosk import KioskView
from balancer.messages.kiosk_help import HelpView
from balancer.routes.door import BRANCH, Ask, Door, answer
from balancer.routes.kiosk_help import open_help
from balancer.routes.parts import Parts

GIVES_TICKETS = frozenset({"open", "shelter"})


async def kiosk(ask: Ask[NoFields]) -> Response:
    """The branch as its kiosk shows it; with `?version=` of the definition that it has, without that."""
    parts, branch = ask.parts, ask.branch
    parts.feed.require_fresh()
    waiting = await open_help(parts, branch.branch)
    mine = next((help_view(each, branch) for each in waiting if each.asked.device == ask.who.id), None)
    return answer(kiosk_view(parts, branch, ask.request.query_params.get("version", ""), mine))


def kiosk_view(parts: Parts, branch: Branch, known: str, asked: HelpView | None) -> KioskView:
    """The view of one branch; `known`: the version of the definition that the asker has, `asked`: his
    request for help.
    """
    feed, city, now = parts.feed, parts.city, parts.clock.now_ms()
    load = feed.picture.board.branch(branch.branch)
    frame = feed.picture.frame(branch.branch)
    queues = kiosk_queues(load, feed.quote, now)
    full = bool(queues) and all(each.full for each in queues)
    gives = frame.state in GIVES_TICKETS and not full
    around = around_of(parts, branch, now)
    return KioskView(
        branch=branch.branch,
        state=frame.state,
        power=frame.power,
        reason=frame.reason,
        suspended=frame.suspended,
        opens_at=frame.opens_at,
        closes_at=frame.closes_at,
        resumes_at=frame.resumes_at,
        queues=queues,
        full=full,
        alternatives=[] if gives else alternatives(around, branch),
        faster=faster_elsewhere(around, load) if gives else [],
        help=asked,
        catalogue=None if known == str(city.version) else kiosk_catalogue(city, branch),
        version=city.version,
        day=local_day(branch.time_zone, now),
        speed=parts.clock.speed,
        epoch=feed.epoch,
        offset=feed.offset,
        city_time=rfc3339(branch.time_zone, now),
    )


def around_of(parts: Parts, branch: Branch, now: int) -> Around:
    """The public branches around one, by public transport."""
    loads = [each for each in parts.feed.picture.board.branches() if each.branch.is_public]
    return Around(
        city=parts.city,
        others=[each for each in loads if each.branch.branch != branch.branch],
        trips=parts.city.trips("transit", branch.lat, branch.lon),
        quote=parts.feed.quote,
        wait_at=parts.feed.wait_at,
        now=now,
    )


DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        BRANCH + "/kiosk",
        kiosk,
        "All that a kiosk shows",
        "read_kiosk",
        KioskView,
        query={"version": "of the definition that the kiosk has; the answer then leaves it out"},
        tag="tickets",
    ),
)
