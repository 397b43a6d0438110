"""A receipt printer on the network, on USB or behind a file, through python-escpos.

The connection lives for one job: a printer that was switched off and on needs no restart of ours.
"""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

from escpos.exceptions import Error as EscposError
from escpos.printer import File, Network, Usb
from PIL import Image

from balancer.errors import BalancerError
from balancer.printing.state import (
    ASK_CAUSE,
    ASK_DONE,
    ASK_PAPER,
    ASK_PRINTER,
    CAN_PRINT,
    PrinterState,
    is_done,
    real_time,
    state_of,
)

PORT = 9100
TIMEOUT_SECONDS = 3.0
AWAY = (EscposError, OSError, ValueError)
"""What the libraries raise for a printer that cannot be reached; ValueError is libusb's absence."""

ATTEMPTS_TO_HEAR_DONE = 3
_NETWORK = re.compile(r"network:(?P<host>[^:\s]+)(?::(?P<port>\d{1,5}))?$")
_USB = re.compile(
    r"usb:(?P<vendor>[0-9a-f]{4}):(?P<product>[0-9a-f]{4})"
    r"(?::(?P<reads>[0-9a-f]{2}):(?P<writes>[0-9a-f]{2}))?$",
    re.I,
)
_FILE = re.compile(r"file:(?P<path>.+)$")


class NotPrinted(Exception):
    """The ticket is not on paper; `state` says why."""

    def __init__(self, state: PrinterState) -> None:
        super().__init__(state)
        self.state = state


class PaperPrinter:
    """One printer by its address: `network:HOST[:PORT]`, `usb:VVVV:PPPP[:IN:OUT]` or `file:PATH`.

    USB ids and end points are hexadecimal; most printers have the end points 82 and 01.
    """

    def __init__(self, address: str) -> None:
        """`invalid_field` for an address of another form."""
        self.address = address
        self._open = _opener(address)
        self._speaks = not address.startswith("file:")

    def state(self) -> PrinterState:
        """How the printer is; "offline" where it cannot be reached, "unknown" where it cannot say."""
        try:
            with self._connected() as printer:
                return self._ask(printer) if self._speaks else "unknown"
        except AWAY:
            return "offline"

    def print(self, picture: Image.Image) -> PrinterState:
        """Put the picture on paper, cut it, and wait until the printer has done it.

        Returns its state then; NotPrinted where it was not able to begin or to end.
        """
        try:
            with self._connected() as printer:
                before = self._ask(printer) if self._speaks else "unknown"
                if before not in CAN_PRINT:
                    raise NotPrinted(before)
                printer.image(picture, impl="bitImageRaster")
                printer.cut()
                return self._confirm(printer) if self._speaks else "unknown"
        except AWAY:
            raise NotPrinted("offline") from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Any]:
        printer = self._open()
        printer.open()
        try:
            yield printer
        finally:
            printer.close()

    @staticmethod
    def _ask(printer: Any) -> PrinterState:
        heard = [real_time(_answer(printer, asked)) for asked in (ASK_PRINTER, ASK_CAUSE, ASK_PAPER)]
        return state_of(*heard)

    def _confirm(self, printer: Any) -> PrinterState:
        """Paper may end in the middle: the printer then never comes to what was asked last."""
        done = is_done(_answer(printer, ASK_DONE))
        for _ in range(ATTEMPTS_TO_HEAR_DONE):
            state = self._ask(printer)
            if done or state not in CAN_PRINT:
                break
            done = is_done(_answer(printer, b""))
        if not done and state not in CAN_PRINT:
            raise NotPrinted(state)
        return state


class _Socket(Network):  # type: ignore[misc]
    """The library's own `open` leaves a socket behind where nobody answers, and knows no IPv6."""

    def open(self, raise_not_found: bool = True) -> None:
        self.device = socket.create_connection((self.host, self.port), self.timeout)


def _answer(printer: Any, asked: bytes) -> bytes:
    """What the printer says within the time-out; nothing where it keeps silent."""
    if asked:
        printer._raw(asked)
    try:
        return bytes(printer._read())
    except (TimeoutError, OSError):
        return b""


def _opener(address: str) -> Callable[[], Any]:
    if found := _NETWORK.match(address):
        host, port = found["host"], int(found["port"] or PORT)
        return lambda: _Socket(host, port=port, timeout=TIMEOUT_SECONDS)
    if found := _USB.match(address):
        vendor, product = int(found["vendor"], 16), int(found["product"], 16)
        reads, writes = int(found["reads"] or "82", 16), int(found["writes"] or "01", 16)
        limit = int(TIMEOUT_SECONDS * 1000)
        return lambda: Usb(vendor, product, timeout=limit, in_ep=reads, out_ep=writes)
    if found := _FILE.match(address):
        path = found["path"]
        return lambda: File(path)
    raise BalancerError(
        "invalid_field",
        field="printer",
        why={
            "uk": "network:АДРЕСА[:ПОРТ], usb:VVVV:PPPP[:IN:OUT] або file:ШЛЯХ",
            "en": "network:HOST[:PORT], usb:VVVV:PPPP[:IN:OUT] or file:PATH",
        },
    )
