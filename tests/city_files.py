"""A small hand-written city file for tests, and ways to spoil it."""

from __future__ import annotations

from balancer.city.definition import City, Fault, check_city

SMALL = """\
city = "dolyna"
name = { uk = "Долина", en = "Dolyna" }
time_zone = "Europe/Kyiv"
contact = "0 800 000 000"

[policy]
recalls_max = 3

[hours]
weekdays = "09:00-18:00"
thu = "09:00-20:00"

[[hours.exceptions]]
date = "01-01"
reason = { uk = "Новий рік", en = "New Year's Day" }

[[priority_classes]]
priority = "disability"
name = { uk = "Особи з інвалідністю", en = "People with disabilities" }
head_start_minutes = 20

[[categories]]
category = "papers"
name = { uk = "Документи", en = "Papers" }

[[agencies]]
agency = "pension-fund"
name = { uk = "Пенсійний фонд", en = "Pension Fund" }

[[services]]
service = "passport"
name = { uk = "Паспорт", en = "Passport" }
category = "papers"
minutes = 20
needs_power = true

[[services]]
service = "extract"
name = { uk = "Витяг", en = "Extract" }
category = "papers"
minutes = 6.5

[[services]]
service = "advice"
name = "Info"
category = "papers"

[[queues]]
queue = "papers"
letter = "P"
name = { uk = "Документи", en = "Papers" }
categories = ["papers"]
without = ["advice"]

[[queues]]
queue = "advice"
letter = "K"
name = { uk = "Консультації", en = "Advice" }
services = ["advice"]

[[branches]]
branch = "center"
name = { uk = "Центр", en = "Centre" }
address = "пл. Ринок, 1"
lat = 48.97
lon = 24.01
facilities = ["ramp", "shelter"]
queues = ["papers", "advice"]

[[branches.desks]]
ids = "1-3"
queues = ["papers"]

[[branches.desks]]
ids = "4"
queues = ["all"]
agency = "pension-fund"

[[branches]]
branch = "village"
name = { uk = "Село", en = "Village" }
kind = "remote"
address = { uk = "вул. Лісова, 2", en = "2 Lisova Street" }
lat = 48.93
lon = 24.10
demo = true
queues = ["advice", { queue = "papers", services = ["extract"] }]

[branches.policy]
carry_over = true

[branches.hours]
mon = ["09:00-12:00", "13:00-16:00"]
sat = "10:00-14:00"

[[branches.desks]]
ids = "1"
queues = ["advice", "papers"]
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The small city with the first occurrence of each text replaced; the text must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, f"{old!r} is not in the small city"
        text = text.replace(old, new, 1)
    return text


def small_city(*changes: tuple[str, str]) -> City:
    """The small city, changed as `spoiled` does, which must leave it usable."""
    city, faults = check_city(spoiled(*changes), "small.toml")
    assert city is not None, [str(fault) for fault in faults]
    return city


def found_in(*changes: tuple[str, str]) -> list[Fault]:
    """What `check_city` says of the small city when it is changed so."""
    return check_city(spoiled(*changes), "small.toml")[1]


def only_fault(*changes: tuple[str, str]) -> Fault:
    """The one finding that the change brings."""
    found = found_in(*changes)
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]
