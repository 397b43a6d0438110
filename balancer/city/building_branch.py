"""Queues and desks of one branch: queues out of the city's catalogue, desks out of ranges of ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from balancer.city.faults import Findings, Path, did_you_mean, some_of
from balancer.city.file_format import FileBranch, FileDesks, FileQueue
from balancer.city.model import ID_PATTERN, Desk, LocalText, Queue, Service
from balancer.city.reading import NO_TEXT, UNKNOWN

RANGE = re.compile(r"^([a-z]*)(\d+)-\1(\d+)$")
DESK_ID = re.compile(f"^{ID_PATTERN}$")
MOST_DESKS = 500
ALL_QUEUES = "all"
DESK_NAME: LocalText = {"uk": "Місце {n}", "en": "Desk {n}"}


class Catalogue(msgspec.Struct, frozen=True):
    """What branches refer to: the city's services, categories, agencies and queues, by id."""

    services: Mapping[str, Service]
    categories: frozenset[str]
    agencies: frozenset[str]
    queues: Mapping[str, FileQueue]

    def services_of(self, category: str) -> list[str]:
        """Ids of the services in a category, in file order."""
        return [service.service for service in self.services.values() if service.category == category]


def known(found: str, among: Iterable[str], what: str, path: Path, findings: Findings) -> bool:
    """Whether an id exists; reports it otherwise, unless a faulty row may be the one that is meant."""
    words = list(among)
    if found in words or found == UNKNOWN or UNKNOWN in words:
        return found in words
    listed = f"Known: {some_of(words)}." if words else f"No {what} is defined in this file."
    findings.fault(path, f'there is no {what} "{found}"', did_you_mean(found, words, listed))
    return False


def once(ids: Iterable[tuple[str, Path]], what: str, findings: Findings) -> None:
    """Reports every id that was used before."""
    seen: set[str] = set()
    for found, path in ids:
        if found in seen and found != UNKNOWN:
            findings.fault(path, f'{what} "{found}" stands here twice', "Rename one, or take it away.")
        seen.add(found)


# --- queues -----------------------------------------------------------------------------------------------


def build_queues(branch: FileBranch, path: Path, catalogue: Catalogue, findings: Findings) -> list[Queue]:
    """The branch's queues with their services; what is `without` is left out."""
    for place, service in enumerate(branch.without):
        known(service, catalogue.services, "service", (*path, "without", place), findings)
    queues = []
    for place, given in enumerate(branch.queues):
        here = (*path, "queues", place)
        if isinstance(given, str):
            if not known(given, catalogue.queues, "queue in the city's [[queues]]", here, findings):
                continue
            whole = catalogue.queues[given]
        else:
            whole = _inherit(given, catalogue.queues.get(given.queue), here, findings)
        queues.append(_queue(whole, set(branch.without), here, catalogue, findings))
    paths = [(*path, "queues", place) for place in range(len(branch.queues))]
    once(((_id_of(each), where) for each, where in zip(branch.queues, paths, strict=True)), "queue", findings)
    _letters_and_services(queues, path, findings)
    return queues


def _id_of(given: str | FileQueue) -> str:
    return given if isinstance(given, str) else given.queue


def _inherit(given: FileQueue, base: FileQueue | None, path: Path, findings: Findings) -> FileQueue:
    """A branch's own queue with what it leaves out taken from the catalogue's queue of the same id."""
    if base is not None:
        own = given.services is not None or given.categories is not None
        return FileQueue(
            queue=given.queue,
            letter=given.letter or base.letter,
            name=given.name or base.name,
            services=given.services if own else base.services,
            categories=given.categories if own else base.categories,
            without=given.without if own else [*base.without, *given.without],
            zone=given.zone or base.zone,
            floor=given.floor or base.floor,
        )
    for key in ("letter", "name"):
        if getattr(given, key) is None:
            remedy = "Add it, or define the queue once in the city's [[queues]] and name it here by its id."
            findings.fault(path, f'"{key}" is missing', remedy)
    return given


def check_catalogue_queue(queue: FileQueue, path: Path, catalogue: Catalogue, findings: Findings) -> None:
    """The references of a queue in the city's catalogue, whether or not a branch uses it."""
    for key, among, what in (
        ("categories", catalogue.categories, "category"),
        ("services", catalogue.services, "service"),
        ("without", catalogue.services, "service"),
    ):
        for place, found in enumerate(getattr(queue, key) or []):
            known(found, among, what, (*path, key, place), findings)


