"""The posters of a hall: what the city wrote, its standards, and what happens in an air raid. Pure."""

from __future__ import annotations

from balancer.city.catalogue import Standard
from balancer.city.definition import Branch, City
from balancer.messages.hall import HallNotice
from balancer.wording.rooms import Sentences

POSTERS = Sentences("posters")
"""What the server itself puts on the wall."""

ALARM_TITLE = POSTERS.add("alarm_title", "Якщо почнеться тривога", "If the air-raid alarm sounds")
ALARM_RULES = {
    "pause": POSTERS.add(
        "alarm_pause",
        "пройдіть до укриття. Прийом зупиниться, місця в черзі збережуться, після відбою продовжимо.",
        "go to the shelter. Service stops, places are kept, and goes on after the all-clear.",
    ),
    "shelter": POSTERS.add(
        "alarm_shelter",
        "пройдіть до укриття: прийом триватиме там. Місця в черзі збережуться.",
        "go to the shelter: service goes on there. Places are kept.",
    ),
    "continue": POSTERS.add(
        "alarm_continue",
        "прийом триває. За бажанням пройдіть до укриття: скажіть про це працівнику.",
        "service goes on. You may go to the shelter: tell the staff.",
    ),
}
STANDARD = POSTERS.add(
    "standard",
    "Ціль: до {target} хв. Гарантовано: не довше {guaranteed} хв.",
    "Target: up to {target} min. Guaranteed: no longer than {guaranteed} min.",
)


def hall_notices(city: City, branch: Branch) -> list[HallNotice]:
    """The branch's own posters, the city's, then the standards, then the rules of the branch's policy."""
    written = [HallNotice(each.title, each.text) for each in (*branch.notices, *city.notices)]
    standards = [standard_poster(each) for each in city.standards]
    rules = ALARM_RULES[branch.policy.air_raid].everywhere()
    return [*written, *standards, HallNotice(ALARM_TITLE.everywhere(), rules)]


def standard_poster(standard: Standard) -> HallNotice:
    """A standard as people may read it on the wall."""
    target, guaranteed = _minutes(standard.target_minutes), _minutes(standard.guaranteed_minutes)
    return HallNotice(standard.name, STANDARD.everywhere(target=target, guaranteed=guaranteed))


def _minutes(minutes: float) -> str:
    return f"{minutes:g}"
