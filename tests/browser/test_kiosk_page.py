"""The kiosk's page by keyboard, left alone, in a third language, with a printer, and let out again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from balancer.languages.template import template
from tests.browser.told_kiosk import BRANCH, ELSEWHERE, ToldKiosk, told_kiosk
from tests.paper_printer import PAPER_OUT, TestPrinter
from tests.server import revoke
from tests.waiting import wait_until_sync

UPRIGHT = {"width": 1080, "height": 1920}
LOOKS_AGAIN_MS = 16_000  # a kiosk asks at least every 15 s


@pytest.fixture(scope="module")
def kiosk() -> Iterator[ToldKiosk]:
    with told_kiosk() as running:
        yield running


def fresh(open_page: Callable[..., Any]) -> Any:
    return open_page("", **UPRIGHT)


def press(page: Any, *acts: str) -> None:
    for act in acts:
        page.locator(f"[data-act='{act}']").first.click()


def test_by_keyboard_alone_to_a_ticket_and_back(kiosk: ToldKiosk, open_page: Callable[..., Any]) -> None:
    """Tab and Enter, arrows to the neighbour, Esc back; the title has the focus on every new screen."""
    page = fresh(open_page)
    kiosk.open(page, slips=False)
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    page.locator("[data-key=field]").wait_for()
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    page.locator("[data-act='field:residence']").focus()
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.act") == "field:passport"
    keys.press("Enter")
    page.locator("[data-key=purpose]").wait_for()
    keys.press("Escape")
    page.locator("[data-key=field]").wait_for()
    page.locator("[data-act='field:passport']").focus()
    keys.press("Enter")
    page.locator("[data-act='take:submit-passport']").focus()
    keys.press("Enter")
    assert re.fullmatch(r"P\d{3}", page.locator(".tk .no").inner_text())
    keys.press("Escape")


def test_a_screen_that_is_left_goes_back_and_says_so_before(
    kiosk: ToldKiosk, open_page: Callable[..., Any]
) -> None:
    """Twenty seconds are counted down; who needs longer gets two minutes, however slowly he presses; the next
    visitor begins plain.
    """
    page = fresh(open_page)
    page.clock.install()
    kiosk.open(page, slips=False)
    press(page, "begin", "larger")
    page.clock.fast_forward(45_000)
    page.locator(".countdown", has_text="на початок за").wait_for()
    page.locator("[data-act=more]").hover()
    page.mouse.down()
    page.clock.run_for(1_000)
    page.mouse.up()
    page.locator(".countdown:not([hidden])").wait_for(state="detached")
    page.clock.fast_forward(75_000)
    page.locator("html.larger [data-key=field]").wait_for()
    page.clock.fast_forward(50_000)
    page.locator("main.start").wait_for()
    assert page.locator("html.larger").count() == 0


def test_services_without_power_are_grey_and_say_why(kiosk: ToldKiosk, open_page: Callable[..., Any]) -> None:
    """Pressing them does nothing."""
    page = fresh(open_page)
    kiosk.open(page, slips=False, power="off")
    press(page, "begin", "field:passport")
    grey = page.locator("[data-act='take:submit-passport'][aria-disabled=true]")
    assert "Немає світла" in grey.inner_text()
    grey.click(force=True)
    assert page.locator("[data-key=purpose]").is_visible()


def test_a_full_day_names_other_branches_with_their_waits(
    kiosk: ToldKiosk, open_page: Callable[..., Any]
) -> None:
    """No ticket, the reason, and where to go."""
    page = fresh(open_page)
    kiosk.open(page, slips=False, full=True, alternatives=[ELSEWHERE])
    assert "Талонів на сьогодні немає" in page.locator("h1").inner_text()
    said = page.locator(".elsewhere li").inner_text().replace("\u2060", "")
    assert "Міський центр" in said and "7–14 хв" in said and "20 хв" in said


def test_an_alarm_covers_all_and_the_place_comes_back(
    kiosk: ToldKiosk, open_page: Callable[..., Any]
) -> None:
    """Also the ticket on the screen, which stands there again after the all-clear."""
    page = fresh(open_page)
    page.clock.install()
    told = kiosk.open(page, slips=False)
    press(page, "begin", "field:passport", "take:submit-passport")
    number = page.locator(".tk .no").inner_text()
    told.update(state="paused", reason="alarm")
    page.clock.run_for(LOOKS_AGAIN_MS)
    page.locator("main.alarm", has_text="Пройдіть до укриття").wait_for()
    page.locator("main.alarm .way", has_text="сходами вниз").wait_for()
    assert page.locator("nav.help").is_hidden()
    told.update(state="open", reason=None)
    page.clock.run_for(LOOKS_AGAIN_MS)
    page.locator("main.alarm").wait_for(state="detached")
    assert page.locator(".tk .no").inner_text() == number


def test_a_third_language_is_one_file(kiosk: ToldKiosk, open_page: Callable[..., Any]) -> None:
    """The city names it, the file is there: it can be chosen."""
    page = open_page("", service_workers="block", **UPRIGHT)
    rooms = {**template(), "kiosk": {**template()["kiosk"], "hello": "Dzień dobry!"}}
    polish = {"language": "pl", "name": "Polski", "locale": "pl", "rooms": rooms}
    page.route("**/pages/languages/pl.json", lambda route: route.fulfill(json=polish))
    kiosk.open(page, slips=False, catalogue={"languages": ["uk", "en", "pl"]})
    press(page, "language:pl")
    page.locator("h1", has_text="Dzień dobry!").wait_for()
    assert page.evaluate("document.documentElement.lang") == "pl"


def test_a_printer_prints_and_an_empty_one_leaves_the_code(
    kiosk: ToldKiosk, open_page: Callable[..., Any]
) -> None:
    """A real agent beside the page, a real socket behind it."""
    page = fresh(open_page)
    with TestPrinter() as paper:
        words = ["--printer", paper.address, "--server", kiosk.server.base_url, "--port", "0"]
        command = [sys.executable, "-u", "-m", "balancer", "print-agent", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as agent:
            try:
                assert agent.stdout is not None
                port = re.search(r"127\.0\.0\.1:(\d+)/", agent.stdout.readline().decode())
                assert port is not None
                kiosk.open(page, slips=False, query=f"&printer={port[1]}")
                press(page, "begin", "field:passport", "take:submit-passport", "print")
                page.locator(".said", has_text="Візьміть талон").wait_for()
                assert len(paper.tickets) == 1 and paper.tickets[0].width == 576
                press(page, "finish")
                paper.status = dict(PAPER_OUT)
                press(page, "begin", "field:passport", "take:submit-passport")
                page.locator(".said.warn", has_text="Папір скінчився").wait_for()
                assert page.locator("[data-act=print]").count() == 0
            finally:
                agent.terminate()


@pytest.mark.parametrize(
    "fault",
    [
        "IDBObjectStore.prototype.put = IDBObjectStore.prototype.add = () => "
        "{ throw new DOMException('', 'QuotaExceededError') }",
        "indexedDB.open = () => { throw new DOMException('', 'UnknownError') }",
    ],
    ids=["full", "broken"],
)
def test_without_a_disk_the_server_keeps_the_tickets(
    kiosk: ToldKiosk, open_page: Callable[..., Any], fault: str
) -> None:
    """The number is the server's own; without the server nobody is promised a place, and nothing hangs."""
    page = fresh(open_page)
    page.add_init_script(fault)
    kiosk.open(page)
    press(page, "begin", "field:passport", "take:submit-passport")
    page.locator("main[data-key=ticket]", has_text="Місце в черзі за вами").wait_for()
    press(page, "finish")
    page.route("**/tickets", lambda route: route.abort())
    press(page, "begin", "field:passport", "take:submit-passport")
    page.locator("main[data-key=failed]", has_text="на рецепції").wait_for()


def test_a_revoked_kiosk_asks_to_be_let_in_again(kiosk: ToldKiosk, open_page: Callable[..., Any]) -> None:
    """Its token ends: the screen shows a code for the supervisor."""
    page = fresh(open_page)
    page.clock.install()
    kiosk.open(page, slips=False)
    page.unroute_all()
    token = kiosk.server.token("kiosk", BRANCH)
    revoke(kiosk.server, token)
    page.clock.run_for(LOOKS_AGAIN_MS)
    page.locator(".enrolment .code").wait_for()
    wait_until_sync(
        lambda: page.evaluate(f"localStorage.getItem('device:kiosk:{BRANCH}:token')") is None,
        what="the token forgotten",
    )
