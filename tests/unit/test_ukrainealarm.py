"""ukrainealarm: its list, its number of the last action, its key."""

from __future__ import annotations

import json

import pytest

from balancer.alarms.feed import FeedFault
from balancer.alarms.ukrainealarm import PATH, STATUS_PATH, UkraineAlarm, last_action, regions_under_alarm
from tests.alarm_feeds import KEY, AlarmService, alerts_v3


def test_what_sends_people_to_the_shelter_counts() -> None:
    """As for the other feed."""
    kinds = {"22": "air_raid", "124": "artillery_shelling", "1293": "chemical"}
    assert regions_under_alarm(json.dumps(alerts_v3(kinds)).encode()) == {"22", "1293"}


def test_an_alert_without_a_region_of_its_own_is_its_holders() -> None:
    """The description leaves it optional."""
    assert regions_under_alarm(b'[{"regionId": "22", "activeAlerts": [{"type": "AIR"}]}]') == {"22"}


@pytest.mark.parametrize("garbage", [b"", b"{}", b"null", b'[{"regionId": 1}]', b"<html>"])
def test_anything_else_is_garbled(garbage: bytes) -> None:
    """And never "no alarm"."""
    with pytest.raises(FeedFault, match="garbled"):
        regions_under_alarm(garbage)
    with pytest.raises(FeedFault, match="garbled"):
        last_action(garbage)


async def test_the_list_is_read_only_after_an_action() -> None:
    """Three looks, one alarm: two lists."""
    with AlarmService("ukrainealarm") as service:
        feed = UkraineAlarm(KEY, service.url)
        assert await feed.read() == frozenset()
        assert await feed.read() == frozenset()
        service.sound("22")
        assert await feed.read() == {"22"}
        assert service.requests == {STATUS_PATH: 3, PATH: 2}
        await feed.close()


async def test_a_wrong_key_is_said_to_be_wrong() -> None:
    """The key stands alone in the header."""
    with AlarmService("ukrainealarm") as service:
        feed = UkraineAlarm("wrong", service.url)
        with pytest.raises(FeedFault, match="key_refused"):
            await feed.read()
        await feed.close()