def _queue(
    whole: FileQueue, without: set[str], path: Path, catalogue: Catalogue, findings: Findings
) -> Queue:
    """A complete queue; its services are those of its categories and its own, in the catalogue's order."""
    if whole is not catalogue.queues.get(whole.queue):
        check_catalogue_queue(whole, path, catalogue, findings)
    wanted = set(whole.services or [])
    for category in whole.categories or []:
        wanted.update(catalogue.services_of(category))
    wanted -= without | set(whole.without)
    services = [service for service in catalogue.services if service in wanted]
    if not services:
        problem = f'queue "{whole.queue}" has no services here'
        findings.fault(path, problem, "Give it services, or leave the queue out.")
    name: LocalText = whole.name or NO_TEXT  # type: ignore[assignment]
    return Queue(
        queue=whole.queue,
        letter=whole.letter or UNKNOWN,
        name=name,
        services=services,
        zone=whole.zone,
        floor=whole.floor,
    )


def _letters_and_services(queues: list[Queue], path: Path, findings: Findings) -> None:
    """Within a branch a letter belongs to one queue, and so does a service."""
    where = (*path, "queues")
    letters: dict[str, str] = {}
    homes: dict[str, str] = {}
    for queue in queues:
        other = letters.setdefault(queue.letter, queue.queue)
        if other != queue.queue and queue.letter != UNKNOWN:
            problem = f'queues "{other}" and "{queue.queue}" both have the letter {queue.letter}'
            findings.fault(where, problem, "Give each its own, or ticket numbers would repeat.")
        for service in queue.services:
            home = homes.setdefault(service, queue.queue)
            if home != queue.queue:
                problem = f'service "{service}" is in the queues "{home}" and "{queue.queue}"'
                findings.fault(where, problem, "Leave it in one of them: without = […] takes it out.")


# --- desks ------------------------------------------------------------------------------------------------


def build_desks(
    branch: FileBranch, queues: list[Queue], path: Path, catalogue: Catalogue, findings: Findings
) -> list[Desk]:
    """The branch's desks, ranges spread out; every queue must have a desk that serves it."""
    desks: list[Desk] = []
    ids: list[tuple[str, Path]] = []
    served: set[str] = set()
    for place, row in enumerate(branch.desks):
        here = (*path, "desks", place)
        skills = _skills(row, queues, here, findings)
        served.update(skills)
        if row.agency is not None:
            known(row.agency, catalogue.agencies, "agency", (*here, "agency"), findings)
        name: LocalText = row.name or DESK_NAME  # type: ignore[assignment]
        for desk in read_ids(row.ids, (*here, "ids"), findings):
            ids.append((desk, (*here, "ids")))
            named = {language: text.replace("{n}", desk) for language, text in name.items()}
            desks.append(
                Desk(
                    desk=desk,
                    name=named,
                    queues=skills,
                    agency=row.agency,
                    zone=row.zone,
                    floor=row.floor,
                )
            )
    once(ids, "desk", findings)
    for queue in queues:
        if queue.queue not in served:
            remedy = f'Add "{queue.queue}" to the queues of a desk here, or leave the queue out.'
            findings.fault((*path, "queues"), f'no desk serves the queue "{queue.queue}"', remedy)
    return desks


def _skills(row: FileDesks, queues: list[Queue], path: Path, findings: Findings) -> list[str]:
    """The queues the desks of this row may call from, each once."""
    ids = [queue.queue for queue in queues]
    if row.queues == [ALL_QUEUES] and ALL_QUEUES not in ids:
        return ids
    if not row.queues:
        remedy = 'Name its queues, or ["all"].'
        findings.fault((*path, "queues"), "a desk without skills can call nobody", remedy)
    skills = [
        queue
        for place, queue in enumerate(row.queues)
        if known(queue, ids, "queue in this branch", (*path, "queues", place), findings)
    ]
    return list(dict.fromkeys(skills))


def read_ids(text: str, path: Path, findings: Findings) -> list[str]:
    """Desk ids out of a list of ids and ranges: "1-8, 12, a1-a4, reception"."""
    ids: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        span = RANGE.match(part)
        if span is not None:
            prefix, first, last = span[1], int(span[2]), int(span[3])
            if not first <= last < first + MOST_DESKS:
                remedy = f"The smaller number first, at most {MOST_DESKS} desks."
                findings.fault(path, f'"{part}" is not a range', remedy)
                continue
            ids.extend(f"{prefix}{number}" for number in range(first, last + 1))
        elif DESK_ID.match(part):
            ids.append(part)
        elif part != UNKNOWN:
            findings.fault(path, f'"{part}" is not a desk id', 'Write ids and ranges like "1-8, 12, a1-a4".')
    return ids
