"""The desk as a clerk uses it, on the real server: one key each, and what happens when the line breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.clerk import issue as give_out
from tests.browser.clerk import leave, main_says, room
from tests.server import RunningServer, running_server

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


@pytest.fixture
def issue(server: RunningServer) -> Callable[[str], str]:
    """Gives out a ticket and answers its number."""

    return lambda service="extract": give_out(server, service)


@pytest.fixture
def desk(server: RunningServer, open_page: Open) -> Iterator[Callable[..., Any]]:
    """Signs in at a desk; afterwards its ticket is finished and the desk closed: tests do not meet."""
    opened: list[str] = []

    def sit(number: str = "1", **more: Any) -> Any:
        opened.append(number)
        page = open_page(f"{server.base_url}/desk#token={server.token('desk', 'center', number)}", **more)
        page.locator(".pad").wait_for()
        return page

    yield sit
    for number in opened:
        leave(server, number)


def test_the_door_refuses_clearly(server: RunningServer, open_page: Open) -> None:
    """A wrong key, a key of another role, then the right one; it is kept for this tab."""
    page = open_page(f"{server.base_url}/desk")
    page.get_by_label("Ключ доступу").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="Такого ключа немає").wait_for()
    page.get_by_label("Ключ доступу").fill(server.token("kiosk", "center"))
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="не для робочого місця (роль: kiosk)").wait_for()
    page.get_by_role("link", name="ENG").click()
    page.get_by_label("Access key").fill(server.token("desk", "center", "1"))
    page.get_by_role("button", name="Sign in").click()
    page.locator(".pad").wait_for()
    page.reload()
    page.locator(".pad").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Access key").wait_for()
    page.reload()
    page.get_by_label("Access key").wait_for()


def test_a_token_in_the_address_leaves_the_address(desk: Callable[..., Any]) -> None:
    """It works once and stays in no history."""
    page = desk()
    assert "token" not in page.url
    assert page.evaluate("document.activeElement.dataset.slot") == "main"


def test_enter_takes_a_ticket_from_call_to_finish(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """Open, call, start, finish with one key; number, service and line follow."""
    page = desk()
    main_says(page, "Відкрити місце")
    page.keyboard.press("NumpadEnter")
    main_says(page, "Викликати наступного")
    first, second = issue("extract"), issue("passport")
    page.locator(".line li", has_text=second).wait_for()
    page.keyboard.press("NumpadEnter")
    page.locator("h1", has_text=first).wait_for()
    assert page.locator(".svc").inner_text() == "Витяг"
    assert page.title().startswith(f"{first}.")
    main_says(page, "Почати")
    page.keyboard.press("Enter")
    main_says(page, "Завершити")
    assert f"далі Enter викличе {second}" in page.locator(".key.main").inner_text()
    page.keyboard.press("Enter")
    main_says(page, "Викликати наступного")
    assert room(server)["ticket"] is None


def test_enter_sleeps_after_a_change(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """A double press calls, and does not start."""
    page = desk()
    issue()
    main_says(page, "Відкрити місце")
    page.keyboard.press("Enter")
    main_says(page, "Викликати наступного")
    page.keyboard.press("Enter")
    page.locator(".key.main:enabled", has_text="Почати").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert room(server)["ticket"]["state"] == "called"


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("NumpadSubtract", "waiting"),
        ("Numpad4", "waiting"),
        ("KeyQ", "waiting"),
        ("Digit7", "parked"),
        ("Numpad6", "left"),
    ],
)
def test_one_key_each(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str], key: str, state: str
) -> None:
    """No-show, requeue, register and left act at once on the called ticket."""
    page = desk()
    number = issue()
    for verb in ("open", "call-next"):
        server.desk("center", "1", verb)
    page.locator("h1", has_text=number).wait_for()
    page.keyboard.press(key)
    page.locator(".ticket.empty").wait_for()
    after = room(server)
    where = {"waiting": after["line"], "parked": after["parked"], "left": []}[state]
    assert [each["number"] for each in where] == ([number] if state != "left" else [])
    if state == "parked":
        page.get_by_role("button", name=f"Повернути {number} в чергу").click()
        page.locator("ol.line li", has_text=number).wait_for()


def test_recall_break_and_refusals(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """A second recall at once is refused in the clerk's words; a break needs an empty desk."""
    page = desk()
    issue()
    for verb in ("open", "call-next"):
        server.desk("center", "1", verb)
    page.locator(".key.recall:enabled").wait_for()
    assert page.locator(".key.break").is_disabled()
    page.keyboard.press("NumpadAdd")
    page.get_by_role("alert").filter(has_text="Повторний виклик можливий за").wait_for()
    page.keyboard.press("Numpad4")
    page.locator(".ticket.empty").wait_for()
    assert page.locator("main [role=alert]").is_hidden()
    page.locator(".key.break:enabled").wait_for()
    page.keyboard.press("KeyB")
    page.get_by_role("combobox").wait_for()
    page.keyboard.press("Enter")
    page.locator(".state", has_text="Перерва: Обід").wait_for()
    page.keyboard.press("Numpad9")
    page.locator(".state", has_text="Відкрито").wait_for()


