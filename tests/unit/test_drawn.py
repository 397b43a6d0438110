"""What the board says, in every state, in both languages, and in which order."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from balancer.drawn.board import draw_board, opened_in, order_of
from balancer.drawn.drawing import BoardDrawing, Seen
from balancer.drawn.en import EN
from balancer.drawn.question import Question, need_of, opened_of, place_of
from balancer.drawn.saying import milliseconds
from balancer.drawn.standings import SteadyWaits, Trip, rounded, scale_of, typical_wait
from balancer.drawn.town_map import HEIGHT, WIDTH, Projection
from balancer.drawn.tree import Node, text_of
from balancer.drawn.uk import UK
from balancer.messages import BranchFrame, QueueLoad, Wait
from balancer.messages.estimates import QueueAhead, QuietHours, WaitAt
from tests.browser.cities import queues_of, small_city
from tests.browser.scripted_drawing import BASE, city_of

NOON = "2026-11-23T13:42:07+02:00"
SERVICE = "id-card-exchange"


def frames(**changed: Any) -> dict[str, BranchFrame]:
    """The small city's branches; `centre={"state": "closed"}` changes one."""
    _, loads = small_city()
    for branch, fields in changed.items():
        loads[branch] |= fields
    return {
        branch: msgspec.convert({**BASE, "epoch": "e", **load}, BranchFrame) for branch, load in loads.items()
    }


def drawing(question: Question, *, steady: SteadyWaits | None = None, **more: Any) -> BoardDrawing:
    """The board at a Monday noon. `trips`, `ahead` as in Seen; else changes of branches."""
    seen_more = {name: more.pop(name) for name in ("trips", "ahead") if name in more}
    definition, _ = small_city()
    definition |= more.pop("city", {})
    seen = Seen(city_of(definition), frames(**more), "e", 1, milliseconds(NOON), NOON, **seen_more)
    order, absent = order_of(seen, question, steady or SteadyWaits())
    return draw_board(seen, question, order, absent)


def row(found: BoardDrawing, branch: str = "centre") -> str:
    """All words of a branch's row, one blank apart."""
    return " ".join(text_of(next(each.row for each in found.rows if each.branch == branch)).split())


def parts(node: Node, name: str) -> list[Node]:
    """Elements of that class, in order."""
    if isinstance(node, str):
        return []
    own = [node] if name in str(node[1].get("class", "")).split() else []
    return own + [found for child in node[2:] for found in parts(child, name)]


def asked(**more: Any) -> Question:
    return Question(service=SERVICE, **more)


def test_a_usual_row_says_minutes_clock_counts_and_place() -> None:
    said = row(drawing(asked()))
    for words in (
        "Найменше чекати Міський центр Вільно",
        "12–20 хв 13:54–14:02",
        "чекати від 12 до 20 хвилин, приймуть орієнтовно від 13:54 до 14:02",
        "У черзі 8 У дорозі 0 Працює місць 3 з 5",
        "вул. Сумська, 25 · Пандус · Укриття · Сьогодні до 18:00 Як доїхати",
    ):
        assert words in said, said
    assert "Wait" not in said and "minutes" not in said


