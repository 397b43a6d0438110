"""What changes between two definitions of a city, in plain words: what `balancer city apply` prints. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from balancer.city.building_hours import DAYS, write_span
from balancer.city.model import Branch, City, DayException, Desk, Hours, Queue, Span

Kind = Literal["added", "removed", "changed"]
SIGNS: dict[Kind, str] = {"added": "+", "removed": "-", "changed": "~"}
CITY_PARTS = ("branches", "services", "policy", "version", "travel_points")
BRANCH_PARTS = ("queues", "desks", "hours", "policy")
NUMBERED = re.compile(r"^([a-z]*)(\d+)$")


class Change(msgspec.Struct, frozen=True):
    """One change: `place` says where ("branch rcp"), `text` what ("desk 5: queues residence → passport")."""

    kind: Kind
    place: str
    text: str

    def __str__(self) -> str:
        return f"{SIGNS[self.kind]} {self.place}: {self.text}"


class Changes(msgspec.Struct, frozen=True):
    """All changes, the city's own first; false when nothing changes."""

    changes: list[Change]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.changes)) or "Nothing changes."


def changes(old: City, new: City) -> Changes:
    """What is different in `new`. Versions are not compared; changes common to many branches stand once."""
    found = [Change("changed", "city", text) for text in _fields(old, new, skip=(*CITY_PARTS, *CATALOGUES))]
    if old.travel_points != new.travel_points:
        found.append(Change("changed", "city", f"travel_matrix: {len(new.travel_points)} points"))
    found += [Change("changed", "city", text) for text in _fields(old.policy, new.policy)]
    for attribute, id_key in (("services", "service"), *CATALOGUES.items()):
        found += _members(getattr(old, attribute), getattr(new, attribute), id_key)
    before, after = old.branch_by_id, new.branch_by_id
    found += [Change("added", f"branch {each}", _size(after[each])) for each in after if each not in before]
    gone = [each for each in before if each not in after]
    found += [Change("removed", f"branch {each}", _size(before[each])) for each in gone]
    kept = [branch for branch in after if branch in before]
    of_city = set(_fields(old.policy, new.policy))
    by_branch = {branch: _branch(before[branch], after[branch], of_city) for branch in kept}
    return Changes(found + _together(by_branch))


CATALOGUES = {
    "categories": "category",
    "agencies": "agency",
    "priority_classes": "priority",
    "standards": "standard",
}


def _together(by_branch: Mapping[str, Sequence[tuple[Kind, str]]]) -> list[Change]:
    """The branches' changes, with the same change of several branches on one line."""
    same: dict[tuple[Kind, str], list[str]] = {}
    for branch, found in by_branch.items():
        for change in found:
            same.setdefault(change, []).append(branch)
    return [Change(kind, _places(branches, len(by_branch)), text) for (kind, text), branches in same.items()]


def _places(branches: Sequence[str], of: int) -> str:
    if len(branches) == 1:
        return f"branch {branches[0]}"
    return f"all {of} branches" if len(branches) == of else f"branches {', '.join(branches)}"


def _size(branch: Branch) -> str:
    queues, desks = len(branch.queues), len(branch.desks)
    return f"{branch.name['en']}, {queues} queue{'s' * (queues != 1)}, {desks} desk{'s' * (desks != 1)}"


def _branch(old: Branch, new: Branch, of_city: set[str]) -> list[tuple[Kind, str]]:
    """Changes within one branch, without those of the policy that the whole city shares."""
    found: list[tuple[Kind, str]] = [("changed", text) for text in _fields(old, new, skip=BRANCH_PARTS)]
    policy = [text for text in _fields(old.policy, new.policy) if text not in of_city]
    found += [("changed", text) for text in (*policy, *_hours(old.hours, new.hours))]
    for what, before, after in (
        ("queue", old.queue_by_id, new.queue_by_id),
        ("desk", old.desk_by_id, new.desk_by_id),
    ):
        found += _rows(what, before, after)
    return found


