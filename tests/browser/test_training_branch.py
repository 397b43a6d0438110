"""A branch in training is hidden from the public feed; its staff's pages follow it all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.city_files import spoiled
from tests.server import RunningServer, running_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city; its centre is in training."""
    folder = tmp_path_factory.mktemp("training")
    file = folder / "city.toml"
    file.write_text(spoiled(('branch = "center"\n', 'branch = "center"\nmode = "training"\n')), "utf-8")
    with running_server(folder, city=str(file)) as running:
        yield running


def test_staff_see_what_others_do_there(server: RunningServer, open_page: Callable[..., Any]) -> None:
    """The head and the desk see what somebody else did, again and again, without touching their pages."""
    head = server.token("supervisor", "center")
    place = server.branch_url("center")
    page = open_page(f"{server.base_url}/supervisor#token={head}")
    page.locator("h1", has_text="Центр").wait_for()
    desk = open_page(f"{server.base_url}/desk#token={server.token('desk', 'center', '1')}")
    desk.get_by_role("button", name="Відкрити").wait_for()
    for verb, shown in (
        ("close-tickets", "Відкрити видачу талонів"),
        ("open-tickets", "Закрити видачу талонів"),
        ("close-tickets", "Відкрити видачу талонів"),
    ):
        assert server.command(f"{place}/{verb}", token=head).status == 200
        page.get_by_role("button", name=shown).wait_for()
    assert server.command(f"{place}/desks/1/open", token=head).status == 200
    desk.get_by_role("button", name="Відкрити").wait_for(state="hidden")
