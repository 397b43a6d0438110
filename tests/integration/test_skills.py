"""A supervisor moves a desk's skills: whom it calls, what the board counts, what a new definition keeps."""

from __future__ import annotations

import msgspec
import pytest

from balancer.city.definition import encode_city
from balancer.core.caller import Caller
from balancer.errors import StaleVersion
from balancer.live.board import Board
from tests.town import ADMIN, CENTRE, CLERK, HARBOUR, SUPERVISOR, Town, desk, queue, refused, taken


async def test_a_desk_calls_from_the_queues_it_was_given(town: Town) -> None:
    """From now on and no others, until they are set anew; none given means the city's file again."""
    paper, land = await town.ticket("address"), await town.ticket("land")
    given = await town.queue.set_skills(SUPERVISOR, "centre", "1", ["land", "land"])
    assert given.desk is not None and given.desk.queues == ["land"] and given.desk.state == "open"
    async with refused("skill_missing"):
        await town.queue.call(CLERK, "centre", "1", paper.id)
    assert taken(await town.queue.call_next(CLERK, "centre", "1")).id == land.id
    await town.queue.desk_left(CLERK, "centre", "1")
    assert (await town.queue.call_next(CLERK, "centre", "1")).ticket is None
    back = await town.queue.set_skills(SUPERVISOR, "centre", "1", None)
    assert back.desk is not None and back.desk.queues is None
    assert taken(await town.queue.call_next(CLERK, "centre", "1")).id == paper.id


async def test_what_is_refused(town: Town) -> None:
    """Clerks, queues that are not there, and somebody who has seen an older desk."""
    async with refused("forbidden"):
        await town.queue.set_skills(CLERK, "centre", "1", ["land"])
    async with refused("unknown_queue"):
        await town.queue.set_skills(SUPERVISOR, "centre", "1", ["land", "all"])
    with pytest.raises(StaleVersion):
        await town.queue.set_skills(Caller("supervisor", version=1), "centre", "1", ["land"])
    await town.queue.close_desk(CLERK, "centre", "1")
    assert (await town.queue.set_skills(SUPERVISOR, "centre", "1", ["land"])).desk is not None


async def test_the_board_follows(town: Town) -> None:
    """Open desks of a queue, the line of a desk, and the same from a snapshot."""
    await town.ticket("land")
    board = Board(town.city)
    board.load(await town.log.snapshot())
    await town.queue.set_skills(SUPERVISOR, "centre", "2", ["land"])
    for event in await town.log.read(board.offset, block_ms=0):
        board.apply(event)
    anew = Board(town.city)
    anew.load(await town.log.snapshot())
    for each in (board, anew):
        load = each.branch("centre")
        assert [state.desk for state in load.open_desks("land")] == ["2", "3"]
        assert [state.desk for state in load.open_desks("papers")] == ["1"]
        assert load.skills("2") == ["land"] and len(each.line("centre", "2")) == 1


async def test_a_new_definition(town: Town) -> None:
    """Skills that were set stay while their queues do; else they are the file's again, and it is logged."""
    await town.queue.set_skills(SUPERVISOR, "centre", "1", ["social"])
    await town.queue.set_skills(SUPERVISOR, "centre", "3", ["papers"])
    await town.new_events()
    smaller = msgspec.structs.replace(
        CENTRE,
        queues=[queue("papers", "A", "address", "passport"), queue("land", "C", "land")],
        desks=[desk("1", "papers"), desk("2", "papers"), desk("3", "land")],
    )
    city = msgspec.structs.replace(town.city, branches=[smaller, HARBOUR])
    await town.queue.apply_city(ADMIN, encode_city(city))
    [changed] = [event for event in await town.new_events() if event.desk is not None]
    assert changed.desk is not None
    assert (changed.type, changed.desk.desk, changed.desk.queues) == ("desk_skills_set", "1", None)
    kept = {
        state.desk: state.queues for state in (await town.log.snapshot()).desks if state.branch == "centre"
    }
    assert kept == {"1": None, "2": None, "3": ["papers"]}


async def test_nobody_is_stranded_by_what_was_set(town: Town) -> None:
    """Land is served by the desk that was moved there, so its own desk may go; not so without."""
    await town.ticket("land")
    fewer = msgspec.structs.replace(CENTRE, desks=CENTRE.desks[:2])
    text = encode_city(msgspec.structs.replace(town.city, branches=[fewer, HARBOUR]))
    async with refused("would_strand"):
        await town.queue.apply_city(ADMIN, text)
    await town.queue.set_skills(SUPERVISOR, "centre", "2", ["land"])
    await town.queue.apply_city(ADMIN, text)
