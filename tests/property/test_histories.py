"""Five hundred random histories of sixty steps, on the real core and on the model, compared at every step."""

from __future__ import annotations

import asyncio
import os
import random

import pytest
from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from balancer.core.transitions import INTENT_VERBS, TABLE
from tests.property import histories
from tests.property.histories import KINDS, Dice, Step
from tests.property.model import Command
from tests.property.model_state import ACTIVE, MINUTE
from tests.property.player import Player, Town

HISTORIES = int(os.environ.get("HISTORIES", "150"))
STEPS = 60
SEED = int(os.environ.get("SEED", "20261123"))
# Which steps of a failing history stay: 0 lets one go, so to shrink is to leave out.
kept = st.lists(st.integers(0, 31), min_size=STEPS, max_size=STEPS)
shrinking = settings(max_examples=300, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.timeout(900)
def test_random_histories_agree_with_the_model(town: tuple[asyncio.Runner, Town]) -> None:
    """Invariants 1–7 of design §3, whatever people, timers, clocks and wires do."""
    runner, place = town
    print(f"SEED={SEED} HISTORIES={HISTORIES}")
    for number in range(HISTORIES):
        steps = random_steps(number)
        try:
            runner.run(play(place, steps))
        except Exception:
            runner.run(play(place, smallest(runner, place, steps)))
            raise
    verbs = {row.verb for row in TABLE if row not in INTENT_VERBS}
    rare = {verb for verb in verbs if place.heard[verb, None] < HISTORIES / 50}
    assert not rare, "these were hardly ever carried out"


def random_steps(number: int) -> list[Step]:
    """The steps of the history of that number. Evenly: Hypothesis would favour small and repeated choices."""
    chance = random.Random(f"{SEED}/{number}")
    return [Step(chance.choice(KINDS), chance.getrandbits(40)) for _ in range(STEPS)]


def smallest(runner: asyncio.Runner, place: Town, steps: list[Step]) -> list[Step]:
    """As few of the steps as fail, which is what a reader wants to see."""

    def fails(kept: list[int]) -> bool:
        try:
            runner.run(play(place, left_of(steps, kept)))
        except Exception:
            return True
        return False

    try:
        return left_of(steps, find(kept, fails, settings=shrinking, random=random.Random(SEED)))
    except NoSuchExample:
        return steps


def left_of(steps: list[Step], kept: list[int]) -> list[Step]:
    """The steps without those that are let go; the first one's number also opens the day."""
    return [step if stays else step._replace(kind="nothing") for step, stays in zip(steps, kept, strict=True)]


async def play(place: Town, steps: list[Step]) -> None:
    """One history in a city of its own, from the opening to the last ticket in every line."""
    player = await place.found()
    try:
        for order in histories.prelude(Dice(steps[0].number)):
            await player.play(order)
        for step in steps:
            await player.step(step)
        await drain(player)
        await player.audit()
    except Exception as error:
        error.add_note("\n".join(["the history:", *(str(sent.command) for sent in player.sent)]))
        raise
    finally:
        await player.forget()


async def drain(player: Player) -> None:
    """All that stopped goes on and every desk calls until its lines are empty: nobody was forgotten."""
    for branch, facts in player.model.branches.items():
        for wrong, verb in (
            (facts.alarm != "none" and facts.resumes is None, "all_clear"),
            (facts.hold is not None, "resume_branch"),
            (facts.power == "off", "power_on"),
            (facts.phase == "closed", "open_branch"),
        ):
            if wrong:
                await player.play(Command(verb, {"branch": branch}))
        for service in facts.suspended:
            await player.play(Command("restore_service", {"branch": branch, "service": service}))
        if player.model.branches[branch].resumes is not None:
            player.clock.now += 2 * MINUTE
            await player.play(Command("end_alarm", {"branch": branch}))
        for desk in [desk for place, desk in player.model.desks if place == branch]:
            await empty(player, {"branch": branch, "desk": desk})
        for ticket in [t for t in player.model.tickets.values() if t.branch == branch and t.state in ACTIVE]:
            await player.play(Command("left", {"ticket": ticket.id}))


async def empty(player: Player, place: dict[str, str]) -> None:
    """The desk opens and sends its whole line away."""
    state = player.model.desks[place["branch"], place["desk"]].state
    if state != "open":
        await player.play(Command("open_desk" if state == "closed" else "resume_desk", place))
    if player.model.hand(**place):
        await player.play(Command("desk_left", place))
    while (await player.play(Command("call_next", place))).ticket is not None:
        await player.play(Command("desk_left", place))
