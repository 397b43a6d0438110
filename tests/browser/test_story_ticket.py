"""A citizen follows his ticket to the call; in between the sirens sound and his network is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.axe import check
from tests.city_files import spoiled
from tests.server import RunningServer, running_server

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city at ten on a Monday; it gives tickets out from afar, and desk 1 is open."""
    file = tmp_path_factory.mktemp("remote") / "remote.toml"
    zone = ('letter = "P"', 'letter = "P"\nzone = "Б"\nfloor = "1"')
    file.write_text(spoiled(("contact =", "remote_tickets = true\ncontact ="), zone), "utf-8")
    with running_server(city=str(file)) as running:
        running.desk("center", "1", "open")
        yield running


def lead(page: Any, text: str) -> None:
    """Wait until the ticket says this."""
    page.locator(".tk .now", has_text=text).wait_for()


def test_through_an_alarm_and_without_a_network_to_the_call(
    server: RunningServer, open_page: Open, screenshot: Callable[[Any, str], None]
) -> None:
    """Taken at home, followed, kept through the pause, called while the page has just come back, thanked."""
    first = server.issue("center", "extract").json
    mine = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"}).json
    number, secret = mine["ticket"]["number"], mine["secret"]
    link = f"{server.base_url}/t#city=dolyna&ticket={mine['ticket']['id']}&secret={secret}"
    page = open_page("", width=360, height=780)
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(link)
    page.locator(".stops .here", has_text="Зараз перед вами 1").wait_for()
    page.get_by_role("button", name="Я вже тут").click()
    page.locator(".travel-set", has_text="ви в підрозділі").wait_for()

    page.get_by_role("button", name="QR для входу").click()
    page.wait_for_function("document.querySelector('.qr-panel img').naturalWidth > 0")

    supervisor = server.token("supervisor", "center")
    assert server.command(f"{server.branch_url('center')}/alarm", token=supervisor).status == 200
    page.get_by_role("alert").filter(has_text="Повітряна тривога! Пройдіть до укриття").wait_for()
    lead(page, "Ваше місце в черзі збережено")
    screenshot(page, "story-ticket-alarm")

    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.clock.run_for(45_000)
    page.locator(".banner.warn", has_text="Немає зв’язку, дані за").wait_for()
    lead(page, "Ваше місце в черзі збережено")
    assert server.command(f"{server.branch_url('center')}/all-clear", token=supervisor).status == 200
    taken = server.desk("center", "1", "call-next")
    assert taken.json["ticket"]["number"] == first["ticket"]["number"], "the order is as before"
    for verb in ("start", "finish"):
        server.desk("center", "1", verb)

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator(".stops .here", has_text="Ви наступні").wait_for()
    page.locator(".banner.alarm").wait_for(state="hidden")
    server.desk("center", "1", "call-next")
    page.locator(".called:visible").wait_for()
    assert "Зона Б, поверх 1" in page.locator(".called").inner_text()
    assert page.title() == f"● Місце 1! Талон {number}"
    check(page, "the call")
    screenshot(page, "story-ticket-called")
    page.get_by_role("button", name="Я йду").click()
    server.desk("center", "1", "start")
    lead(page, "Вас обслуговують")
    server.desk("center", "1", "finish")
    lead(page, "Дякуємо, що завітали")
    assert not [each for each in asked if secret in each], "no server ever saw the secret in an address"


def test_who_misses_the_call_is_told_what_to_do(server: RunningServer, open_page: Open) -> None:
    """Once he only lets others go ahead; then reception can put him back; then he is called again."""
    mine = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"}).json
    place = f"{server.city_url}/tickets/{mine['ticket']['id']}"
    page = open_page(f"{server.base_url}/t#{mine['ticket']['id']}.{mine['secret']}", width=360)
    for said in ("Вас кликали, але ви не підійшли", "Ви не підійшли на виклик"):
        server.desk("center", "1", "call-next")
        page.locator(".called:visible").wait_for()
        server.desk("center", "1", "no-show")
        page.locator("main.ticket", has_text=said).wait_for()
    lead(page, "Підійдіть на рецепцію до")
    reception = server.token("reception", "center")
    assert server.command(f"{place}/reinstate", token=reception).status == 200
    page.locator(".stops .here", has_text="Ви наступні").wait_for()
    page.get_by_role("button", name="Здати талон").click()
    page.get_by_role("button", name="Так, здати").click()
    lead(page, "Талон здано")
    told = server.ask("GET", place, token=mine["secret"]).json["ticket"]
    assert told["state"] == "cancelled"
