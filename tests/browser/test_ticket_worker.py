"""The ticket page's service worker in a real browser: it shows what is pushed and opens without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.engine import WHOLE
from tests.browser.scripted_ticket import NUMBER, ScriptedTicket
from tests.waiting import wait_until_sync

BROWSERS = WHOLE  # notices are shown by nothing less
Open = Callable[..., Any]
ACTIVE = "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration('/t')).getNotifications())
  .map(({title, body, tag, lang}) => ({title, body, tag, lang}))"""
KEPT = """async () => {
  const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
  const requests = await Promise.all(shelves.map((shelf) => shelf.keys()))
  return requests.flat().map((each) => new URL(each.url).pathname)
}"""
NOTICE = {"title": "Місце 7", "body": f"Талон {NUMBER}: вас запрошують.", "tag": "t1", "lang": "uk"}


@pytest.fixture
def city() -> Iterator[ScriptedTicket]:
    """A city with one waiting ticket."""
    with ScriptedTicket() as running:
        yield running


def opened(open_page: Open, city: ScriptedTicket) -> Any:
    """The page with its worker at work."""
    page = open_page(city.page_url, width=360, permissions=["notifications"])
    page.locator(".tk .number", has_text=NUMBER).wait_for()
    page.wait_for_function(ACTIVE)
    return page


def test_what_is_pushed_is_shown(city: ScriptedTicket, open_page: Open) -> None:
    """Title, text and language of the server; a newer one of the ticket takes the place of an older."""
    page = opened(open_page, city)
    registrations: list[str] = []
    session = page.context.new_cdp_session(page)
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    wait_until_sync(lambda: page.evaluate("1") and registrations, what="the worker is known")
    for title in ("Час виходити", NOTICE["title"]):
        told = json.dumps({**NOTICE, "title": title})
        sent = {"origin": city.url, "registrationId": registrations[0], "data": told}
        session.send("ServiceWorker.deliverPushMessage", sent)
        wait_until_sync(
            lambda title=title: [each["title"] for each in page.evaluate(SHOWN)] == [title], what=title
        )
    assert page.evaluate(SHOWN) == [NOTICE]


def test_the_page_opens_without_a_network(city: ScriptedTicket, open_page: Open) -> None:
    """The last known state, said to be old; nothing of the city's data comes from the worker."""
    page = opened(open_page, city)
    page.reload()  # now the worker has seen every file of the page
    page.locator(".tk .number", has_text=NUMBER).wait_for()
    page.context.set_offline(True)
    city.cut()
    page.reload()
    page.locator(".tk .number", has_text=NUMBER).wait_for()
    kept = page.evaluate(KEPT)
    assert "/t" in kept and not [path for path in kept if path.startswith("/api/")]
    page.context.set_offline(False)
    page.locator(".age", has_text="Оновлено о").wait_for()
