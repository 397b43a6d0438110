"""The whole board for one question, ready to be hung up. Pure: who asks, the city, its frames, ways and
later waits in.
"""

from __future__ import annotations

from collections.abc import Sequence

from balancer.city.definition import City, Service
from balancer.drawn.asking import asking
from balancer.drawn.details import Details
from balancer.drawn.drawing import About, BoardDrawing, DrawnRow, Seen
from balancer.drawn.question import NONE_OPEN, Question
from balancer.drawn.rows import Rows
from balancer.drawn.saying import Saying, milliseconds
from balancer.drawn.standings import Standing, SteadyWaits, is_tie, ranked, scale_of, standings_of
from balancer.drawn.town_map import town_map
from balancer.drawn.tree import Child, Node, el


def order_of(seen: Seen, question: Question, steady: SteadyWaits) -> tuple[list[Standing], list[Standing]]:
    """Who stands in a row, best first, and who does not offer the service."""
    service = _service(seen.city, question)
    found = standings_of(
        seen.city,
        seen.frames,
        service,
        branch=question.branch,
        need=question.need,
        trips=seen.trips,
        steady=steady,
    )
    absent = [each for each in found if each.group == "absent"]
    return ranked(found, by_door=question.by_door), absent


def opened_in(question: Question, order: Sequence[Standing]) -> tuple[str, ...]:
    """The branches whose details are shown: those that the reader opened, at first the best."""
    if question.opened is not None:
        return question.opened
    first = order[0] if order and question.service else None
    return (first.branch.branch,) if first is not None and first.wait is not None else ()


def draw_board(
    seen: Seen, question: Question, order: Sequence[Standing], absent: Sequence[Standing]
) -> BoardDrawing:
    """The drawing for an order that `order_of` has made."""
    saying, service = Saying(question.language, seen.city, seen.now), _service(seen.city, question)
    known = [each for each in order if each.group == "open" and each.wait is not None]
    best = known[0] if known else None
    rows = Rows(
        saying, question.service, best, len(known) > 1 and is_tie(known[1], known[0]), scale_of(known)
    )
    details = Details(rows, seen.city.remote_tickets, question.at)
    opened = opened_in(question, order)
    return BoardDrawing(
        about=About(seen.city.city, seen.city.name, seen.city.contact, seen.city.demo),
        epoch=seen.epoch,
        offset=seen.offset,
        as_of=seen.as_of,
        time_zone=seen.city.time_zone,
        service=question.service,
        best=best.branch.branch if best and service and not rows.tied else None,
        words={name: str(text) for name, text in saying.words.live.items()},
        tree=_tree(rows, question, seen, order, absent),
        rows=[_drawn(each, rows, details, opened, seen) for each in order],
    )


def _tree(
    rows: Rows, question: Question, seen: Seen, order: Sequence[Standing], absent: Sequence[Standing]
) -> Node:
    """Everything around the rows. What the widget knows better each second it puts where `data-slot`
    stands.
    """
    saying, service = rows.saying, _service(seen.city, question)
    return el(
        "div",
        {},
        asking(saying, question, service),
        el("p", {"class": "banner stop", "role": "alert", "data-slot": "trouble"}),
        el("a", {"class": "mine", "id": "mine", "data-slot": "ticket"}),
        el("p", {"class": "banner", "data-slot": "coming"}),
        *_above(saying, service, seen),
        _list(rows, question, order, absent),
        town_map(rows, order, question.place),
        el("p", {"class": "sr", "role": "status", "data-slot": "said"}),
    )


def _list(rows: Rows, question: Question, order: Sequence[Standing], absent: Sequence[Standing]) -> Node:
    """The bar with its switches, banners, heads, and the places for both lists of rows."""
    saying, service = rows.saying, _service(rows.saying.city, question)
    words = saying.words
    return el(
        "section",
        {"class": "board"},
        el(
            "div",
            {"class": "bar"},
            el("h2", {}, words.fastest if service else words.branches),
            *_switches(saying, question),
            el(
                "p",
                {"class": "since"},
                el("span", {"class": "age", "data-slot": "age"}),
                " ",
                _link("stop"),
            ),
        ),
        el("p", {"class": "banner warn", "data-slot": "offline"}),
        el("p", {"class": "banner order", "data-slot": "order"}),
        el(
            "div",
            {"class": "body"},
            el("p", {"class": "message"}, words.hint) if service is None else None,
            _head(rows, question, rows.best is not None),
            el("ol", {"data-slot": "open"}),
            _off_title(saying, service, order),
            el("ol", {"data-slot": "off"}),
            *_below(saying, service, order, absent),
            *_lacking(saying, question),
        ),
    )


def _link(act: str) -> Node:
    return el("button", {"type": "button", "class": "link", "data-do": act, "data-slot": act})


def _off_title(saying: Saying, service: Service | None, order: Sequence[Standing]) -> Child:
    if not any(each.group == "off" for each in order):
        return None
    return el("h3", {"class": "sub"}, saying.words.off if service else saying.words.off_any)


