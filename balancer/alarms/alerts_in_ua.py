"""alerts.in.ua: `GET /v1/alerts/active.json` with `Authorization: Bearer KEY`.

The document is `{"alerts": [{"location_uid": "22", "location_type": "oblast", "alert_type": "air_raid",
"started_at": …, "finished_at": null, …}], "meta": {…}}`: only alarms that last. Requests carry
If-Modified-Since and are answered with 304 while nothing changes; 401 and 403 mean the key, 429 too many
requests. Read off the service's own client, github.com/alerts-ua/alerts-in-ua-py (async_client.py,
location_uid_resolver.py): oblasts have uids 3 to 31, Kharkiv oblast is 22. Eight to ten requests a minute
are what the service asks of one key, by all its processes together.
"""

from __future__ import annotations

import msgspec

from balancer.alarms.feed import FeedFault, Regions
from balancer.alarms.feed_client import FeedClient

NAME = "alerts.in.ua"
BASE_URL = "https://api.alerts.in.ua"
PATH = "/v1/alerts/active.json"
KINDS = frozenset({"air_raid", "chemical", "nuclear"})
"""What sends people to the shelter. Shelling and street fighting are told for months where the front is
near: there the supervisor decides."""


class _Alert(msgspec.Struct):
    location_uid: str | int
    alert_type: str
    finished_at: str | None = None


class _Active(msgspec.Struct):
    alerts: list[_Alert]


_decode = msgspec.json.Decoder(_Active).decode


def regions_under_alarm(body: bytes) -> Regions:
    """The uids in a document; FeedFault("garbled") where it is not of the documented form."""
    try:
        active = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FeedFault("garbled", str(error)) from error
    return frozenset(
        str(alert.location_uid)
        for alert in active.alerts
        if alert.alert_type in KINDS and alert.finished_at is None
    )


class AlertsInUa:
    """The feed of alerts.in.ua."""

    name = NAME

    def __init__(self, key: str, base_url: str = BASE_URL) -> None:
        self._client = FeedClient(base_url, f"Bearer {key}")
        self._known: tuple[str | None, Regions] | None = None

    async def read(self) -> Regions:
        """See AlarmFeed."""
        since = self._known[0] if self._known else None
        document = await self._client.get(PATH, since)
        if document.body is None:
            if self._known is None:
                raise FeedFault("garbled", "unchanged, though never read")
            return self._known[1]
        self._known = (document.modified, regions_under_alarm(document.body))
        return self._known[1]

    async def close(self) -> None:
        """See AlarmFeed."""
        await self._client.close()
