"""The widget's line to the city: it mends itself, falls back to polling, and never shows old for new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.cities import queues_of
from tests.browser.scripted_city import ScriptedCity
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
POLL = "/board/drawing"
SERVICE = "?service=id-card-exchange"


def number(page: Any, branch: str = "centre") -> Any:
    """The wait that a branch's row shows."""
    return page.locator(f"queue-board [data-branch={branch}] .num")


def see(page: Any, branch: str, text: str) -> None:
    """Wait until the row shows this."""
    row = page.locator(f"queue-board [data-branch={branch}]")
    row.filter(has=page.locator(".num", has_text=text)).wait_for()


COUNT_LINES = """() => {
window.lines = 0
window.WebSocket = class extends WebSocket {
  constructor(...words) { super(...words); window.lines += 1 }
}
}"""


def open_board(open_page: Open, city: ScriptedCity, *, frozen: bool = False) -> Any:
    """The board on the passports' queue; `frozen` puts the page's clock into the test's hand."""
    page = open_page("")
    if frozen:
        page.clock.install()
    page.goto(f"{city.url}/{SERVICE}")
    see(page, "centre", "12–20")
    return page


def forward(page: Any, seconds: float) -> None:
    """Let time pass in the page, timers and all."""
    page.clock.run_for(seconds * 1000)


def test_a_frame_changes_the_page_at_once(city: ScriptedCity, open_page: Open) -> None:
    """One frame: counts at once and without a question; a wait that has moved brings one new drawing."""
    page = open_board(open_page, city)
    city.seen.clear()
    city.change("centre", queues=queues_of("centre", 12.0, waiting=9))
    page.locator("queue-board [data-branch=centre] .counts dd", has_text="9").first.wait_for()
    assert not any(POLL in each for each in city.seen)
    city.change("centre", queues=queues_of("centre", 30.0))
    see(page, "centre", "30–47")
    assert len([each for each in city.seen if POLL in each]) <= 2


def test_an_older_frame_changes_nothing(city: ScriptedCity, open_page: Open) -> None:
    """A frame with a smaller seq is dropped."""
    page = open_board(open_page, city)
    old = city.frame("centre") | {"seq": 3, "queues": queues_of("centre", 99.0)}
    city.say(old)
    city.change("kyivskyi", queues=queues_of("kyivskyi", 33.0))
    see(page, "kyivskyi", "33–52")
    assert number(page).inner_text() == "12–20"


def test_another_epoch_drops_what_was_known(city: ScriptedCity, open_page: Open) -> None:
    """After a restore from older data smaller seqs are news again."""
    page = open_board(open_page, city)
    city.epoch = "epoch-2"
    for each in city.loads.values():
        each["seq"] = 1
    city.loads["centre"]["queues"] = queues_of("centre", 40.0)
    city.cut()
    see(page, "centre", "40–60")


def test_it_comes_back_after_a_cut(city: ScriptedCity, open_page: Open) -> None:
    """A socket closed with 1012 is opened anew, and carries on."""
    page = open_board(open_page, city)
    city.cut()
    wait_until_sync(lambda: city.sockets == 1, what="a new socket")
    city.change("centre", queues=queues_of("centre", 30.0))
    see(page, "centre", "30–47")


def test_without_sockets_it_polls_and_returns_by_itself(city: ScriptedCity, open_page: Open) -> None:
    """Three failures start the polling; the first hello ends it."""
    page = open_board(open_page, city, frozen=True)
    city.sockets_allowed = False
    city.cut()
    for _ in range(12):
        forward(page, 2)
        page.wait_for_timeout(20)
    wait_until_sync(lambda: any(POLL in each for each in city.seen), what="a poll")
    city.loads["centre"] |= {"seq": 11, "queues": queues_of("centre", 30.0)}
    forward(page, 6)
    see(page, "centre", "30–47")
    city.seen.clear()
    for _ in range(3):
        forward(page, 6)
        page.wait_for_timeout(50)
    assert any(POLL in each for each in city.seen)
    assert page.locator("queue-board .banner.warn").is_hidden(), "polled data are fresh data"
    city.sockets_allowed = True
    for _ in range(300):
        if city.sockets == 1:
            break
        forward(page, 2)
        page.wait_for_timeout(20)
    wait_until_sync(lambda: city.sockets == 1, what="the socket's return")
    city.say({"type": "beat", "city_time": city.city_time, "offset": 1})
    forward(page, 2)
    city.seen.clear()
    forward(page, 12)
    assert len([each for each in city.seen if POLL in each]) <= 1, "no polling beside the socket"


def test_a_silent_socket_is_taken_for_dead(city: ScriptedCity, open_page: Open) -> None:
    """No beat for 30 s: the page says how old its data are, and opens another socket."""
    page = open_board(open_page, city, frozen=True)
    forward(page, 25)
    page.locator("queue-board .banner.warn", has_text="Немає зв’язку, дані за 13:42").wait_for()
    before = len([each for each in city.seen if "/live" in each])
    for _ in range(5):
        forward(page, 2)
        page.wait_for_timeout(20)
    wait_until_sync(
        lambda: len([each for each in city.seen if "/live" in each]) > before, what="a new socket"
    )
    forward(page, 1)
    page.locator("queue-board .banner.warn").wait_for(state="hidden")


