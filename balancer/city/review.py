"""What is worth a second look in a city file that works: the law's opening hours, letters, things nobody
uses.

Warnings only. The law (5203-VI, art. 12, as `rules.md` of the domain gives it, from memory): a centre is open
at least five days a week, seven hours a day, and until 20:00 on one of them.
"""

from __future__ import annotations

import statistics

from balancer.city.faults import Findings, Path
from balancer.city.file_format import FileCity
from balancer.city.model import DAY_MINUTES, Branch, City, Policy, Span
from balancer.city.reading import UNKNOWN

SAME_IN_BOTH_SCRIPTS = "ABCEHKMPTX"
LAW_DAYS = 5
LAW_DAY_MINUTES = 7 * 60
LAW_LATE = 20 * 60
FAR_DEGREES = 1.5


def review(city: City, file: FileCity, findings: Findings) -> None:
    """Adds a warning for everything that can be used but is probably not meant."""
    _unused(city, file, findings)
    for problem, remedy in _defeats(city.policy):
        findings.warning(("policy",), problem, remedy)
    for place, (branch, written) in enumerate(zip(city.branches, file.branches, strict=True)):
        path: Path = ("branches", place)
        _law(branch, (*path, "hours") if written.hours else ("hours",), findings)
        if not branch.policy.carry_over and all(
            _minutes(spans) >= DAY_MINUTES for spans in branch.hours.week
        ):
            problem = "open round the clock, and at midnight the day ends with all who wait"
            findings.warning(path, problem, "Set carry_over = true in its policy.")
        for problem, remedy in _defeats(branch.policy) - _defeats(city.policy):
            findings.warning((*path, "policy"), problem, remedy)
        if branch.policy.air_raid == "shelter" and "shelter" not in branch.facilities:
            remedy = 'Add "shelter" to its facilities, or set air_raid = "pause".'
            findings.warning(path, "serves in its shelter during an air raid, but has none", remedy)
        _far_away(city, branch, path, findings)


def _law(branch: Branch, hours: Path, findings: Findings) -> None:
    """The weekly hours against the law on administrative services; a remote workplace need only open."""
    open_days = [spans for spans in branch.hours.week if spans]
    if branch.kind == "remote" and open_days:
        return
    long_days = [spans for spans in open_days if _minutes(spans) >= LAW_DAY_MINUTES]
    if len(open_days) < LAW_DAYS:
        findings.warning(hours, f"open on {len(open_days)} days a week", "The law asks for at least five.")
    elif len(long_days) < LAW_DAYS:
        problem = f"open for seven hours on only {len(long_days)} days a week"
        findings.warning(hours, problem, "The law asks for at least seven hours on five days.")
    if not any(spans[-1].closes >= LAW_LATE for spans in open_days):
        findings.warning(hours, "never open until 20:00", "The law asks for one such day a week.")


def _minutes(spans: list[Span]) -> int:
    return sum(span.closes - span.opens for span in spans)


def _defeats(policy: Policy) -> set[tuple[str, str]]:
    """Rules that defeat each other: problem and remedy."""
    found = set()
    recalling = policy.recalls_max * policy.recall_gap_seconds
    if 0 < policy.no_show_after_seconds < recalling:
        problem = f"missed after {policy.no_show_after_seconds} s, while its recalls take {recalling} s"
        found.add((problem, "Raise no_show_after_seconds, or allow fewer recalls."))
    if policy.no_show_chances and not policy.no_show_back:
        problem = "a missed ticket goes back by no places and is called again at once"
        found.add((problem, "Set no_show_back above 0, or no_show_chances to 0."))
    return found


def _far_away(city: City, branch: Branch, path: Path, findings: Findings) -> None:
    """A branch far from most of the others: as a rule latitude and longitude were swapped."""
    if len(city.branches) < 3:
        return
    lat = statistics.median(each.lat for each in city.branches)
    lon = statistics.median(each.lon for each in city.branches)
    if abs(branch.lat - lat) > FAR_DEGREES or abs(branch.lon - lon) > FAR_DEGREES:
        problem = f"lies far from the other branches ({branch.lat:g}, {branch.lon:g})"
        findings.warning((*path, "lat"), problem, "Are lat and lon the right way round?")


def _unused(city: City, file: FileCity, findings: Findings) -> None:
    """Services nobody can come for, queues no branch has, letters that only one script has."""
    offered = {service for branch in city.branches for queue in branch.queues for service in queue.services}
    for place, service in enumerate(city.services):
        if service.service not in offered:
            problem = f'service "{service.service}" is in no queue of any branch'
            findings.warning(("services", place), problem, "Put it into a queue, or take it away.")
    present = {queue.queue for branch in city.branches for queue in branch.queues}
    for place, queue in enumerate(file.queues):
        if queue.queue not in present:
            problem = f'queue "{queue.queue}" is in no branch'
            findings.warning(("queues", place), problem, "Name it in a branch's queues, or take it away.")
    letters = {queue.letter for branch in city.branches for queue in branch.queues} - {UNKNOWN}
    unclear = sorted(letters - set(SAME_IN_BOTH_SCRIPTS))
    if unclear:
        problem = f"letters that look different in Ukrainian and Latin, or are digits: {', '.join(unclear)}"
        findings.warning(("queues",), problem, f"Safe are {' '.join(SAME_IN_BOTH_SCRIPTS)}.")
