"""What an ESC/POS printer says of itself, from the bytes of DLE EOT. Pure.

Source: Epson's ESC/POS command reference, "Transmit real-time status". Each answer is one byte whose bits 1
and 4 are set and whose bits 0 and 7 are not.
"""

from __future__ import annotations

from typing import Literal

PrinterState = Literal["ready", "paper_low", "paper_out", "cover_open", "error", "offline", "unknown"]

ASK_PRINTER, ASK_CAUSE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
ASK_DONE = b"\x1dr\x01"
"""GS r 1: unlike DLE EOT it waits its turn, so its answer means that all before it has been printed."""

REAL_TIME_MASK, REAL_TIME = 0x93, 0x12
IN_TURN_MASK = 0x90
OFFLINE = 0x08
COVER_OPEN, STOPPED_BY_PAPER_END, ERROR = 0x04, 0x20, 0x40
PAPER_LOW, PAPER_OUT = 0x0C, 0x60

CAN_PRINT: frozenset[PrinterState] = frozenset({"ready", "paper_low", "unknown"})


def real_time(answer: bytes) -> int | None:
    """The status byte in an answer; None where the printer has said nothing of that kind."""
    return next((byte for byte in reversed(answer) if byte & REAL_TIME_MASK == REAL_TIME), None)


def is_done(answer: bytes) -> bool:
    """Whether an answer holds that of GS r: bits 4 and 7 are not set."""
    return any(byte & IN_TURN_MASK == 0 for byte in answer)


def state_of(printer: int | None, cause: int | None, paper: int | None) -> PrinterState:
    """The printer's state from its three bytes; None for one that was not answered."""
    if printer is None and cause is None and paper is None:
        return "unknown"
    if (paper or 0) & PAPER_OUT or (cause or 0) & STOPPED_BY_PAPER_END:
        return "paper_out"
    if (cause or 0) & COVER_OPEN:
        return "cover_open"
    if (cause or 0) & ERROR:
        return "error"
    if (printer or 0) & OFFLINE:
        return "offline"
    return "paper_low" if (paper or 0) & PAPER_LOW else "ready"
