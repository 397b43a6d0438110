"""Numbers on paper: leased for when the server is away, entered later, in the true order of arrival."""

from __future__ import annotations

import random

import pytest

from balancer.city.hours import rfc3339
from balancer.core.caller import Caller
from balancer.core.slips import lease_ends, slip_ticket, slips_of
from balancer.core.tokens import opens
from balancer.messages import BranchState, LeaseState, TicketState
from tests.town import (
    CENTRE,
    CITIZEN,
    CLERK,
    HOUR,
    KIOSK,
    KYIV,
    MINUTE,
    NINE,
    RECEPTION,
    SECOND,
    SUPERVISOR,
    TIMER,
    Town,
    refused,
    taken,
)


async def leased(town: Town, count: int = 20, at: str = "centre", who: Caller = KIOSK) -> LeaseState:
    answer = await town.queue.lease(who, at, count)
    assert answer.lease is not None
    return answer.lease


def numbers(lease: LeaseState, queue: str = "papers") -> list[str]:
    return [slip.number for slip in slips_of(lease, b"key") if slip.queue == queue]


async def test_a_lease_has_numbers_of_every_letter(town: Town) -> None:
    """A slip becomes the very ticket that the kiosk has printed, with its secret; leases share nothing."""
    first, second = await leased(town, 3), await leased(town, 2, who=RECEPTION)
    assert numbers(first) == ["A501", "A502", "A503"] and numbers(first, "land") == ["C501", "C502", "C503"]
    assert numbers(second) == ["A504", "A505"]
    key = await town.queue.city_key()
    [slip] = [each for each in slips_of(first, key) if each.number == "A502"]
    made = await town.ticket(number=slip.number, lease=first.lease, arrived=town.clock.now - MINUTE)
    assert (made.id, made.number, made.letter) == (slip.ticket, "A502", "A")
    assert made.id == slip_ticket(first.lease, "A502") and opens(key, made.id, slip.secret)
    assert (await town.ticket()).number == "A001", "the series goes on as if there were no slips"


async def test_a_slip_is_taken_once_and_of_its_day(town: Town) -> None:
    """Used, unknown, of another branch, another lease or another day: each is refused, nothing is changed."""
    lease, other = await leased(town, 2), await leased(town, 2)
    await town.ticket(number="A501")
    for args, code in (
        ({"number": "A501"}, "slip_used"),
        ({"number": "A505"}, "slip_unknown"),
        ({"number": "A001"}, "slip_unknown"),
        ({"number": "A0502"}, "slip_unknown"),
        ({"number": "Ж501"}, "slip_unknown"),
        ({"number": "A502", "lease": other.lease}, "slip_unknown"),
    ):
        async with refused(code):
            await town.queue.issue(KIOSK, "centre", "address", **args)  # type: ignore[arg-type]
    async with refused("slip_unknown"):
        await town.queue.issue(KIOSK, "harbour", "address", number="A502")
    async with refused("forbidden"):
        await town.queue.issue(CITIZEN, "centre", "address", number="A502")
    await town.queue.close_day(TIMER, "centre")
    async with refused("slip_unknown"):
        await town.queue.issue(KIOSK, "centre", "address", number="A502", lease=lease.lease)
    town.clock.forward(24 * HOUR)
    await town.queue.open_branch(SUPERVISOR, "centre")
    tomorrow = await leased(town, 1)
    assert numbers(tomorrow) == ["A501"]
    async with refused("slip_unknown"):
        await town.queue.issue(KIOSK, "centre", "address", number="A501", lease=lease.lease)
    assert (await town.ticket(number="A501", lease=tomorrow.lease)).day == "2026-11-24"


async def test_a_lost_reply_makes_no_second_ticket(town: Town) -> None:
    """The same key gives the first answer, also once the slip is used and the moment is long past."""
    await leased(town)
    once = Caller("kiosk:1", "merge-00001", "f")
    first = await town.queue.issue(once, "centre", "address", number="A507", arrived=town.clock.now)
    town.clock.forward(20 * HOUR)
    assert await town.queue.issue(once, "centre", "address", number="A507", arrived=NINE) == first
    lease = Caller("kiosk:1", "lease-00001", "f")
    assert await town.queue.lease(lease, "centre", 5) == await town.queue.lease(lease, "centre", 5)


async def test_the_series_grows_into_the_leases(town: Town) -> None:
    """Beyond 500 the series passes over what is leased, and leases pass over what the series gave."""
    await leased(town, 3)
    series = f"{town.queue.keys.numbers}centre/2026-11-23"
    await town.store.writer.command("HSET", series, "A", 499)
    given = [(await town.ticket()).number for _ in range(3)]
    assert given == ["A500", "A504", "A505"]
    assert numbers(await leased(town, 2)) == ["A506", "A507"]
    assert (await town.ticket()).number == "A508"
    assert [(await town.ticket(number=n)).number for n in ("A503", "A506")] == ["A503", "A506"]
    assert numbers(await leased(town, 1)) == ["A509"]


