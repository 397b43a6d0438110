"""The printer's bytes, read as Epson's reference writes them."""

from __future__ import annotations

import pytest

from balancer.printing.state import is_done, real_time, state_of
from tests.paper_printer import COVER_OPEN, FINE, PAPER_LOW, PAPER_OUT


@pytest.mark.parametrize(
    ("bytes_", "state"),
    [
        (FINE, "ready"),
        (PAPER_LOW, "paper_low"),
        (PAPER_OUT, "paper_out"),
        (COVER_OPEN, "cover_open"),
        (FINE | {1: 0x1A}, "offline"),
        (FINE | {2: 0x52}, "error"),
        (FINE | {2: 0x32}, "paper_out"),
    ],
)
def test_what_the_bytes_mean(bytes_: dict[int, int], state: str) -> None:
    """Bits of DLE EOT 1, 2 and 4."""
    assert state_of(bytes_[1], bytes_[2], bytes_[4]) == state


def test_a_silent_printer_is_unknown() -> None:
    """Cheap printers answer nothing: they are tried, not refused."""
    assert state_of(None, None, None) == "unknown"


def test_answers_are_told_apart() -> None:
    """An answer in its turn (GS r) is not taken for a real-time one, nor the other way round."""
    assert real_time(b"\x00\x16") == 0x16 and real_time(b"\x00") is None and real_time(b"") is None
    assert is_done(b"\x12\x00") and not is_done(b"\x12\x1e") and not is_done(b"")
