"""A ticket taken from the board, where the city allows it: taken once, followed, called, given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.axe import check
from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, which gives tickets out from afar; its desk 1 is open."""
    folder = tmp_path_factory.mktemp("remote")
    file = folder / "remote.toml"
    file.write_text(spoiled(("contact =", "remote_tickets = true\ncontact =")), "utf-8")
    with running_server(folder, city=str(file)) as running:
        running.desk("center", "1", "open")
        yield running


def offer(page: Any) -> Any:
    """The centre's button for a ticket, its details opened where they are not."""
    page.locator("queue-board [data-branch=center] .when").wait_for()
    page.locator("queue-board .name[aria-expanded=true]").first.wait_for()  # the first row opens by itself
    name = page.locator("queue-board [data-branch=center] .name")
    if name.get_attribute("aria-expanded") == "false":
        name.click()
    return page.get_by_role("button", name="Взяти талон: Центр")


def take(page: Any, server: RunningServer) -> str:
    """Takes a ticket at the centre and answers its number."""
    page.goto(f"{server.base_url}/?service=extract")
    offer(page).click()
    number = page.locator("queue-board .my-ticket .number")
    number.wait_for()
    return str(number.inner_text())


def test_a_refusal_is_told_in_words(server: RunningServer, open_page: Open) -> None:
    """A reader who has stopped the updates asks for what is no longer given: the server says why."""
    page = open_page(f"{server.base_url}/?service=extract")
    take_one = offer(page)
    take_one.wait_for()
    page.get_by_role("button", name="Зупинити").click()
    supervisor = server.token("supervisor", "center")
    hold = server.command(f"{server.branch_url('center')}/hold", {"reason": "обід"}, token=supervisor)
    assert hold.status == 200
    take_one.click()
    page.get_by_role("alert").filter(has_text="Прийом призупинено").wait_for()
    resumed = server.command(f"{server.branch_url('center')}/resume", token=supervisor)
    assert resumed.status == 200
    board = f"{server.city_url}/board"
    wait_until_sync(
        lambda: server.ask("GET", board).json["offset"] >= resumed.json["offset"], what="the board goes on"
    )


def card(page: Any, text: str) -> None:
    """Wait until the ticket's card says this."""
    page.locator("queue-board .my-ticket").filter(has_text=text).wait_for()


def test_a_ticket_is_taken_followed_and_called(server: RunningServer, open_page: Open) -> None:
    """Number and place; it survives a reload, turns yellow at the call, and is put away at the end."""
    page = open_page("")
    number = take(page, server)
    card(page, "Перед вами: 0")
    check(page, "a ticket is held")
    assert "Центр · Витяг" in page.locator("queue-board .my-ticket").inner_text()
    assert page.get_by_role("button", name="Взяти талон").count() == 0, "one ticket at a time"
    assert "secret" not in page.url
    page.reload()
    card(page, number)
    server.desk("center", "1", "call-next")
    page.locator("queue-board .my-ticket.called").wait_for()
    check(page, "the ticket is called")
    page.get_by_role("alert").filter(has_text=f"{number}. Запрошуємо! Місце 1").wait_for()
    server.desk("center", "1", "start")
    card(page, "Вас обслуговують")
    server.desk("center", "1", "finish")
    card(page, "Обслуговування завершено")
    page.get_by_role("button", name="Сховати").click()
    page.locator("queue-board .my-ticket").wait_for(state="hidden")


def test_a_lost_answer_makes_no_second_ticket(server: RunningServer, open_page: Open) -> None:
    """The repeat carries the same key."""
    page = open_page("")
    keys: list[str] = []

    def lose_the_first(route: Any) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        route.abort() if len(keys) == 1 else route.fulfill(response=answer)

    page.route("**/branches/center/tickets", lose_the_first)
    number = take(page, server)
    assert len(keys) == 2 and keys[0] == keys[1]
    line = server.ask("GET", server.desk_url("center", "1"), token=server.token("desk", "center", "1")).json[
        "line"
    ]
    assert [each["number"] for each in line] == [number]
    page.get_by_role("button", name="Скасувати талон").click()
    card(page, "Талон скасовано")
    page.reload()
    page.locator("queue-board .row").first.wait_for()
    assert page.locator("queue-board .my-ticket").is_hidden()
