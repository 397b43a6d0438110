"""The citizen's ticket page: followed to the call and to every end, with and without a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.scenes_ticket import MISSED
from tests.browser.scripted_ticket import BRANCH, NUMBER, SECRET, ScriptedTicket, after
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
FOCUSED = "document.activeElement.textContent"
KEPT = "JSON.parse(localStorage.getItem('tickets'))"
TONES = """() => {
  window.tones = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when) }
}"""


@pytest.fixture
def city() -> Iterator[ScriptedTicket]:
    """A city with one waiting ticket."""
    with ScriptedTicket() as running:
        yield running


def open_ticket(open_page: Open, city: ScriptedTicket, **more: Any) -> Any:
    """Its page, drawn; no worker stands between the page and the test."""
    page = open_page(city.page_url, width=360, height=780, service_workers="block", **more)
    page.locator(".tk .number", has_text=NUMBER).wait_for(state="attached")
    return page


def lead(page: Any, text: str) -> None:
    """Wait until the ticket says this."""
    page.locator(".tk .now", has_text=text).wait_for()


def test_the_way_gives_the_time_to_leave(city: ScriptedTicket, open_page: Open) -> None:
    """By p10, never by the middle; in the title too; four stops; remembered without the fragment."""
    page = open_ticket(open_page, city)
    lead(page, "14:29–14:38")
    page.get_by_label("Хвилин у дорозі").fill("13")
    page.get_by_role("button", name="Зберегти").click()
    lead(page, "Вийдіть з дому о14:11")
    stops = page.locator(".stops li:visible").all_inner_texts()
    assert len(stops) == 4 and "Зараз перед вами 16" in stops[0] and "13 хвилин дороги" in stops[1]
    assert "Зона Б, поверх 1" in stops[2] and "навряд чи раніше 14:24" in stops[3]
    assert page.title() == "A127: вийдіть з дому о 14:11"
    page.goto("about:blank")
    page.goto(f"{city.url}/t")
    lead(page, "14:11")


def test_the_secret_rides_in_a_header_alone(city: ScriptedTicket, open_page: Open) -> None:
    """Never in an address that a server sees."""
    page = open_ticket(open_page, city)
    page.locator(".tiles button").last.click()
    page.locator(".qr-panel img:visible").wait_for()
    wait_until_sync(lambda: any("/qr.svg" in each for each in city.seen), what="the code is fetched")
    assert all(SECRET not in each for each in city.seen)
    assert set(city.authorized) == {f"Bearer {SECRET}"}
    assert SECRET in page.url.partition("#")[2]


def test_a_short_link_opens_it_too(city: ScriptedTicket, open_page: Open) -> None:
    """`#<ticket>.<secret>`: the city is the server's own."""
    page = open_page(f"{city.url}/t#{city.ticket['id']}.{SECRET}", service_workers="block")
    lead(page, "14:29")
    assert page.evaluate(KEPT)[0]["city"] == "kharkiv"


def test_a_place_gives_the_way(city: ScriptedTicket, open_page: Open) -> None:
    """By consent, to about a hundred metres; without consent the minutes are asked for."""
    where = {"geolocation": {"latitude": 49.98765, "longitude": 36.23456}, "permissions": ["geolocation"]}
    page = open_ticket(open_page, city, **where)
    page.get_by_label("автомобілем").check()
    page.get_by_role("button", name="Порахувати від мого місця").click()
    page.locator(".travel-set", has_text="13 хвилин автомобілем").wait_for()
    asked = next(each for each in city.seen if "lat=" in each)
    assert "lat=49.988&lon=36.235&mode=car" in asked
    other = open_ticket(open_page, city)
    other.get_by_role("button", name="Порахувати від мого місця").click()
    other.get_by_role("alert").filter(has_text="Вкажіть хвилини").wait_for()


