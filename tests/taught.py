"""A real server that has seen enough to foretell a wait."""

from __future__ import annotations

from typing import Any

from tests.server import RunningServer
from tests.waiting import wait_until_sync

VISITS = 30


def waiting_with_a_known_wait(server: RunningServer, branch: str, desk: str, service: str) -> Any:
    """A new ticket (the answer of its issue) whose wait is known: that desk, which is open, has served a line
    of others before.
    """
    for _ in range(VISITS):
        server.issue(branch, service)
    for _ in range(VISITS):
        for verb in ("call-next", "start", "finish"):
            assert server.desk(branch, desk, verb).status == 200
    server.issue(branch, service)
    assert server.desk(branch, desk, "call-next").status == 200
    assert server.desk(branch, desk, "start").status == 200
    issued = server.issue(branch, service).json
    path = f"{server.city_url}/tickets/{issued['ticket']['id']}"

    def known() -> bool:
        return server.ask("GET", path, token=issued["secret"]).json["ticket"]["wait"] is not None

    wait_until_sync(known, what="a known wait")
    assert server.desk(branch, desk, "finish").status == 200
    return issued
