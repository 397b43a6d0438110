"""The leaflet for a braille embosser: everything of it, in short plain lines."""

from __future__ import annotations

import re

import pytest

from balancer.city.definition import load_city
from balancer.city.leaflet import CELLS, leaflet
from balancer.live.hall_notices import ALARM_RULES


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_branch_has_a_leaflet_that_an_embosser_takes(language: str) -> None:
    """No long line, no sign beyond letters, digits and plain punctuation, no empty section."""
    city = load_city("kharkiv")
    for branch in city.branches:
        text = leaflet(city, branch, ALARM_RULES[branch.policy.air_raid].everywhere(), language)
        assert max(map(len, text.splitlines())) <= CELLS, branch.branch
        assert re.fullmatch(r"[\w \n.,:;()/'\"%№!?-]+", text), set(
            re.sub(r"[\w \n.,:;()/'\"%№!?-]", "", text)
        )
        assert "\n\n\n" not in text and text.endswith("\n")


def test_hours_standards_and_rights_stand_in_it() -> None:
    """With the words of the city's own file."""
    city = load_city("kharkiv")
    text = leaflet(city, city.branch("shevchenk"), ALARM_RULES["shelter"].everywhere(), "uk")
    whole = " ".join(text.split())
    assert "понеділок: 9:00-18:00" in text and "субота: зачинено" in text
    assert "Чекати в черзі: ціль 15 хв, гарантовано 40 хв" in whole
    assert "оскаржити її" in whole and "прийом триватиме там" in whole
    assert "Вас викличуть до 3 разів" in whole
