"""The measures of a day, folded event by event, are what a slow recount of the whole log finds; a process
that starts in the middle finds the same.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter

import pytest

from balancer.live.board import Board
from balancer.live.branch_record import BranchRecord
from balancer.live.day_measures import DayMeasures
from balancer.live.queue_waits import median
from balancer.messages import Event, Snapshot
from tests.property.day_recount import DayCount, recount
from tests.property.histories import KINDS, Dice, Step, prelude
from tests.property.player import Player, Town
from tests.property.small_city import BRANCHES, DESKS

HISTORIES = int(os.environ.get("DAY_HISTORIES", "25"))
STEPS = 60
SEED = int(os.environ.get("SEED", "20261123"))


@pytest.mark.timeout(300)
def test_the_fold_agrees_with_a_recount(town: tuple[asyncio.Runner, Town]) -> None:
    """Over alarms, breaks, closings of the day, carried tickets, transfers, released desks and midnight."""
    runner, place = town
    print(f"SEED={SEED} HISTORIES={HISTORIES}")
    seen: Counter[str] = Counter()
    for number in range(HISTORIES):
        dice = random.Random(f"{SEED}-{number}")
        seen += runner.run(one_history(place, dice, f"SEED={SEED} history {number}"))
    missing = {"busy", "idle", "paused", "wait", "service", "carried", "alarm", "midnight"} - seen.keys()
    assert not missing, f"no history showed {missing}; SEED={SEED}"


async def one_history(place: Town, dice: random.Random, hint: str) -> Counter[str]:
    """Play one history, then hold the fold against the recount, whole and begun in the middle."""
    player = await place.found()
    middle = dice.randrange(STEPS)
    snapshot: Snapshot | None = None
    for order in prelude(Dice(dice.getrandbits(80))):
        await player.play(order)
    for number in range(STEPS):
        await player.step(Step(dice.choice(KINDS[1:-1]), dice.getrandbits(160)))
        if number % 20 == 19:
            player.clock.now += dice.choice((0, 1, 5, 10)) * 3_600_000
        if number == middle:
            snapshot = await player.log.snapshot()
    assert snapshot is not None
    events = await player.log.read(0, block_ms=0, count=5000)
    now = player.clock.now + dice.choice((0, 30_000, 3_600_000))
    whole, late = fold(player, events), fold_late(player, events, snapshot)
    seen: Counter[str] = Counter()
    for branch in BRANCHES:
        expected = recount(events, branch, "UTC", now)
        for measures in (whole, late):
            compare(measures.record(branch, now), expected, now, f"{hint} {branch}")
        assert shown(whole.record(branch, now), now) == shown(late.record(branch, now), now), hint
        seen += _what(expected, events)
    await player.forget()
    return seen


def fold(player: Player, events: list[Event]) -> DayMeasures:
    """All that happened, as it came."""
    measures = DayMeasures(player.model.city)
    for event in events:
        measures.learn((event,))
    return measures


def fold_late(player: Player, events: list[Event], snapshot: Snapshot) -> DayMeasures:
    """As a process that started at the snapshot: the log's past first, then what came after it."""
    measures, board = DayMeasures(player.model.city), Board(player.model.city)
    measures.begin(snapshot)
    board.load(snapshot)
    measures.learn([event for event in events if event.offset <= snapshot.offset])
    measures.settle(board)
    assert measures.known_from == 0
    measures.learn(events)  # what is known already changes nothing
    return measures


def shown(record: BranchRecord, now: int) -> list[object]:
    """Everything that the measures of a day are made of."""
    desks = {name: [*each.stretches(now)] for name, each in record.desks.items()}
    queues = {name: (each.waits, each.by_slot, each.services) for name, each in record.queues.items()}
    return [record.day, {name: rows for name, rows in desks.items() if rows}, queues]


def compare(record: BranchRecord, expected: DayCount, now: int, hint: str) -> None:
    """The record says what the recount found."""
    for desk in DESKS:
        found = record.desk(desk)
        for kind in ("busy", "idle", "paused"):
            said = found.spent(kind, now)  # type: ignore[arg-type]
            assert said == expected.spent[desk, kind], f"{hint} desk {desk} {kind}"
            rows = [row.ends - row.begins for row in found.stretches(now) if row.kind == kind]
            assert sum(rows) == said, f"{hint} desk {desk} {kind}: its stretches do not add up"
        mine = sorted(span for _, place, span in expected.served if place == desk)
        assert found.services == mine, f"{hint} desk {desk} services"
        assert found.over(60_000) == sum(span > 60_000 for span in mine), hint
        assert found.nonstop_since == expected.nonstop_since.get(desk), f"{hint} desk {desk} nonstop"
    for queue in {*record.queues, *expected.waits}:
        said_of = record.queue(queue)
        assert said_of.waits == sorted(expected.waits[queue]), f"{hint} {queue} waits"
        assert sorted(sum(said_of.by_slot.values(), [])) == said_of.waits, f"{hint} {queue} half-hours"
        assert median(said_of.waits) == expected.medians().get(queue), f"{hint} {queue} median"
        assert said_of.issued == expected.issued[queue], f"{hint} {queue} issued"


def _what(found: DayCount, events: list[Event]) -> Counter[str]:
    """What a history showed, so that none can pass by showing nothing."""
    seen = Counter(kind for (_, kind), ms in found.spent.items() if ms)
    seen["wait"] += any(map(any, found.waits.values()))
    seen["service"] += bool(found.served)
    types = {event.type for event in events}
    seen["carried"] += "ticket_carried" in types
    seen["alarm"] += "alarm_sounded" in types
    seen["midnight"] += events[0].at // 86_400_000 != events[-1].at // 86_400_000
    return +seen
