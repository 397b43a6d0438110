"""What a kiosk shows, from the picture of the city. Pure.

A line is full when half of those who would join it now are not called before the branch closes (less the
branch's margin). Elsewhere is faster only when the way there and the wait on arrival together save ten
minutes against a wait here that is no longer quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from balancer.city.catalogue import Category
from balancer.city.definition import Branch, City, Service
from balancer.city.hours import plan
from balancer.city.travel import Trip
from balancer.live.branch_load import BranchLoad
from balancer.live.receiving import receiving
from balancer.messages import Wait
from balancer.messages.kiosk import (
    KioskAlternative,
    KioskCatalogue,
    KioskFaster,
    KioskField,
    KioskLine,
    KioskQueue,
    KioskService,
)

MINUTE_MS = 60_000
WORTH_THE_WAY_MINUTES = 10.0
ALTERNATIVES = 3
HINTS = 2

Quote = Callable[[str, str], Wait | None]
"""The wait in (branch, queue) of one who joins now."""
WaitAt = Callable[[str, str, int], Wait | None]
"""The wait in (branch, queue) of one who arrives at a city instant (ms)."""


@dataclass(frozen=True)
class Around:
    """The city around a kiosk at city ms `now`: other branches' loads, the way there, and the waits."""

    city: City
    others: list[BranchLoad]
    trips: Mapping[str, Trip]
    quote: Quote
    wait_at: WaitAt
    now: int

    def arrives(self, branch: str) -> int:
        """The city ms at which one who leaves now is there."""
        return self.now + round(self.trips[branch].minutes * MINUTE_MS)


def kiosk_queues(load: BranchLoad, quote: Quote, now: int) -> list[KioskQueue]:
    """The branch's lines, in file order."""
    left = minutes_left(load.branch, now)
    found = []
    for queue in load.branch.queues:
        wait, count = quote(load.branch.branch, queue.queue), load.queues.get(queue.queue)
        full = left is not None and wait is not None and wait.p50 > left
        found.append(KioskQueue(queue.queue, count.waiting if count else 0, wait, full))
    return found


def minutes_left(branch: Branch, now: int) -> float | None:
    """Minutes in which somebody can still be called today, over a lunch break; None without a planned end."""
    hours, policy = plan(branch, now), branch.policy
    if hours.closes_at is None:
        return None
    day_ends = (hours.close_day_at or 0) - policy.close_day_after_minutes * MINUTE_MS
    return (max(hours.closes_at, day_ends) - now) / MINUTE_MS - policy.full_day_margin_minutes


def faster_elsewhere(around: Around, load: BranchLoad) -> list[KioskFaster]:
    """The groups whose visitors gain most by going elsewhere."""
    gains = []
    for field in around.city.categories:
        service = _typical(around.city, field, load.branch)
        queue = load.branch.queue_of(service.service) if service else None
        here = around.quote(load.branch.branch, queue.queue) if queue else None
        if service is None or here is None or here.p50 < around.city.levels.moderate_minutes:
            continue
        best = min(_places(around, [service]), key=_door_to_desk, default=None)
        if best is not None and here.p50 - _door_to_desk(best) >= WORTH_THE_WAY_MINUTES:
            gains.append((here.p50 - _door_to_desk(best), KioskFaster(field.category, best)))
    gains.sort(key=lambda gain: -gain[0])
    return [hint for _, hint in gains[:HINTS]]


def alternatives(around: Around, branch: Branch) -> list[KioskAlternative]:
    """Where a visitor of this branch could go now, soonest served first; by the longest of the waits that its
    own services would have there.
    """
    typical = [_typical(around.city, field, branch) for field in around.city.categories]
    places = _places(around, [each for each in typical if each is not None])
    return sorted(places, key=_door_to_desk)[:ALTERNATIVES]


def _places(around: Around, services: Iterable[Service]) -> list[KioskAlternative]:
    """The other public branches that take somebody for any of the services on arrival, where a wait is
    known.
    """
    wanted, found = list(services), []
    for load in around.others:
        branch, arrives = load.branch, around.arrives(load.branch.branch)
        taken = [each for each in wanted if receiving(load, each, around.now, arrives).reason is None]
        queues = {queue.queue for each in taken if (queue := branch.queue_of(each.service))}
        waits = [around.wait_at(branch.branch, queue, arrives) for queue in sorted(queues)]
        known = [wait for wait in waits if wait is not None]
        if known:
            longest = max(known, key=lambda wait: wait.p50)
            minutes = around.trips[branch.branch].minutes
            found.append(KioskAlternative(branch.branch, branch.name, branch.address, longest, minutes))
    return found


def _door_to_desk(place: KioskAlternative) -> float:
    return place.travel_minutes + (place.wait.p50 if place.wait else 0.0)


def _typical(city: City, field: Category, branch: Branch) -> Service | None:
    """The service by which a group is judged here: to submit papers, else its first one."""
    named = field.purposes.get("submit")
    if named is not None and branch.queue_of(named) is not None:
        return city.service(named)
    own = (each for each in city.services if each.category == field.category)
    return next((each for each in own if branch.queue_of(each.service) is not None), None)


def kiosk_catalogue(city: City, branch: Branch) -> KioskCatalogue:
    """What does not change: groups that have a service here, services and lines of the branch."""
    services = [each for each in city.services if branch.queue_of(each.service) is not None]
    offered = {each.service for each in services}
    fields = []
    for group in city.categories:
        purposes = {why: service for why, service in group.purposes.items() if service in offered}
        if purposes or any(each.category == group.category for each in services):
            fields.append(KioskField(group.category, group.name, group.words, purposes))
    policy = branch.policy
    return KioskCatalogue(
        version=city.version,
        city=city.city,
        city_name=city.name,
        branch_name=branch.name,
        address=branch.address,
        contact=city.contact,
        shelter_way=branch.shelter,
        time_zone=branch.time_zone,
        languages=list(city.languages),
        moderate_minutes=city.levels.moderate_minutes,
        busy_minutes=city.levels.busy_minutes,
        no_show_after_seconds=policy.no_show_after_seconds,
        no_show_chances=policy.no_show_chances,
        no_show_back=policy.no_show_back,
        fields=fields,
        services=[_service(each, branch) for each in services],
        lines=[KioskLine(q.queue, q.letter, q.name, q.zone, q.floor) for q in branch.queues],
    )


def _service(service: Service, branch: Branch) -> KioskService:
    queue = branch.queue_of(service.service)
    assert queue is not None
    return KioskService(
        service.service,
        service.name,
        service.category,
        service.words,
        service.needs_power,
        service.online_url,
        queue.queue,
    )
