"""The live board as its readers use it: choosing, reading, old data, another language, a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.cities import queues_of
from tests.browser.scripted_city import ScriptedCity
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
SERVICE = "?service=id-card-exchange"
FOCUSED = """() => {
  const focused = document.querySelector('queue-board').shadowRoot.activeElement
  return focused?.getAttribute('aria-label') ?? focused?.textContent
}"""
SMALL_CONTROLS = """() => {
  const root = document.querySelector('queue-board').shadowRoot
  const controls = [...document.querySelectorAll('nav a'), ...root.querySelectorAll('button, input, a')]
  const touched = (each) => each.matches('.name') ? each.closest('.line') : each
  const small = (each) => each.checkVisibility() && touched(each).getBoundingClientRect().height < 44
  return controls.filter(small).map((each) => each.textContent)
}"""
TOMORROW_NINE = "2026-11-24T09:00:00+02:00"


def rows(page: Any) -> list[str]:
    """Names of the branches, from top to bottom."""
    return list(page.locator("queue-board .row .name").all_inner_texts())


def opened(open_page: Open, city: ScriptedCity, query: str = SERVICE, **more: Any) -> Any:
    """The board's page with its rows drawn."""
    page = open_page(f"{city.url}/{query}", **more)
    page.locator("queue-board .row .when").first.wait_for()
    return page


def freeze(open_page: Open, city: ScriptedCity, query: str = SERVICE) -> Any:
    """The board with the page's clock in the test's hand."""
    page = open_page("")
    page.clock.install()
    page.goto(f"{city.url}/{query}")
    page.locator("queue-board .row .when").first.wait_for()
    return page


def test_the_fastest_branch_stands_first(city: ScriptedCity, open_page: Open) -> None:
    """Rows by wait, what is not offered in a sentence, the first row's details open."""
    page = opened(open_page, city)
    assert rows(page) == ["Міський центр", "Київський", "Салтівський"]
    first = page.locator("queue-board .row").first
    assert first.locator(".mark").inner_text() == "Найменше чекати"
    assert first.locator(".load").inner_text() == "Вільно"
    assert "вул. Сумська, 25" in first.locator(".more").inner_text()
    assert "Послуга тут недоступна: ВРМ «Олексіївка»." in page.locator("queue-board .absent").inner_text()
    assert page.locator("queue-board .row .load").all_inner_texts() == ["Вільно", "Помірно", "Багато людей"]


def test_a_service_is_found_by_keyboard(city: ScriptedCity, open_page: Open) -> None:
    """Type, arrow, Enter: the choice is in the field, in the address and in the rows."""
    page = opened(open_page, city, "")
    page.locator("queue-board .message", has_text="Оберіть послугу, і").wait_for()
    field = page.get_by_role("combobox", name="Послуга")
    field.click()
    field.fill("паспорт")
    best = page.locator("queue-board [role=option].active", has_text="Закордонний паспорт")
    best.wait_for()
    field.press("ArrowDown")
    field.press("ArrowUp")
    best.wait_for()
    field.press("Enter")
    page.locator("queue-board h2", has_text="Найшвидші спершу").wait_for()
    wait_until_sync(lambda: field.input_value() == "Закордонний паспорт", what="the choice in the field")
    assert page.evaluate("location.search") == "?service=foreign-passport"
    field.press("Escape")
    page.get_by_role("button", name="Очистити").click()
    page.locator("queue-board h2", has_text="Підрозділи зараз").wait_for()
    assert page.evaluate("location.search") == ""


def test_escape_and_leaving_restore_the_choice(city: ScriptedCity, open_page: Open) -> None:
    """A half-typed word never stands as if it were chosen."""
    page = opened(open_page, city)
    field = page.get_by_role("combobox", name="Послуга")
    field.fill("щось")
    page.get_by_text("Такої послуги не знайдено").wait_for()
    field.press("Escape")
    assert field.input_value() == "Обмін на ID-картку"
    field.fill("щось")
    page.locator("#title").click()
    assert field.input_value() == "Обмін на ID-картку"
    assert page.get_by_role("listbox").is_hidden()


