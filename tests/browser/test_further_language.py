"""A further language reaches everything that visitors see: a file in which every text stands in brackets, and
pages on which nothing stands outside of them but names out of the city file, numbers and dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from balancer.languages.template import template
from tests.city_files import spoiled
from tests.server import RunningServer, running_server

Open = Callable[..., Any]
TAG, POOR = "qaa", "qab"
"""A language that says everything, and one that says little and borrows the rest from English."""
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"\b[A-Z]{2,6}\b|\b[A-ZА-ЯІЇЄҐ]-?\d+\b")
"""Of a device, of a ticket."""

TEXTS = """() => {
  const found = []
  const walk = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(each.tagName)) continue
      if (each.closest("[hidden], [data-lang], [data-act^='language:']")) continue
      for (const name of ["aria-label", "alt", "title", "placeholder"]) {
        if (each.getAttribute(name)) found.push(each.getAttribute(name))
      }
      for (const child of each.childNodes) if (child.nodeType === 3) found.push(child.data)
      if (each.shadowRoot) walk(each.shadowRoot)
    }
  }
  walk(document)
  return found.map((text) => text.trim()).filter(Boolean)
}"""


VOICES = """
window.spoken = []
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
const synthesis = {
  getVoices: () => ["uk-UA", "en-GB"].map((lang) => ({ lang, name: lang })),
  cancel: () => {},
  addEventListener: () => {},
  speak: (said) => { window.spoken.push(`${said.lang} ${said.text}`); setTimeout(() => said.onend({}), 0) },
}
Object.defineProperty(window, "speechSynthesis", { value: synthesis })
"""


def bracketed(words: Any) -> Any:
    """The same words, each text in brackets."""
    if isinstance(words, dict):
        return {name: bracketed(each) for name, each in words.items()}
    if isinstance(words, list):
        return [bracketed(each) for each in words]
    return f"⟦{words}⟧"


def names_in(definition: Any) -> set[str]:
    """Every text of the public definition, longest words first when sorted so."""
    if isinstance(definition, dict):
        return set().union(*(names_in(each) for each in definition.values()), set())
    if isinstance(definition, list):
        return set().union(*map(names_in, definition), set())
    return {definition} if isinstance(definition, str) else set()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, which offers a third language; desk 1 is open and one ticket has been called."""
    folder = tmp_path_factory.mktemp("languages")
    content = {"language": TAG, "name": "⟦Третя⟧", "locale": "uk", "rooms": bracketed(template())}
    (folder / f"{TAG}.json").write_text(json.dumps(content), "utf-8")
    said = {"board": {"title": "⟦Де?⟧"}, "said": {"title": "⟦Де?⟧"}}
    poor = {"language": POOR, "name": "⟦Четверта⟧", "locale": "pl", "fallback": "en", "rooms": said}
    (folder / f"{POOR}.json").write_text(json.dumps(poor), "utf-8")
    languages = f'languages = ["uk", "en", "{TAG}", "{POOR}"]'
    offers = ("contact =", f"{languages}\nremote_tickets = true\ncontact =")
    (folder / "city.toml").write_text(spoiled(offers), "utf-8")
    with running_server(folder, city=str(folder / "city.toml"), languages=str(folder)) as running:
        running.desk("center", "1", "open")
        running.issue("center", "extract")
        running.desk("center", "1", "call-next")
        yield running


def outside(server: RunningServer, page: Any) -> set[str]:
    """Words on the page that are neither in brackets nor the city's own, nor today's date."""
    city = server.ask("GET", server.city_url).json
    names = sorted(names_in(city), key=len, reverse=True)
    left = set()
    for text in page.evaluate(TEXTS):
        rest = text
        while INNERMOST.search(rest):
            rest = INNERMOST.sub("", rest)
        for name in names:
            rest = rest.replace(name, "")
        for same in ("Мова / Language", "понеділок", "листопада"):
            rest = rest.replace(same, "")
        rest = CODE.sub("", rest)
        if WORD.search(rest):
            left.add(text)
    return left


def test_the_city_offers_it(server: RunningServer, open_page: Open) -> None:
    """Under its own name, in the switch of every page; staff pages keep theirs."""
    page = open_page(f"{server.base_url}/")
    page.locator(f"[data-lang={TAG}]", has_text="⟦Третя⟧").click()
    page.locator("h1", has_text="⟦Де найшвидше?⟧").wait_for()
    assert page.evaluate("document.documentElement.lang") == TAG
    page.goto(f"{server.base_url}/desk?lang={TAG}")
    page.locator("form").first.wait_for()
    assert page.evaluate("document.documentElement.lang") == "uk"


def test_the_board_speaks_it(server: RunningServer, open_page: Open) -> None:
    """As first painted and as drawn, with a service and an opened row."""
    first = server.ask("GET", f"/?lang={TAG}&service=extract").body.decode()
    assert f'<html lang="{TAG}">' in first and "⟦" in first
    page = open_page(f"{server.base_url}/?lang={TAG}&service=extract")
    page.locator("queue-board .row").first.wait_for()
    page.locator("h1", has_text="⟦").wait_for()
    assert outside(server, page) == set()


