"""Kharkiv on a real server for tests of the hall: desks that open, people who come, calls."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from balancer.city.definition import __file__ as definition_file
from tests.server import Reply, RunningServer, running_server

QUARTER_TO_THREE = "2026-11-23T14:31:00"
PATIENT = {
    "recall_gap_seconds = 30": "recall_gap_seconds = 0",
    "no_show_after_seconds = 180": "no_show_after_seconds = 0",
    "desk_silent_after_seconds = 90": "desk_silent_after_seconds = 0",
}


class HallTown:
    """One server of Kharkiv; each test or scene takes a branch of its own."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server

    @property
    def base(self) -> str:
        """The server's address."""
        return self.server.base_url

    def address(self, branch: str, query: str = "lang=uk") -> str:
        """The hall's page with a display's token."""
        return f"{self.base}/hall/{branch}?{query}#token={self.server.token('display', branch)}"

    def chief(self, branch: str, verb: str, body: Any = None) -> Reply:
        """A word of the branch's supervisor."""
        path = f"{self.server.branch_url(branch)}/{verb}"
        return done(self.server.command(path, body, token=self.server.token("supervisor", branch)))

    def open(self, branch: str, desks: Sequence[str]) -> None:
        """These desks begin to work."""
        for desk in desks:
            done(self.server.desk(branch, desk, "open"))

    def come(self, branch: str, services: Sequence[str]) -> list[str]:
        """Visitors take tickets; their numbers."""
        return [done(self.server.issue(branch, each)).json["ticket"]["number"] for each in services]

    def call(self, branch: str, desk: str) -> str:
        """A desk calls the next; the number."""
        number: str = done(self.server.desk(branch, desk, "call-next")).json["ticket"]["number"]
        return number

    def desk(self, branch: str, desk: str, verb: str) -> None:
        """Any other verb of a desk."""
        done(self.server.desk(branch, desk, verb))


def done(reply: Reply) -> Reply:
    """The same reply if nothing was refused."""
    assert reply.status in (200, 201), reply.body
    return reply


@contextlib.contextmanager
def hall_town(folder: Path | None = None, changes: dict[str, str] | None = None) -> Iterator[HallTown]:
    """Kharkiv on a Monday afternoon, where nothing happens by itself. `changes`: in the city file."""
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        text = (Path(definition_file).parent / "cities" / "kharkiv.toml").read_text("utf-8")
        for old, new in {**PATIENT, **(changes or {})}.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        file = place / "city.toml"
        file.write_text(text, "utf-8")
        limits: dict[str, Any] = dict.fromkeys(("public_reads", "device_commands"), "1000")
        with running_server(place, city=str(file), clock=QUARTER_TO_THREE, **limits) as server:
            yield HallTown(server)
