"""Why a branch is advised or not, in one sentence of every language that has it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from balancer.city.definition import LocalText
from balancer.wording.languages import LOCALES, local
from balancer.wording.rooms import Sentence, Sentences

ADVICE = Sentences("advice")
ONLY = ADVICE.add("only", "Єдиний підрозділ, який вас прийме", "The only branch that will take you")
ONLY_KNOWN = ADVICE.add("only_known", "Єдиний, де відомо, скільки чекати", "The only one whose wait is known")
NEAREST_UNKNOWN = ADVICE.add(
    "nearest_unknown",
    "Ближче за інші; скільки чекати, невідомо",
    "Nearer than the others; the wait is not known",
)
NEAR_AND_SHORT = ADVICE.add(
    "near_and_short", "Ближче за інші, і черга коротка", "Nearer than the others, and the line is short"
)
NEAR_AND_SHORTEST = ADVICE.add(
    "near_and_shortest",
    "Ближче за інші, і чекати найменше",
    "Nearer than the others, with the shortest wait",
)
NEAR_OUTWEIGHS = ADVICE.add(
    "near_outweighs",
    "Ближче за інші: дорога до них забрала б більше часу, ніж черга тут",
    "Nearer than the others: the way to them would take longer than the line here",
)
FARTHER_BUT_SHORTER = ADVICE.add(
    "farther_but_shorter",
    "На {far} хв далі, ніж {name}, зате чекати на {less} хв менше",
    "{far} min farther than {name}, but {less} min less to wait",
)
NEAREST_MAY_CLOSE = ADVICE.add(
    "nearest_may_close",
    "Ближчий {name} може не встигнути вас прийняти",
    "{name}, which is nearer, may close before your turn",
)
SHARED_OUT = ADVICE.add(
    "shared_out",
    "Майже рівно з {name}: радимо порівну, щоб ніде не скупчувалися люди",
    "About equal to {name}: visitors are shared out so that no crowd gathers",
)
UNKNOWN = ADVICE.add("unknown", "Скільки тут чекати, невідомо", "The wait here is not known")
ABOUT_AS_QUICK = ADVICE.add("about_as_quick", "Майже так само швидко", "About as quick")
FARTHER = ADVICE.add("farther", "На {more} хв довше: дорога далі", "{more} min longer: it is farther")
LONGER_LINE = ADVICE.add(
    "longer_line", "На {more} хв довше: черга довша", "{more} min longer: the line is longer"
)
MAY_CLOSE = ADVICE.add("may_close", "Може зачинитися раніше, ніж дійде черга", "May close before your turn")
NEAR_TIES = ADVICE.add(
    "near_ties", "Майже рівні: {names}. Оберіть будь-який", "About equal: {names}. Any of them will do"
)


def _reason(name: str, uk: str, en: str) -> tuple[str, Sentence]:
    return name, ADVICE.add(f"left_out_{name}", uk, en)


LEFT_OUT: dict[str, Sentence] = dict(
    (
        _reason("service_not_offered", "Цієї послуги тут немає", "This service is not offered here"),
        _reason("closed", "На час вашого прибуття зачинено", "Closed when you would arrive"),
        _reason("tickets_closed", "Талонів на сьогодні немає", "No tickets left today"),
        _reason("paused", "Прийом призупинено", "Service is paused"),
        _reason(
            "no_power",
            "Немає світла: ця послуга тимчасово недоступна",
            "No power: this service is not available now",
        ),
        _reason("service_suspended", "Цю послугу тимчасово зупинено", "This service is suspended for now"),
        _reason(
            "closing_too_soon",
            "Зачиниться раніше, ніж ви встигнете",
            "Closes before you could be there in time",
        ),
        _reason("facility_missing", "Немає: {names}", "Lacks: {names}"),
        _reason("too_far", "Задалеко звідси", "Too far from here"),
    )
)
FACILITIES: dict[str, Sentence] = {
    name: ADVICE.add(f"facility_{name}", uk, en)
    for name, uk, en in (
        ("ramp", "пандус", "ramp"),
        ("lift", "ліфт", "lift"),
        ("children_room", "дитяча кімната", "children's room"),
        ("generator", "генератор", "generator"),
        ("shelter", "укриття", "shelter"),
        ("card_payment", "оплата карткою", "card payment"),
        ("payment_terminal", "платіжний термінал", "payment terminal"),
        ("cash", "оплата готівкою", "cash payment"),
        ("sign_language", "жестова мова", "sign language"),
    )
}


def say(sentence: Sentence, name: LocalText | None = None, **numbers: float) -> LocalText:
    """A sentence in every language; numbers as whole minutes, at least one."""
    whole = {key: max(1, round(number)) for key, number in numbers.items()}
    return sentence.everywhere(name=name or "", **whole)


def near_ties(names: Sequence[LocalText]) -> LocalText:
    """That these branches are about equal."""
    joined = {each: ", ".join(local(name, each) for name in names) for each in LOCALES}
    return NEAR_TIES.everywhere(names=joined)


def left_out(reason: str, missing: Iterable[str] = ()) -> LocalText:
    """Why a branch is not advised; `missing`: the facilities that it lacks."""
    lacks = [FACILITIES[each] for each in missing]
    joined = {each: ", ".join(facility.of(each) for facility in lacks) for each in LOCALES}
    return LEFT_OUT[reason].everywhere(names=joined)