def test_transfer_by_keyboard(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """Two letters find the queue, Enter hands the ticket on; Esc would have left the panel."""
    page = desk()
    number = issue()
    for verb in ("open", "call-next", "start"):
        server.desk("center", "1", verb)
    page.locator(".key.add-leg:enabled").wait_for()
    page.keyboard.press("Numpad2")
    page.get_by_role("combobox").wait_for()
    page.keyboard.press("Escape")
    page.locator(".pad").wait_for()
    assert page.evaluate("document.activeElement.dataset.slot") == "main"
    page.keyboard.press("KeyT")
    page.get_by_role("combobox").press_sequentially("конс")
    assert page.get_by_role("option").all_inner_texts()[0].startswith("Черга\nK · Консультації")
    page.keyboard.press("Enter")
    page.locator(".ticket.empty").wait_for()
    moved = room(server, "4")["line"]
    assert [each["number"] for each in moved] == [number] and moved[0]["queue"] == "advice"
    leave(server, "4")


def test_park_with_a_reason_of_ones_own(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """Free words and minutes; the line shows both, and `/` calls the ticket back."""
    page = desk()
    number = issue()
    for verb in ("open", "call-next", "start"):
        server.desk("center", "1", verb)
    page.locator(".key.park:enabled").wait_for()
    page.keyboard.press("Numpad3")
    page.get_by_label("Повернеться через").select_option("30")
    page.get_by_role("combobox", name="Причина").fill("по довідку")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    parked = page.locator("aside ul.line li", has_text=number)
    parked.wait_for()
    assert "по довідку" in parked.inner_text() and "о 10:3" in parked.inner_text()
    page.locator(".key.find:enabled").wait_for()
    page.keyboard.press("NumpadDivide")
    page.get_by_role("combobox").press_sequentially(number.lower())
    page.keyboard.press("Enter")
    page.locator("h1", has_text=number).wait_for()
    assert room(server)["ticket"]["state"] == "called"


def test_more_services_in_one_visit(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """An added service turns Enter into "next service"; without a ticket somebody is served at once."""
    page = desk()
    server.desk("center", "1", "open")
    page.locator(".key.quick-serve:enabled").wait_for()
    page.keyboard.press("Numpad0")
    page.get_by_role("combobox").press_sequentially("витяг")
    page.keyboard.press("Enter")
    main_says(page, "Завершити")
    page.keyboard.press("Numpad5")
    page.get_by_role("combobox").press_sequentially("паспорт")
    page.keyboard.press("Enter")
    main_says(page, "Наступна послуга")
    assert "1 з 2" in page.locator(".facts").inner_text()
    page.keyboard.press("NumpadEnter")
    main_says(page, "Завершити")
    assert page.locator(".svc").inner_text() == "Паспорт"


def test_tabbing_to_a_key_and_enter_presses_that_key(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """Enter is the main verb unless somebody has gone elsewhere by Tab; the keypad's Enter always is."""
    page = desk()
    issue()
    for verb in ("open", "call-next"):
        server.desk("center", "1", verb)
    page.locator(".key.requeue:enabled").focus()
    page.keyboard.press("Enter")
    page.locator(".ticket.empty").wait_for()
    assert len(room(server)["line"]) == 1


def test_a_slow_answer_says_so_and_a_lost_one_is_repeated_under_one_key(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """After 400 ms "not confirmed yet"; the repeat carries the same key, so the ticket is called once."""
    page = desk()
    first, _ = issue(), issue()
    server.desk("center", "1", "open")
    main_says(page, "Викликати наступного")
    keys: list[str] = []
    unanswered: list[Any] = []

    def lose_the_first_answer(route: Any) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            unanswered.append(route)
        else:
            route.continue_()

    page.route("**/call-next", lose_the_first_answer)
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Ще не підтверджено, не натискайте вдруге").wait_for()
    unanswered[0].abort("connectionreset")
    page.locator("h1", has_text=first).wait_for()
    main_says(page, "Почати")
    assert len(keys) >= 2 and len(set(keys)) == 1
    assert len(room(server)["line"]) == 1


def test_somebody_was_faster(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """A stale version shows the current state and says so, politely."""
    page = desk()
    number = issue()
    server.desk("center", "1", "open")
    main_says(page, "Викликати наступного")
    page.route("**/desks/1", lambda route: route.abort())
    server.desk("center", "1", "call-next")
    page.keyboard.press("Enter")
    page.unroute("**/desks/1")
    page.locator("h1", has_text=number).wait_for()
    assert room(server)["ticket"]["state"] == "called"


def test_without_the_server_the_ticket_stays_and_the_buttons_are_off(
    server: RunningServer, desk: Callable[..., Any], issue: Callable[..., str]
) -> None:
    """The desk holds on through a restart: ticket kept, timer running, keys back when the server is."""
    page = desk()
    number = issue()
    for verb in ("open", "call-next", "start"):
        server.desk("center", "1", verb)
    main_says(page, "Завершити")
    server.kill()
    page.locator(".banner.warn", has_text=f"{number} лишається за вами, таймер іде").wait_for()
    assert page.locator("h1").inner_text() == number
    assert page.locator(".key:enabled").count() == 0
    before = page.locator("[role=timer]").inner_text()
    page.locator("[role=timer]").filter(has_not_text=before).wait_for()
    server.start()
    main_says(page, "Завершити")
    assert page.locator(".banner.warn").is_hidden()
    page.keyboard.press("Enter")
    main_says(page, "Викликати наступного")


def test_a_revoked_token_leads_to_the_door(server: RunningServer, desk: Callable[..., Any]) -> None:
    """The clerk is told why."""
    page = desk("2")
    page.route(
        "**/desks/2", lambda route: route.fulfill(status=401, json={"code": "token_invalid", "detail": "…"})
    )
    server.desk("center", "2", "open")
    page.get_by_role("alert").filter(has_text="Ключ доступу більше не діє").wait_for()
