"""Why a branch is advised or not, in one sentence of Ukrainian and of English. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from balancer.city.definition import LocalText

ONLY = ("Єдиний підрозділ, який вас прийме", "The only branch that will take you")
ONLY_KNOWN = ("Єдиний, де відомо, скільки чекати", "The only one whose wait is known")
NEAREST_UNKNOWN = (
    "Ближче за інші; скільки чекати, невідомо",
    "Nearer than the others; the wait is not known",
)
NEAR_AND_SHORT = ("Ближче за інші, і черга коротка", "Nearer than the others, and the line is short")
NEAR_AND_SHORTEST = ("Ближче за інші, і чекати найменше", "Nearer than the others, with the shortest wait")
NEAR_OUTWEIGHS = (
    "Ближче за інші: дорога до них забрала б більше часу, ніж черга тут",
    "Nearer than the others: the way to them would take longer than the line here",
)
FARTHER_BUT_SHORTER = (
    "На {far} хв далі, ніж {name}, зате чекати на {less} хв менше",
    "{far} min farther than {name}, but {less} min less to wait",
)
NEAREST_MAY_CLOSE = (
    "Ближчий {name} може не встигнути вас прийняти",
    "{name}, which is nearer, may close before your turn",
)
SHARED_OUT = (
    "Майже рівно з {name}: радимо порівну, щоб ніде не скупчувалися люди",
    "About equal to {name}: visitors are shared out so that no crowd gathers",
)
UNKNOWN = ("Скільки тут чекати, невідомо", "The wait here is not known")
ABOUT_AS_QUICK = ("Майже так само швидко", "About as quick")
FARTHER = ("На {more} хв довше: дорога далі", "{more} min longer: it is farther")
LONGER_LINE = ("На {more} хв довше: черга довша", "{more} min longer: the line is longer")
MAY_CLOSE = ("Може зачинитися раніше, ніж дійде черга", "May close before your turn")
NEAR_TIES = (
    "Майже рівні: {names}. Оберіть будь-який",
    "About equal: {names}. Any of them will do",
)
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "service_not_offered": ("Цієї послуги тут немає", "This service is not offered here"),
    "closed": ("На час вашого прибуття зачинено", "Closed when you would arrive"),
    "tickets_closed": ("Талонів на сьогодні немає", "No tickets left today"),
    "paused": ("Прийом призупинено", "Service is paused"),
    "no_power": (
        "Немає світла: ця послуга тимчасово недоступна",
        "No power: this service is not available now",
    ),
    "service_suspended": ("Цю послугу тимчасово зупинено", "This service is suspended for now"),
    "closing_too_soon": ("Зачиниться раніше, ніж ви встигнете", "Closes before you could be there in time"),
    "facility_missing": ("Немає: {names}", "Lacks: {names}"),
    "too_far": ("Задалеко звідси", "Too far from here"),
}
FACILITIES: Mapping[str, tuple[str, str]] = {
    "ramp": ("пандус", "ramp"),
    "lift": ("ліфт", "lift"),
    "children_room": ("дитяча кімната", "children's room"),
    "generator": ("генератор", "generator"),
    "shelter": ("укриття", "shelter"),
    "card_payment": ("оплата карткою", "card payment"),
    "payment_terminal": ("платіжний термінал", "payment terminal"),
    "cash": ("оплата готівкою", "cash payment"),
    "sign_language": ("жестова мова", "sign language"),
}


def say(sentence: tuple[str, str], name: LocalText | None = None, **numbers: float) -> LocalText:
    """A sentence in both languages; numbers as whole minutes, at least one."""
    whole = {key: max(1, round(number)) for key, number in numbers.items()}
    return {
        language: text.format(name=name[language] if name else "", **whole)
        for language, text in zip(("uk", "en"), sentence, strict=True)
    }


def near_ties(names: Sequence[LocalText]) -> LocalText:
    """That these branches are about equal."""
    return {
        language: text.format(names=", ".join(name[language] for name in names))
        for language, text in zip(("uk", "en"), NEAR_TIES, strict=True)
    }


def left_out(reason: str, missing: Iterable[str] = ()) -> LocalText:
    """Why a branch is not advised; `missing`: the facilities that it lacks."""
    lacks = list(missing)
    return {
        language: text.format(names=", ".join(FACILITIES[each][place] for each in lacks))
        for place, (language, text) in enumerate(zip(("uk", "en"), LEFT_OUT[reason], strict=True))
    }
