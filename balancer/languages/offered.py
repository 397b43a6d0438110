"""What a city offers its visitors: Ukrainian, English, and each language of its file that has a file here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balancer.languages.language_file import read_language_file
from balancer.languages.template import PAGE_ROOMS
from balancer.wording.languages import LANGUAGES
from balancer.wording.rooms import FurtherLanguage, take_up

log = logging.getLogger(__name__)

OWN_NAMES = {"uk": "Українська", "en": "English"}
COMING_WITH_THE_PROGRAM = Path(__file__).parent


@dataclass(frozen=True)
class Offered:
    """`files`: the further languages, by tag."""

    files: dict[str, FurtherLanguage] = field(default_factory=dict)

    def names(self, languages: Sequence[str]) -> list[dict[str, str]]:
        """Those of `languages` that can be spoken, each with its own name."""
        own = {**OWN_NAMES, **{each.language: each.name for each in self.files.values()}}
        return [{"language": each, "name": own[each]} for each in languages if each in own]

    def for_pages(self, language: str) -> dict[str, object] | None:
        """What a further language says on pages, and which one says the rest; None where there is no file."""
        found = self.files.get(language)
        if found is None:
            return None
        rooms = {room: found.rooms.get(room) or {} for room in PAGE_ROOMS}
        told = {"language": language, "name": found.name, "locale": found.locale, "fallback": found.fallback}
        return {**told, "rooms": rooms}


def offer(languages: Sequence[str], folder: Path | None) -> Offered:
    """Reads the files of all further languages in `folder`, without one those of the program, and speaks
    them. A file that is missing or unusable is logged and its language not offered.
    """
    files = {}
    for language in languages:
        if language in LANGUAGES:
            continue
        path = (folder or COMING_WITH_THE_PROGRAM) / f"{language}.json"
        try:
            found, faults = read_language_file(path)
        except (OSError, ValueError) as error:
            why = {"language": language, "file": str(path), "why": str(error)}
            log.error("language not offered", extra=why)
            continue
        if faults:
            log.warning("language incomplete", extra={"language": language, "faults": len(faults)})
        take_up(found)
        files[language] = found
    return Offered(files)
