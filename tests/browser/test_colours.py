"""The tokens: raw colours stand nowhere else, a role has one by day and one by night, text can be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.engine import ROOT

TOKENS = ROOT / "balancer" / "pages" / "assets" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
TEXTS = ["ink", "ink-2", "ink-3", "accent", "quiet", "moderate", "busy", "danger"]
# The system's choice, the page's, and which palette that is.
CHOICES = [("light", None, 0), ("dark", None, 1), ("dark", "light", 0), ("light", "dark", 1)]
COMPUTED = """(roles) => Object.fromEntries(roles.map((role) => {
  document.body.style.color = `var(--${role})`
  return [role, getComputedStyle(document.body).color]
}))"""
GROUNDS = ["paper", "surface", "sunk"]
ON = [
    ("on-action", "action"),
    ("on-call", "call"),
    ("on-alarm", "alarm"),
    ("ink", "accent-soft"),
    ("moderate", "moderate-soft"),
    ("danger", "danger-soft"),
]


def palettes() -> list[dict[str, str]]:
    """Light and dark: colours by role."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text("utf-8"), flags=re.S)
    both = {role: (colour, colour) for role, colour in re.findall(r"--([\w-]+): (#\w{6})", text)}
    both |= {role: (light, dark) for role, light, dark in re.findall(PAIR, text)}
    return [{role: colours[theme] for role, colours in both.items()} for theme in (0, 1)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_system_chooses_unless_the_page_does(chromium: Any) -> None:
    """Every role has the colour of the theme that is on, in a real browser."""
    page = chromium.new_page()
    page.set_content("<body></body>")
    page.add_style_tag(path=TOKENS)
    for system, theme, place in CHOICES:
        page.emulate_media(color_scheme=system)
        page.evaluate("(theme) => theme ? (document.documentElement.dataset.theme = theme) : 0", theme)
        wanted = palettes()[place]
        seen = page.evaluate(COMPUTED, list(wanted))
        assert {role: as_hex(colour) for role, colour in seen.items()} == wanted, (system, theme)
    page.close()


def as_hex(colour: str) -> str:
    """`rgb(1, 2, 3)` as #010203."""
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_can_be_read(theme: int) -> None:
    """At least 4.5:1 on every ground it stands on; outlines of controls 3:1."""
    colours = palettes()[theme]
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + ON
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert all(contrast(colours["edge"], colours[ground]) >= 3 for ground in ["paper", "surface"])


def test_raw_colours_stand_in_the_tokens_only() -> None:
    """Style sheets and scripts name roles. Black, white and grey are for print, QR pictures and masks."""
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![\w-])|\brgba?\((?![^)]*/)|\bhsla?\(")
    grey = re.compile(r"#([0-9a-f])\1{2,7}$|#0{3,6}8?$", re.IGNORECASE)
    styled = [each for each in (ROOT / "balancer" / "pages").rglob("*.css") if each != TOKENS]
    assert styled
    found = {each.name: raw.findall(each.read_text("utf-8")) for each in styled}
    found = {name: [each for each in colours if not grey.match(each)] for name, colours in found.items()}
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_the_widget_has_the_colours_of_the_tokens() -> None:
    """It brings its own few roles, and none that the pages do not have."""
    sheet = (ROOT / "public_widget" / "src" / "queue-board.css").read_text("utf-8")
    known = {colour.upper() for palette in palettes() for colour in palette.values()}
    used = {colour.upper() for colour in re.findall(r"#[0-9a-fA-F]{6}\b", sheet)}
    assert used and used <= known
