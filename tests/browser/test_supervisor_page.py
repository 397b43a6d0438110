"""The head of a centre's page on the real server: what it shows, what it asks, what it takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


@pytest.fixture
def head(server: RunningServer, open_page: Open) -> Iterator[Callable[..., Any]]:
    """Signs in as the head of the centre; afterwards the branch is open and its desks are closed."""

    def sit(more: str = "", role: str = "supervisor", **options: Any) -> Any:
        token = server.token(role, "center" if role == "supervisor" else None)
        page = open_page(f"{server.base_url}/supervisor#token={token}{more}", **options)
        page.locator(".desks tbody tr").first.wait_for()
        return page

    yield sit
    for verb in ("all-clear", "resume", "power-on", "open-tickets", "open"):
        branch(server, verb)
    for desk in "1234":
        command(server, f"desks/{desk}/release", {"reason": "end"})


def command(server: RunningServer, path: str, body: Any = None) -> Any:
    """What the head's token may do."""
    chief = server.token("supervisor", "center")
    return server.command(f"{server.branch_url('center')}/{path}", body, token=chief)


def branch(server: RunningServer, verb: str) -> Any:
    """A verb of the whole branch."""
    return command(server, verb)


def facts(server: RunningServer) -> Any:
    """The branch as staff see it now."""
    chief = server.token("supervisor", "center")
    return server.ask("GET", server.branch_url("center"), token=chief).json["branch"]


def test_only_heads_get_in(server: RunningServer, open_page: Open) -> None:
    """A desk's key is refused with the reason; the head's opens and is kept out of the address."""
    page = open_page(f"{server.base_url}/supervisor")
    page.get_by_label("Ключ доступу").fill(server.token("desk", "center", "1"))
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="не для керівника (роль: desk)").wait_for()
    page.get_by_label("Ключ доступу").fill(server.token("supervisor", "center"))
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Центр").wait_for()
    assert "token" not in page.url


def test_an_alarm_is_asked_for_once_more_its_end_is_not(
    server: RunningServer, head: Callable[..., Any]
) -> None:
    """Escape takes the question back; all by keyboard."""
    page = head()
    page.get_by_role("button", name="Повітряна тривога").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Оголосити повітряну тривогу?").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Повітряна тривога"
    assert facts(server)["alarm"] == "none"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Так, тривога").press("Enter")
    page.locator(".banner.alarm").wait_for()
    assert facts(server)["alarm"] == "pause"
    page.get_by_role("button", name="Відбій, відновити").click()
    page.locator(".banner.alarm").wait_for(state="hidden")
    assert facts(server)["alarm"] == "none"


def test_what_was_done_can_be_taken_back(server: RunningServer, head: Callable[..., Any]) -> None:
    """Tickets are closed and given again by one press; where that cannot be, the foot says so."""
    page = head()
    page.get_by_role("button", name="Закрити видачу талонів").click()
    page.get_by_role("button", name="Відкрити видачу талонів").wait_for()
    assert facts(server)["phase"] == "tickets_closed"
    page.get_by_role("button", name="Скасувати: Видачу талонів закрито").click()
    page.locator(".undo", has_text="Скасовано: Видачу талонів закрито").wait_for()
    assert facts(server)["phase"] == "open"
    page.get_by_role("button", name="Події дня").click()
    page.get_by_label("Коротко").fill("суперечка біля термінала")
    page.get_by_role("button", name="Записати").click()
    page.locator(".undo", has_text="скасувати не можна").wait_for()
    assert page.locator(".undo .b").is_hidden()


def test_a_pause_needs_a_reason(server: RunningServer, head: Callable[..., Any]) -> None:
    """The field says what is missing; then the reason stands for all to see."""
    page = head()
    page.get_by_role("button", name="Призупинити підрозділ").click()
    page.locator(".panel").get_by_role("button", name="Призупинити підрозділ").click()
    page.get_by_role("alert").filter(has_text="Заповніть це поле").wait_for()
    page.get_by_label("Причина").fill("Евакуація")
    page.keyboard.press("Enter")
    page.locator(".banner", has_text="Прийом призупинено: Евакуація").wait_for()
    page.get_by_role("button", name="Відновити прийом").click()
    page.locator(".banner", has_text="Евакуація").wait_for(state="hidden")