def test_english_has_every_word_and_no_ukrainian_one() -> None:
    said = row(drawing(asked(language="en")))
    assert "Shortest wait City Centre Quiet" in said and "wait from 12 to 20 minutes" in said
    assert set(UK.live) == set(EN.live) and set(UK.facilities) == set(EN.facilities)
    for field in msgspec.structs.fields(Wait):
        assert field.name.startswith("p")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"state": "paused", "reason": "alarm", "waiting": 21},
            "Пауза: тривога після відбою 21 людина у черзі зберігає місце. Прийом відновиться після відбою.",
        ),
        (
            {"state": "paused", "reason": "alarm", "waiting": 0, "resumes_at": "2026-11-23T14:00:00+02:00"},
            "Пауза: тривога після 14:00 Відбій був, прийом відновиться о 14:00.",
        ),
        (
            {"state": "paused", "reason": "Ремонт"},
            "Прийом призупинено пауза Ремонт. Місця в черзі збережено.",
        ),
        (
            {"power": "off"},
            "Немає світла невідомо Цю послугу призупинено, поки немає світла. Інші 2 послуги надають.",
        ),
        (
            {"suspended": [SERVICE]},
            "Послугу зупинено невідомо Цю послугу тут тимчасово зупинено. Місця в черзі збережено.",
        ),
        (
            {"state": "tickets_closed"},
            "Усіх, хто має талон, приймуть. Швидше сьогодні: Київський, 25–40 хв.",
        ),
        (
            {"state": "tickets_closed", "opens_at": "2026-11-23T14:00:00+02:00"},
            "Зачинено з 14:00 Зачинено до 14:00",
        ),
        (
            {"state": "closed", "opens_at": "2026-11-24T09:00:00+02:00"},
            "Зачинено з 9:00 24 листопада Зачинено до 24 листопада, 9:00",
        ),
    ],
)
def test_every_reason_has_its_words_and_no_number(changed: dict[str, Any], words: str) -> None:
    found = drawing(asked(opened=()), centre=changed)
    assert words in row(found), row(found)
    assert "12–20" not in row(found)
    assert next(each.group for each in found.rows if each.branch == "centre") == "off"


def test_special_states_are_told_beside_the_name() -> None:
    said = row(drawing(asked(), centre={"state": "shelter", "closes_at": "2026-11-23T14:30:00+02:00"}))
    assert "Приймає в укритті До 14:30" in said
    assert "Демо" in row(drawing(Question()), "olex")
    assert "Як доїхати" not in row(drawing(Question(opened=("olex",))), "olex"), "no way to a made-up place"


def test_thin_evidence_is_unknown_and_says_why() -> None:
    unknown = {"queues": queues_of("centre", None)}
    assert "невідомо За останній час тут прийняли замало людей" in row(drawing(asked(), centre=unknown))
    nobody = {**unknown, "desks_open": 0}
    assert "невідомо Зараз не працює жодне місце." in row(drawing(asked(), centre=nobody))


def test_a_short_wait_has_no_false_zero() -> None:
    found = drawing(asked(language="en"), centre={"queues": queues_of("centre", 0.3)})
    assert "up to 3 min" in row(found) and "wait up to 3 minutes" in row(found)


def test_branches_stand_by_wait_then_unknown_then_off() -> None:
    order = drawing(
        asked(), kyivskyi={"queues": queues_of("kyivskyi", None)}, centre={"state": "paused"}
    ).rows
    assert [(each.branch, each.group) for each in order] == [
        ("saltiv", "open"),
        ("kyivskyi", "open"),
        ("centre", "off"),
    ]


def test_the_way_counts_where_a_place_is_given() -> None:
    """Door to desk: the way and the wait at its end; by the line alone on request."""
    trips = {
        "centre": Trip(40.0, Wait(4.0, 12.0, 20.0)),
        "kyivskyi": Trip(5.0, Wait(9.0, 25.0, 39.0)),
        "saltiv": Trip(90.0, Wait(19.0, 48.0, 74.0)),
    }
    by_door = drawing(asked(place=(50.0, 36.2)), trips=trips)
    assert [each.branch for each in by_door.rows] == ["kyivskyi", "centre", "saltiv"]
    said = row(by_door, "kyivskyi")
    assert "Найшвидше для вас Київський" in said and "30–44 хв 14:12–14:26" in said
    assert "5 хв дорога + 25–39 хв чекати" in said
    by_wait = drawing(asked(place=(50.0, 36.2), by_door=False), trips=trips)
    assert [each.branch for each in by_wait.rows] == ["centre", "kyivskyi", "saltiv"]
    assert "Найменше чекати Міський центр" in row(by_wait), "what it is ordered by leads"
    assert "12–20 хв 14:34–14:42" in row(by_wait) and "40 хв дорога + 12–20 хв чекати" in row(by_wait)


