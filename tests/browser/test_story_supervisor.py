"""A head of centre in a rush: a queue without a desk, a service that takes too long, an alarm and its end, a
decision taken back; and two bad moments: somebody was faster, the server goes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.city_files import SMALL
from tests.server import RunningServer, running_server

Open = Callable[..., Any]
BRISK = "[policy]\nservice_amber_minutes = 1\nservice_red_minutes = 2\nno_show_after_seconds = 0"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, thirty times as fast, where two minutes are too long for a service."""
    folder = tmp_path_factory.mktemp("rush")
    file = folder / "city.toml"
    file.write_text(SMALL.replace("[policy]", BRISK, 1), "utf-8")
    with running_server(Path(folder), city=str(file), speed=30) as running:
        yield running


@pytest.fixture
def page(server: RunningServer, open_page: Open) -> Any:
    """The head's page."""
    token = server.token("supervisor", "center")
    found = open_page(f"{server.base_url}/supervisor#token={token}", width=1440)
    found.locator(".desks tbody tr").first.wait_for()
    return found


def branch(server: RunningServer, verb: str) -> Any:
    """Another head decides the same."""
    return server.command(f"{server.branch_url('center')}/{verb}", token=server.token("supervisor", "center"))


def test_a_rush_from_alert_to_undo(server: RunningServer, page: Any) -> None:
    """Every trouble is told with what would help, and is gone once it is helped."""
    assert server.desk("center", "1", "open").status == 200
    ticket = server.issue("center", "advice").json["ticket"]["number"]
    told = page.locator(".al li[data-kind=queue_unserved]")
    told.get_by_text("K: чекає 1, нікого на прийомі").wait_for()
    told.get_by_role("button", name="Місце 1 до черги K").click()
    told.wait_for(state="detached")
    page.locator(".undo", has_text="Місце 1 викликає з черг: P K").wait_for()
    called = server.desk("center", "1", "call-next")
    assert called.json["ticket"]["number"] == ticket
    server.desk("center", "1", "start")
    slow = page.locator(".al li[data-kind=over_red]")
    slow.get_by_text("Місце 1: прийом").wait_for()
    page.locator(".desks .tm.red").wait_for()
    slow.get_by_role("button", name="Запитати").click()
    page.locator(".panel", has_text="Місце 1").wait_for()
    slow.wait_for(state="detached")
    page.keyboard.press("Escape")
    server.desk("center", "1", "finish")
    kiosk = server.token("kiosk", "center")
    assert server.command(f"{server.branch_url('center')}/help", token=kiosk).status == 200
    asked = page.locator(".al li[data-kind=help_asked]", has_text="людині потрібна допомога")
    asked.get_by_role("button", name="Іду").click()
    asked.get_by_role("button", name="Допомогли").click()
    asked.wait_for(state="detached")
    page.locator(".desks tbody tr").first.locator(".o", has_text="1").wait_for()
    page.get_by_role("button", name="Повітряна тривога").click()
    page.get_by_role("button", name="Так, тривога").click()
    page.locator(".banner.alarm").wait_for()
    page.get_by_role("button", name="Відбій, відновити").click()
    page.locator(".banner.alarm").wait_for(state="hidden")
    page.get_by_role("button", name="Закрити видачу талонів").click()
    page.get_by_role("button", name="Скасувати: Видачу талонів закрито").click()
    page.get_by_role("button", name="Закрити видачу талонів").wait_for()
    assert server.issue("center", "extract").status == 201


def test_somebody_was_faster(server: RunningServer, page: Any) -> None:
    """What the head saw was old: the command is refused in words, nothing is done, the page catches up."""
    pattern = "**/supervision"
    seen = server.ask(
        "GET",
        f"{server.branch_url('center')}/supervision",
        token=server.token("supervisor", "center"),
    )
    page.route(pattern, lambda route: route.fulfill(body=seen.body, content_type="application/json"))
    assert branch(server, "power-off").status == 200
    page.get_by_role("button", name="Закрити видачу талонів").click()
    page.get_by_role("alert").filter(has_text="стан змінився").wait_for()
    page.unroute(pattern)
    page.get_by_role("button", name="Світло є").wait_for()
    assert page.get_by_role("button", name="Закрити видачу талонів").is_visible(), "tickets are still given"
    assert branch(server, "power-on").status == 200
    page.get_by_role("button", name="Немає світла").wait_for()


def test_the_server_goes_away_and_comes_back(server: RunningServer, page: Any) -> None:
    """The last state stays, the page says how old it is; the day's figures are the same afterwards."""
    done = page.locator(".desks tbody tr").first.locator("td.n").first.inner_text()
    server.stop()
    page.locator(".banner.warn", has_text="Немає зв’язку").wait_for()
    page.locator("header .b[aria-disabled=true]", has_text="Немає світла").wait_for()
    assert page.locator(".desks tbody tr").count() == 4
    server.restart()
    page.locator(".banner", has_text="Немає зв’язку").wait_for(state="hidden")
    page.get_by_role("button", name="Немає світла").click()
    page.get_by_role("button", name="Світло є").wait_for()
    assert page.locator(".desks tbody tr").first.locator("td.n").first.inner_text() == done
