"""Printing on a real socket: the picture arrives, and what the printer says of itself counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from balancer.errors import BalancerError
from balancer.printing import printer as printer_module
from balancer.printing.drawing import draw
from balancer.printing.printer import NotPrinted, PaperPrinter
from balancer.printing.stub import Stub
from tests.paper_printer import COVER_OPEN, PAPER_LOW, PAPER_OUT, TestPrinter

PICTURE = draw(Stub(number="Ґ7", service="Їжа і єнот", link="https://queue.example.ua/t#x.y"))


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and one.convert("1").tobytes() == other.convert("1").tobytes()


def test_the_picture_arrives_dot_by_dot_and_is_cut_once() -> None:
    """A long ticket goes out in pieces and is one on paper."""
    tall = Image.new("1", (576, 2100), 1)
    tall.paste(PICTURE, (0, 1000))
    with TestPrinter() as paper:
        for picture in (PICTURE, tall):
            assert PaperPrinter(paper.address).print(picture) == "ready"
        assert paper.cuts == 2
        assert same(paper.tickets[0], PICTURE) and same(paper.tickets[1], tall)


@pytest.mark.parametrize(("status", "state"), [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open")])
def test_no_paper_is_said_and_nothing_is_sent(status: dict[int, int], state: str) -> None:
    """A printer that cannot print keeps what it is sent and would print it much later."""
    with TestPrinter() as paper:
        paper.status = dict(status)
        printer = PaperPrinter(paper.address)
        assert printer.state() == state
        with pytest.raises(NotPrinted) as refused:
            printer.print(PICTURE)
        assert refused.value.state == state and paper.tickets == []


def test_paper_that_ends_in_the_middle_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer in its turn never comes, and the sensor says why."""
    monkeypatch.setattr(printer_module, "TIMEOUT_SECONDS", 0.3)
    with TestPrinter() as paper:
        paper.ends_in_print = True
        with pytest.raises(NotPrinted) as refused:
            PaperPrinter(paper.address).print(PICTURE)
        assert refused.value.state == "paper_out"


def test_little_paper_prints_and_is_said() -> None:
    """Near the end there is still a ticket to be had."""
    with TestPrinter() as paper:
        paper.status = dict(PAPER_LOW)
        printer = PaperPrinter(paper.address)
        assert printer.state() == "paper_low"
        assert printer.print(PICTURE) == "paper_low"


def test_a_printer_that_is_away_is_offline() -> None:
    """Switched off, or another address."""
    with TestPrinter() as paper:
        gone = paper.address
    printer = PaperPrinter(gone)
    assert printer.state() == "offline"
    with pytest.raises(NotPrinted):
        printer.print(PICTURE)


def test_a_file_takes_the_same_commands(tmp_path: Path) -> None:
    """/dev/usb/lp0, or a file to look at."""
    out = tmp_path / "ticket.bin"
    assert PaperPrinter(f"file:{out}").print(PICTURE) == "unknown"
    assert out.read_bytes().startswith(b"\x1dv0\x00") and b"\x1dV" in out.read_bytes()


@pytest.mark.parametrize("address", ["", "lp0", "usb:12:34", "network:", "network:host:port", "file:"])
def test_an_address_of_no_kind_is_refused(address: str) -> None:
    """The message shows the three forms."""
    with pytest.raises(BalancerError, match="network:"):
        PaperPrinter(address)