def test_the_language_is_switched_in_place_and_remembered(city: ScriptedCity, open_page: Open) -> None:
    """English without a reload, in the address, and at the next visit."""
    page = opened(open_page, city)
    page.get_by_role("link", name="ENG").click()
    page.get_by_role("heading", name="Where is it fastest?").wait_for()
    page.locator("queue-board .name", has_text="City Centre").wait_for()
    assert page.locator("queue-board .load").first.inner_text() == "Quiet"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in page.url and "service=id-card-exchange" in page.url
    page.goto(f"{city.url}/")
    page.get_by_role("heading", name="Where is it fastest?").wait_for()


def test_rows_never_move_under_a_reader(city: ScriptedCity, open_page: Open) -> None:
    """A new ranking is offered; it is taken on request, or after 30 s without a touch."""
    page = freeze(open_page, city)
    page.mouse.move(300, 500)
    city.change("saltiv", queues=queues_of("saltiv", 3.0))
    page.clock.run_for(1000)
    page.locator("queue-board .order", has_text="Порядок змінився").wait_for()
    assert rows(page)[0] == "Міський центр"
    page.get_by_role("button", name="Оновити").click()
    assert rows(page)[0] == "Салтівський"
    assert page.locator("queue-board .order").is_hidden()
    page.mouse.move(1, 1)
    page.evaluate("document.querySelector('queue-board').shadowRoot.activeElement?.blur()")
    city.change("kyivskyi", queues=queues_of("kyivskyi", 0.5))
    page.clock.run_for(20_000)
    assert rows(page)[0] == "Салтівський"
    city.say({"type": "beat", "city_time": city.city_time, "offset": 1})
    page.clock.run_for(12_000)

    def in_order() -> bool:
        page.clock.run_for(1000)
        return rows(page)[0] == "Київський"

    wait_until_sync(in_order, what="the new order, once nobody has touched the board for long enough")


def test_old_data_lose_their_colour_and_then_their_numbers(city: ScriptedCity, open_page: Open) -> None:
    """Without the server: grey and a banner after 10 s, no numbers after 90 s, the rows stay."""
    page = freeze(open_page, city)
    city.sockets_allowed, city.board_status = False, 503
    city.cut()
    page.clock.run_for(12_000)
    page.locator("queue-board .frame.stale").wait_for()
    assert "Немає зв’язку, дані за 13:42." in page.locator("queue-board .banner.warn").inner_text()
    assert page.locator("queue-board .num").first.inner_text() == "12–20"
    assert re.search(r"1\d с тому", page.locator("queue-board .age").inner_text())
    page.clock.run_for(80_000)
    page.locator("queue-board .row .num", has_text="немає даних").first.wait_for()
    assert len(rows(page)) == 3
    assert "Свіжих даних немає." in page.locator("queue-board .banner.warn").inner_text()


def test_a_reader_may_stop_the_updates(city: ScriptedCity, open_page: Open) -> None:
    """Stopped numbers stay, are grey, and say since when; going on shows the newest."""
    page = opened(open_page, city)
    page.get_by_role("button", name="Зупинити").click()
    page.locator("queue-board .age", has_text="Зупинено о 13:42").wait_for()
    city.change("centre", queues=queues_of("centre", 30.0))
    page.wait_for_timeout(300)
    assert page.locator("queue-board .num").first.inner_text() == "12–20"
    page.get_by_role("button", name="Продовжити").click()
    page.locator("queue-board .num", has_text="30–47").wait_for()