def test_the_call_takes_the_whole_screen(city: ScriptedTicket, open_page: Open) -> None:
    """Yellow, the desk biggest, title, alert, sound; «Я йду» has the focus and silences it."""
    page = open_ticket(open_page, city)
    page.evaluate(TONES)
    page.locator(".rights summary").click()  # a browser lets a page sound after a touch
    city.turn("called", told={"waits_until": after(2)})
    page.locator(".called:visible").wait_for()
    assert page.locator(".called .desk").inner_text().split() == ["місце", "7"]
    assert "Чекаємо до 13:54." in page.locator(".called").inner_text()
    assert page.title() == "● Місце 7! Талон A127"
    page.get_by_role("alert").filter(has_text="Талон A127. Вас запрошують: Місце 7.").wait_for()
    assert page.evaluate(FOCUSED) == "Я йду"
    page.wait_for_function("window.tones >= 3")
    page.keyboard.press("Enter")
    page.locator(".called .who", has_text="На вас чекають").wait_for()
    city.turn("serving")
    lead(page, "Вас обслуговують")
    assert page.locator(".called").is_hidden()


def test_a_recall_asks_again(city: ScriptedTicket, open_page: Open) -> None:
    """Who said that he is coming is called once more: the button is back."""
    page = open_ticket(open_page, city)
    city.turn("called")
    page.get_by_role("button", name="Я йду").click()
    city.turn("called")
    page.get_by_role("button", name="Я йду").wait_for()


def test_an_alarm_keeps_the_place_and_gives_no_number(city: ScriptedTicket, open_page: Open) -> None:
    """Until the all-clear; a time only once it has sounded; then the times are back."""
    page = open_ticket(open_page, city)
    lead(page, "14:29–14:38")
    city.change(BRANCH, state="paused", reason="alarm")
    page.get_by_role("alert").filter(
        has_text="Пройдіть до укриття. Де укриття в центрі? Сходами вниз"
    ).wait_for()
    lead(page, "Ваше місце в черзі збережено")
    assert "14:29" not in page.locator(".tk").inner_text()
    city.change(BRANCH, resumes_at=after(10))
    lead(page, "Прийом відновиться о 14:02")
    city.change(BRANCH, state="open", reason=None, resumes_at=None)
    lead(page, "14:29–14:38")
    page.locator(".banner.alarm").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"power": "off"}, "Немає світла: вашу послугу призупинено"),
        ({"suspended": ["id-card-exchange"]}, "Вашу послугу тут тимчасово зупинено"),
        ({"state": "paused", "reason": "нарада"}, "Прийом призупинено"),
        (
            {"state": "closed", "opens_at": "2026-11-24T09:00:00+02:00"},
            "Зачинено до завтра, 9:00. Талон діє.",
        ),
    ],
)
def test_a_branch_that_stands_still_says_why(
    city: ScriptedTicket, open_page: Open, facts: dict[str, Any], text: str
) -> None:
    """And that the ticket holds."""
    page = open_ticket(open_page, city)
    city.change(BRANCH, **facts)
    lead(page, text)
    assert page.locator(".stops .call").is_hidden()


@pytest.mark.parametrize(
    ("state", "told", "text"),
    [
        ("parked", {}, "Повернеться в чергу не пізніше 14:07"),
        ("done", {}, "Дякуємо, що завітали"),
        ("no_show", {"reinstate_until": after(20)}, "Підійдіть на рецепцію до 14:12"),
        ("no_show", {"reinstate_until": after(-1)}, "Час повернення минув"),
        ("left", {}, "Візит завершено"),
        ("expired", {}, "Талон більше не діє"),
        ("waiting", {"lateness": MISSED}, "пропустили вперед 3 людей"),
    ],
)
def test_every_turn_says_what_to_do(
    city: ScriptedTicket, open_page: Open, state: str, told: dict[str, Any], text: str
) -> None:
    """In the ticket itself or right above it."""
    page = open_ticket(open_page, city)
    city.turn(state, told=told)
    page.locator("main.ticket", has_text=text).wait_for()


def test_a_transfer_shows_the_new_number(city: ScriptedTicket, open_page: Open) -> None:
    """And what it was before, until the reader has seen it."""
    page = open_ticket(open_page, city)
    city.turn(number="B014")
    page.locator(".tk .number", has_text="B014").wait_for()
    notice = page.locator(".notices", has_text="Це новий номер, попередній: A127")
    notice.wait_for()
    page.get_by_role("button", name="Зрозуміло").click()
    notice.wait_for(state="hidden")


