"""A branch's hours, standards and rights as plain text for a braille embosser (practice 76). Pure.

Short lines, one thought a line, no signs that braille tables of a city's embosser may not know: no dashes of
two lengths, no typographic quotes, no arrows. Whoever prints it for people with weak sight uses it as it is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from balancer.city.definition import Branch, City
from balancer.city.model import LocalText, Span
from balancer.wording.languages import Language, day_names, local
from balancer.wording.rooms import Sentences

CELLS = 30
"""Cells in a line of braille on A4 paper with a binding edge."""

PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "→": ":", "…": "..."}
)
LEAFLET = Sentences("leaflet")
HOURS = LEAFLET.add("hours", "Години роботи", "Opening hours")
CLOSED = LEAFLET.add("closed", "зачинено", "closed")
STANDARDS = LEAFLET.add("standards", "Скільки це триває", "How long it takes")
STANDARD = LEAFLET.add(
    "standard",
    "{name}: ціль {target} хв, гарантовано {guaranteed} хв",
    "{name}: target {target} min, guaranteed {guaranteed} min",
)
RIGHTS = LEAFLET.add("rights", "Ваші права", "Your rights")
LATE = LEAFLET.add("late", "Якщо вас викликали", "When you are called")
LATE_TEXT = LEAFLET.add(
    "late_text",
    "Вас викличуть до {n} разів. Не почули: скажіть на рецепції протягом {m} хв.",
    "You are called up to {n} times. Not heard: tell reception within {m} min.",
)
ALARM = LEAFLET.add("alarm", "Повітряна тривога", "Air-raid alert")
KEPT = LEAFLET.add("kept", "Місце в черзі збережено.", "Your place is kept.")
CONTACT = LEAFLET.add("contact", "Довідка: {text}", "Help line: {text}")


def leaflet(city: City, branch: Branch, alarm_rule: LocalText, language: Language) -> str:
    """The leaflet of a branch in a language; lines of at most CELLS characters, a line between sections."""
    sections = [
        [local(branch.name, language), local(branch.address, language)],
        [HOURS.of(language), *_hours(branch, language)],
        [STANDARDS.of(language), *_standards(city, language)],
        [RIGHTS.of(language), *(local(right, language) for right in city.rights)],
        [LATE.of(language), _late(branch, language)],
        [ALARM.of(language), local(alarm_rule, language), KEPT.of(language)],
        [CONTACT.of(language, text=city.contact)] if city.contact else [],
    ]
    blocks = [
        "\n".join(_line(text) for text in section) for section in sections if len(section) > 1 or section[:1]
    ]
    return "\n\n".join(blocks).translate(PLAIN) + "\n"


def _line(text: str) -> str:
    """A thought in short lines; those after its first stand two cells in."""
    return textwrap.fill(text, CELLS, subsequent_indent="  ", break_on_hyphens=False)


def _hours(branch: Branch, language: Language) -> Iterator[str]:
    for day, spans in zip(day_names(language), branch.hours.week, strict=True):
        yield f"{day}: {', '.join(map(_span, spans)) or CLOSED.of(language)}"


def _span(span: Span) -> str:
    return f"{_clock(span.opens)}-{_clock(span.closes)}"


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24}:{minute % 60:02d}"


def _standards(city: City, language: Language) -> Iterator[str]:
    for each in city.standards:
        target, guaranteed = f"{each.target_minutes:g}", f"{each.guaranteed_minutes:g}"
        yield STANDARD.of(language, name=each.name, target=target, guaranteed=guaranteed)


def _late(branch: Branch, language: Language) -> str:
    calls = 1 + branch.policy.recalls_max
    return LATE_TEXT.of(language, n=calls, m=branch.policy.reinstate_within_minutes)
