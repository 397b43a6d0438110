"""One language file: `{"language": "pl", "name": "Polski", "rooms": {room: {name: text}}}`.

`locale` says whose plural rules and dates are used; without it, the language's own. Whatever is missing or
does not fit is a fault, and stands in the language that `fallback` names: "uk", without it, or "en".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from balancer.languages.template import template
from balancer.wording.languages import LANGUAGES
from balancer.wording.rooms import FurtherLanguage

BLANK = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"[a-z]{2,3}")
AS_MANY_AS_IT_HAS = {"kiosk.keys"}
"""Lists that another alphabet makes longer or shorter: the rows of the kiosk's keyboard."""


KEYS = {"language", "name", "locale", "fallback", "rooms"}


def read_language_file(path: Path) -> tuple[FurtherLanguage, list[str]]:
    """What of the file can be used, and its faults in words; ValueError or OSError where it is of no use."""
    given = json.loads(path.read_text("utf-8"))
    if not isinstance(given, dict):
        raise ValueError("not an object")
    language, faults = given.get("language"), list[str]()
    if language != path.stem or not TAG.fullmatch(path.stem) or language in LANGUAGES:
        raise ValueError(f"language: {language!r} should be {path.stem!r}, a language's own short tag")
    locale = given.get("locale") or language
    tags = _plural_tags(locale)
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        faults.append("name: what the language calls itself is missing")
        name = language
    fallback = given.get("fallback", "uk")
    if fallback not in LANGUAGES:
        faults.append(f"fallback: {fallback!r} should be one of {', '.join(LANGUAGES)}")
        fallback = "uk"
    faults += [f"{key}: unknown" for key in sorted(given.keys() - KEYS)]
    rooms = _Fitting(tags, faults).fit(given.get("rooms"), template(), "") or {}
    return FurtherLanguage(language, name, locale, fallback, rooms), faults


def _plural_tags(locale: str) -> frozenset[str]:
    try:
        return frozenset(Locale.parse(locale, sep="-").plural_form.tags) | {"other"}
    except (UnknownLocaleError, ValueError, TypeError):
        why = "CLDR does not know it; name one with the same plurals"
        raise ValueError(f"locale: {locale!r}: {why}") from None


@dataclass(frozen=True)
class _Fitting:
    """Compares with the template; `tags`: the plural categories that the language has."""

    tags: frozenset[str]
    faults: list[str]

    def fit(self, given: Any, wanted: Any, path: str) -> Any:
        """What of `given` fits; None for nothing."""
        if given is None:
            self._missing(wanted, path)
            return None
        if isinstance(wanted, str):
            return self._text(given, blanks(wanted), path)
        if isinstance(wanted, list):
            return self._list(given, wanted, path)
        if not isinstance(given, dict):
            self._fault(path, "should be an object")
            return None
        if "other" in wanted:
            return self._forms(given, wanted, path)
        for name in given.keys() - wanted.keys():
            self.faults.append(f"{_joined(path, name)}: unknown")
        fitted = {name: self.fit(given.get(name), text, _joined(path, name)) for name, text in wanted.items()}
        return {name: each for name, each in fitted.items() if each is not None}

    def _text(self, given: Any, wanted: set[str], path: str, spare: str = "") -> str | None:
        """`spare`: a blank that may be left out."""
        if not isinstance(given, str) or not given.strip():
            self._fault(path, "should be a text")
            return None
        found = blanks(given)
        lacking, unknown = sorted(wanted - found - {spare}), sorted(found - wanted)
        problems = [f"lacks {{{name}}}" for name in lacking]
        problems += [f"has an unknown {{{name}}}" for name in unknown]
        if problems:
            self._fault(path, ", ".join(problems))
        return None if problems else given

    def _list(self, given: Any, wanted: list[str], path: str) -> list[str] | None:
        if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
            self._fault(path, "should be a list of texts")
            return None
        fits = len(given) == len(wanted) or path in AS_MANY_AS_IT_HAS
        if not fits:
            self._fault(path, f"should be {len(wanted)} texts")
        return given if fits else None

    def _forms(self, given: dict[str, Any], wanted: dict[str, str], path: str) -> dict[str, Any] | None:
        """Forms for a number. `other` stands in for those not there; the rest may spell the number out."""
        names = set().union(*map(blanks, wanted.values()))
        before = len(self.faults)
        for form in sorted({"other"} | given.keys()):
            if form not in self.tags:
                self.faults.append(f"{path}.{form}: no plural form of this language")
            elif form not in given:
                self.faults.append(f"{path}.{form}: missing")
            else:
                self._text(given[form], names, f"{path}.{form}", "" if form == "other" else "n")
        return given if len(self.faults) == before else None

    def _missing(self, wanted: Any, path: str) -> None:
        """A room that is not there lacks each of its texts."""
        if isinstance(wanted, dict) and "other" not in wanted:
            self.fit({}, wanted, path)
        else:
            self._fault(path, "missing")

    def _fault(self, path: str, problem: str) -> None:
        self.faults.append(f"{path}: {problem}")


def blanks(text: str) -> set[str]:
    """The names in braces."""
    return set(BLANK.findall(text))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
