"""A branch's hours, standards and rights as plain text for a braille embosser (practice 76). Pure.

Short lines, one thought a line, no signs that braille tables of a city's embosser may not know: no dashes of
two lengths, no typographic quotes, no arrows. Whoever prints it for people with weak sight uses it as it is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from balancer.city.definition import Branch, City
from balancer.city.model import LocalText, Span

CELLS = 30
"""Cells in a line of braille on A4 paper with a binding edge."""

PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "→": ":", "…": "..."}
)
WORDS: dict[str, dict[str, str]] = {
    "uk": {
        "hours": "Години роботи",
        "closed": "зачинено",
        "standards": "Скільки це триває",
        "target": "ціль {n} хв",
        "guaranteed": "гарантовано {n} хв",
        "rights": "Ваші права",
        "late": "Якщо вас викликали",
        "late_text": "Вас викличуть до {n} разів. Не почули: скажіть на рецепції протягом {m} хв.",
        "alarm": "Повітряна тривога",
        "kept": "Місце в черзі збережено.",
        "contact": "Довідка: {text}",
    },
    "en": {
        "hours": "Opening hours",
        "closed": "closed",
        "standards": "How long it takes",
        "target": "target {n} min",
        "guaranteed": "guaranteed {n} min",
        "rights": "Your rights",
        "late": "When you are called",
        "late_text": "You are called up to {n} times. Not heard: tell reception within {m} min.",
        "alarm": "Air-raid alert",
        "kept": "Your place is kept.",
        "contact": "Help line: {text}",
    },
}
DAYS = {
    "uk": ["понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def leaflet(city: City, branch: Branch, alarm_rule: LocalText, language: str) -> str:
    """The leaflet of a branch in "uk" or "en"; lines of at most CELLS characters, a line between sections."""
    words = WORDS[language]
    sections = [
        [branch.name[language], branch.address[language]],
        [words["hours"], *_hours(branch, language)],
        [words["standards"], *_standards(city, language)],
        [words["rights"], *(right[language] for right in city.rights)],
        [words["late"], _late(branch, words)],
        [words["alarm"], alarm_rule[language], words["kept"]],
        [words["contact"].format(text=city.contact)] if city.contact else [],
    ]
    blocks = [
        "\n".join(_line(text) for text in section) for section in sections if len(section) > 1 or section[:1]
    ]
    return "\n\n".join(blocks).translate(PLAIN) + "\n"


def _line(text: str) -> str:
    """A thought in short lines; those after its first stand two cells in."""
    return textwrap.fill(text, CELLS, subsequent_indent="  ", break_on_hyphens=False)


def _hours(branch: Branch, language: str) -> Iterator[str]:
    for day, spans in zip(DAYS[language], branch.hours.week, strict=True):
        yield f"{day}: {', '.join(map(_span, spans)) or WORDS[language]['closed']}"


def _span(span: Span) -> str:
    return f"{_clock(span.opens)}-{_clock(span.closes)}"


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24}:{minute % 60:02d}"


def _standards(city: City, language: str) -> Iterator[str]:
    words = WORDS[language]
    for each in city.standards:
        target = words["target"].format(n=f"{each.target_minutes:g}")
        guaranteed = words["guaranteed"].format(n=f"{each.guaranteed_minutes:g}")
        yield f"{each.name[language]}: {target}, {guaranteed}"


def _late(branch: Branch, words: dict[str, str]) -> str:
    calls = 1 + branch.policy.recalls_max
    return words["late_text"].format(n=calls, m=branch.policy.reinstate_within_minutes)