def test_near_ties_are_not_told_apart() -> None:
    found = drawing(asked(), kyivskyi={"queues": queues_of("kyivskyi", 13.0)})
    assert "майже однаково" in row(found) and "майже однаково" in row(found, "kyivskyi")
    assert "Найменше чекати" not in row(found) and found.best is None
    assert "майже однаково" not in row(found, "saltiv")


def test_an_estimate_moves_only_by_two_minutes() -> None:
    steady = SteadyWaits()
    for p50, shown in (
        (12.0, "12–20"),
        (13.5, "12–20"),
        (14.0, "14–23"),
        (None, "невідомо"),
        (13.0, "13–22"),
    ):
        found = drawing(asked(), steady=steady, centre={"queues": queues_of("centre", p50)})
        assert shown in row(found), (p50, row(found))


def test_without_a_service_a_row_leads_with_people_and_lists_its_lines() -> None:
    found = drawing(Question(opened=("centre",)))
    assert "10 у черзі" in row(found)
    assert "Черги тут Місце проживання 5–10 хв Паспорти 12–20 хв" in row(found)
    assert "Оберіть послугу, і ми покажемо" in text_of(found.tree)


def test_another_hour_and_the_rest_of_the_day() -> None:
    """A stepper by half-hours, bars, quieter times; with a place when to leave."""
    slots = [
        WaitAt(f"2026-11-23T{hour}:00+02:00", True, Wait(2.0, p50, p50 + 5))
        for hour, p50 in (("14:00", 9.0), ("14:30", 4.0))
    ]
    quiet = [QuietHours("2026-11-23T14:30:00+02:00", "2026-11-23T15:00:00+02:00", 4.0)]
    ahead = {"centre": QueueAhead("passport", Wait(1, 12, 20), None, slots, quiet)}
    said = row(drawing(asked(), ahead=ahead))
    assert "Якщо прийти о − 14:00 + 9–14 хв чекати. Приймуть о 14:09–14:14." in said
    assert "Спокійніше: 14:30–15:00" in said
    trips = {"centre": Trip(15.0, Wait(4.0, 12.0, 20.0))}
    question = asked(at=14 * 60 + 30, place=(50.0, 36.2), opened=("centre",))
    later = drawing(question, ahead=ahead, trips=trips)
    assert "4–9 хв чекати. Вийти о 14:15, приймуть о 14:34–14:39." in row(later)
    bars = next(found for each in later.rows for found in parts(each.row, "bars"))
    assert [each[1]["style"] for each in bars[2:]] == ["height:28px", "height:15px"]
    far = {"centre": Trip(40.0, Wait(4.0, 12.0, 20.0))}
    reached = drawing(asked(place=(50.0, 36.2), opened=("centre",)), ahead=ahead, trips=far)
    assert "Якщо прийти о − 14:30 + 4–9 хв чекати. Вийти о 13:50" in row(reached), "nobody can leave at 13:20"


def test_tickets_are_offered_where_the_city_gives_them_from_afar() -> None:
    assert "Взяти талон" not in row(drawing(asked()))
    remote = drawing(asked(), city={"remote_tickets": True})
    assert "Взяти талон Я вже їду" in row(remote)
    late = "Не підійдете за 3 хв після виклику: талон перейде на 5 місць назад. Так можна 1 раз, потім"
    assert late in row(remote), "the rule for the late is told before a ticket is taken"
    paused = drawing(asked(opened=("centre",)), city={"remote_tickets": True}, centre={"state": "paused"})
    assert "Взяти талон" not in row(paused)


def test_an_online_form_stands_first() -> None:
    definition, _ = small_city()
    definition["services"][0]["online_url"] = "https://example.ua/form"
    online = drawing(asked(), city={"services": definition["services"]})
    above = text_of(online.tree).index("Цю послугу можна отримати онлайн, без черги.")
    assert above < text_of(online.tree).index("Найшвидші спершу")


