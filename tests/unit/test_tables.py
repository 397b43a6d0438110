"""What the archive keeps, and what it does not."""

from __future__ import annotations

import msgspec

from balancer.archive.tables import AUDIT, HISTORY, LEGS, METADATA
from balancer.messages import Leg, TicketState

PERSONAL = {"note", "number", "park_reason", "secret", "phone", "actor"}


def test_no_personal_data() -> None:
    """No column for words about a visitor, nor for the number that he was called by."""
    history = [table for table in METADATA.tables.values() if table is not AUDIT]
    assert not {column.name for table in history for column in table.columns} & PERSONAL
    assert {column.name for column in AUDIT.columns} & PERSONAL == {"actor", "number"}  # of the staff's deeds


def test_every_span_and_instant_of_a_leg_is_kept() -> None:
    """What the core measures of a leg stands in its row under the same name; `joined_time` is `joined`
    without the pauses.
    """
    fields = {field.name for field in msgspec.structs.fields(Leg)} - {"joined_time"}
    assert fields <= set(LEGS.c.keys())
    assert {"channel", "priority", "arrived", "misses", "day", "state"} <= set(LEGS.c.keys()) & {
        field.name for field in msgspec.structs.fields(TicketState)
    }


def test_every_table_is_a_city_s() -> None:
    """One database may hold several cities: every key begins with the city."""
    for table in METADATA.tables.values():
        assert [column.name for column in table.primary_key][0] == "city", table.name
    assert list(HISTORY) == ["legs", "branch_minutes", "desk_states"]