def test_an_alarm_is_told_at_once_and_the_places_are_kept(city: ScriptedCity, open_page: Open) -> None:
    """A banner over all, no number for a paused branch, shelter said where it goes on."""
    page = opened(open_page, city)
    city.change("centre", state="paused", reason="alarm", waiting=21)
    city.change("kyivskyi", state="shelter")
    alarm = page.get_by_role("alert").filter(has_text="Повітряна тривога!")
    alarm.wait_for()
    centre = page.locator("queue-board [data-branch=centre]")
    assert "після відбою" in centre.locator(".when").inner_text()
    assert "21 людина у черзі зберігає місце" in centre.inner_text()
    assert "Приймає в укритті" in page.locator("queue-board [data-branch=kyivskyi]").inner_text()
    assert rows(page)[0] == "Міський центр", "not even an alarm moves rows under a reader"
    city.change("centre", state="open", reason=None)
    city.change("kyivskyi", state="open")
    alarm.wait_for(state="hidden")


def test_when_nobody_serves_the_nearest_way_out_is_named(city: ScriptedCity, open_page: Open) -> None:
    """Never a blank page."""
    for branch in city.loads:
        city.loads[branch] |= {"state": "closed", "opens_at": TOMORROW_NINE, "closes_at": None}
    page = opened(open_page, city)
    said = page.locator("queue-board .below").first.inner_text()
    assert said == "Зараз цю послугу ніде не надають. Найраніше 24 листопада, 9:00: Міський центр."
    assert page.locator("queue-board .message").first.inner_text() == "Зачинено до 24 листопада, 9:00"


def test_details_open_and_close_by_keyboard(city: ScriptedCity, open_page: Open) -> None:
    """The name is the button; focus stays on it."""
    page = opened(open_page, city)
    name = page.get_by_role("button", name="Київський", exact=True)
    name.focus()
    name.press("Enter")
    page.locator("queue-board [data-branch=kyivskyi] .more").wait_for()
    name.press("Space")
    page.locator("queue-board [data-branch=kyivskyi] .more").wait_for(state="hidden")
    assert name.get_attribute("aria-expanded") == "false"


def test_tab_goes_service_stop_rows(city: ScriptedCity, open_page: Open) -> None:
    """The order of focus follows the page."""
    page = opened(open_page, city)
    page.locator("queue-board #service").focus()
    seen = []
    for _ in range(7):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    choices = {"Не вказано": "Звідки", "Не важливо": "Має бути на місці"}
    named = [next((choices[word] for word in choices if each.startswith(word)), each) for each in seen]
    assert [each.split(":")[0] for each in named] == [
        "Очистити",
        "Звідки",
        "Має бути на місці",
        "Зупинити",
        "Міський центр",
        "Я вже їду",
        "Як доїхати",
    ]


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_nothing_is_cut_off_at_any_width(city: ScriptedCity, open_page: Open, lang: str) -> None:
    """No sideways scrolling, and every control is large enough to touch."""
    page = opened(open_page, city, f"{SERVICE}&lang={lang}")
    for width in (320, 360, 600, 768, 900, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL_CONTROLS) == [], width


def test_a_branch_may_be_shown_alone(city: ScriptedCity, open_page: Open) -> None:
    """The widget's `branch` attribute, and its own element events."""
    page = open_page(f"{city.url}/modules/blank.html")
    page.evaluate("""async () => {
      await import('/widget/queue-board-define.js')
      const board = document.createElement('queue-board')
      const asked = { city: 'kharkiv', branch: 'saltiv', service: 'id-card-exchange' }
      for (const [name, value] of Object.entries(asked)) board.setAttribute(name, value)
      document.body.append(board)
    }""")
    page.locator("queue-board .num", has_text="50–75").wait_for()
    assert rows(page) == ["Салтівський"]
    assert any("drawing?" in each and "branch=saltiv" in each for each in city.seen)


def test_an_unknown_city_is_said(city: ScriptedCity, open_page: Open) -> None:
    """A wrong attribute shows words, not a blank."""
    page = open_page(f"{city.url}/modules/blank.html")
    page.evaluate("""async () => {
      await import('/widget/queue-board-define.js')
      const board = document.createElement('queue-board')
      board.setAttribute('city', 'atlantis'); board.lang = 'en'
      document.body.append(board)
    }""")
    page.locator("queue-board", has_text="Такого міста тут немає.").wait_for()