def test_what_is_missing_is_said_and_the_nearest_way_out() -> None:
    found = drawing(asked())
    assert "Послуга тут недоступна: ВРМ «Олексіївка»." in text_of(found.tree)
    shut = {"state": "closed", "opens_at": "2026-11-24T09:00:00+02:00", "closes_at": None}
    nobody = drawing(asked(), centre=shut, kyivskyi=shut, saltiv=shut, olex=shut)
    said = " ".join(text_of(nobody.tree).split())
    assert "Зараз цю послугу ніде не надають. Найраніше 24 листопада, 9:00: Міський центр." in said


def test_an_alarm_is_told_over_all() -> None:
    assert "Повітряна тривога!" not in text_of(drawing(asked()).tree)
    assert "Повітряна тривога!" in text_of(drawing(asked(), olex={"state": "shelter"}).tree)
    goes_on = drawing(asked(), centre={"reason": "alarm"})
    assert "Повітряна тривога!" in text_of(goes_on.tree)
    assert "Тривога, прийом триває 12–20 хв" in row(goes_on)


def test_the_first_row_is_open_until_the_reader_says_otherwise() -> None:
    definition, _ = small_city()
    seen = Seen(city_of(definition), frames(), "e", 1, milliseconds(NOON), NOON)
    for opened, wanted in ((None, ("centre",)), ((), ()), (("saltiv",), ("saltiv",))):
        question = asked(opened=opened)
        assert opened_in(question, order_of(seen, question, SteadyWaits())[0]) == wanted
    assert parts(drawing(asked()).rows[0].row, "name")[0][1]["data-ask"] == "opened=-"
    assert parts(drawing(asked()).rows[1].row, "name")[0][1]["data-ask"] == "opened=centre,kyivskyi"


def test_only_branches_that_have_what_is_needed() -> None:
    """Those without it have no row and are named; only what some branch has can be asked for."""
    definition, _ = small_city()
    branches = [dict(each) for each in definition["branches"]]
    branches[2]["facilities"] = ["ramp", "card_payment"]
    found = drawing(asked(need="card_payment"), city={"branches": branches})
    assert [each.branch for each in found.rows] == ["saltiv"] and found.best == "saltiv"
    without = "Немає, що ви обрали («Оплата карткою»): Міський центр, Київський, ВРМ «Олексіївка»."
    assert without in text_of(found.tree)
    said = text_of(drawing(asked(), city={"branches": branches}).tree)
    assert "Не важливо" in said and "Оплата карткою" in said and "Ліфт" not in said
    assert "Оплата карткою" not in text_of(drawing(asked()).tree), "no branch has it"
    assert "Не важливо" not in text_of(drawing(asked(branch="saltiv")).tree)


def test_questions_in_an_address() -> None:
    assert opened_of(None) is None and opened_of("-") == () and opened_of("a,b") == ("a", "b")
    assert place_of("") is None
    assert need_of("") is None
    with pytest.raises(ValueError):
        need_of("sauna")
    for text in ("x", "1", "91,0", "0,181", "nan,0", "1,2,3"):
        with pytest.raises(ValueError):
            place_of(text)


def test_ranges_and_scales() -> None:
    assert rounded(Wait(1, 7.2, 13.9)) == (7, 14)
    assert rounded(Wait(10, 48, 74)) == (50, 75), "over an hour in fives"
    assert rounded(Wait(0, 3.0, 3.1)) == (3, 4), "never an empty range"
    assert rounded(Wait(4, 7, 14), 15.0) == (22, 29)
    assert scale_of([]) == 20
    load = QueueLoad("q", 20, 0, Wait(1, 30, 40))
    assert typical_wait([QueueLoad("a", 0, 0, Wait(1, 2, 3)), load]) == load.wait, "most people wait there"
    assert typical_wait([]) is None


def test_a_touch_on_the_map_leads_back_to_the_place() -> None:
    projection = Projection.around([(50.0, 36.2), (49.9, 36.4)])
    north, tall, west, wide = map(float, projection.touch.split(","))
    x, y = projection.at(49.95, 36.3)
    assert north - tall * y / HEIGHT == pytest.approx(49.95, abs=1e-4)
    assert west + wide * x / WIDTH == pytest.approx(36.3, abs=1e-4)
