"""A city file's types made into a `City`: catalogues, policies and hours merged, references checked."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import TypeVar, cast

import msgspec

from balancer.city.building_branch import (
    Catalogue,
    build_desks,
    build_queues,
    check_catalogue_queue,
    known,
    once,
)
from balancer.city.building_hours import build_hours
from balancer.city.faults import Findings, Path, did_you_mean
from balancer.city.file_format import (
    FileBranch,
    FileCategory,
    FileCity,
    FileLevels,
    FilePolicy,
    FileService,
    FileTravel,
)
from balancer.city.model import (
    LANGUAGES,
    PURPOSES,
    Agency,
    Branch,
    Category,
    City,
    Document,
    Levels,
    LocalText,
    MapTiles,
    Notice,
    Policy,
    PriorityClass,
    Service,
    Standard,
)
from balancer.city.reading import UNKNOWN
from balancer.city.travel import Travel

M = TypeVar("M", Policy, Levels, Travel)
R = TypeVar("R", PriorityClass, Agency, Standard, Notice, Document, MapTiles)


def build_city(file: FileCity, findings: Findings) -> City:
    """The city that the file means. Use it only if `findings.fatal` is still false."""
    services = [_service(each) for each in file.services]
    catalogue = Catalogue(
        services={service.service: service for service in services},
        categories=frozenset(each.category for each in file.categories),
        agencies=frozenset(each.agency for each in file.agencies),
        queues={queue.queue: queue for queue in file.queues},
    )
    _check_catalogue(file, catalogue, findings)
    time_zone = _zone(file.time_zone, ("time_zone",), findings)
    policy = merged(Policy(), file.policy)
    return City(
        city=file.city,
        name=_text(file.name),
        time_zone=time_zone,
        contact=file.contact,
        remote_tickets=file.remote_tickets,
        policy=policy,
        levels=_levels(file, findings),
        travel=merged(Travel(), file.travel),
        priority_classes=[_as(PriorityClass, each) for each in file.priority_classes],
        categories=[_category(each) for each in file.categories],
        agencies=[_as(Agency, each) for each in file.agencies],
        services=services,
        branches=[
            _branch(each, file, ("branches", place), policy, time_zone, catalogue, findings)
            for place, each in enumerate(file.branches)
        ],
        standards=[_as(Standard, each) for each in file.standards],
        notices=[_as(Notice, each) for each in file.notices],
        rights=[_text(each) for each in file.rights],
        map_tiles=None if file.map_tiles is None else _as(MapTiles, file.map_tiles),
        languages=file.languages or list(LANGUAGES),
        demo=file.demo,
    )


def _service(given: FileService) -> Service:
    fields = msgspec.structs.asdict(given)
    return Service(**{**fields, "documents": [_as(Document, each) for each in given.documents]})


def _category(given: FileCategory) -> Category:
    fields = msgspec.structs.asdict(given)
    chosen = {each: getattr(given.purposes, each, None) for each in PURPOSES}
    return Category(**{**fields, "purposes": {key: value for key, value in chosen.items() if value}})


def merged(base: M, own: FilePolicy | FileLevels | FileTravel | None) -> M:
    """The base with every value that `own` gives."""
    if own is None:
        return base
    given = {key: value for key, value in msgspec.structs.asdict(own).items() if value is not None}
    return msgspec.structs.replace(base, **given)


def _as(kind: type[R], given: msgspec.Struct) -> R:
    """A row of the file as the city's type with the same fields."""
    return kind(**msgspec.structs.asdict(given))


def _text(given: object) -> LocalText:
    """What `reading` has already made a text in both languages."""
    return cast(LocalText, given)


def _branch(
    given: FileBranch,
    file: FileCity,
    path: Path,
    policy: Policy,
    time_zone: str,
    catalogue: Catalogue,
    findings: Findings,
) -> Branch:
    queues = build_queues(given, path, catalogue, findings)
    zone = time_zone if given.time_zone is None else _zone(given.time_zone, (*path, "time_zone"), findings)
    return Branch(
        branch=given.branch,
        name=_text(given.name),
        kind=given.kind,
        address=_text(given.address),
        lat=given.lat,
        lon=given.lon,
        time_zone=zone,
        hours=build_hours(file.hours, given.hours, ("hours",), (*path, "hours"), findings),
        facilities=list(dict.fromkeys(given.facilities)),
        shelter=None if given.shelter is None else _text(given.shelter),
        demo=given.demo,
        mode=given.mode,
        hall_capacity=given.hall_capacity,
        notices=[_as(Notice, each) for each in given.notices],
        policy=merged(policy, given.policy),
        queues=queues,
        desks=build_desks(given, queues, path, catalogue, findings),
    )


def _check_catalogue(file: FileCity, catalogue: Catalogue, findings: Findings) -> None:
    """Ids unique, references known, lists not empty."""
    for key, rows, id_key in (
        ("services", file.services, "service"),
        ("branches", file.branches, "branch"),
        ("queues", file.queues, "queue"),
        ("categories", file.categories, "category"),
        ("agencies", file.agencies, "agency"),
        ("standards", file.standards, "standard"),
        ("priority_classes", file.priority_classes, "priority"),
    ):
        once(((getattr(row, id_key), (key, place)) for place, row in enumerate(rows)), id_key, findings)
    for place, service in enumerate(file.services):
        known(service.category, catalogue.categories, "category", ("services", place, "category"), findings)
    for place, category in enumerate(file.categories):
        for purpose in PURPOSES:
            stands_for = getattr(category.purposes, purpose, None)
            if stands_for is not None:
                where = ("categories", place, "purposes", purpose)
                known(stands_for, catalogue.services, "service", where, findings)
    for place, queue in enumerate(file.queues):
        check_catalogue_queue(queue, ("queues", place), catalogue, findings)
    if not file.branches and not findings.fatal:
        findings.fault(("branches",), "a city needs at least one branch", "Add [[branches]].")


def _levels(file: FileCity, findings: Findings) -> Levels:
    for place, standard in enumerate(file.standards):
        if standard.guaranteed_minutes < standard.target_minutes:
            remedy = "The target is the stricter one: let guaranteed_minutes be at least target_minutes."
            findings.fault(("standards", place), "guarantees more than it aims for", remedy)
    levels = merged(Levels(), file.levels)
    if levels.busy_minutes <= levels.moderate_minutes:
        remedy = "Let busy_minutes be above moderate_minutes."
        findings.fault(("levels",), "busy begins before moderate", remedy)
    return levels


def _zone(name: str, path: Path, findings: Findings) -> str:
    """The name of a time zone that exists; UTC stands in for one that does not."""
    names = _zones()
    if name in names:
        return name
    if name != UNKNOWN:
        remedy = did_you_mean(name, names, 'Write a name like "Europe/Kyiv".')
        findings.fault(path, f'there is no time zone "{name}"', remedy)
    return "UTC"


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
