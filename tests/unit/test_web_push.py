"""One notice over real HTTP: opened by the browser it is for, signed by the city; nothing else is reached."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest
from py_vapid import Vapid02

from balancer.notices.web_push import WebPush, encrypt, fresh_key, keys_of
from tests.push_service import Browser, PushService

CONTACT = "mailto:help@city.example"
NOTICE = {"title": "Місце 7", "body": "Талон A127: вас запрошують."}


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service on this machine."""
    with PushService() as running:
        yield running


async def test_a_notice_is_for_one_browser(service: PushService) -> None:
    """Encrypted on the wire; that browser opens it, another one cannot."""
    browser, other = Browser(), Browser()
    push = WebPush(fresh_key(), CONTACT, service.url)
    assert await push.send(browser.subscription(service.endpoint()), NOTICE) == "sent"
    await push.close()
    _, headers, body = service.taken[0]
    assert b"A127" not in body and headers["content-encoding"] == "aes128gcm"
    assert (headers["urgency"], int(headers["ttl"]) > 0) == ("high", True)
    assert browser.open(body) == NOTICE
    with pytest.raises(Exception, match="decrypt|Decrypt|tag"):
        other.open(body)


async def test_the_city_signs(service: PushService) -> None:
    """VAPID: the key that browsers subscribe with, for this push service, with a contact."""
    push = WebPush(fresh_key(), CONTACT, service.url)
    await push.send(Browser().subscription(service.endpoint()), NOTICE)
    await push.close()
    authorization = service.taken[0][1]["authorization"]
    assert Vapid02.verify(authorization)
    assert f"k={push.public_key}" in authorization
    claims = authorization.partition("t=")[2].split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (told["aud"], told["sub"]) == (service.url, CONTACT)


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "gone"), (410, "gone"), (429, "failed"), (500, "failed")]
)
async def test_a_refusal_is_no_accident(service: PushService, status: int, outcome: str) -> None:
    """An endpoint that is no more is told apart from one that is busy; neither raises."""
    service.status = status
    push = WebPush(fresh_key(), CONTACT, service.url)
    assert await push.send(Browser().subscription(service.endpoint()), NOTICE) == outcome
    await push.close()


async def test_a_service_that_is_away_is_no_accident(service: PushService) -> None:
    """Nobody listens there."""
    push = WebPush(fresh_key(), CONTACT, "http://127.0.0.1:1")
    assert await push.send(Browser().subscription("http://127.0.0.1:1/push"), NOTICE) == "failed"
    await push.close()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:6379/",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/https://fcm.googleapis.com/",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com@evil.example/x",
        "https://a.b.notify.windows.com/x",
    ],
)
async def test_nothing_else_is_written_to(endpoint: str) -> None:
    """An endpoint comes from outside: only services of the settings, whole host names."""
    push = WebPush(fresh_key(), CONTACT, "https://fcm.googleapis.com, https://*.notify.windows.com")
    assert not push.reaches(endpoint)
    assert await push.send(Browser().subscription(endpoint), NOTICE) == "gone"
    assert push.reaches("https://fcm.googleapis.com/fcm/send/abc") and push.reaches(
        "https://wns2.notify.windows.com/w"
    )


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("B" * 87, "A" * 22), ("!", "?")])
def test_what_is_no_key_is_refused(p256dh: str, auth: str) -> None:
    """Before anything is kept."""
    with pytest.raises(ValueError):
        keys_of(p256dh, auth)


def test_no_two_bodies_are_alike() -> None:
    """A fresh salt and a fresh key each time."""
    wish = Browser().subscription("https://push.example/1")
    assert encrypt(wish, b"x") != encrypt(wish, b"x")
