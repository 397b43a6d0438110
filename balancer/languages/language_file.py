"""One language file: `{"language": "pl", "name": "Polski", "locale": "pl", "rooms": {room: {name: text}}}`.

`locale` says whose plural rules and dates are used; without it, the language's own. Whatever is missing or
does not fit is a fault, and Ukrainian stands in its place.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from balancer.languages.template import template

BLANK = re.compile(r"\{(\w+)\}")
TAG = re.compile(r"[a-z]{2,3}")
AS_MANY_AS_IT_HAS = {"kiosk.keys"}
"""Lists that another alphabet makes longer or shorter: the rows of the kiosk's keyboard."""


@dataclass(frozen=True)
class LanguageFile:
    """A language whose every word is there. `rooms`: as in the template."""

    language: str
    name: str
    locale: str
    rooms: dict[str, Any]


def read_language_file(path: Path) -> tuple[LanguageFile, list[str]]:
    """The file made complete, and its faults in words; ValueError or OSError where it is of no use."""
    given = json.loads(path.read_text("utf-8"))
    if not isinstance(given, dict):
        raise ValueError("not an object")
    language, faults = given.get("language"), list[str]()
    if language != path.stem or not TAG.fullmatch(path.stem) or language in ("uk", "en"):
        raise ValueError(f"language: {language!r} should be {path.stem!r}, a language's own short tag")
    locale = given.get("locale") or language
    tags = _plural_tags(locale)
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        faults.append("name: what the language calls itself is missing")
        name = language
    for key in given.keys() - {"language", "name", "locale", "rooms"}:
        faults.append(f"{key}: unknown")
    rooms = _Fitting(tags, faults).fit(given.get("rooms"), template(), "")
    return LanguageFile(language, name, locale, rooms), faults


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
        """What is given where it fits, else what is wanted."""
        if given is None:
            return self._fault(path, "missing", wanted)
        if isinstance(wanted, str):
            return self._text(given, blanks(wanted), path, wanted)
        if isinstance(wanted, list):
            return self._list(given, wanted, path)
        if not isinstance(given, dict):
            return self._fault(path, "should be an object", wanted)
        if "other" in wanted:
            return self._forms(given, wanted, path)
        for name in given.keys() - wanted.keys():
            self.faults.append(f"{_joined(path, name)}: unknown")
        return {name: self.fit(given.get(name), text, _joined(path, name)) for name, text in wanted.items()}

    def _text(self, given: Any, wanted: set[str], path: str, instead: Any, spare: str = "") -> Any:
        """`spare`: a blank that may be left out."""
        if not isinstance(given, str) or not given.strip():
            return self._fault(path, "should be a text", instead)
        found = blanks(given)
        lacking, unknown = sorted(wanted - found - {spare}), sorted(found - wanted)
        problems = [f"lacks {{{name}}}" for name in lacking]
        problems += [f"has an unknown {{{name}}}" for name in unknown]
        return self._fault(path, ", ".join(problems), instead) if problems else given

    def _list(self, given: Any, wanted: list[str], path: str) -> Any:
        if not isinstance(given, list) or not all(isinstance(each, str) and each for each in given):
            return self._fault(path, "should be a list of texts", wanted)
        if len(given) != len(wanted) and path not in AS_MANY_AS_IT_HAS:
            return self._fault(path, f"should be {len(wanted)} texts", wanted)
        return given

    def _forms(self, given: dict[str, Any], wanted: dict[str, str], path: str) -> Any:
        """Forms for a number. `other` stands in for those not there; the rest may spell the number out."""
        names = set().union(*map(blanks, wanted.values()))
        before = len(self.faults)
        for form in sorted({"other"} | given.keys()):
            if form not in self.tags:
                self.faults.append(f"{path}.{form}: no plural form of this language")
            elif form not in given:
                self.faults.append(f"{path}.{form}: missing")
            else:
                self._text(given[form], names, f"{path}.{form}", None, "" if form == "other" else "n")
        return given if len(self.faults) == before else wanted

    def _fault(self, path: str, problem: str, instead: Any) -> Any:
        if problem == "missing" and isinstance(instead, dict) and "other" not in instead:
            self.fit({}, instead, path)
        else:
            self.faults.append(f"{path}: {problem}")
        return instead


def blanks(text: str) -> set[str]:
    """The names in braces."""
    return set(BLANK.findall(text))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
