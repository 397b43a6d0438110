"""Every key of a city lies in one cluster slot."""

from __future__ import annotations

from dataclasses import astuple, fields

import pytest
from redis.crc import key_slot

from balancer.core.keys import FAMILIES, Keys


def test_one_slot_for_a_city() -> None:
    """Design §4: one hash tag, so that a transfer between branches is one step."""
    slots = {key_slot(key.encode()) for key in astuple(Keys.of("kharkiv"))}
    assert slots == {key_slot(b"{kharkiv}")}


def test_keys_do_not_meet() -> None:
    """No key is another one, and a family's keys never are one of the whole keys."""
    keys = Keys.of("kharkiv")
    assert len(set(astuple(keys))) == len(fields(keys))
    assert all(getattr(keys, name).endswith(":") for name in FAMILIES)
    whole = [key for key in astuple(keys) if not key.endswith(":")]
    assert all(key.count(":") == 1 for key in whole)


def test_named_keeps_the_order() -> None:
    """Scripts get their keys as their header names them."""
    keys = Keys.of("lviv")
    assert keys.named(("events", "city")) == ["{lviv}:events", "{lviv}:city"]
    with pytest.raises(AttributeError):
        keys.named(("evnets",))
