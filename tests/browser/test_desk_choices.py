"""What a clerk does beside calling and finishing: payment, notes, priority, incidents, breaks, handing on."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.clerk import events, issue, key_lives, leave, main_says, room
from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city, at ten on a Monday."""
    with running_server() as running:
        yield running


@contextlib.contextmanager
def another_city(text: str, **more: Any) -> Iterator[RunningServer]:
    """A server of its own with that city file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "city.toml"
        file.write_text(text, "utf-8")
        with running_server(Path(folder), city=str(file), **more) as running:
            yield running


@pytest.fixture
def desk(server: RunningServer, open_page: Open) -> Iterator[Callable[..., Any]]:
    """Sits down at desk 1 with one ticket called and started; afterwards everything there is ended."""

    def sit(*verbs: str, **more: Any) -> Any:
        for verb in verbs:
            assert server.desk("center", "1", verb).status == 200
        page = open_page(f"{server.base_url}/desk#token={server.token('desk', 'center', '1')}", **more)
        page.locator(".pad").wait_for()
        return page

    yield sit
    leave(server, "1")


def test_payment_is_timed_apart(server: RunningServer, desk: Callable[..., Any]) -> None:
    """One key says "pays", the same key "has paid"; the service goes on meanwhile, and Enter ends both."""
    issue(server)
    page = desk("open", "call-next", "start")
    key_lives(page, "payment")
    page.keyboard.press("Numpad1")
    page.locator(".facts .paying", has_text="Оплата 0:0").wait_for()
    assert page.locator(".key.payment").inner_text().endswith("Оплачено")
    ticket = room(server)["ticket"]
    assert ticket["state"] == "serving" and ticket["paying_since"]
    page.keyboard.press("KeyO")
    page.locator(".facts .paying").wait_for(state="detached")
    assert room(server)["ticket"]["paying_since"] is None
    page.keyboard.press("Numpad1")
    page.locator(".facts .paying").wait_for()
    main_says(page, "Завершити")
    page.keyboard.press("NumpadEnter")
    page.locator(".ticket.empty").wait_for()
    paid = events(server, "ticket_paid")
    assert len(paid) == 1, "finishing ends a payment by itself"


def test_a_note_travels_with_the_ticket_to_another_branch(
    server: RunningServer, desk: Callable[..., Any]
) -> None:
    """The wait over there stands beside its name; note and place go along."""
    number = issue(server)
    page = desk("open", "call-next", "start")
    key_lives(page, "note")
    page.keyboard.press("NumpadDecimal")
    page.get_by_label("Записка для колеги").fill("Бракує фото")
    page.keyboard.press("Enter")
    page.locator(".ticket .note", has_text="Бракує фото").wait_for()
    assert page.locator(".ticket .note b").inner_text().startswith("Місце 1, 10:0")
    page.keyboard.press("Numpad2")
    village = page.get_by_role("option", name="Село")
    village.locator(".told").filter(has_text="без черги").or_(
        village.locator(".told").filter(has_text="невідомо")
    ).or_(village.locator(".told").filter(has_text="хв")).wait_for()
    page.get_by_role("combobox").press_sequentially("село")
    page.keyboard.press("Enter")
    page.locator(".ticket.empty").wait_for()
    assert number not in [each["number"] for each in room(server)["line"]]
    (moved,) = room(server, "1", "village")["line"]
    assert (moved["note"], moved["noted_by"]) == ("Бракує фото", "desk:center/1")
    path = f"{server.city_url}/tickets/{moved['id']}/left"
    assert server.command(path, token=server.token("supervisor", "village")).status == 200


def test_priority_asks_for_the_document(server: RunningServer, desk: Callable[..., Any]) -> None:
    """Whom, by which class, and nothing happens before the document was seen."""
    first, second = issue(server), issue(server)
    page = desk("open")
    page.locator("ol.line li", has_text=second).wait_for()
    key_lives(page, "priority")
    page.keyboard.press("NumpadMultiply")
    page.get_by_role("combobox", name="Номер або послуга").press_sequentially(second)
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Особи з інвалідністю").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Документ показано?").wait_for()
    assert [each["number"] for each in room(server)["line"]] == [first, second]
    page.keyboard.press("Enter")
    page.locator("ol.line li:first-child .tag", has_text="Пільга").wait_for()
    assert [each["number"] for each in room(server)["line"]] == [second, first]
    (given,) = events(server, "priority_set")
    assert given.ticket is not None and given.ticket.priority == "disability"


def test_escape_confirms_no_priority(server: RunningServer, desk: Callable[..., Any]) -> None:
    """No document, no priority."""
    issue(server)
    page = desk("open")
    before = len(events(server, "priority_set"))
    key_lives(page, "priority")
    page.keyboard.press("KeyV")
    for _ in range(2):
        page.get_by_role("combobox").wait_for()
        page.keyboard.press("Enter")
    page.get_by_text("Документ показано?").wait_for()
    page.keyboard.press("Escape")
    page.locator(".pad").wait_for()
    assert len(events(server, "priority_set")) == before


def test_a_silent_register_is_recorded_and_the_ticket_waits(
    server: RunningServer, desk: Callable[..., Any]
) -> None:
    """One key: the head of the centre learns of it, the ticket comes back by itself."""
    number = issue(server)
    page = desk("open", "call-next", "start")
    key_lives(page, "register")
    page.keyboard.press("Numpad7")
    row = page.locator("aside ul.line li", has_text=number)
    row.filter(has_text="Реєстр не відповідає").wait_for()
    (told,) = events(server, "incident_recorded")
    assert told.detail["category"] == "register_down"
    assert room(server)["parked"][0]["park_until"] is not None


def test_an_incident_with_its_words(server: RunningServer, desk: Callable[..., Any]) -> None:
    """A refused gift is an incident too; the ticket stays in hand."""
    number = issue(server)
    page = desk("open", "call-next", "start")
    key_lives(page, "incident")
    page.keyboard.press("Numpad8")
    page.get_by_role("combobox", name="Вид події").press_sequentially("подар")
    page.keyboard.press("Tab")
    page.keyboard.type("Цукерки, повернуто")
    page.keyboard.press("Enter")
    page.locator(".pad").wait_for()
    wait_until_sync(
        lambda: any(
            each.detail.get("category") == "gift_refused" for each in events(server, "incident_recorded")
        ),
        what="the incident",
    )
    told = events(server, "incident_recorded")[-1]
    assert told.detail["text"] == "Цукерки, повернуто"
    assert page.locator("h1").inner_text() == number


def test_a_break_has_a_reason(server: RunningServer, desk: Callable[..., Any]) -> None:
    """A usual one or one's own; the same key ends it."""
    page = desk("open")
    key_lives(page, "break")
    page.keyboard.press("Numpad9")
    page.get_by_role("combobox", name="Причина").press_sequentially("відп")
    page.keyboard.press("Enter")
    page.locator(".state", has_text="Перерва: Відпочинок").wait_for()
    assert room(server)["desk"]["reason"] == "Відпочинок"
    page.get_by_role("link", name="ENG").click()
    page.locator(".state", has_text="Break: Rest").wait_for()
    page.keyboard.press("Numpad9")
    page.locator(".state", has_text="Open").wait_for()