def test_a_desk_gets_another_queue_and_its_own_again(server: RunningServer, head: Callable[..., Any]) -> None:
    """From its number in the table; at least one queue must stay."""
    server.desk("center", "1", "open")
    page = head()
    row = page.locator(".desks tbody tr").first
    row.get_by_role("button").click()
    page.get_by_label("P Документи").uncheck()
    page.get_by_role("button", name="Зберегти черги").click()
    page.get_by_role("alert").filter(has_text="хоча б одну чергу").wait_for()
    page.get_by_label("K Консультації").check()
    page.get_by_role("button", name="Зберегти черги").click()
    row.locator(".sk.changed", has_text="K").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "1"
    page.get_by_role("button", name="Скасувати: Місце 1").click()
    row.locator(".sk:not(.changed)", has_text="P").wait_for()
    row.get_by_role("button").click()
    page.get_by_label("K Консультації").check()
    page.get_by_role("button", name="Зберегти черги").click()
    undo = page.get_by_role("button", name="Скасувати: Місце 1")
    undo.wait_for()
    assert command(server, "desks/1/set-skills", {"queues": ["advice"]}).status == 200
    row.locator(".sk", has_text="P").wait_for(state="detached")
    undo.click()
    page.get_by_role("alert").filter(has_text="стан змінився").wait_for()
    assert undo.is_hidden() and command(server, "desks/1/set-skills", {"queues": None}).status == 200


def test_a_ticket_is_moved_and_moved_back(server: RunningServer, head: Callable[..., Any]) -> None:
    """By its number, in either script; an unknown one is refused at its field."""
    issued = server.issue("center", "advice").json["ticket"]
    page = head()
    page.get_by_role("button", name="Перевести талон").click()
    number = page.get_by_label("Номер талона")
    number.fill("P999")
    page.get_by_label("Куди").select_option(index=1)
    page.locator(".panel").get_by_role("button", name="Перевести талон").click()
    page.get_by_role("alert").filter(has_text="Такого талона").wait_for()
    number.fill(issued["number"].replace("K", "к"))
    page.locator(".panel").get_by_role("button", name="Перевести талон").click()
    page.locator(".undo", has_text=f"Талон {issued['number']} переведено").wait_for()
    page.get_by_role("button", name="Скасувати: Талон").click()
    page.locator(".undo", has_text="Скасовано").wait_for()
    wait_until_sync(lambda: queue_of(server, issued["id"]) == "advice", what="the ticket's old queue")
    nobody_takes_it_out_of_a_hand(server, page, issued)


def nobody_takes_it_out_of_a_hand(server: RunningServer, page: Any, issued: Any) -> None:
    """Moved once more, and called by a desk before the head thinks better of it: it stays where it is."""
    page.get_by_role("button", name="Перевести талон").click()
    page.get_by_label("Номер талона").fill(issued["number"])
    page.get_by_label("Куди").select_option(index=1)
    page.locator(".panel").get_by_role("button", name="Перевести талон").click()
    undo = page.get_by_role("button", name="Скасувати: Талон")
    undo.wait_for()
    server.desk("center", "1", "open")
    assert server.desk("center", "1", "call", {"ticket": issued["id"]}).status == 200
    undo.click()
    page.get_by_role("alert").filter(has_text="стан змінився").wait_for()
    page.locator(".undo", has_text="скасувати не можна").wait_for()
    assert queue_of(server, issued["id"]) != "advice"
    assert server.desk("center", "1", "left").status == 200


def queue_of(server: RunningServer, ticket: str) -> str:
    """Where a ticket of the centre waits."""
    room = server.ask("GET", server.branch_url("center"), token=server.token("supervisor", "center")).json
    return next(str(each["queue"]) for each in room["tickets"] if each["id"] == ticket)


