"""From the settings to a watch: which feed, with which key, for which regions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from balancer.alarms import alerts_in_ua, ukrainealarm
from balancer.alarms.alerts_in_ua import AlertsInUa
from balancer.alarms.feed import AlarmFeed
from balancer.alarms.regions import parse_regions
from balancer.alarms.ukrainealarm import UkraineAlarm
from balancer.alarms.watch import AlarmWatch
from balancer.city.definition import City
from balancer.core.alarm_memory import AlarmMemory
from balancer.core.connect import Store
from balancer.core.ticket_queue import TicketQueue
from balancer.settings import Settings

OFF = "off"
SHORTEST_POLL = 7.0
FEEDS = (alerts_in_ua.NAME, ukrainealarm.NAME)


def alarm_watch(
    settings: Settings, store: Store, queue: TicketQueue, city: Callable[[], City]
) -> AlarmWatch | None:
    """The watch that the settings ask for; None where they ask for none.

    ValueError or OSError names the setting that is wrong. To be called within a running event loop.
    """
    if settings.alarm_feed == OFF:
        return None
    regions = parse_regions(settings.alarm_region)
    if strangers := regions.strangers(city().branch_by_id):
        raise ValueError(f"--alarm-region: no such branch: {', '.join(strangers)}")
    if settings.alarm_poll_seconds < SHORTEST_POLL and not settings.alarm_url:
        raise ValueError(f"--alarm-poll-seconds: not below {SHORTEST_POLL:g}, the feeds' limit for one key")
    if settings.alarm_poll_seconds <= 0:
        raise ValueError("--alarm-poll-seconds: must be above 0")
    return AlarmWatch(
        feed_of(settings.alarm_feed, read_key(settings.alarm_key), settings.alarm_url),
        regions,
        queue,
        AlarmMemory(store.writer, queue.city_id),
        city,
        settings.alarm_poll_seconds,
    )


def feed_of(name: str, key: str, url: str = "") -> AlarmFeed:
    """The feed of that name; ValueError where there is none."""
    if name == alerts_in_ua.NAME:
        return AlertsInUa(key, url or alerts_in_ua.BASE_URL)
    if name == ukrainealarm.NAME:
        return UkraineAlarm(key, url or ukrainealarm.BASE_URL)
    raise ValueError(f"--alarm-feed: {name!r} is none of {', '.join((OFF, *FEEDS))}")


def read_key(text: str) -> str:
    """The key itself, or the first line of the file in `@FILE`; ValueError where there is none."""
    key = text
    if text.startswith("@"):
        key = Path(text[1:]).read_text("utf-8").partition("\n")[0]
    if not key.strip():
        raise ValueError("--alarm-key: the feed needs a key; put it into BALANCER_ALARM_KEY or a file")
    return key.strip()
