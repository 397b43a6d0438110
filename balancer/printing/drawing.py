"""A stub as a picture in black and white, as wide as the paper: so every letter of every language is printed,
whatever code pages the printer knows.

The font is DejaVu Sans, which comes with matplotlib under a free licence that allows copies: Pillow's own
font has no Ukrainian letters, and a kiosk may have no fonts at all. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from balancer.printing.stub import Stub

WIDE = 576
"""Dots across 80 mm paper at 203 dpi; 58 mm paper has 384."""

BLACK, WHITE = 0, 255
NUMBER, SERVICE, VALUE, LABEL, SMALL = 148, 36, 34, 24, 22
MARGIN, GAP, LEADING = 20, 18, 1.22
QUIET_ZONE = 2


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans in that size (dots)."""
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    return ImageFont.truetype(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines that fit; a word wider than the paper is cut."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(joined) <= width:
            lines[-1] = joined
            continue
        while face.getlength(word) > width:
            fits = max(n for n in range(1, len(word)) if n == 1 or face.getlength(word[:n]) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        if word:
            lines.append(word)
    return lines


class _Strip:
    """Paper that is written from top to bottom."""

    def __init__(self, width: int) -> None:
        self.width, self.scale, self.at = width, width / WIDE, 0
        self._paper = Image.new("L", (width, 16), WHITE)

    def dots(self, size: float) -> int:
        """A size for the widest paper, in dots of this one."""
        return max(1, round(size * self.scale))

    def _room(self, height: int) -> ImageDraw.ImageDraw:
        if self.at + height > self._paper.height:
            grown = Image.new("L", (self.width, self.at + height + 400), WHITE)
            grown.paste(self._paper)
            self._paper = grown
        return ImageDraw.Draw(self._paper)

    def skip(self, size: float) -> None:
        """Leave paper white."""
        self._room(self.dots(size))
        self.at += self.dots(size)

    def text(self, text: str, size: float, *, bold: bool = False) -> None:
        """Write a paragraph; nothing for an empty text."""
        face = font(self.dots(size), bold=bold)
        inner = self.width - 2 * self.dots(MARGIN)
        for line in wrapped(text, face, inner):
            height = round(self.dots(size) * LEADING)
            self._room(height).text((self.dots(MARGIN), self.at), line, fill=BLACK, font=face)
            self.at += height

    def biggest(self, text: str, size: float) -> None:
        """Write one line as large as it fits, `size` at most."""
        inner = self.width - 2 * self.dots(MARGIN)
        wide = font(self.dots(size), bold=True).getlength(text)
        face = font(max(1, int(self.dots(size) * min(1.0, inner / max(wide, 1.0)))), bold=True)
        left, top, _, bottom = face.getbbox(text)
        draw = self._room(round(bottom - top))
        draw.text((self.dots(MARGIN) - left, self.at - top), text, fill=BLACK, font=face)
        self.at += round(bottom - top)

    def rule(self) -> None:
        """A dashed line where the stub could be torn."""
        self.skip(GAP)
        draw, dash = self._room(3), self.dots(10)
        for x in range(self.dots(MARGIN), self.width - self.dots(MARGIN), 2 * dash):
            draw.rectangle((x, self.at, x + dash, self.at + 1), fill=BLACK)
        self.at += 3
        self.skip(GAP)

    def code(self, link: str) -> None:
        """A QR code in the middle, its modules whole dots."""
        rows = [list(row) for row in segno.make_qr(link, error="m").matrix_iter(border=QUIET_ZONE)]
        dot = max(2, int(self.width * 0.5) // len(rows))
        draw = self._room(len(rows) * dot)
        left = (self.width - len(rows) * dot) // 2
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    corner = (left + x * dot, self.at + y * dot)
                    draw.rectangle((*corner, corner[0] + dot - 1, corner[1] + dot - 1), fill=BLACK)
        self.at += len(rows) * dot

    def cut(self) -> Image.Image:
        """What has been written, black and white."""
        self._room(1)
        return self._paper.crop((0, 0, self.width, max(1, self.at))).point(lambda dot: 255 * (dot > 128), "1")


def draw(stub: Stub, width: int = WIDE) -> Image.Image:
    """The stub as a one-bit picture `width` dots wide and as long as it needs."""
    strip = _Strip(width)
    strip.skip(8)
    strip.text(stub.place, LABEL, bold=True)
    strip.text(stub.issued, SMALL)
    strip.skip(GAP)
    strip.biggest(stub.number, NUMBER)
    strip.skip(GAP)
    strip.text(stub.service, SERVICE, bold=True)
    strip.rule()
    for line in stub.lines:
        strip.text(line.label, SMALL)
        strip.text(line.value, VALUE, bold=True)
        strip.skip(8)
    if stub.link:
        strip.skip(GAP)
        strip.code(stub.link)
        strip.text(stub.link_hint, SMALL)
    if stub.notice:
        strip.rule()
        strip.text(stub.notice, SMALL)
    strip.skip(GAP)
    return strip.cut()
