"""The posters of a hall."""

from __future__ import annotations

import msgspec

from balancer.city.catalogue import Notice, Standard
from balancer.city.definition import load_city
from balancer.live.hall_notices import ALARM_RULES, hall_notices, standard_poster


def test_standards_hang_on_the_wall() -> None:
    """With the words of the field for target and guarantee, in both languages."""
    standard = Standard(
        standard="wait",
        metric="wait",
        name={"uk": "Чекати в черзі", "en": "Wait in the queue"},
        target_minutes=15,
        guaranteed_minutes=40,
    )
    poster = standard_poster(standard)
    assert poster.title["uk"] == "Чекати в черзі"
    assert poster.text["uk"] == "Ціль: до 15 хв. Гарантовано: не довше 40 хв."
    assert poster.text["en"] == "Target: up to 15 min. Guaranteed: no longer than 40 min."


def test_the_branch_s_own_posters_come_first_and_its_alarm_rules_last() -> None:
    """What happens in an air raid is what the branch's policy does."""
    city = load_city("kharkiv")
    own = Notice(title={"uk": "Ремонт", "en": "Repairs"}, text={"uk": "до п’ятниці", "en": "until Friday"})
    branch = msgspec.structs.replace(city.branches[0], notices=[own])
    found = hall_notices(city, branch)
    assert found[0].title == own.title
    assert found[-1].text == ALARM_RULES[branch.policy.air_raid].everywhere()
    assert {each.name["uk"] for each in city.standards} <= {each.title["uk"] for each in found}
    for poster in found:
        assert poster.title["uk"] and poster.title["en"] and poster.text["uk"] and poster.text["en"]
