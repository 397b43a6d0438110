"""alerts.in.ua: its document, its 304, its key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from balancer.alarms.alerts_in_ua import PATH, AlertsInUa, regions_under_alarm
from balancer.alarms.feed import FeedFault
from tests.alarm_feeds import KEY, AlarmService, active_json


def body(kinds: dict[str, str], **changed: Any) -> bytes:
    """A document; `changed` goes into its first alert."""
    document = active_json(kinds)
    document["alerts"][0].update(changed)
    return json.dumps(document).encode()


def test_what_sends_people_to_the_shelter_counts() -> None:
    """Raids, not the shelling that is told for months near the front."""
    kinds = {"22": "air_raid", "124": "artillery_shelling", "1293": "chemical", "16": "urban_fights"}
    assert regions_under_alarm(body(kinds)) == {"22", "1293"}


def test_an_alert_that_is_over_does_not() -> None:
    """The list is of active ones; should one be told with its end, it is over."""
    assert not regions_under_alarm(body({"22": "air_raid"}, finished_at="2026-11-23T08:00:00.000Z"))


def test_numbers_are_ids_too() -> None:
    """Other clients have seen uids as numbers."""
    assert regions_under_alarm(body({"22": "air_raid"}, location_uid=22)) == {"22"}


@pytest.mark.parametrize("garbage", [b"", b"null", b"[]", b'{"alerts": [{}]}', b"\xff", b"<html>"])
def test_anything_else_is_garbled(garbage: bytes) -> None:
    """And never "no alarm"."""
    with pytest.raises(FeedFault, match="garbled"):
        regions_under_alarm(garbage)


async def test_unchanged_answers_keep_the_last_reading() -> None:
    """If-Modified-Since goes along; a 304 is as good as an answer."""
    with AlarmService("alerts.in.ua") as service:
        feed = AlertsInUa(KEY, service.url)
        service.sound("22")
        assert [await feed.read() for _ in range(3)] == [{"22"}] * 3
        assert service.unchanged == 2 and service.requests == {PATH: 3}
        service.clear("22")
        assert await feed.read() == frozenset()
        await feed.close()


async def test_a_wrong_key_is_said_to_be_wrong() -> None:
    """Without telling it."""
    with AlarmService("alerts.in.ua") as service:
        feed = AlertsInUa("wrong-key", service.url)
        with pytest.raises(FeedFault, match="key_refused") as told:
            await feed.read()
        assert "wrong-key" not in str(told.value)
        await feed.close()
