"""The list of doors against design §8 and the table of transitions."""

from __future__ import annotations

import pytest

from balancer.core.transitions import TABLE
from balancer.routes.access import ACCESS, READS
from balancer.routes.doors import DOORS

CITY = "/api/v1/cities/{city}"
BRANCH = CITY + "/branches/{branch}"
DESK = BRANCH + "/desks/{desk}"
DESK_VERBS = (
    "open pause resume close call-next call recall start finish no-show park wake requeue transfer add-leg "
    "next-leg quick-serve left pay paid note incident set-skills"
)
BRANCH_VERBS = (
    "open close close-tickets open-tickets alarm all-clear power-off power-on hold resume incidents leases "
    "close-day suspend-service restore-service"
)
FIXED = [
    ("GET", "/api/v1/cities"),
    ("GET", CITY),
    ("GET", CITY + "/board"),
    ("GET", CITY + "/advice"),
    ("POST", CITY + "/intents"),
    ("POST", BRANCH + "/tickets"),
    ("GET", CITY + "/tickets/{ticket}"),
    *(("POST", f"{DESK}/{verb}") for verb in DESK_VERBS.split()),
    *(("POST", f"{BRANCH}/{verb}") for verb in BRANCH_VERBS.split()),
    *(
        ("POST", CITY + f"/tickets/{{ticket}}/{verb}")
        for verb in "cancel transfer set-priority reinstate left".split()
    ),
]


@pytest.mark.parametrize(("method", "path"), FIXED)
def test_the_fixed_outside_names_are_there(method: str, path: str) -> None:
    """Checks from outside rely on these."""
    assert (method, path) in {(door.method, door.path) for door in DOORS}


def test_every_verb_has_a_door_and_every_action_a_row() -> None:
    """Not so the timer's own work, the operator's command line and what other doors note by the way."""
    actions = {door.action for door in DOORS if door.action}
    assert actions <= set(ACCESS)
    assert {row.verb for row in TABLE} - actions == {"apply_city", "end_alarm", "expire_intents", "record"}
    assert set(READS) <= actions