def test_one_status_and_a_name_for_every_key(server: RunningServer, desk: Callable[..., Any]) -> None:
    """A screen reader hears one voice, and no key is a bare sign."""
    page = desk("open")
    assert page.locator("[role=status]").count() == 1
    names = page.locator(".key").evaluate_all(
        "keys => keys.map((key) => key.querySelector('.caps + span').textContent)"
    )
    assert len(names) == 16 and all(len(name) > 4 for name in names), names


def test_the_timer_warns_by_policy_and_the_day_is_ones_own(open_page: Open) -> None:
    """Amber in one branch, red in the other, each with its words; a reminder to rest after long work."""
    red = "recalls_max = 3\nservice_amber_minutes = 1\nservice_red_minutes = 4\nrest_after_minutes = 6\n"
    amber = "carry_over = true\nservice_amber_minutes = 2\nservice_red_minutes = 480\n"
    with another_city(
        spoiled(("recalls_max = 3\n", red), ("carry_over = true\n", amber)), speed=60
    ) as server:
        assert server.issue("village", "extract").status == 201
        issue(server)
        for branch in ("village", "center"):
            for verb in ("open", "call-next", "start"):
                assert server.desk(branch, "1", verb).status == 200
        page = open_page(f"{server.base_url}/desk#token={server.token('desk', 'village', '1')}")
        page.locator("[data-tone=amber] .timer-note", has_text="Минуло 2 хвилини").wait_for()
        page = open_page(f"{server.base_url}/desk#token={server.token('desk', 'center', '1')}")
        page.locator("[data-tone=red] .timer-note", has_text="Понад 4 хвилини").wait_for()
        assert page.locator(".rail span").all_inner_texts() == ["1", "4", "10"]
        page.locator(".banner.rest", has_text="Час перепочити").wait_for()
        main_says(page, "Завершити")
        page.keyboard.press("Enter")
        for number, what in (("1", "прийнято"), ("1", "понад 4 хв")):
            page.locator(".me p", has_text=what).locator("b", has_text=number).wait_for()
        assert "Прийом" in str(page.locator(".day").get_attribute("aria-label"))


def test_a_desk_of_a_branch_in_training_works(open_page: Open) -> None:
    """Nothing of it is public, yet its clerk sees names and services."""
    text = spoiled(("demo = true\n", 'mode = "training"\n'))
    with another_city(text) as server:
        token = server.token("desk", "village", "1")
        assert server.desk("village", "1", "open").status == 200
        page = open_page(f"{server.base_url}/desk#token={token}")
        key_lives(page, "quick-serve")
        assert "Село" in page.locator("header").inner_text()
        page.keyboard.press("Numpad0")
        assert page.get_by_role("option").filter(has_text="Витяг").count() == 1
