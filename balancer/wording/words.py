"""Everything that the server says to visitors, as one type: a language that lacks a word cannot be built.

`{…}` are filled in by `str.format`; a dict of plural forms goes through `languages.plural`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from balancer.wording.languages import Language, plural

Forms = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one language."""

    # The city page before its scripts, and for readers without them.
    centre: str
    title: str
    title_for: str
    description: str
    description_for: str
    caption: str
    branch: str
    wait: str
    waiting: str
    desks: str
    service: str
    any_service: str
    show: str
    minutes: str
    up_to_minutes: str
    unknown: str
    open_desks: str
    open_now: str
    no_fresh_data: str
    closed: str
    closed_until: str
    after_all_clear: str
    resumes_at: str
    paused: str
    no_power: str
    no_tickets: str
    demo: str
    contact: str
    not_here: str
    people: Forms
    skip: str
    how: str
    test_city: str

    # A ticket in the visitor's calendar.
    calendar_title: str
    calendar_text: str
    calendar_leave: str
    calendar_alarm: str
    place: str

    # Notices that are pushed to a phone.
    push_called: str
    push_called_text: str
    push_recalled_text: str
    push_leave: str
    push_leave_text: str

    def counted(self, language: Language, forms: Forms, count: int, **more: Any) -> str:
        """The fitting form with `{n}` and what else it names."""
        return plural(language, count, **forms).format(n=count, **more)