def test_beats_keep_a_quiet_city_fresh(city: ScriptedCity, open_page: Open) -> None:
    """A city where nothing happens is not shown as old."""
    page = open_board(open_page, city, frozen=True)
    for _ in range(6):
        forward(page, 15)
        city.say({"type": "beat", "city_time": city.city_time, "offset": 1})
        page.wait_for_timeout(50)
    forward(page, 1)
    assert page.locator("queue-board .banner.warn").is_hidden()
    assert city.sockets == 1


def test_it_comes_back_when_it_was_told_to(city: ScriptedCity, open_page: Open) -> None:
    """A server that drains names the moment, and the page keeps to it."""
    page = open_board(open_page, city, frozen=True)
    city.say({"type": "reconnect", "reconnect_in": 20})
    city.cut()
    wait_until_sync(lambda: city.sockets == 0, what="the cut")
    page.wait_for_timeout(50)
    forward(page, 15)
    assert city.sockets == 0
    forward(page, 6)
    wait_until_sync(lambda: city.sockets == 1, what="the socket's return")


def test_an_unwanted_socket_is_not_opened_again(city: ScriptedCity, open_page: Open) -> None:
    """Close codes from 4500 mean stop: the board is polled instead."""
    city.close_code = 4503
    page = open_page(f"{city.url}/{SERVICE}")
    see(page, "centre", "12–20")
    page.wait_for_timeout(300)
    assert len([each for each in city.seen if "/live" in each]) == 1


def test_a_busy_server_is_left_alone(city: ScriptedCity, open_page: Open) -> None:
    """Errors of the board slow the polling down."""
    city.sockets_allowed, city.board_status = False, 503
    page = open_page("")
    page.clock.install()
    page.goto(f"{city.url}/{SERVICE}")
    for _ in range(30):
        forward(page, 2)
        page.wait_for_timeout(10)
    polls = len([each for each in city.seen if POLL in each])
    assert 1 <= polls <= 14, polls


def test_a_board_asks_once_when_it_opens(city: ScriptedCity, open_page: Open) -> None:
    """Its attributes are there before the module is: they are no change."""
    page = open_page(f"{city.url}/modules/blank.html")
    page.evaluate(COUNT_LINES)
    page.evaluate(
        """async (service) => {
      const board = document.createElement('queue-board')
      board.setAttribute('city', 'kharkiv')
      board.setAttribute('service', service)
      document.body.append(board)
      await import('/widget/queue-board-define.js')
    }""",
        SERVICE.partition("=")[2],
    )
    see(page, "centre", "12–20")
    assert page.evaluate("lines") == 1


def test_two_boards_on_one_page_share_one_connection(city: ScriptedCity, open_page: Open) -> None:
    """A registry by server and city; the last one to leave closes the socket."""
    page = open_board(open_page, city)
    page.evaluate("""() => {
      const second = document.querySelector('queue-board').cloneNode()
      second.id = 'second'
      document.body.append(second)
    }""")
    page.locator("#second .row").first.wait_for()
    assert city.sockets == 1
    assert len([each for each in city.seen if "/live" in each]) == 1
    page.evaluate("document.querySelector('queue-board').remove()")
    city.change("centre", queues=queues_of("centre", 30.0))
    page.locator("#second [data-branch=centre] .num", has_text="30–47").wait_for()
    page.evaluate("document.querySelector('#second').remove()")
    wait_until_sync(lambda: city.sockets == 0, what="the socket to be closed")


HIDE = """(hidden) => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


def test_a_hidden_tab_sleeps_and_wakes_at_once(city: ScriptedCity, open_page: Open) -> None:
    """After a minute out of sight there is no socket; in sight again there is one, and new numbers."""
    page = open_board(open_page, city, frozen=True)
    page.evaluate(HIDE, True)
    forward(page, 50)
    page.evaluate(HIDE, False)
    page.evaluate(HIDE, True)
    for _ in range(4):
        forward(page, 10)
        city.say({"type": "beat", "city_time": city.city_time, "offset": 1})
        page.wait_for_timeout(20)
    assert city.sockets == 1, "looked at in between"
    forward(page, 25)
    wait_until_sync(lambda: city.sockets == 0, what="sleep")
    city.loads["centre"] |= {"seq": 50, "queues": queues_of("centre", 30.0)}
    page.evaluate(HIDE, False)
    wait_until_sync(lambda: city.sockets == 1, what="waking")
    for _ in range(4):
        forward(page, 1)
        page.wait_for_timeout(30)
    see(page, "centre", "30–47")


def test_the_last_known_board_comes_back_without_a_server(city: ScriptedCity, open_page: Open) -> None:
    """A reader who comes again while the server is away sees what was known, and how old it is."""
    page = open_board(open_page, city)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.includes('/api/'))")
    city.sockets_allowed, city.board_status = False, 503
    city.cut()
    page.reload()
    see(page, "centre", "12–20")
    page.locator("queue-board .banner.warn", has_text="дані за 13:42").wait_for(timeout=15_000)
