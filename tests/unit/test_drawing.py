"""The ticket's bitmap: every Ukrainian letter is itself, nothing is cut off, the QR code stands in it."""

from __future__ import annotations

import pytest
import segno
from PIL import Image

from balancer.printing.drawing import QUIET_ZONE, WIDE, draw, font, wrapped
from balancer.printing.stub import Stub, StubLine

LINK = "https://queue.example.ua/t#abcdefghijklmnop.0123456789abcdef0123456789abcdef"
TICKET = Stub(
    number="A131",
    service="Обмін посвідчення громадянина на ID-картку",
    place="Шевченківський · ЦНАП Харкова",
    issued="23.11.2026, 13:58",
    lines=[StubLine("Перед вами", "17 людей"), StubLine("Куди йти", "Зона Б, поверх 1")],
    link=LINK,
    link_hint="Стежте за чергою з телефону",
    notice="Якщо не підійдете за 3 хвилини, талон перейде на 5 місць назад.",
)


def glyph(letter: str) -> bytes:
    return bytes(font(40).getmask(letter))


def test_every_ukrainian_letter_has_a_glyph_of_its_own() -> None:
    """A missing letter is drawn as the same empty box whichever it is."""
    box = glyph("\ue123")
    letters = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя’–№«»"
    assert [letter for letter in letters if glyph(letter) == box] == []
    assert len({glyph(letter) for letter in "ҐГґгЄЕєеЇІїі"}) == 12


@pytest.mark.parametrize("width", [WIDE, 384])
def test_the_ticket_is_as_wide_as_the_paper_and_keeps_its_margins(width: int) -> None:
    """Printers cut what is wider; nothing of ours touches the edge."""
    picture = draw(TICKET, width)
    assert (picture.mode, picture.width) == ("1", width)
    left, _, right, _ = picture.point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)
    assert left >= 8 and right <= width - 4, (left, right)


def test_the_same_words_with_other_letters_are_another_picture() -> None:
    """Ґ and Г, і and i would both be legible; ї as a box would not."""
    pictures = {
        draw(Stub(number="A1", service=word)).tobytes() for word in ("Ґанок", "Ганок", "їжак", "\ue123жак")
    }
    assert len(pictures) == 4


def test_the_code_holds_the_link() -> None:
    """Module by module: whole dots on white, so that a phone reads it."""
    bare, coded = draw(Stub(number="A1", service="x")), draw(Stub(number="A1", service="x", link=LINK))
    rows = [list(row) for row in segno.make_qr(LINK, error="m").matrix_iter(border=QUIET_ZONE)]
    dot = int(WIDE * 0.5) // len(rows)
    left = (WIDE - len(rows) * dot) // 2
    top = first_row(coded, left + QUIET_ZONE * dot, bare.height - 40) - QUIET_ZONE * dot
    for y, row in enumerate(rows):
        seen = [
            coded.getpixel((left + x * dot + dot // 2, top + y * dot + dot // 2)) == 0
            for x in range(len(row))
        ]
        assert seen == [bool(each) for each in row], f"row {y}"


def first_row(picture: Image.Image, x: int, start: int) -> int:
    """The first row from `start` down that is black at x."""
    return next(y for y in range(start, picture.height) if picture.getpixel((x, y)) == 0)


def test_a_long_word_is_cut_and_a_long_number_shrinks() -> None:
    """Nothing runs over the edge of the paper."""
    assert all(font(30).getlength(line) <= 300 for line in wrapped("Ґ" * 80, font(30), 300))
    left, _, right, _ = draw(Stub(number="ABCDEF123456", service="")).point(lambda d: 255 - d).getbbox() or (
        0,
        0,
        0,
        0,
    )
    assert 0 < left < right < WIDE
