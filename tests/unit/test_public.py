"""What anybody may read: enough to draw the city, nothing that tells about people."""

from __future__ import annotations

import msgspec

from balancer.city.definition import load_city
from balancer.city.public import public_definition


def test_the_public_definition_has_what_readers_rely_on() -> None:
    """The names that design §8 fixes."""
    public = public_definition(load_city("kharkiv"))
    assert public["city"] == "kharkiv"
    branch = public["branches"][0]
    assert {"branch", "name", "kind", "lat", "lon", "queues", "desks"} <= set(branch)
    assert set(branch["queues"][0]) == {"queue", "letter", "name", "services", "zone", "floor"}
    assert {"desk", "queues"} <= set(branch["desks"][0])
    service = public["services"][0]
    assert {"service", "name", "needs_power", "category", "online_url", "fee"} <= set(service)
    assert set(service["name"]) == {"uk", "en"}
    assert public["levels"] == {"moderate_minutes": 15.0, "busy_minutes": 40.0}


def test_priority_is_nobodys_business() -> None:
    """Invariant 8: nothing public carries a priority class; inner time-outs stay inside too."""
    city = load_city("kharkiv")
    text = msgspec.json.encode(public_definition(city)).decode()
    for each in city.priority_classes:
        assert each.priority not in text
        assert each.name["uk"] not in text
    assert "head_start" not in text
    assert "desk_silent" not in text
    assert "recalls_max" not in text


def test_the_air_raid_rule_is_public() -> None:
    """A visitor may know whether a branch goes on in its shelter."""
    public = public_definition(load_city("kharkiv"))
    rules = {branch["branch"]: branch["air_raid"] for branch in public["branches"]}
    assert (rules["rcp"], rules["osnova"]) == ("shelter", "pause")
