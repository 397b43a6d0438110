"""The hall display in a real browser, against a real server: calls seen and heard, nothing lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.hall_town import HallTown, hall_town
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
RECORDER = """
window.spoken = []
class Utterance { constructor(text) { this.text = text } }
window.SpeechSynthesisUtterance = Utterance
const voices = ['uk-UA', 'en-GB'].map((lang) => ({ lang, name: lang, default: false }))
const synthesis = {
  getVoices: () => voices,
  cancel: () => {},
  addEventListener: () => {},
  speak: (utterance) => {
    window.spoken.push(`${utterance.lang} ${utterance.text}`)
    setTimeout(() => utterance.onend?.({}), 0)
  },
}
Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
"""
HELD_BACK = """
addEventListener('pointerdown', () => (window.touched = true), true)
window.AudioContext = class extends AudioContext {
  get state() { return window.touched ? super.state : 'suspended' }
}
"""
"""A browser that lets no sound out before a touch; the tests' own looking around would count as one."""
HD = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def town() -> Iterator[HallTown]:
    """Kharkiv on a Monday afternoon."""
    with hall_town() as running:
        yield running


def show(open_page: Open, town: HallTown, branch: str, before: str = "") -> Any:
    """The display of a branch, with a recorder in the place of the voice."""
    page = open_page("", **HD)
    page.add_init_script(RECORDER + before)
    page.goto(town.address(branch))
    return page


def rows(page: Any) -> list[str]:
    found: list[str] = page.locator(".calls li > b").all_inner_texts()
    return found


def three_called(town: HallTown, branch: str) -> list[str]:
    """One is served, two are called, three wait; the rows as they must stand, newest first."""
    town.open(branch, ["1", "2", "5"])
    town.come(branch, ["advice"] * 4 + ["id-card-exchange"] * 2)
    numbers = [town.call(branch, desk) for desk in ("5", "1", "2")]
    town.desk(branch, "5", "start")
    return numbers[::-1]


def assert_covered(page: Any) -> None:
    """The alarm is all there is to see."""
    page.locator(".alarm h1", has_text="Пройдіть до укриття").wait_for()
    assert not page.locator(".calls").is_visible()
    box = page.locator(".alarm").bounding_box()
    assert (box["width"], box["height"]) == (HD["width"], HD["height"])
    said = page.locator(".alarm footer").inner_text()
    assert "Ваше місце в черзі збережено" in said and "Прийом відновиться після відбою" in said


def test_a_call_appears_flashes_is_said_and_leaves_by_an_event(open_page: Open, town: HallTown) -> None:
    """Number, desk, zone and floor; in Ukrainian, then in English; told to screen readers too."""
    town.open("shevchenk", ["1", "2"])
    page = show(open_page, town, "shevchenk")
    page.locator(".nobody").wait_for()
    first, second = town.come("shevchenk", ["advice", "advice"])
    page.locator(".next li", has_text=second).wait_for()
    assert town.call("shevchenk", "1") == first
    row = page.locator(".calls li.fresh", has_text=first)
    row.wait_for()
    assert row.inner_text().split() == [first, "Місце", "1", "Зона", "А,", "поверх", "1"]
    assert page.locator("[aria-live=assertive]").inner_text() == f"Талон {first} — місце 1"
    page.wait_for_function("() => window.spoken.length === 2")
    digits = " ".join([*first[1:3], first[3:]])
    assert page.evaluate("window.spoken") == [
        f"uk-UA Талон К, {digits}, місце 1.",
        f"en-GB Ticket K, {digits}, desk 1.",
    ]
    assert not page.locator(".next li", has_text=first).count()
    town.call("shevchenk", "2")
    page.locator(".calls li:first-child", has_text=second).wait_for()
    assert rows(page) == [second, first]
    town.desk("shevchenk", "1", "recall")
    page.locator(".calls li:first-child", has_text=first).wait_for()
    assert page.locator(".calls li:first-child .again").inner_text() == "Повторний виклик"
    assert rows(page) == [first, second]
    page.wait_for_function("() => window.spoken.length === 6")
    town.desk("shevchenk", "1", "start")
    page.locator(f".calls li[data-state=serving]:has-text('{first}')").wait_for()
    town.desk("shevchenk", "1", "finish")
    page.locator(".calls li", has_text=first).wait_for(state="detached")
    assert rows(page) == [second]


def test_the_sound_is_asked_for_only_where_the_browser_holds_it_back(open_page: Open, town: HallTown) -> None:
    """One button, gone once it was pressed; the settings come out for whoever stands before it."""
    page = show(open_page, town, "saltiv", HELD_BACK)
    page.locator(".muted").wait_for()
    page.get_by_role("button", name="Увімкнути звук").click()
    page.locator(".muted").wait_for(state="hidden")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Перевірити звук").click()
    page.wait_for_function("() => window.spoken.length === 2")
    assert page.evaluate("window.spoken[0]") == "uk-UA Талон А, 0 42, місце 7."
    slider = page.get_by_label("Гучність")
    slider.fill("30")
    page.locator(".settings a", has_text="ENG").click()
    page.locator("h1", has_text="Now calling").wait_for()
    page.reload()
    page.locator("h1", has_text="Now calling").wait_for()
    assert page.locator("input[type=range]").input_value() == "30"


