"""A kiosk at a real server whose view of the branch is told by the test: alarms, full days, waits."""

from __future__ import annotations

import contextlib
import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.server import RunningServer, running_server

BRANCH = "shevchenk"
VIEW = re.compile(r"/branches/[\w-]+/kiosk\?")
WAITS = {"passport": 34.0, "residence": 11.0, "family": 16.0, "social": 18.0, "business": 5.0, "results": 2.0}
ELSEWHERE = {
    "branch": "city",
    "name": {"uk": "Міський центр", "en": "City Centre"},
    "address": {"uk": "Гімназійна наб., 26", "en": "26 Himnaziina Embankment"},
    "wait": {"p10": 3.0, "p50": 7.0, "p90": 14.0},
    "travel_minutes": 20.0,
}
Json = dict[str, Any]


@dataclass
class ToldKiosk:
    """`open(page, **view)`: the kiosk's page with that view, at its greeting or what stands in its place."""

    server: RunningServer
    view: Json

    def told(self, **changes: Any) -> Json:
        """The branch with waits in most lines, changed so."""
        view = copy.deepcopy(self.view)
        for line in view["queues"]:
            p50 = WAITS.get(line["queue"])
            line["wait"] = p50 and {"p10": p50 / 2, "p50": p50, "p90": round(p50 * 1.4) + 3}
        catalogue = changes.pop("catalogue", {})
        return {**view, **changes, "catalogue": {**view["catalogue"], **catalogue}}

    def open(
        self, page: Any, *, language: str = "uk", query: str = "", slips: bool = True, **changes: Any
    ) -> Json:
        """Shows that view whatever happens; the view, to be changed in place."""
        told = self.told(**changes)

        def tell(route: Any) -> None:
            route.fulfill(content_type="application/json", body=json.dumps(told))

        page.route(VIEW, tell)
        if not slips:
            page.route("**/leases", lambda route: route.abort())
        token = self.server.token("kiosk", BRANCH)
        page.goto(f"{self.server.base_url}/kiosk/{BRANCH}?lang={language}{query}#token={token}")
        page.locator("main:not([data-key=no_data])").wait_for()
        return told


@contextlib.contextmanager
def told_kiosk() -> Iterator[ToldKiosk]:
    """A real Kharkiv behind it."""
    with running_server(city="kharkiv", public_reads="2000") as server:
        path = f"{server.branch_url(BRANCH)}/kiosk"
        view = server.ask("GET", path, token=server.token("kiosk", BRANCH)).json
        yield ToldKiosk(server, view)
