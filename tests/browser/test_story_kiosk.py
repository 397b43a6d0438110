"""The kiosk through a lost server and back: a real server is killed and started again, the page reloaded
while it is away. Numbers are unique and in order, nothing is lost, nobody clicks anything to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

BRANCH = "shevchenk"
SERVICE, FIELD = "submit-passport", "passport"
SECONDS_MS = 20_000
ENOUGH = 8
KEPT = """async (branch) => {
  const db = await new Promise((yes) => {
    const asked = indexedDB.open(`kiosk:${branch}`)
    asked.onsuccess = () => yes(asked.result)
  })
  const all = (name) => new Promise((yes) => {
    const asked = db.transaction([name]).objectStore(name).getAll()
    asked.onsuccess = () => yes(asked.result)
  })
  const found = { slips: await all('slips'), orders: await all('orders'), refused: await all('refused') }
  db.close()
  return found
}"""
SHELL = """async () => {
  const kept = await (await caches.open('kiosk-1')).keys()
  const names = kept.map(({ url }) => new URL(url).pathname)
  return navigator.serviceWorker.controller !== null && names.includes(location.pathname)
    && names.includes('/pages/kiosk/kiosk-page.js') && names.includes('/pages/kiosk/words-en.js')
    && names.includes('/pages/kiosk/screens.css')
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running_server(city="kharkiv", public_reads="2000") as running:
        yield running


def kept(page: Any) -> dict[str, Any]:
    """What the kiosk has on its disk."""
    found: dict[str, Any] = page.evaluate(KEPT, BRANCH)
    return found


def ready_kiosk(server: RunningServer, open_page: Callable[..., Any]) -> Any:
    """A kiosk that could lose the server now: slips with their pictures and the page itself are kept."""
    token = server.token("kiosk", BRANCH)
    page = open_page(f"{server.base_url}/kiosk/{BRANCH}#token={token}", width=1080, height=1920)
    page.wait_for_selector("main.start", timeout=SECONDS_MS)
    assert "token" not in page.url
    wait_until_sync(
        lambda: len(drawn(page)) >= ENOUGH and page.evaluate(SHELL),
        within=60,
        what="slips with pictures and a kept page",
    )
    return page


def drawn(page: Any) -> list[dict[str, Any]]:
    """The slips of passports that have their picture."""
    return [each for each in kept(page)["slips"] if each["queue"] == "passport" and each["qr"]]


def take(page: Any, *, note: str) -> str:
    """Three touches; the number on the screen."""
    page.locator(".go").click()
    page.locator(f"[data-act='field:{FIELD}']").click()
    page.locator(f"[data-act='take:{SERVICE}']").click()
    page.locator(".lead p", has_text=note).wait_for(timeout=SECONDS_MS)
    assert page.locator("figure.code img").evaluate("(i) => i.complete && i.naturalWidth > 0")
    number = str(page.locator(".tk .no").inner_text())
    page.locator("[data-act=finish]").click()
    page.wait_for_selector("main.start")
    return number


def tickets(server: RunningServer) -> list[dict[str, Any]]:
    """What the branch has, in calling order."""
    room = server.ask("GET", server.branch_url(BRANCH), token=server.token("reception", BRANCH)).json
    return [each for each in room["tickets"] if each["service"] == SERVICE]


def is_merged(page: Any) -> bool:
    return kept(page)["orders"] == []


def test_through_a_lost_server_and_back(server: RunningServer, open_page: Callable[..., Any]) -> None:
    """Online, offline, a power cut while offline, and the server again."""
    page = ready_kiosk(server, open_page)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url))
    numbers = [take(page, note="номер буде на табло")]
    server.kill()
    numbers += [take(page, note="місце за вами") for _ in range(3)]
    page.reload()
    page.wait_for_selector("main.start", timeout=SECONDS_MS)
    numbers.append(take(page, note="місце за вами"))
    orders = kept(page)["orders"]
    assert [each["slip"]["number"] for each in orders] == numbers[1:]
    page.locator(".banner", has_text="Немає зв’язку").wait_for(timeout=SECONDS_MS)

    server.restart()
    wait_until_sync(lambda: is_merged(page), within=30, what="the tickets at the server")
    numbers.append(take(page, note="номер буде на табло"))
    found = tickets(server)
    assert [each["number"] for each in found] == numbers
    assert len(set(numbers)) == len(numbers)
    arrived = [each["arrived"] for each in found]
    assert arrived == sorted(arrived) and kept(page)["refused"] == []
    for order in orders:  # the link on the screen and on paper opens the ticket
        slip = order["slip"]
        reply = server.ask("GET", f"{server.city_url}/tickets/{slip['ticket']}", token=slip["secret"])
        assert reply.json["ticket"]["number"] == slip["number"]
    page.locator(".banner", has_text="Немає зв’язку").wait_for(state="hidden", timeout=SECONDS_MS)
    secrets = [each["slip"]["secret"] for each in orders] + [each["secret"] for each in kept(page)["slips"]]
    assert sent and not any(secret in url for url in sent for secret in secrets), "addresses are logged"


def test_a_lost_answer_makes_no_second_ticket_and_an_empty_pile_no_promise(
    server: RunningServer, open_page: Callable[..., Any]
) -> None:
    """The server has the ticket and the kiosk does not know: it gives the number out and tells it again."""
    page = ready_kiosk(server, open_page)
    before = len(tickets(server))
    lost: list[str] = []

    def lose(route: Any) -> None:
        if len(lost) < 2:
            lost.append(str(route.fetch().status))
            route.abort()
        else:
            route.continue_()

    page.context.route(re.compile(r"/branches/\w+/tickets$"), lose)
    number = take(page, note="")
    wait_until_sync(lambda: is_merged(page), within=30, what="the ticket at the server")
    assert lost[0] == "201"
    assert [each["number"] for each in tickets(server)].count(number) == 1
    assert len(tickets(server)) == before + 1

    the_pile_is_empty(page)


def the_pile_is_empty(page: Any) -> None:
    """Without slips and server nobody is promised a place: the kiosk sends people to reception."""
    page.context.route(re.compile(r"/branches/\w+/(tickets|leases|kiosk)"), lambda route: route.abort())
    page.evaluate(
        """(branch) => new Promise((yes) => {
          const asked = indexedDB.open(`kiosk:${branch}`)
          asked.onsuccess = () => {
            const step = asked.result.transaction(['slips'], 'readwrite')
            step.objectStore('slips').clear()
            step.oncomplete = yes
          }
        })""",
        BRANCH,
    )
    page.reload()
    page.locator(".go").click()
    page.locator(f"[data-act='field:{FIELD}']").click()
    page.locator(f"[data-act='take:{SERVICE}']").click()
    page.locator("h1", has_text="не вдалося").wait_for(timeout=SECONDS_MS)
    assert kept(page)["orders"] == []
