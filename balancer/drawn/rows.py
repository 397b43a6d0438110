"""One row of the board: how long from now, where, why not, and how full it is."""

from __future__ import annotations

from dataclasses import dataclass

from balancer.drawn.saying import MINUTE_MS, Saying, milliseconds
from balancer.drawn.standings import Standing, is_tie, rounded
from balancer.drawn.tree import Child, Node, el
from balancer.messages import BranchFrame

HOUR_MS = 60 * MINUTE_MS


@dataclass(frozen=True)
class Rows:
    """What all rows share. `best`: the first whose wait is known; `tied`: another one is about as good;
    `scale`: minutes at the strips' right end.
    """

    saying: Saying
    service: str | None
    best: Standing | None
    tied: bool
    scale: int

    def row(self, standing: Standing, more: Node | None, opened: str) -> Node:
        """A list item. `more`: what its details say, None while they are closed; `opened`: the question's
        `opened` after the next touch of its name.
        """
        branch = standing.branch
        is_open = "true" if more is not None else "false"
        name = el(
            "button",
            {
                "type": "button",
                "id": f"name-{branch.branch}",
                "class": "name",
                "aria-expanded": is_open,
                "data-ask": f"opened={opened}",
            },
            self.saying.local(branch.name),
        )
        line = el(
            "div",
            {"class": "line"},
            el("div", {"class": "who"}, self._mark(standing), el("h3", {}, name), self._chips(standing)),
            self._when(standing),
            el("div", {"class": "how"}, self._strip(standing), self._message(standing)),
            self._counts(standing),
            el("span", {"class": "arrow", "aria-hidden": "true"}),
        )
        classes = f"row {standing.group}{' opened' if more is not None else ''}"
        return el(
            "li", {"class": classes, "id": f"row-{branch.branch}", "data-branch": branch.branch}, line, more
        )

    def _mark(self, standing: Standing) -> Child:
        words = self.saying.words
        if standing is not self.best or self.service is None or self.tied:
            return None
        return el("p", {"class": "mark"}, words.best_for_you if standing.counted_way else words.best)

    def _when(self, standing: Standing) -> Node:
        words, span = self.saying.words, standing.span
        if standing.frame is None:
            return _when("…")
        if standing.group == "off":
            return self._when_off(standing, standing.frame)
        if self.service is None:
            live = f"{standing.branch.branch}//waiting"
            return _when(str(standing.waiting), words.waiting.lower(), big=True, live=live)
        if span is None or standing.wait is None:
            return _when(words.unknown)
        begins, ends = map(self.saying.after, rounded(standing.wait, standing.way))
        spoken = self.saying.spoken(span, door=bool(standing.counted_way))
        return _when(
            self.saying.minutes(span),
            words.minutes,
            f"{begins}–{ends}" if begins != ends else begins,
            f"{spoken}, {words.called_at.format(begins=begins, ends=ends)}",
            big=True,
        )

    def _when_off(self, standing: Standing, frame: BranchFrame) -> Node:
        words = self.saying.words
        resumes = frame.resumes_at
        if standing.reason == "alarm":
            return _when(self.saying.time(resumes) if resumes else words.all_clear, before=words.after)
        if standing.reason in ("hold", "no_power", "suspended"):
            return _when(words.paused if standing.reason == "hold" else words.unknown)
        if frame.opens_at is None:
            return _when(words.closed.lower())
        day, _, time = self.saying.day(frame.opens_at).rpartition(", ")
        return _when(time, below=day, before=words.from_time)

    def _chips(self, standing: Standing) -> Node:
        words, frame = self.saying.words, standing.frame
        chips: list[Child] = []
        if frame is not None and standing.level is not None:
            chips.append(el("span", {"class": f"load {standing.level}"}, getattr(words, standing.level)))
        best = self.best if self.tied and self.service and standing.group == "open" else None
        if best is not None and is_tie(standing, best):
            chips.append(el("span", {"class": "tie"}, words.tie))
        if frame is not None and standing.reason is not None:
            tone = {"alarm": "stop", "closed": ""}.get(standing.reason, "warn")
            chips.append(_chip(getattr(words, standing.reason), tone))
        if frame is not None and frame.state == "shelter":
            chips.append(_chip(words.shelter))
        elif frame is not None and frame.reason == "alarm" and standing.reason is None:
            chips.append(_chip(words.goes_on, "stop"))
        if frame is not None and standing.group == "open":
            if frame.power == "off" and self.service is None:
                chips.append(_chip(words.no_power, "warn"))
            closes = frame.closes_at
            if closes and milliseconds(closes) - self.saying.now < HOUR_MS:
                chips.append(_chip(words.until.format(when=self.saying.time(closes)), "warn"))
        if standing.branch.demo:
            chips.append(_chip(words.demo))
        return el("p", {"class": "chips"}, *chips)

    def _strip(self, standing: Standing) -> Child:
        """Dots: the way; solid: the wait that half have; hatched: up to that of nine in ten. One scale for
        all rows.
        """
        span = standing.span
        if self.service is None or span is None or standing.group != "open":
            return None
        way, low, high = (100 * min(1.0, minutes / self.scale) for minutes in (standing.counted_way, *span))
        ends = ((0.0, way), (way, low), (low, high))
        bars = [el("i", {"style": f"left:{begin:.1f}%;width:{end - begin:.1f}%"}) for begin, end in ends]
        return el("div", {"class": f"strip {standing.level}", "aria-hidden": "true"}, *bars)

    def _message(self, standing: Standing) -> Child:
        text = self.message(standing)
        return el("p", {"class": "message"}, text) if text else None

    def message(self, standing: Standing) -> str:
        """One sentence: the way and the wait apart, or why there is no number."""
        frame, words, saying = standing.frame, self.saying.words, self.saying
        if frame is None:
            return ""
        if standing.reason is not None:
            return self._why_off(standing, frame)
        if self.service is None:
            return words.power_part if frame.power == "off" else saying.local(standing.branch.address)
        if standing.wait is None:
            return words.few_data if frame.desks_open else words.no_desks
        if not standing.way:
            return ""
        return words.way_and_wait.format(way=round(standing.way), wait=saying.minutes(rounded(standing.wait)))

    def _why_off(self, standing: Standing, frame: BranchFrame) -> str:
        words, saying, resumes = self.saying.words, self.saying, frame.resumes_at
        match standing.reason:
            case "alarm":
                kept = saying.count(words.kept, frame.waiting) + " " if frame.waiting else ""
                when = words.resumes_at.format(when=saying.time(resumes)) if resumes else ""
                return kept + (when or words.after_all_clear)
            case "hold":
                return ". ".join(filter(None, (frame.reason, words.places_kept)))
            case "no_power":
                others = self._others_served(standing)
                return words.power_why + (" " + saying.count(words.others_served, others) if others else "")
            case "suspended":
                return f"{words.suspended_why} {words.places_kept}"
            case "tickets_closed":
                best = self.best
                if best is None or best.span is None or self.service is None:
                    return words.all_served
                name, wait = saying.local(best.branch.name), saying.minutes(best.span)
                return f"{words.all_served} {words.faster.format(name=name, wait=wait)}"
        if frame.opens_at is None:
            return words.closed
        return words.closed_until.format(when=saying.day(frame.opens_at))

    def _others_served(self, standing: Standing) -> int:
        """How many services the branch gives without power."""
        here = {service for queue in standing.branch.queues for service in queue.services}
        return sum(each.service in here and not each.needs_power for each in self.saying.city.services)

    def _counts(self, standing: Standing) -> Node:
        words, frame = self.saying.words, standing.frame
        if frame is None or standing.group != "open":
            return el("dl", {"class": "counts"})
        place = f"{standing.branch.branch}/{standing.queue.queue if standing.queue else ''}"
        rest = words.of.format(n=frame.desks_total)
        counts = [] if self.service is None else [_count(words.waiting, standing.waiting, f"{place}/waiting")]
        counts += [
            _count(words.coming, frame.on_the_way, f"{place}/on_the_way"),
            _count(words.desks, frame.desks_open, f"{place}/desks_open", rest),
        ]
        return el("dl", {"class": "counts"}, *counts)


def _when(
    number: str,
    unit: str = "",
    below: str = "",
    spoken: str = "",
    *,
    before: str = "",
    big: bool = False,
    live: str | None = None,
) -> Node:
    strong = el("b", {"class": "num" if big else "num word", "data-live": live}, number)
    seen = el(
        "span",
        {"aria-hidden": "true" if spoken else None},
        el("span", {"class": "unit"}, before, " ") if before else None,
        strong,
        el("span", {"class": "unit"}, " ", unit) if unit else None,
        el("small", {}, below) if below else None,
    )
    return el("p", {"class": "when"}, seen, el("span", {"class": "sr"}, spoken) if spoken else None)


def _chip(text: str, tone: str = "") -> Node:
    return el("span", {"class": f"chip {tone}".rstrip()}, text)


def _count(name: str, value: int, live: str, rest: str = "") -> Node:
    number = el("span", {"data-live": live}, str(value))
    return el("div", {}, el("dt", {}, name), el("dd", {}, number, el("small", {}, rest) if rest else None))
