"""The posters of a hall: what the city wrote, its standards, and what happens in an air raid. Pure."""

from __future__ import annotations

from balancer.city.catalogue import Standard
from balancer.city.definition import Branch, City
from balancer.messages.hall import HallNotice
from balancer.wording.further import in_every_language

ALARM_TITLE = {"uk": "Якщо почнеться тривога", "en": "If the air-raid alarm sounds"}
ALARM_RULES = {
    "pause": {
        "uk": "пройдіть до укриття. Прийом зупиниться, місця в черзі збережуться, після відбою продовжимо.",
        "en": "go to the shelter. Service stops, places are kept, and goes on after the all-clear.",
    },
    "shelter": {
        "uk": "пройдіть до укриття: прийом триватиме там. Місця в черзі збережуться.",
        "en": "go to the shelter: service goes on there. Places are kept.",
    },
    "continue": {
        "uk": "прийом триває. За бажанням пройдіть до укриття: скажіть про це працівнику.",
        "en": "service goes on. You may go to the shelter: tell the staff.",
    },
}

STANDARD = {
    "uk": "Ціль: до {target} хв. Гарантовано: не довше {guaranteed} хв.",
    "en": "Target: up to {target} min. Guaranteed: no longer than {guaranteed} min.",
}
POSTERS = {
    "alarm_title": ALARM_TITLE,
    **{f"alarm_{policy}": text for policy, text in ALARM_RULES.items()},
    "standard": STANDARD,
}
"""What the server itself puts on the wall, by name."""


def hall_notices(city: City, branch: Branch) -> list[HallNotice]:
    """The branch's own posters, the city's, then the standards, then the rules of the branch's policy."""
    written = [HallNotice(each.title, each.text) for each in (*branch.notices, *city.notices)]
    standards = [standard_poster(each) for each in city.standards]
    rules = in_every_language(
        "posters", f"alarm_{branch.policy.air_raid}", ALARM_RULES[branch.policy.air_raid]
    )
    title = in_every_language("posters", "alarm_title", ALARM_TITLE)
    return [*written, *standards, HallNotice(title, rules)]


def standard_poster(standard: Standard) -> HallNotice:
    """A standard as people may read it on the wall."""
    target, guaranteed = _minutes(standard.target_minutes), _minutes(standard.guaranteed_minutes)
    texts = in_every_language("posters", "standard", STANDARD)
    said = {each: text.format(target=target, guaranteed=guaranteed) for each, text in texts.items()}
    return HallNotice(standard.name, said)


def _minutes(minutes: float) -> str:
    return f"{minutes:g}"
