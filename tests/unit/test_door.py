"""Doors: names of their own, one route a path, commands of one folder side by side."""

from __future__ import annotations

from collections import Counter

from balancer.routes.door import DESK, Door, answer, routes_of
from balancer.routes.doors import DOORS


def test_every_door_is_one_of_its_kind() -> None:
    """No two have the same method and path, or the same name in the documents."""
    assert max(Counter((door.method, door.path) for door in DOORS).values()) == 1
    assert max(Counter(door.operation for door in DOORS).values()) == 1


def test_commands_change_and_reads_do_not() -> None:
    """POST with a body type and an action of the access table; GET without a body. To count a click is no
    command: nothing of the city changes.
    """
    for door in DOORS:
        assert door.is_command == (door.method == "POST" and door.operation != "go_online")
        assert door.summary and not door.summary.endswith(".")
        if door.is_command:
            assert door.action is not None


def test_only_what_needs_no_staff_is_open_to_other_sites() -> None:
    """A desk's verbs never answer a foreign page."""
    for door in DOORS:
        if "/desks/" in door.path:
            assert not door.open_origin
        if door.action is None:
            assert door.open_origin


def test_routes_are_few() -> None:
    """A desk's twenty verbs are one route, so that matching stays quick: half as many routes as doors."""
    paths = [route.path for route in routes_of(DOORS)]
    assert len(paths) == len(set(paths)) < len(DOORS) / 2
    assert DESK + "/{verb}" in paths


def test_an_answer_is_never_stored() -> None:
    """Unless it says otherwise."""
    response = answer({"a": 1}, 201, {"location": "/x"})
    assert (response.status_code, bytes(response.body)) == (201, b'{"a":1}')
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["location"] == "/x"


def test_a_door_knows_its_verb() -> None:
    """The last part of its path."""

    async def handler(ask: object) -> object: ...

    door = Door("POST", DESK + "/call-next", handler, "", "call_next", None)  # type: ignore[arg-type]
    assert (door.verb, door.operation) == ("call-next", "call_next")
