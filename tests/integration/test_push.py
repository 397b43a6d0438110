"""The doors of Web Push at a real server, and what then reaches a push service over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.push_service import Browser, PushService
from tests.server import Reply, RunningServer, running_server
from tests.taught import waiting_with_a_known_wait
from tests.waiting import wait_until_sync

CONTACT = "mailto:help@city.example"


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """A push service on this machine."""
    with PushService() as running:
        yield running


@pytest.fixture(scope="module")
def server(service: PushService) -> Iterator[RunningServer]:
    """The small city, which pushes to that service; its desk 1 is open."""
    with running_server(push_contact=CONTACT, push_services=service.url) as running:
        running.desk("center", "1", "open")
        yield running


def ask_for(server: RunningServer, issued: Any, endpoint: str, browser: Browser, **more: Any) -> Reply:
    """Notices of a ticket for a browser, by the ticket's secret."""
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}/push"
    body = {"endpoint": endpoint, "keys": browser.keys(), **more}
    return server.command(path, body, token=issued["secret"])


def texts(service: PushService, name: str, browser: Browser, count: int) -> list[dict[str, str]]:
    """The notices for that browser, once there are so many."""
    wait_until_sync(lambda: len(service.bodies(name)) >= count, what=f"{count} notices for {name}")
    return [browser.open(body) for body in service.bodies(name)]


def test_a_call_and_a_recall_reach_the_phone_once(server: RunningServer, service: PushService) -> None:
    """Number and desk; whoever is called again hears it again; a later event does not repeat them."""
    browser, issued = Browser(), server.issue("center", "extract").json
    assert ask_for(server, issued, service.endpoint("call"), browser).status == 200
    assert server.desk("center", "1", "call-next").status == 200
    number = issued["ticket"]["number"]
    (called,) = texts(service, "call", browser, 1)
    assert (called["title"], called["body"]) == ("Місце 1", f"Талон {number}: вас запрошують.")
    server.desk("center", "1", "start")
    server.desk("center", "1", "finish")
    other = server.issue("center", "extract").json
    ask_for(server, other, service.endpoint("other"), Browser())
    server.desk("center", "1", "call-next")
    wait_until_sync(lambda: service.bodies("other"), what="the next visitor's notice")
    assert len(service.bodies("call")) == 1
    server.desk("center", "1", "left", {})


def test_the_time_to_leave_is_told_once(server: RunningServer, service: PushService) -> None:
    """The line is short, so whoever has a way should go now; in the reader's language."""
    server.desk("center", "4", "open")
    browser, issued = Browser(), waiting_with_a_known_wait(server, "center", "4", "advice")
    asked = ask_for(server, issued, service.endpoint("leave"), browser, language="en", travel=25)
    assert asked.json["push"] is True
    (leave,) = texts(service, "leave", browser, 1)
    assert leave["title"] == "Time to leave" and issued["ticket"]["number"] in leave["body"]
    server.desk("center", "4", "call-next")
    assert [each["title"] for each in texts(service, "leave", browser, 2)][1] == "Desk 4"
    server.desk("center", "4", "left", {})


def test_who_wants_no_more_gets_none(server: RunningServer, service: PushService) -> None:
    """One browser lets go, another of the same ticket stays."""
    issued, gone, stays = server.issue("center", "extract").json, Browser(), Browser()
    ask_for(server, issued, service.endpoint("gone"), gone)
    ask_for(server, issued, service.endpoint("stays"), stays)
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}/push-stop"
    stopped = server.command(path, {"endpoint": service.endpoint("gone")}, token=issued["secret"])
    assert (stopped.status, stopped.json["push"]) == (200, True)
    server.desk("center", "1", "call-next")
    texts(service, "stays", stays, 1)
    assert service.bodies("gone") == []
    server.desk("center", "1", "left", {})


def test_a_service_that_fails_stops_nothing(server: RunningServer, service: PushService) -> None:
    """The call went through; the next notice goes out as if nothing had been."""
    service.status = 500
    issued = server.issue("center", "extract").json
    ask_for(server, issued, service.endpoint("broken"), Browser())
    assert server.desk("center", "1", "call-next").status == 200
    wait_until_sync(lambda: service.bodies("broken"), what="an attempt")
    service.status = 201
    server.desk("center", "1", "left", {})
    browser, after = Browser(), server.issue("center", "extract").json
    ask_for(server, after, service.endpoint("after"), browser)
    server.desk("center", "1", "call-next")
    assert len(texts(service, "after", browser, 1)) == 1
    server.desk("center", "1", "left", {})


def test_wrong_subscriptions_are_refused_by_name(server: RunningServer, service: PushService) -> None:
    """A server that is no push service, keys that are none; another ticket's secret opens nothing."""
    issued, other = server.issue("center", "extract").json, server.issue("center", "extract").json
    elsewhere = ask_for(server, issued, "http://127.0.0.1:6379/x", Browser())
    assert (elsewhere.code, elsewhere.json["field"]) == ("invalid_field", "endpoint")
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}/push"
    wrong = {"endpoint": service.endpoint(), "keys": {"p256dh": "AAAA", "auth": "AAAA"}}
    refused = server.command(path, wrong, token=issued["secret"])
    assert (refused.code, refused.json["field"]) == ("invalid_field", "keys")
    assert server.command(path, wrong, token=other["secret"]).code == "secret_invalid"
    guide = server.ask("GET", path.replace("/push", "/guide"), token=issued["secret"]).json
    assert len(guide["push_key"]) == 87


def test_without_a_contact_nothing_is_pushed() -> None:
    """Off by default: the door says so, the guide has no key."""
    with running_server() as server:
        issued = server.issue("center", "extract").json
        refused = ask_for(server, issued, "https://fcm.googleapis.com/x", Browser())
        assert (refused.status, refused.code) == (409, "push_off")
        path = f"{server.city_url}/tickets/{issued['ticket']['id']}/guide"
        assert server.ask("GET", path, token=issued["secret"]).json["push_key"] is None
