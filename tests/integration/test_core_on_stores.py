"""The core is the same on every kind of store: each verb once, and random histories against the model.

On Valkey with the embedded store's settings, on a standalone Redis, on a cluster of three and, through the
death of its primary, behind a sentinel, where a command is acknowledged only once a replica has it.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from balancer.core.slips import slip_ticket
from balancer.core.transitions import INTENT_VERBS, TABLE
from tests.property.histories import KINDS, Dice, Step, prelude
from tests.property.model import Command
from tests.property.player import Player, Town, quick_repeats
from tests.property.small_city import MINUTE
from tests.property.test_histories import drain
from tests.stores import SentinelSetup

SEED = int(os.environ.get("SEED", "20261123"))
HISTORIES, STEPS = 8, 60
NORTH, SOUTH = {"branch": "north"}, {"branch": "south"}
NORTH_1, NORTH_2, NORTH_3 = ({"branch": "north", "desk": desk} for desk in ("1", "2", "3"))
SOUTH_1 = {"branch": "south", "desk": "1"}


def issue(ticket: str, service: str = "address", **more: Any) -> Command:
    return Command("issue", NORTH | {"service": service, "ticket_id": ticket} | more)


# A day in which everything happens; a number is minutes that pass.
DAY: tuple[Command | int, ...] = (
    Command("open_branch", NORTH),
    Command("open_branch", SOUTH),
    *(Command("open_desk", desk) for desk in (NORTH_1, NORTH_2, NORTH_3, SOUTH_1)),
    *(issue(f"t{number}") for number in range(6)),
    Command("lease", NORTH | {"count": 2, "lease_id": "kiosk"}, "kiosk"),
    Command("issue", NORTH | {"service": "address", "ticket_id": "", "number": "A502"}, "kiosk"),
    Command("left", {"ticket": slip_ticket("kiosk", "A502")}),
    Command("call_next", NORTH_1),
    1,
    Command("recall", NORTH_1),
    Command("start", NORTH_1),
    Command("pay", NORTH_1),
    1,
    Command("paid", NORTH_1),
    Command("note", NORTH_1 | {"text": "copies of both pages"}),
    Command("incident", NORTH_1 | {"category": "conflict", "text": "loud"}),
    Command("branch_incident", NORTH | {"category": "other", "text": "a dog in the hall"}, "supervisor"),
    Command("record", NORTH | {"kind": "device_approved", "detail": {"device": "d1"}}, "supervisor"),
    Command("add_leg", NORTH_1 | {"service": "land"}),
    Command("next_leg", NORTH_1),
    Command("call", NORTH_3 | {"ticket": "t0"}),
    Command("start", NORTH_3),
    Command("finish", NORTH_3),
    Command("call_next", NORTH_1),
    Command("no_show", NORTH_1),
    Command("call", NORTH_1 | {"ticket": "t1"}),
    Command("no_show", NORTH_1),
    Command("reinstate", {"ticket": "t1"}),
    Command("call", NORTH_1 | {"ticket": "t1"}),
    Command("requeue", NORTH_1),
    Command("set_priority", {"ticket": "t5", "priority": "veteran", "reason": "seen"}),
    Command("call_next", NORTH_1),
    Command("park", NORTH_1 | {"reason": "copies"}),
    Command("wake", NORTH_1 | {"ticket": "t5"}),
    Command("call", NORTH_1 | {"ticket": "t5"}),
    Command("start", NORTH_1),
    Command("transfer", NORTH_1 | {"to_queue": "papers", "come_back": True}),
    Command("call", NORTH_3 | {"ticket": "t5"}),
    Command("start", NORTH_3),
    Command("finish", NORTH_3),
    Command("call_next", NORTH_1),
    Command("desk_left", NORTH_1),
    Command("transfer_ticket", {"ticket": "t2", "to_branch": "south"}),
    Command("call_next", SOUTH_1),
    Command("no_show", SOUTH_1),
    Command("cancel", {"ticket": "t3"}),
    Command("left", {"ticket": "t4"}),
    Command("quick_serve", NORTH_2 | {"service": "address", "ticket_id": ""}),
    Command("release_desk", NORTH_2 | {"reason": "gone home"}),
    30,
    Command("run_timers", NORTH, "timer"),
    Command("set_skills", NORTH_2 | {"queues": ["land"]}, "supervisor"),
    Command("set_skills", NORTH_2 | {"queues": None}, "supervisor"),
    Command("pause_desk", NORTH_1 | {"reason": "lunch"}),
    Command("resume_desk", NORTH_1),
    Command("call_next", NORTH_1),
    Command("alarm", NORTH),
    10,
    Command("all_clear", NORTH),
    2,
    Command("end_alarm", NORTH, "timer"),
    Command("hold_branch", NORTH | {"reason": "no water"}),
    Command("resume_branch", NORTH),
    Command("power_off", NORTH),
    Command("power_on", NORTH),
    Command("suspend_service", NORTH | {"service": "address"}, "supervisor"),
    Command("restore_service", NORTH | {"service": "address"}, "supervisor"),
    Command("close_tickets", NORTH),
    Command("open_tickets", NORTH),
    Command("close_desk", NORTH_1),
    Command("close_branch", NORTH),
    Command("close_day", NORTH),
    Command("issue", SOUTH | {"service": "address", "ticket_id": "t7"}),
    Command("close_day", SOUTH),
)


@pytest.fixture
async def town(store_url: str) -> AsyncIterator[Town]:
    """A store of each kind in turn."""
    quick_repeats()
    place = Town(store_url)
    yield place
    await place.close()


async def live(player: Player) -> set[str]:
    """The day in which everything happens; the types of its events."""
    types: set[str] = set()
    for step in DAY:
        if isinstance(step, int):
            player.clock.now += step * MINUTE
            continue
        heard = await player.play(step)
        assert heard.code is None, f"{step}: {heard}"
        types |= {kind for kind, _ in player.model.events}
    return types


async def test_every_verb(town: Town, city_name: str) -> None:
    """Each verb does what the model says, and each kind of event is written."""
    done = {step.verb for step in DAY if isinstance(step, Command)} | {"apply_city"}
    of_tickets = [row for row in TABLE if row not in INTENT_VERBS]  # whose tests are property/test_intents.py
    assert done >= {row.verb for row in of_tickets}
    types = await live(await town.found(city_name)) | {"city_applied"}
    assert types >= {row.event for row in of_tickets}


async def test_random_histories(town: Town, city_name: str) -> None:
    """As in the property suite, fewer of them."""
    print(f"SEED={SEED}")
    chance = random.Random(SEED)
    for _ in range(HISTORIES):
        player = await town.found(city_name)
        await history(player, chance)
        await drain(player)
        await player.audit()


async def history(player: Player, chance: random.Random) -> None:
    """One random history from the opening on."""
    for order in prelude(Dice(chance.getrandbits(40))):
        await player.play(order)
    await steps(player, chance)


async def steps(player: Player, chance: random.Random) -> None:
    """Whatever may happen, as often as in a history."""
    for _ in range(STEPS):
        await player.step(Step(chance.choice(KINDS), chance.getrandbits(40)))


@pytest.mark.timeout(180)
async def test_a_failover_in_a_history(sentinels: SentinelSetup, city_name: str) -> None:
    """The primary dies while commands are on their way: the new one and the model agree about all of it."""
    print(f"SEED={SEED}")
    quick_repeats()
    chance = random.Random(SEED)
    town = Town(sentinels.url)
    player = await town.found(city_name)
    await history(player, chance)
    dying = asyncio.create_task(asyncio.to_thread(sentinels.master.kill))
    await steps(player, chance)
    await dying
    assert sentinels.master_port() != sentinels.master.port
    await drain(player)
    await player.audit()
    await town.close()