def _service(city: City, question: Question) -> Service | None:
    return None if question.service is None else city.service(question.service)


def _drawn(standing: Standing, rows: Rows, details: Details, opened: Sequence[str], seen: Seen) -> DrawnRow:
    branch = standing.branch.branch
    after = [each for each in opened if each != branch] if branch in opened else [*opened, branch]
    more = details.more(standing, seen.ahead.get(branch)) if branch in opened else None
    name = str(rows.saying.local(standing.branch.name))
    return DrawnRow(branch, name, standing.group, rows.row(standing, more, ",".join(after) or NONE_OPEN))


def _above(saying: Saying, service: Service | None, seen: Seen) -> list[Node]:
    """An air raid, then the way to do without a visit."""
    words, nodes = saying.words, list[Node]()
    here = [each for each in seen.frames.values() if each.state != "closed"]
    if any(each.state == "shelter" or each.reason == "alarm" for each in here):
        nodes.append(
            el(
                "p",
                {"class": "banner alarm", "role": "alert", "id": "siren"},
                el("b", {}, words.siren),
                " ",
                words.siren_text,
            )
        )
    if service is not None and service.online_url:
        link = {
            "href": service.online_url,
            "target": "_blank",
            "rel": "noopener noreferrer",
            "class": "btn main",
            "data-do": "online",
        }
        nodes.append(
            el(
                "p",
                {"class": "banner online", "id": "online"},
                el("span", {}, words.online_first),
                el("a", link, words.online),
            )
        )
    return nodes


def _switches(saying: Saying, question: Question) -> list[Node]:
    """By which order, and on narrow screens as a list or as a map."""
    words, on_map = saying.words, question.on_map
    views = [_switch(words.list, "view=", not on_map), _switch(words.map, "view=map", on_map)]
    nodes = [el("div", {"class": "views", "role": "group", "aria-label": words.view}, *views)]
    if question.place is not None and question.service is not None:
        orders = [
            _switch(words.by_door, "sort=", question.by_door),
            _switch(words.by_wait, "sort=wait", not question.by_door),
        ]
        nodes.append(el("div", {"class": "orders", "role": "group", "aria-label": words.fastest}, *orders))
    return nodes


def _switch(text: str, ask: str, pressed: bool) -> Node:
    return el(
        "button", {"type": "button", "aria-pressed": "true" if pressed else "false", "data-ask": ask}, text
    )


def _head(rows: Rows, question: Question, scaled: bool) -> Node:
    """Heads of the columns, with the scale that all strips share."""
    words, by_door = rows.saying.words, question.place is not None and question.by_door
    marks: list[Child] = [
        el("span", {}, f"{rows.scale // 4 * quarter}{f' {words.minutes}' if quarter == 4 else ''}")
        for quarter in range(5)
    ]
    wait = words.waiting if rows.service is None else words.door_column if by_door else words.wait_column
    counts = (
        [words.coming, words.desks] if rows.service is None else [words.waiting, words.coming, words.desks]
    )
    return el(
        "div",
        {"class": "head", "aria-hidden": "true"},
        el("span", {"class": "when"}, wait),
        el("span", {"class": "who"}, words.branch_column),
        el("span", {"class": "scale"}, *(marks if scaled and rows.service else [])),
        el("span", {"class": "counts"}, *(el("span", {}, each) for each in counts)),
    )


def _below(
    saying: Saying, service: Service | None, order: Sequence[Standing], absent: Sequence[Standing]
) -> list[Node]:
    words, nodes = saying.words, list[Node]()
    if order and not any(each.group == "open" for each in order):
        nodes.append(
            el(
                "p",
                {"class": "below"},
                words.nowhere_now if service else words.nobody,
                " ",
                _earliest(saying, order),
            )
        )
    if absent:
        names = ", ".join(saying.local(each.branch.name) for each in absent)
        nodes.append(el("p", {"class": "below absent"}, words.absent.format(names=names)))
    return nodes


def _lacking(saying: Saying, question: Question) -> list[Node]:
    """Which branches are left out because they lack what the reader needs."""
    words, need = saying.words, question.need
    if need is None:
        return []
    without = [each for each in saying.city.branches if each.is_public and need not in each.facilities]
    names = ", ".join(saying.local(each.name) for each in without)
    text = words.lacking.format(what=words.facilities[need], names=names)
    return [el("p", {"class": "below lacking"}, text)] if without else []


def _earliest(saying: Saying, order: Sequence[Standing]) -> str:
    opening = [
        (milliseconds(each.frame.opens_at), each) for each in order if each.frame and each.frame.opens_at
    ]
    if not opening:
        return ""
    _, first = min(opening, key=lambda each: each[0])
    assert first.frame is not None and first.frame.opens_at is not None
    return saying.words.earliest.format(
        when=saying.day(first.frame.opens_at), name=saying.local(first.branch.name)
    )
