"""The alarm feed and the branches: real store, a service that speaks the feeds' own form over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from balancer.alarms.alerts_in_ua import PATH
from balancer.alarms.regions import parse_regions
from balancer.alarms.starting import feed_of
from balancer.alarms.watch import STALE_SECONDS, AlarmWatch
from balancer.core.alarm_memory import AlarmMemory
from balancer.telemetry import FEED_FAULTS
from tests.alarm_feeds import KEY, AlarmService
from tests.stores import Server
from tests.town import SUPERVISOR, FrozenClock, Town, refused


@pytest.fixture(params=["alerts.in.ua", "ukrainealarm"])
def service(request: pytest.FixtureRequest) -> Iterator[AlarmService]:
    """Each of the two."""
    with AlarmService(request.param) as running:
        yield running


@pytest.fixture
async def town(valkey: Server, city_name: str) -> AsyncIterator[Town]:
    """The centre pauses at an alarm, the harbour serves in its shelter."""
    async with Town.found(valkey.url, city_name) as found:
        yield found


class Watching(AlarmWatch):
    """A watch over the town as a process of its own would have one."""

    def __init__(self, town: Town, service: AlarmService, regions: str = "22,1293", key: str = KEY) -> None:
        memory = AlarmMemory(town.store.writer, town.city.city)
        feed = feed_of(service.form, key, service.url)
        super().__init__(
            feed, parse_regions(regions), town.queue, memory, lambda: town.city, 10.0, town.clock.real_ms
        )


@pytest.fixture
async def watch(town: Town, service: AlarmService) -> AsyncIterator[Watching]:
    """It has looked once, in peace."""
    watching = Watching(town, service)
    await watching.tick()
    assert await town.new_types() == []
    yield watching
    await watching.feed.close()


async def alarms(town: Town) -> dict[str, str]:
    """The alarm of each branch."""
    return {each.branch: each.alarm for each in (await town.log.snapshot()).branches}


async def test_an_alarm_and_its_end_reach_every_branch(
    town: Town, service: AlarmService, watch: Watching
) -> None:
    """Each by its own policy, once, under the feed's name; called tickets go back to their places."""
    ticket = await town.called()
    await town.new_events()
    service.sound("22")
    await watch.tick()
    assert await alarms(town) == {"centre": "pause", "harbour": "shelter"}
    assert (await town.see(ticket)).state == "waiting"
    events = await town.new_events()
    assert sorted(each.type for each in events) == ["alarm_sounded"] * 2 + ["ticket_requeued"]
    assert {each.actor for each in events} == {f"timer:{service.form}"}
    await watch.tick()
    assert await town.new_types() == []
    service.clear("22")
    await watch.tick()
    assert await alarms(town) == {"centre": "none", "harbour": "none"}
    assert await town.new_types() == ["alarm_cleared"] * 2


async def test_only_the_regions_of_a_branch_concern_it(town: Town, service: AlarmService) -> None:
    """An alarm elsewhere is none, and a branch may lie in a district of its own."""
    watch = Watching(town, service, "22,1293; harbour=22,124")
    service.sound("16")
    service.sound("1293")
    await watch.tick()
    assert await alarms(town) == {"centre": "pause", "harbour": "none"}
    service.sound("124")
    service.clear("1293")
    await watch.tick()
    assert await alarms(town) == {"centre": "none", "harbour": "shelter"}
    await watch.feed.close()


async def test_what_a_supervisor_does_by_hand_stands(
    town: Town, service: AlarmService, watch: Watching
) -> None:
    """Until the feed itself changes."""
    service.sound("22")
    await watch.tick()
    await town.queue.all_clear(SUPERVISOR, "centre")
    await watch.tick()
    assert (await alarms(town))["centre"] == "none"
    service.clear("22")
    await watch.tick()
    await town.queue.alarm(SUPERVISOR, "centre")
    await watch.tick()
    assert (await alarms(town))["centre"] == "pause"
    service.sound("22")
    await watch.tick()
    service.clear("22")
    await watch.tick()
    assert (await alarms(town))["centre"] == "none"


async def test_a_restart_in_the_middle_of_an_alarm(
    town: Town, service: AlarmService, watch: Watching
) -> None:
    """Sounds nothing twice, and an all-clear that came meanwhile is passed on."""
    service.sound("22")
    await watch.tick()
    await watch._end()
    await town.new_events()
    again = Watching(town, service)
    await again.tick()
    assert await town.new_types() == []
    await again._end()
    service.clear("22")
    third = Watching(town, service)
    await third.tick()
    assert await town.new_types() == ["alarm_cleared"] * 2
    await third._end()


