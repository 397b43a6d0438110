"""What `/kiosk` asks for, at a real server."""

from __future__ import annotations

from tests.server import running_server


def test_the_view_tells_all_and_names_things_once() -> None:
    """The definition comes with the first answer and whenever it has changed."""
    with running_server() as server:
        kiosk = server.token("kiosk", "center")
        path = f"{server.branch_url('center')}/kiosk"
        first = server.ask("GET", path, token=kiosk).json
        assert (first["state"], first["full"], first["alternatives"]) == ("open", False, [])
        assert first["day"] == "2026-11-23" and first["city_time"].startswith("2026-11-23T10:0")
        assert {each["queue"] for each in first["queues"]} == {"papers", "advice"}
        assert [each["letter"] for each in first["catalogue"]["lines"]] == ["P", "K"]
        again = server.ask("GET", f"{path}?version={first['version']}", token=kiosk).json
        assert again["catalogue"] is None
        assert server.ask("GET", path, token=server.token("kiosk", "village")).code == "forbidden"
        assert server.ask("GET", path).code == "token_missing"


def test_a_branch_without_tickets_names_others() -> None:
    """Closed by its head: the kiosk says where else to go."""
    with running_server() as server:
        chief = server.token("supervisor", "center")
        assert server.command(f"{server.branch_url('center')}/close-tickets", token=chief).status == 200
        path = f"{server.branch_url('center')}/kiosk"
        view = server.ask("GET", path, token=chief).json
        assert view["state"] == "tickets_closed" and view["faster"] == []
