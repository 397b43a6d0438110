"""Everything that a foreign service can do wrong is a FeedFault with a name."""

from __future__ import annotations

import pytest

from balancer.alarms.alerts_in_ua import PATH
from balancer.alarms.feed import FeedFault
from balancer.alarms.feed_client import FeedClient
from tests.alarm_feeds import AlarmService


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("401", "key_refused"),
        ("403", "key_refused"),
        ("429", "too_many"),
        ("500", "server_error"),
        ("302", "server_error"),
    ],
)
async def test_refusals_have_a_kind(mode: str, kind: str) -> None:
    """And carry what Retry-After asks, at most ten minutes."""
    with AlarmService("alerts.in.ua") as service:
        service.mode, service.retry_after = mode, "90000"
        client = FeedClient(service.url, "key")
        with pytest.raises(FeedFault) as told:
            await client.get(PATH)
        assert (told.value.kind, told.value.retry_after) == (kind, 600)
        await client.close()


async def test_nobody_there_and_nobody_answers() -> None:
    """A refused connection and a silent service are the same to us."""
    client = FeedClient("http://127.0.0.1:1", "key")
    with pytest.raises(FeedFault, match="unreachable"):
        await client.get(PATH)
    await client.close()
    with AlarmService("alerts.in.ua") as service:
        service.mode = "hang"
        client = FeedClient(service.url, "key", timeout=0.2)
        with pytest.raises(FeedFault, match="unreachable"):
            await client.get(PATH)
        await client.close()