async def test_of_two_processes_one_asks(town: Town, service: AlarmService, watch: Watching) -> None:
    """The other knows how the feed fares, and takes over."""
    other = Watching(town, service)
    before = service.asked()
    await other.tick()
    assert service.asked() == before
    assert other.state == watch.state and other.state.good_at is not None
    service.sound("22")
    await watch._end()
    await other.tick()
    assert await town.new_types() == ["alarm_sounded"] * 2
    await other._end()


async def test_two_that_believe_to_lead_sound_one_alarm(
    town: Town, service: AlarmService, watch: Watching
) -> None:
    """A process that slept through its lease sends the same commands under the same keys."""
    other = Watching(town, service)
    service.sound("22")
    active = frozenset({"22"})
    passed = await town.store.writer.command("HGETALL", f"{{{town.city.city}}}:alarm_passed", writes=False)
    await watch._pass_on(active)
    await town.store.writer.command("DEL", f"{{{town.city.city}}}:alarm_passed")
    pairs = (
        list(passed.items())
        if isinstance(passed, dict)
        else list(zip(passed[::2], passed[1::2], strict=True))
    )
    for branch, raw in pairs:
        await town.store.writer.command("HSET", f"{{{town.city.city}}}:alarm_passed", branch, raw)
    await town.queue.all_clear(SUPERVISOR, "centre")
    await other._pass_on(active)
    assert (await town.new_types()).count("alarm_sounded") == 2
    assert (await alarms(town))["centre"] == "none"
    await other.feed.close()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("401", "key_refused"), ("429", "too_many"), ("500", "server_error"), ("garbage", "garbled")],
)
async def test_a_feed_that_fails_changes_nothing(
    town: Town, service: AlarmService, watch: Watching, mode: str, kind: str
) -> None:
    """It is asked less often, counted, and told as stale after five minutes; then it mends itself."""
    service.sound("22")
    await watch.tick()
    await town.new_events()
    counted = FEED_FAULTS.labels(service.form, kind)
    before = counted._value.get()
    service.mode = mode
    service.clear("22")
    pauses = [await watch.tick() for _ in range(4)]
    assert counted._value.get() == before + 4
    assert pauses[0] >= 20 and pauses[-1] >= 60, "it backs off"
    assert (await alarms(town))["centre"] == "pause" and await town.new_types() == []
    assert watch.state.fault.startswith(kind)
    assert (watch.trouble() is not None) == (kind == "key_refused")
    clock = town.clock
    assert isinstance(clock, FrozenClock)
    clock.real += round(STALE_SECONDS * 1000) + 1000
    assert watch.trouble() is not None and watch.age_seconds() > STALE_SECONDS
    service.mode = "ok"
    assert await watch.tick() < 20
    assert watch.trouble() is None
    assert (await alarms(town))["centre"] == "none"


async def test_it_waits_as_long_as_it_is_told(town: Town, service: AlarmService, watch: Watching) -> None:
    """Retry-After goes before our own patience."""
    service.mode, service.retry_after = "429", "240"
    assert await watch.tick() >= 240


async def test_an_alarm_for_a_branch_on_hold_and_a_closed_one(
    town: Town, service: AlarmService, watch: Watching
) -> None:
    """Alarm is a fact of its own."""
    await town.queue.hold_branch(SUPERVISOR, "centre", "Вода")
    await town.queue.close_branch(SUPERVISOR, "harbour")
    service.sound("22")
    await watch.tick()
    assert await alarms(town) == {"centre": "pause", "harbour": "shelter"}
    async with refused("branch_paused"):
        await town.ticket()


async def test_an_alarm_in_the_delay_after_the_all_clear(
    service: AlarmService, valkey: Server, city_name: str
) -> None:
    """The branch that was about to go on pauses again, and goes on after the second all-clear."""
    async with Town.found(valkey.url, city_name, resume_delay_minutes=5) as town:
        watch = Watching(town, service)
        seen = []
        for change in (service.sound, service.clear, service.sound, service.clear):
            change("22")
            await watch.tick()
            (centre,) = [each for each in (await town.log.snapshot()).branches if each.branch == "centre"]
            seen.append((centre.alarm, centre.resumes is not None))
        assert seen == [("pause", False), ("pause", True)] * 2
        await watch._end()


async def test_a_service_that_hangs(town: Town, valkey: Server) -> None:
    """Is left after a few seconds, and the state stays."""
    with AlarmService("alerts.in.ua") as service:
        watch = Watching(town, service)
        service.mode = "hang"
        watch.feed._client._timeout = type(watch.feed._client._timeout)(total=0.2)  # type: ignore[attr-defined]
        await watch.tick()
        assert watch.state.fault.startswith("unreachable") and service.requests[PATH] == 1
        assert await alarms(town) == {"centre": "none", "harbour": "none"}
        await watch._end()