def _rows(
    what: str, before: Mapping[str, Queue | Desk], after: Mapping[str, Queue | Desk]
) -> list[tuple[Kind, str]]:
    """Queues or desks that came, went or changed; desks with the same change on one line."""
    found: list[tuple[Kind, str]] = []
    if came := [each for each in after if each not in before]:
        found.append(("added", _named(what, came)))
    if went := [each for each in before if each not in after]:
        found.append(("removed", _named(what, went)))
    same: dict[str, list[str]] = {}
    for each in after:
        if each in before:
            for text in _fields(before[each], after[each]):
                same.setdefault(text, []).append(each)
    return found + [("changed", f"{_named(what, ids)}: {text}") for text, ids in same.items()]


def _named(what: str, ids: Sequence[str]) -> str:
    """ "desk 3" or "desks 3-7, 9": runs of numbers drawn together."""
    runs: list[list[str]] = []
    for each in ids:
        if runs and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    words = ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"{what if len(ids) == 1 else what + 's'} {words}"


def _follows(first: str, second: str) -> bool:
    one, two = NUMBERED.match(first), NUMBERED.match(second)
    return bool(one and two and one[1] == two[1] and int(two[2]) == int(one[2]) + 1)


def _members(old: Iterable[Any], new: Iterable[Any], id_key: str) -> list[Change]:
    """A catalogue's rows that came, went or changed."""
    before = {getattr(each, id_key): each for each in old}
    after = {getattr(each, id_key): each for each in new}
    found: list[tuple[Kind, str, str]] = []
    found += [("added", each, after[each].name["en"]) for each in after if each not in before]
    found += [("removed", each, before[each].name["en"]) for each in before if each not in after]
    for each in after:
        if each in before:
            found += [("changed", each, text) for text in _fields(before[each], after[each])]
    return [Change(kind, f"{id_key} {each}", text) for kind, each, text in found]


def _hours(old: Hours, new: Hours) -> list[str]:
    """Days whose hours differ, days with the same change together, and exceptions that came or went."""
    same: dict[str, list[str]] = {}
    for day, before, after in zip(DAYS, old.week, new.week, strict=True):
        if before != after:
            same.setdefault(f"{_spans(before)} → {_spans(after)}", []).append(day)
    found = [f"hours on {', '.join(days)} {text}" for text, days in same.items()]
    found += [f"exception {_exception(each)} added" for each in new.exceptions if each not in old.exceptions]
    gone = [each for each in old.exceptions if each not in new.exceptions]
    found += [f"exception {_exception(each)} removed" for each in gone]
    return found


def _exception(exception: DayException) -> str:
    days = exception.first if exception.first == exception.last else f"{exception.first}..{exception.last}"
    return f"{days} {_spans(exception.spans)} ({exception.reason['en']})"


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(map(write_span, spans)) or "closed"


def _fields(old: msgspec.Struct, new: msgspec.Struct, skip: Sequence[str] = ()) -> list[str]:
    """ "field old → new" for each field that differs; of a list only what came and went."""
    found = []
    for field in old.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if field in skip or before == after:
            continue
        if _are_ids(before) and _are_ids(after) and before and after:
            came = [f"+{each}" for each in after if each not in before]
            went = [f"-{each}" for each in before if each not in after]
            found.append(f"{field} {' '.join(came + went) or 'in another order'}")
        else:
            found.append(f"{field} {_shown(before)} → {_shown(after)}")
    return found


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _shown(value: Any) -> str:
    """A value as a person would write it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and not {"uk", "en"} & value.keys():
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "none"
    if isinstance(value, dict):
        return " / ".join(f"“{text}”" for text in dict.fromkeys(value.values()))
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, msgspec.Struct):
        return ", ".join(f"{key} {_shown(each)}" for key, each in msgspec.structs.asdict(value).items())
    return f"{value:g}" if isinstance(value, float) else str(value)