def test_a_ticket_is_given_up_after_a_question(city: ScriptedTicket, open_page: Open) -> None:
    """By keyboard: the question has the focus, «ні» and Escape return it, «так» carries it through."""
    page = open_ticket(open_page, city)
    give = page.get_by_role("button", name="Здати талон", exact=True)
    give.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "Ні, лишити"
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Здати талон"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Так, здати").click()
    lead(page, "Талон здано")
    page.get_by_role("button", name="Прибрати талон").click()
    page.locator("h1", has_text="Тут з’явиться ваш талон").wait_for()
    assert page.evaluate(KEPT) == [] and page.url.endswith("/t?lang=uk")


def test_documents_are_ticked_off_and_remembered(city: ScriptedTicket, open_page: Open) -> None:
    """What the administrator fetches has no box; the rule for the late stands below."""
    page = open_ticket(open_page, city)
    docs = page.locator(".docs")
    assert docs.get_by_role("checkbox").count() == 2
    assert "не потрібно, адміністратор отримає сам" in docs.inner_text()
    docs.get_by_label("Паспорт-книжечка").check()
    late = page.locator(".late").inner_text()
    assert "чекаємо 2 хвилини" in late and "пропускає вперед 3 людей" in late and "протягом 30 хв" in late
    page.reload()
    assert page.locator(".docs").get_by_label("Паспорт-книжечка").is_checked()


def test_the_calendar_entry_is_a_file(city: ScriptedTicket, open_page: Open) -> None:
    """Fetched with the secret in a header, handed over as a download."""
    page = open_ticket(open_page, city)
    with page.expect_download() as download:
        page.get_by_role("button", name="У календар").click()
    assert download.value.suggested_filename == "A127.ics"
    city.problem = (409, "wait_unknown")
    page.get_by_role("button", name="У календар").click()
    page.get_by_role("alert").filter(has_text="wait_unknown").wait_for()


def test_without_a_line_the_last_state_stays_with_its_age(city: ScriptedTicket, open_page: Open) -> None:
    """A banner after ten seconds, no times as true after ninety, all mended by itself."""
    page = open_page("", width=360, service_workers="block")
    page.clock.install()
    page.goto(city.page_url)
    lead(page, "14:29–14:38")
    city.sockets_allowed, city.board_status, city.problem = False, 503, (503, "store_unavailable")
    city.cut()
    page.clock.run_for(15_000)
    page.locator(".banner.warn", has_text="Немає зв’язку, дані за 13:52").wait_for()
    lead(page, "14:29–14:38")
    page.clock.run_for(90_000)
    lead(page, "Останнє відоме: виклик 14:29–14:38.")
    city.sockets_allowed, city.board_status, city.problem = True, 200, None
    page.clock.run_for(60_000)
    page.locator(".banner.warn", has_text="Немає зв’язку").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        ((403, "secret_invalid"), "Це посилання не відкриває талон"),
        ((410, "ticket_gone"), "Цього талона вже немає"),
    ],
)
def test_what_opens_nothing_says_so(
    city: ScriptedTicket, open_page: Open, problem: tuple[int, str], text: str
) -> None:
    """And leads on."""
    city.problem = problem
    page = open_page(city.page_url, service_workers="block")
    page.locator("h1", has_text=text).wait_for()
    assert page.get_by_role("link", name="Де найшвидше?").get_attribute("href") == "/"


def test_the_language_changes_in_place(city: ScriptedTicket, open_page: Open) -> None:
    """Everything in English, without a reload."""
    page = open_ticket(open_page, city)
    page.get_by_role("link", name="ENG").click()
    lead(page, "You will be called")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("/[а-яіїєґ]{2}/i.test(document.querySelector('main.ticket').innerText)") is False


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_nothing_is_cut_off_at_any_width(city: ScriptedTicket, open_page: Open, lang: str) -> None:
    """From 320 pixels, which is also 200 % zoom on a small phone; the call too."""
    page = open_ticket(open_page, city)
    page.get_by_role("link", name="УКР" if lang == "uk" else "ENG").click()
    for state in ("waiting", "called"):
        city.turn(state)
        page.locator(".called:visible" if state == "called" else ".tk:visible").wait_for()
        for width in (320, 360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 780})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (state, width)
