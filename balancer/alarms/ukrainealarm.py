"""api.ukrainealarm.com, version 3: `GET /api/v3/alerts` with the key alone in `Authorization`.

`GET /api/v3/alerts/status` answers `{"lastActionIndex": 123}`, which changes with every alarm and all-clear
and spares reading the whole list. The list is `[{"regionId": "22", "regionType": "State", "regionName": …,
"activeAlerts": [{"regionId": "22", "regionType": "State", "type": "AIR", "lastUpdate": …}]}]`, with only
the regions that have something to tell. Read off the publisher's API description (github.com/UkraineAlarm)
and the client github.com/PaulAnnekov/ukrainealarm.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from balancer.alarms.feed import FeedFault, Regions
from balancer.alarms.feed_client import FeedClient

NAME = "ukrainealarm"
BASE_URL = "https://api.ukrainealarm.com"
STATUS_PATH = "/api/v3/alerts/status"
PATH = "/api/v3/alerts"
KINDS = frozenset({"AIR", "CHEMICAL", "NUCLEAR"})
"""As for alerts.in.ua; the others are UNKNOWN, ARTILLERY, URBAN_FIGHTS, INFO."""

T = TypeVar("T")


class _Status(msgspec.Struct, rename="camel"):
    last_action_index: int


class _Alert(msgspec.Struct, rename="camel"):
    type: str
    region_id: str | None = None


class _Region(msgspec.Struct, rename="camel"):
    region_id: str
    active_alerts: list[_Alert]


def last_action(body: bytes) -> int:
    """The number of the service's last action; FeedFault("garbled")."""
    return _decoded(body, _Status).last_action_index


def regions_under_alarm(body: bytes) -> Regions:
    """The ids in a list of alarms; FeedFault("garbled") where it is not of the documented form."""
    return frozenset(
        alert.region_id or region.region_id
        for region in _decoded(body, list[_Region])
        for alert in region.active_alerts
        if alert.type in KINDS
    )


def _decoded(body: bytes, form: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FeedFault("garbled", str(error)) from error


class UkraineAlarm:
    """The feed of ukrainealarm."""

    name = NAME

    def __init__(self, key: str, base_url: str = BASE_URL) -> None:
        self._client = FeedClient(base_url, key)
        self._known: tuple[int, Regions] | None = None

    async def read(self) -> Regions:
        """See AlarmFeed."""
        status = last_action(await self._body(STATUS_PATH))
        if self._known is None or self._known[0] != status:
            # The number was read before the list: what happens between is read once more, never missed.
            self._known = (status, regions_under_alarm(await self._body(PATH)))
        return self._known[1]

    async def _body(self, path: str) -> bytes:
        body = (await self._client.get(path)).body
        if body is None:
            raise FeedFault("garbled", "unchanged, though not asked so")
        return body

    async def close(self) -> None:
        """See AlarmFeed."""
        await self._client.close()