def test_a_screen_is_let_in_by_the_code_in_the_address(
    server: RunningServer, head: Callable[..., Any]
) -> None:
    """The QR of the screen opens the panel with the code; a wrong code is refused at its field."""
    body = {"kind": "display", "branch": "center"}
    made = server.command(f"{server.city_url}/devices", body).json
    page = head(f"&device={made['code']}")
    assert page.get_by_label("Код з екрана пристрою").input_value() == made["code"]
    page.get_by_label("Код з екрана пристрою").fill("AAAAAA")
    page.get_by_label("Як його називати").fill("Табло в залі")
    page.get_by_role("button", name="Дозволити").click()
    page.locator(".field .trouble:visible").wait_for()
    page.get_by_label("Код з екрана пристрою").fill(made["code"])
    page.get_by_role("button", name="Дозволити").click()
    page.get_by_role("button", name="Пристрої 1").click()
    page.locator(".rows li", has_text="Табло в залі").wait_for()
    page.get_by_role("button", name="Відкликати").click()
    page.get_by_role("button", name="Так, відкликати").click()
    page.locator(".undo", has_text="відкликано").wait_for()


def test_an_admin_chooses_the_branch_and_reads_the_journal(head: Callable[..., Any]) -> None:
    """A head sees no journal; an admin goes from branch to branch, in English too."""
    assert head().get_by_role("link", name="Журнал").count() == 0
    page = head(role="admin")
    page.get_by_role("link", name="ENG").click()
    assert page.get_by_role("link", name="Journal").is_visible()
    page.get_by_label("Branch").select_option(label="Village")
    wait_until_sync(lambda: page.title().startswith("Village"), what="the other branch")


def test_a_lost_server_is_said_and_mends_itself(server: RunningServer, head: Callable[..., Any]) -> None:
    """The last state stays with its age, commands rest; what was under way is done once."""
    page = head()
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("button", name="Немає світла").click()
    page.locator(".banner.warn", has_text="Немає зв’язку").wait_for()
    assert page.locator(".desks tbody tr").count() == 4
    page.unroute("**/api/**")
    page.get_by_role("button", name="Світло є").wait_for(timeout=20_000)
    page.locator(".banner", has_text="Немає зв’язку").wait_for(state="hidden")
    assert facts(server)["power"] == "off"


def test_the_tables_scroll_by_keyboard_and_a_phone_does_not_scroll_sideways(
    head: Callable[..., Any],
) -> None:
    """A head walks with a phone."""
    page = head(width=360, height=780)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    regions = page.get_by_role("region")
    names = [regions.nth(place).get_attribute("aria-labelledby") for place in range(regions.count())]
    assert {"desks-title", "heat-title"} <= set(names)


def test_a_service_is_stopped_and_offered_again(server: RunningServer, head: Callable[..., Any]) -> None:
    """Found by typing, all by keyboard; listed with its way back; taken back by one press."""
    page = head()
    page.get_by_role("button", name="Зупинити послугу").click()
    search = page.get_by_label("Знайти послугу")
    search.fill("такої нема")
    page.get_by_text("Такої послуги в підрозділі немає").wait_for()
    search.fill("витяг")
    search.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".banner", has_text="Зупинено: ").wait_for()
    assert facts(server)["suspended"] == ["extract"]
    assert server.issue("center", "extract").json["code"] == "service_suspended"
    page.get_by_role("button", name="Відновити: ").press("Enter")
    page.get_by_text("Усі послуги надаємо").wait_for()
    page.get_by_role("button", name="Скасувати: Знову надаємо").click()
    page.get_by_role("button", name="Відновити: ").wait_for()
    page.locator(".panel").get_by_role("button", name="Закрити").click()
    page.get_by_role("button", name="Зупинені послуги: 1").wait_for()
    command(server, "restore-service", {"service": "extract"})
    page.get_by_role("button", name="Зупинити послугу").wait_for()
