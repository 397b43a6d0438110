"""`livez` and `readyz` while the store goes and comes back."""

from __future__ import annotations

from pathlib import Path

from tests.server import running_server
from tests.stores import redis_server, valkey_program
from tests.waiting import wait_until_sync


def test_a_store_that_goes_and_comes_back(tmp_path: Path) -> None:
    """Alive all the time, ready only with a store; commands say that nothing is lost; then all goes on."""
    with (
        redis_server(tmp_path / "store", valkey_program()) as store,
        running_server(tmp_path / "server", redis=store.url) as server,
    ):
        assert server.ask("GET", "/livez").body == b"ok\n"
        kiosk = server.token("kiosk", "center")
        made = server.issue("center", "extract", token=kiosk, key="one-key-for-both").json
        store.kill()
        away = wait_until_sync(
            lambda: (found := server.ask("GET", "/readyz")).status == 503 and found, what="readyz saying no"
        )
        assert away.json == {"ready": False, "waiting_for": ["store"]}
        refused = server.issue("center", "extract", token=kiosk)
        assert (refused.status, refused.code) == (503, "store_unavailable")
        assert int(refused.headers["retry-after"]) >= 1
        assert server.ask("GET", "/livez").status == 200
        store.start()
        wait_until_sync(lambda: server.ask("GET", "/readyz").status == 200, what="readyz saying yes")
        again = server.issue("center", "extract", token=kiosk, key="one-key-for-both").json
        assert again == made, "what was acknowledged is kept"