def test_without_a_voice_the_chime_sounds_and_the_text_stands(open_page: Open, town: HallTown) -> None:
    """No voice of this machine is Ukrainian: nothing is spoken in a foreign accent."""
    town.open("osnova", ["1"])
    page = open_page("", **HD)
    page.add_init_script(RECORDER.replace("['uk-UA', 'en-GB']", "['en-GB']"))
    page.goto(town.address("osnova"))
    page.locator(".nobody").wait_for()
    (number,) = town.come("osnova", ["advice"])
    town.call("osnova", "1")
    page.locator(".calls li.fresh", has_text=number).wait_for()
    assert page.evaluate("window.spoken") == []
    page.keyboard.press("Tab")
    page.locator(".controls", has_text="лунає сигнал").wait_for()


def test_a_screen_is_let_in_by_its_code_and_starts_over_when_it_is_ended(
    open_page: Open, town: HallTown
) -> None:
    """The supervisor types the code; the token stays through a reload; revoked, another code comes."""
    page = open_page(f"{town.base}/hall/industr?lang=uk", **HD)
    code = page.locator(".code").get_attribute("data-code") or shown_code(page)
    page.reload()
    assert shown_code(page) == code, "a reload brings no other code"
    answer = town.chief("industr", "devices/approve", {"code": code, "name": "Табло 1"})
    page.locator(".display").wait_for()
    page.reload()
    page.locator(".display").wait_for()
    town.chief("industr", f"devices/{answer.json['device']['device']}/revoke")
    town.chief("industr", "hold", {"reason": "x"})  # something happens, so it asks
    page.locator(".enrolment").wait_for()
    assert shown_code(page) != code


def shown_code(page: Any) -> str:
    page.wait_for_function("() => document.querySelector('.code')?.dataset.code")
    return str(page.locator(".code").get_attribute("data-code"))


def test_a_start_without_a_server_shows_the_last_calls_with_their_age(
    open_page: Open, town: HallTown
) -> None:
    """As after a power cut: page and state come from the machine itself, until the server is back."""
    town.open("kholodnohir", ["1"])
    (number,) = town.come("kholodnohir", ["advice"])
    town.call("kholodnohir", "1")
    page = show(open_page, town, "kholodnohir")
    page.locator(".calls li", has_text=number).wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "async () => (await (await caches.open('hall-1')).keys()).some(({url}) => url.endsWith('main.js'))"
    )
    page.wait_for_function(
        "async () => Boolean(await (await caches.open('hall-1')).match(location.href, {ignoreSearch: true}))"
    )
    town.server.kill()
    page.reload()
    page.locator(".strip", has_text="Немає зв’язку").wait_for()
    assert rows(page) == [number]
    town.server.start()
    page.locator(".strip").wait_for(state="detached")
    assert rows(page) == [number]


def test_another_version_on_the_server_loads_the_page_anew(open_page: Open, town: HallTown) -> None:
    """Looked for every five minutes, without anybody's hand."""
    page = open_page("", service_workers="block", **HD)
    page.clock.install()
    page.goto(town.address("nemyshl"))
    page.locator(".nobody").wait_for()
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    versions = itertools.count()

    def newer(route: Any) -> None:
        if route.request.method == "HEAD":
            route.fulfill(status=200, headers={"etag": f'"{next(versions)}"'}, body="")
        else:
            route.continue_()

    def is_reloaded() -> bool:
        if not loads:
            page.clock.fast_forward("05:05")
        return bool(loads)

    page.route("**/hall/nemyshl*", newer)
    wait_until_sync(is_reloaded, within=30, what="the page loaded anew")
    page.locator(".nobody").wait_for()


def test_service_resumes_some_time_after_the_all_clear(open_page: Open, town: HallTown) -> None:
    """The hall comes back at once and says when; the rows wait for it."""
    before = three_called(town, "kyivskyi")
    page = show(open_page, town, "kyivskyi")
    page.wait_for_function("(count) => document.querySelectorAll('.calls li').length === count", arg=3)
    town.chief("kyivskyi", "alarm")
    assert_covered(page)
    assert "двері праворуч, сходами вниз" in page.locator(".alarm .go").inner_text()
    resumes = town.chief("kyivskyi", "all-clear").json["branch"]["resumes_at"]
    page.locator(".strip", has_text=f"Прийом відновиться о {resumes[11:16]}").wait_for()
    assert rows(page) == before
    page.wait_for_function("() => window.spoken.some((said) => said.includes('Відбій тривоги'))")
