"""For whom a plot is drawn."""

from __future__ import annotations

from typing import Literal

import msgspec

ThemeName = Literal["light", "dark"]
Language = Literal["uk", "en"]
NARROWEST, WIDEST = 240, 1600


class Look(msgspec.Struct, frozen=True):
    """Theme, language, and width in CSS pixels (NARROWEST to WIDEST)."""

    theme: ThemeName = "light"
    language: Language = "uk"
    width: int = 960

    def say(self, uk: str, en: str) -> str:
        """The words in the reader's language."""
        return en if self.language == "en" else uk