def test_what_it_lacks_says_its_language(server: RunningServer, open_page: Open) -> None:
    """On the page as first painted, around the board and inside it: English, and marked as English."""
    first = server.ask("GET", f"/?lang={POOR}").body.decode()
    assert f'<html lang="{POOR}">' in first and "⟦Де?⟧" in first
    assert '<span lang="en">Wait</span>' in first
    page = open_page(f"{server.base_url}/?lang={POOR}&service=extract")
    page.locator("queue-board .row").first.wait_for()
    page.locator("h1", has_text="⟦Де?⟧").wait_for()
    assert page.locator("h1").get_attribute("lang") is None
    assert page.get_by_role("link", name="How we know").get_attribute("lang") == "en"
    assert page.locator("queue-board [lang=en]", has_text="Waiting").count() > 0
    page.locator("[data-lang=uk]").click()
    page.get_by_role("link", name="Звідки ми знаємо").wait_for()
    assert page.get_by_role("link", name="Звідки ми знаємо").get_attribute("lang") in (None, "uk")


def test_the_api_speaks_it(server: RunningServer) -> None:
    """Refusals by Accept-Language, why a branch is advised, the leaflet of a hall."""
    asked = {"accept-language": f"{TAG}, en;q=0.5"}
    refusal = server.ask("GET", f"{server.city_url}/branches/mars", headers=asked)
    assert refusal.json["title"] == "⟦Невідомий підрозділ"
    assert refusal.json["detail"] == "⟦Невідомий підрозділ: mars⟧"
    assert refusal.headers["content-language"] == TAG
    poor = server.ask("GET", f"{server.city_url}/branches/mars", headers={"accept-language": POOR})
    assert (poor.json["detail"], poor.headers["content-language"]) == ("Unknown branch: mars", "en")
    advice = server.ask("GET", f"{server.city_url}/advice?service=extract&lat=50&lon=36.2").json
    whys = [each["why"] for each in (*advice["branches"], *advice["left_out"])]
    assert whys and all(why[TAG].startswith("⟦") and POOR not in why for why in whys)
    leaflet = server.ask("GET", f"/hall/center/leaflet.txt?lang={TAG}").body.decode()
    assert "⟦Години роботи⟧" in leaflet


def test_the_accuracy_page_speaks_it(server: RunningServer, open_page: Open) -> None:
    """With nothing to tell yet."""
    page = open_page(f"{server.base_url}/accuracy?lang={TAG}")
    page.locator("#figures .banner").wait_for()
    assert outside(server, page) == set()


def test_the_ticket_speaks_it(server: RunningServer, open_page: Open) -> None:
    """With its way, documents and rights."""
    mine = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"}).json
    link = f"/t?lang={TAG}#city=dolyna&ticket={mine['ticket']['id']}&secret={mine['secret']}"
    page = open_page(f"{server.base_url}{link}")
    page.locator(".tk .now").first.wait_for()
    assert outside(server, page) == set()


def test_the_hall_speaks_it(server: RunningServer, open_page: Open) -> None:
    """The enrolment of a new screen, and the display once it is let in; it calls in Ukrainian, in English and
    then in the language of brackets. The poor language has no call of its own, so it says none.
    """
    page = open_page(f"{server.base_url}/hall/center?lang={TAG}")
    page.locator("h1", has_text="⟦").first.wait_for()
    assert outside(server, page) == set()
    page = open_page("")
    page.add_init_script(VOICES)
    page.goto(f"{server.base_url}/hall/center?lang={TAG}#token={server.token('display', 'center')}")
    page.locator("text=⟦Запрошуємо⟧").first.wait_for()
    assert outside(server, page) == set()
    page.locator(f".controls [data-lang={POOR}]").wait_for(state="attached")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="⟦Перевірити звук⟧").click()
    said = "uk ⟦Талон А, 0 42, місце 7.⟧"
    page.wait_for_function("(said) => window.spoken.includes(said)", arg=said)
    test = [each for each in page.evaluate("window.spoken") if "42" in each]
    assert test == ["uk-UA Талон А, 0 42, місце 7.", "en-GB Ticket A, 0 42, desk 7.", said]


def test_the_kiosk_speaks_it(server: RunningServer, open_page: Open) -> None:
    """From the greeting, where it is chosen, to the ticket."""
    page = open_page("", width=1080, height=1920)
    page.goto(f"{server.base_url}/kiosk/center#token={server.token('kiosk', 'center')}")
    page.locator(f"[data-act='language:{TAG}']").first.click()
    page.locator("h1", has_text="⟦Доброго дня!⟧").wait_for()
    assert outside(server, page) == set()
    for act, then in (("begin", "field"), ("search", "search")):
        page.locator(f"[data-act='{act}']").first.click()
        page.locator(f"[data-key={then}]").wait_for()
        assert outside(server, page) == set()
    page.locator("[data-act='back']").first.click()
    for act in ("field:", "take:"):
        page.locator(f"[data-act^='{act}']").first.click()
    page.locator(".tk .no").wait_for()
    assert outside(server, page) == set()
