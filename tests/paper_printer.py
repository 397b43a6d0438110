"""A receipt printer for tests: a real TCP server that understands what our tickets need of ESC/POS."""

from __future__ import annotations

import socketserver
import threading
from typing import Any

from PIL import Image

FINE = {1: 0x12, 2: 0x12, 4: 0x12}
PAPER_LOW = FINE | {4: 0x1E}
PAPER_OUT = {1: 0x1A, 2: 0x32, 4: 0x7E}
COVER_OPEN = {1: 0x1A, 2: 0x16, 4: 0x12}


class TestPrinter(socketserver.ThreadingTCPServer):
    """`with TestPrinter() as printer: … printer.tickets`. `status`: its answers to DLE EOT n.

    `ends_in_print`: the paper ends while the next picture is printed.
    """

    __test__ = False
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.status = dict(FINE)
        self.ends_in_print = False
        self.tickets: list[Image.Image] = []
        self.cuts = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        """As `--printer` takes it."""
        return f"network:127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> TestPrinter:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join(timeout=5)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        printer: Any = self.server
        rows: list[bytes] = []
        width = 0
        while head := self.rfile.read(2):
            if head == b"\x10\x04":
                self._say(printer.status[self.rfile.read(1)[0]])
            elif head == b"\x1dv":
                self.rfile.read(2)
                across, down = (int.from_bytes(self.rfile.read(2), "little") for _ in "xy")
                width = across * 8
                rows.append(self.rfile.read(across * down))
                if printer.ends_in_print:
                    printer.status = dict(PAPER_OUT)
            elif head == b"\x1dV":
                self.rfile.read(1)
                self._cut(printer, b"".join(rows), width)
                rows = []
            elif head == b"\x1dr":
                self.rfile.read(1)
                if printer.status[1] == FINE[1]:
                    self._say(0x00)
            elif head == b"\x1bd":
                self.rfile.read(1)

    def _say(self, byte: int) -> None:
        self.wfile.write(bytes([byte]))

    @staticmethod
    def _cut(printer: Any, dots: bytes, width: int) -> None:
        printer.cuts += 1
        picture = Image.frombytes("1", (width, len(dots) * 8 // width), dots)
        printer.tickets.append(picture.point(lambda dot: 255 - dot))
