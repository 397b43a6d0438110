"""Five hundred random histories of sixty steps, on the real core and on the model, compared at every step."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.property import histories
from tests.property.histories import KINDS, Dice, Step
from tests.property.model import Command
from tests.property.model_state import ACTIVE
from tests.property.player import Player, Town, quick_repeats
from tests.stores import redis_server, valkey_program

HISTORIES = int(os.environ.get("HISTORIES", "500"))
STEPS = 60
SEED = int(os.environ.get("SEED", "20261123"))

steps = st.builds(Step, st.sampled_from(KINDS), st.integers(0, 2**40))
history = st.lists(steps, min_size=STEPS, max_size=STEPS)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Town]]:
    """One store and one event loop for all histories; each has a city of its own."""
    quick_repeats()
    folder = tmp_path_factory.mktemp("histories")
    with redis_server(folder, valkey_program(), appendonly="no") as server, asyncio.Runner() as runner:
        place = Town(server.url)
        yield runner, place
        runner.run(place.close())


@pytest.mark.timeout(900)
def test_random_histories_agree_with_the_model(town: tuple[asyncio.Runner, Town]) -> None:
    """Invariants 1–7 of design §3, whatever people, timers, clocks and wires do."""
    runner, place = town
    print(f"SEED={SEED} HISTORIES={HISTORIES}")

    @seed(SEED)
    @settings(
        max_examples=HISTORIES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(history)
    def run(steps: list[Step]) -> None:
        runner.run(play(place, steps))

    run()


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
    except AssertionError as error:
        error.add_note("\n".join(["the history:", *(str(sent.command) for sent in player.sent)]))
        raise
    finally:
        await player.forget()


async def drain(player: Player) -> None:
    """All that stopped goes on and every desk calls until its lines are empty: nobody was forgotten."""
    for branch, facts in player.model.branches.items():
        for wrong, verb in (
            (facts.alarm != "none", "all_clear"),
            (facts.hold is not None, "resume_branch"),
            (facts.power == "off", "power_on"),
            (facts.phase == "closed", "open_branch"),
        ):
            if wrong:
                await player.play(Command(verb, {"branch": branch}))
        for desk in histories.DESKS:
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