async def test_what_was_given_out_is_taken_whatever_holds_now(town: Town) -> None:
    """A pause, no power, closed tickets and closed doors do not make a printed ticket undone; by hand a
    number is taken as long as the doors are open."""
    await leased(town)
    came = town.clock.now - 5 * MINUTE
    await town.queue.hold_branch(SUPERVISOR, "centre", "no water")
    await town.queue.power_off(SUPERVISOR, "centre")
    await town.queue.close_tickets(SUPERVISOR, "centre")
    made = await town.ticket("passport", number="A501", arrived=came)
    by_hand = taken(await town.queue.issue(RECEPTION, "centre", "address", arrived=came))
    assert (made.arrived, by_hand.arrived, by_hand.number) == (came, came, "A001")
    await town.queue.close_branch(SUPERVISOR, "centre")
    assert (await town.ticket(number="A502", arrived=came)).state == "waiting"
    async with refused("branch_closed"):
        await town.queue.issue(RECEPTION, "centre", "address", arrived=came)


async def test_when_somebody_came(town: Town) -> None:
    """Today and not in the future; a kiosk's clock may be a minute ahead."""
    await leased(town)
    midnight = NINE - 9 * HOUR
    assert (await town.ticket(number="A501", arrived=midnight)).arrived == midnight
    assert (await town.ticket(number="A502", arrived=town.clock.now + 50 * SECOND)).arrived == town.clock.now
    for arrived in (midnight - 1, town.clock.now + 61 * SECOND):
        async with refused("invalid_field") as found:
            await town.queue.issue(KIOSK, "centre", "address", number="A503", arrived=arrived)
        assert found[0].params["field"] == "arrived"


async def test_a_late_ticket_waits_behind_those_already_called(town: Town) -> None:
    """It has come before them, and that is its place now; nobody is called back for it."""
    early = town.clock.now
    await leased(town)
    town.clock.forward(10 * MINUTE)
    called, waits = await town.called(), await town.ticket()
    town.clock.forward(5 * MINUTE)
    late = await town.queue.issue(KIOSK, "centre", "address", number="A501", arrived=early)
    assert late.ahead == 0
    assert await town.line() == ["A501", waits.number]
    assert (await town.see(called)).state == "called"
    await town.queue.start(CLERK, "centre", "1")
    town.clock.forward(MINUTE)
    answer = taken(await town.queue.call_next(CLERK, "centre", "2"))
    assert answer.number == "A501" and answer.legs[0].wait_ms == 16 * MINUTE


@pytest.mark.parametrize("seed", range(6))
async def test_two_kiosks_merge_in_the_true_order(town: Town, seed: int) -> None:
    """Through pauses and a lunch hour's worth of lost network: whoever merges first, the line is by arrival,
    every number is given once, and each wait is that of branch time."""
    dice = random.Random(seed)
    for each in ("1", "2", "3"):
        await town.queue.close_desk(CLERK, "centre", each)
    slips = [numbers(await leased(town)) for _ in range(2)]
    paper: list[list[tuple[str, int]]] = [[], []]
    online: list[TicketState] = []
    for _ in range(30):
        town.clock.forward(dice.randrange(1, 4 * MINUTE))
        deed = dice.choice(("hold_branch", "resume_branch", "alarm", "all_clear", "", "", "", ""))
        facts = await centre(town)
        if deed == "hold_branch" and facts.hold is None:
            await town.queue.hold_branch(SUPERVISOR, "centre", "no water")
        elif deed == "resume_branch" and facts.hold is not None:
            await town.queue.resume_branch(SUPERVISOR, "centre")
        elif deed in ("alarm", "all_clear") and (facts.alarm == "none") == (deed == "alarm"):
            await getattr(town.queue, deed)(SUPERVISOR, "centre")
        which = dice.randrange(3)
        facts = await centre(town)
        if which < 2 and slips[which]:
            paper[which].append((slips[which].pop(0), town.clock.now))
        elif facts.paused_since is None:
            online.append(await town.ticket())
        if dice.randrange(8) == 0:
            await merge(town, paper[which % 2], dice)
    for each in dice.sample(paper, 2):
        await merge(town, each, dice)
    snapshot = await town.log.snapshot()
    by_place = sorted(snapshot.tickets, key=lambda each: (each.order, each.placed, each.tie))
    assert [each.arrived for each in by_place] == sorted(each.arrived for each in by_place), seed
    assert len({each.number for each in by_place}) == len(by_place) > len(online), seed


async def centre(town: Town) -> BranchState:
    """The branch's facts as they are."""
    return next(each for each in (await town.log.snapshot()).branches if each.branch == "centre")


async def merge(town: Town, paper: list[tuple[str, int]], dice: random.Random) -> None:
    """Enter what a kiosk gave out, in any order."""
    dice.shuffle(paper)
    while paper:
        number, came = paper.pop()
        await town.ticket(number=number, arrived=came)


async def test_slips_are_forgotten_with_their_day(town: Town) -> None:
    """Nothing of a lease is left once its number series is swept."""
    await leased(town)
    await town.ticket(number="A501")
    town.clock.forward(80 * HOUR)
    await town.queue.sweep()
    keys = town.queue.keys
    for family in (keys.leases, keys.slips, keys.numbers):
        assert await town.store.writer.command("EXISTS", f"{family}centre/2026-11-23", writes=False) == 0


def test_how_long_a_lease_holds() -> None:
    """To the planned end of the day, an hour after closing; before the doors open, to midnight at most."""
    ends = [rfc3339(KYIV, lease_ends(CENTRE, NINE + shift)) for shift in (0, -2 * HOUR, 10 * HOUR + 1)]
    assert ends == ["2026-11-23T19:00:00+02:00", "2026-11-24T00:00:00+02:00", "2026-11-24T00:00:00+02:00"]
