"""A city small enough to hold in the head: two branches, three desks each, every rule of design §3 in it.

North ends its day, pauses under an alarm and gives who missed his call another chance; south carries its
tickets over, serves in its shelter and gives none. Both mix services with and without need of power in one
queue; land is offered in the north only.
"""

from __future__ import annotations

from balancer.city.model import Branch, City, Desk, Hours, Policy, PriorityClass, Queue, Service, Span

MINUTE = 60_000
START = 1_795_510_800_000  # 2026-11-24T09:00:00Z, a Tuesday

SERVICES = ("address", "pension", "passport", "land")
BRANCHES = ("north", "south")
DESKS = ("1", "2", "3")
PRIORITIES = ("veteran", "parent")


def _words(text: str) -> dict[str, str]:
    return {"uk": text, "en": text}


def _queue(queue: str, letter: str, *services: str) -> Queue:
    return Queue(queue=queue, letter=letter, name=_words(queue), services=list(services))


def _desk(desk: str, *queues: str) -> Desk:
    return Desk(desk=desk, name=_words(f"Desk {desk}"), queues=list(queues))


def _branch(branch: str, queues: list[Queue], desks: list[Desk], policy: Policy) -> Branch:
    return Branch(
        branch=branch,
        name=_words(branch),
        kind="unit",
        address=_words(branch),
        lat=50.0,
        lon=36.2,
        time_zone="UTC",
        hours=Hours(week=[[Span(0, 24 * 60)] for _ in range(7)]),
        policy=policy,
        queues=queues,
        desks=desks,
    )


LAND = ("land", "C", "land")
VARIANTS = ("plain", "stern", "no land", "nobody for land", "wide")


def _north(variant: str) -> Branch:
    stern = variant == "stern"
    queues = [_queue("general", "A", "address", "pension"), _queue("papers", "B", "passport"), _queue(*LAND)]
    desks = [_desk("1", "general", "papers"), _desk("2", "general"), _desk("3", "papers", "land")]
    if variant == "no land":
        queues, desks[2] = queues[:2], _desk("3", "papers")
    if variant == "nobody for land":
        del desks[2]
    policy = Policy(
        recalls_max=1 if stern else 2,
        recall_gap_seconds=0,
        no_show_chances=0 if stern else 1,
        no_show_back=2,
        park_default_minutes=15,
        resume_delay_minutes=1,
    )
    return _branch("north", queues, desks, policy)


def _south(variant: str) -> Branch:
    queues = [_queue("general", "A", "address"), _queue("papers", "E", "pension", "passport")]
    desks = [_desk("1", "general", "papers"), _desk("2", "general"), _desk("3", "papers")]
    if variant == "wide":
        queues.append(_queue(*LAND))
        desks.append(_desk("4", "land", "papers"))
    policy = Policy(
        recalls_max=1,
        recall_gap_seconds=60,
        no_show_after_seconds=0,
        no_show_chances=0,
        reinstate_within_minutes=10,
        carry_over=True,
        air_raid="shelter",
    )
    return _branch("south", queues, desks, policy)


def small_city(city: str, variant: str = "plain") -> City:
    """The definition under a fresh id, so that every history has a city of its own in one store."""
    return City(
        city=city,
        name=_words(city),
        time_zone="UTC",
        priority_classes=[
            PriorityClass(priority="veteran", name=_words("veteran"), head_start_minutes=20),
            PriorityClass(priority="parent", name=_words("parent"), head_start_minutes=5),
        ],
        services=[
            Service(service="address", name=_words("address"), category="c"),
            Service(service="pension", name=_words("pension"), category="c", needs_power=True),
            Service(service="passport", name=_words("passport"), category="c", needs_power=True),
            Service(service="land", name=_words("land"), category="c"),
        ],
        branches=[_north(variant), _south(variant)],
    )
