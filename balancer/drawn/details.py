"""What opens below a row: another hour, the rest of the day, what to do, where it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import quote

from balancer.drawn.rows import Rows
from balancer.drawn.saying import MINUTE_MS, Saying, milliseconds
from balancer.drawn.standings import Standing, level_of, rounded
from balancer.drawn.tree import Child, Node, el
from balancer.messages.estimates import QueueAhead, WaitAt
from balancer.wording.languages import local

MAP = "https://www.openstreetmap.org/search?query="


@dataclass(frozen=True)
class Details:
    """`remote`: whether tickets are given to visitors who are not there yet. `at`: minute of the day that
    is asked for.
    """

    rows: Rows
    remote: bool
    at: int | None

    @property
    def _saying(self) -> Saying:
        return self.rows.saying

    def more(self, standing: Standing, ahead: QueueAhead | None) -> Node:
        """The details of one branch; `ahead`: its queue later today, None where no service is asked for. Only
        times that can still be reached.
        """
        soonest = self._saying.now + standing.way * MINUTE_MS
        slots = [
            each for each in (ahead.at if ahead else []) if each.open and milliseconds(each.at) >= soonest
        ]
        today: list[Child] = [self._slot(standing, slots), self._day(slots, ahead)] if ahead and slots else []
        return el(
            "div",
            {"class": "more"},
            self._queues(standing),
            *today,
            self._acts(standing),
            self._facts(standing),
        )

    def _slot(self, standing: Standing, slots: list[WaitAt]) -> Node:
        """If you come at HH:MM, by steps of half an hour."""
        words, saying = self._saying.words, self._saying
        times = [saying.time(each.at) for each in slots]
        wanted = f"{(self.at or 0) // 60}:{(self.at or 0) % 60:02}"
        place = times.index(wanted) if self.at is not None and wanted in times else 0
        return el(
            "div",
            {"class": "slot"},
            el("h4", {}, words.if_you_come),
            el(
                "p",
                {"class": "stepper"},
                _step(words.earlier, "−", times[place - 1] if place else None),
                el("output", {}, times[place]),
                _step(words.later, "+", times[place + 1] if place + 1 < len(times) else None),
            ),
            el("p", {}, self._slot_says(slots[place], standing.way)),
        )

    def _slot_says(self, slot: WaitAt, way: float) -> str:
        words, saying = self._saying.words, self._saying
        if slot.wait is None:
            return words.slot_unknown
        comes, span = milliseconds(slot.at), rounded(slot.wait)
        begins, ends = (saying.clock(comes + minutes * MINUTE_MS) for minutes in span)
        text = words.slot_leave if way else words.slot
        leave = saying.clock(comes - way * MINUTE_MS)
        return text.format(wait=saying.minutes(span), begins=begins, ends=ends, leave=leave)

    def _day(self, slots: list[WaitAt], ahead: QueueAhead | None) -> Node:
        """The rest of the day as bars, and in words when it is quieter."""
        words, saying, levels = self._saying.words, self._saying, self._saying.city.levels
        most = max([levels.moderate_minutes, *(each.wait.p50 for each in slots if each.wait)])
        bars = [
            el(
                "i",
                {
                    "class": level_of(each.wait, levels),
                    "style": f"height:{4 + 40 * each.wait.p50 / most:.0f}px",
                },
            )
            if each.wait
            else el("i")
            for each in slots
        ]
        spans = [
            f"{saying.time(each.begins)}–{saying.time(each.ends)}"
            for each in (ahead.quieter if ahead else [])
        ]
        axis = el(
            "p",
            {"class": "axis"},
            *(el("span", {}, saying.time(slots[at].at)) for at in dict.fromkeys((0, len(slots) // 2, -1))),
        )
        return el(
            "div",
            {"class": "day"},
            el("h4", {}, words.today),
            el("div", {"class": "bars", "aria-hidden": "true"}, *bars),
            axis,
            el("p", {}, words.quieter.format(spans=", ".join(spans)) if spans else words.no_quieter),
        )

    def _acts(self, standing: Standing) -> Child:
        words, name = self._saying.words, self._saying.local(standing.branch.name)
        may = standing.group == "open" and self.rows.service is not None
        take = may and self.remote
        if not may:
            return None
        return el(
            "div",
            {"class": "acts"},
            self._button("take", words.take, words.take_at.format(name=name), standing) if take else None,
            self._button("come", words.come, words.come_at.format(name=name), standing),
            el("p", {}, words.come_why) if take else None,
            self._late(standing) if take else None,
        )

    def _late(self, standing: Standing) -> Child:
        """What happens to who comes late, before he takes a ticket."""
        words, policy = self._saying.words, standing.branch.policy
        if policy.no_show_after_seconds == 0:
            return None
        then = words.late_lost
        if policy.no_show_chances:
            moved = self._saying.count(words.late_moved, policy.no_show_back)
            then = f"{moved} {self._saying.count(words.late_chances, policy.no_show_chances)}"
        minutes = math.ceil(policy.no_show_after_seconds / 60)
        return el("p", {}, words.late.format(minutes=minutes, then=then))

    def _button(self, act: str, text: str, label: str, standing: Standing) -> Node:
        best = "main" if act == "take" and standing is self.rows.best else ""
        return el(
            "button",
            {
                "type": "button",
                "id": f"{act}-{standing.branch.branch}",
                "class": f"btn {best}".rstrip(),
                "data-do": act,
                "data-to": standing.branch.branch,
                "data-name": self._saying.local(standing.branch.name),
                "data-way": round(standing.way),
                "aria-label": label,
            },
            text,
        )

    def _facts(self, standing: Standing) -> Node:
        words, saying, branch, frame = self._saying.words, self._saying, standing.branch, standing.frame
        facts = [
            saying.local(branch.address),
            *(words.facilities.get(each, each) for each in branch.facilities),
        ]
        if frame is not None and standing.group == "open" and frame.closes_at:
            facts.append(words.today_until.format(when=saying.day(frame.closes_at)))
        address = f"{local(branch.address, 'uk')}, {local(saying.city.name, 'uk')}"
        link = el(
            "a",
            {
                "href": MAP + quote(address, safe=""),
                "target": "_blank",
                "rel": "noopener noreferrer",
                "aria-label": words.directions_to.format(name=saying.local(branch.name)),
            },
            words.directions,
        )
        return el(
            "p", {"class": "facts"}, " · ".join(filter(None, facts)), " ", None if branch.demo else link
        )

    def _queues(self, standing: Standing) -> Child:
        """All lines of the branch, where no service is asked for."""
        words, saying, frame = self._saying.words, self._saying, standing.frame
        if self.rows.service is not None or frame is None or standing.group != "open":
            return None
        waits = {each.queue: each.wait for each in frame.queues}
        lines = []
        for queue in standing.branch.queues:
            wait = waits.get(queue.queue)
            says = f"{saying.minutes(rounded(wait))} {words.minutes}" if wait else words.unknown
            lines.append(
                el("div", {}, el("dt", {}, saying.local(queue.name) or queue.letter), el("dd", {}, says))
            )
        return el("div", {"class": "queues"}, el("h4", {}, words.queues_here), el("dl", {}, *lines))


def _step(label: str, sign: str, time: str | None) -> Node:
    ask = f"at={time}" if time else None
    kind = {"type": "button", "class": "btn", "aria-label": label, "data-ask": ask, "disabled": time is None}
    return el("button", kind, sign)
