"""A city file as its writer meets it: what it means, and what he hears when something is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest

from balancer.city.definition import (
    CityFaults,
    check_city,
    decode_city,
    encode_city,
    load_city,
    packaged_cities,
    read_city_file,
    to_builtins,
)
from tests.city_files import SMALL, found_in, only_fault, small_city


def test_a_right_file_has_no_findings() -> None:
    """The small city is used by all tests below: nothing is wrong with it."""
    assert found_in() == []


def test_a_file_becomes_a_city() -> None:
    """What the file says is what the types hold, defaults and merged values filled in."""
    city = small_city()
    assert (city.city, city.name["uk"], city.time_zone, city.version) == (
        "dolyna",
        "Долина",
        "Europe/Kyiv",
        0,
    )
    center, village = city.branches
    assert [desk.desk for desk in center.desks] == ["1", "2", "3", "4"]
    assert center.desk("4").queues == ["papers", "advice"]
    assert center.desk("4").agency == "pension-fund"
    assert center.desk("2").name == {"uk": "Місце 2", "en": "Desk 2"}
    assert center.queue("papers").services == ["passport", "extract"]
    assert village.queue("papers").services == ["extract"]
    assert village.queue("papers").letter == "P"
    assert center.address == {"uk": "пл. Ринок, 1", "en": "пл. Ринок, 1"}
    assert (center.policy.recalls_max, center.policy.carry_over) == (3, False)
    assert (village.policy.recalls_max, village.policy.carry_over) == (3, True)
    assert (village.kind, village.demo, center.kind, center.demo) == ("remote", True, "unit", False)
    assert city.service("extract").minutes == 6.5
    assert city.service("advice").minutes == 15.0


def test_a_city_survives_being_stored() -> None:
    """Encoding and decoding loses nothing, whatever was looked up before."""
    city = small_city()
    city.search("паспорт")
    assert decode_city(encode_city(city)) == city
    assert to_builtins(city)["branches"][0]["branch"] == "center"
    with pytest.raises(msgspec.ValidationError):
        decode_city(b'{"city": 5}')


def test_a_packaged_city_is_found_by_its_name_and_a_file_by_its_path(tmp_path: Path) -> None:
    """Both doors lead to the same reader; a byte-order mark does no harm."""
    file = tmp_path / "dolyna.toml"
    file.write_text(SMALL, encoding="utf-8-sig")
    assert "kharkiv" in packaged_cities()
    assert load_city("kharkiv").city == "kharkiv"
    assert load_city(file) == load_city(str(file)) == small_city()


@pytest.mark.parametrize(
    ("name", "remedy"), [("kharkov", 'Did you mean "kharkiv"?'), ("x.toml", "Name a TOML file")]
)
def test_a_file_that_is_not_there(name: str, remedy: str) -> None:
    """The nearest packaged city is offered."""
    with pytest.raises(CityFaults) as caught:
        load_city(name)
    assert remedy in caught.value.faults[0].remedy
    assert "No such file" in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """Windows-1251 is still common: it is named as what it is not."""
    file = tmp_path / "old.toml"
    file.write_bytes('city = "Харків"'.encode("cp1251"))
    with pytest.raises(CityFaults, match="not UTF-8"):
        read_city_file(file)


def test_every_fault_is_reported_at_once_in_the_order_of_the_file() -> None:
    """One run, one list: nobody mends one fault to meet the next."""
    changes = [
        ('time_zone = "Europe/Kyiv"', 'time_zone = "Europe/Kyjiv"'),
        ("recalls_max = 3", 'recalls_max = "three"'),
        ('weekdays = "09:00-18:00"', 'weekdays = "18:00-09:00"'),
        ("head_start_minutes = 20", "head_start_minutes = -5"),
        ("lat = 48.97", "latt = 48.97"),
        ('queues = ["papers", "advice"]', 'queues = ["papers", "advise"]'),
        ('ids = "1"', 'ids = "one two"'),
    ]
    found = found_in(*changes)
    problems = [fault.problem for fault in found if not fault.warning]
    assert problems == [
        'there is no time zone "Europe/Kyjiv"',
        '"three" does not fit here',
        '"18:00-09:00" closes before it opens',
        "-5 does not fit here",
        '"lat" is missing',
        "unknown key",
        'there is no queue in the city\'s [[queues]] "advise"',
        '"one two" is not a desk id',
    ]
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)
    city, _ = check_city(SMALL.replace("lat = 48.97", "latt = 48.97"), "small.toml")
    assert city is None


def test_load_raises_with_every_fault(tmp_path: Path) -> None:
    """The exception's text alone is enough to mend the file."""
    file = tmp_path / "bad.toml"
    file.write_text(
        SMALL.replace("lat = 48.97", "lat = 148.97").replace('agency = "pension-fund"\nname', "name")
    )
    with pytest.raises(CityFaults) as caught:
        load_city(file)
    text = str(caught.value)
    assert text.startswith(f"{file}: 2 faults")
    line = SMALL[: SMALL.index("lat =")].count("\n")  # one line less: an agency lost its id
    place = f'line {line}, branches[1] "center" › lat'
    assert f"{place}: 148.97 does not fit here. Write a number from -90 to 90." in text
    assert 'agencies[1]: "agency" is missing. Add agency = "…".' in text


def test_a_fault_names_its_place_and_line() -> None:
    """The place is found by line, by words, and by the id a person knows."""
    fault = only_fault(('["extract"] }]', '["extrakt", "extract"] }]'))
    assert fault.place == 'branches[2] "village" › queues[2] "papers" › services[1]'
    assert fault.line == SMALL[: SMALL.index('["extract"] }]')].count("\n") + 1
    assert fault.problem == 'there is no service "extrakt"'
    assert fault.remedy == 'Did you mean "extract"?'


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ('city = "a"\nname = { uk = "Б", en = \n', 2, "column"),
        ("a = 1\nb = [1, 2\n", 2, "end of the file"),
        ('a = "x\n', 1, "column 7"),
        ("a = 1\na = 2\n", 2, "column"),
    ],
)
def test_broken_toml_is_reported_with_line_and_column(text: str, line: int, place: str) -> None:
    """TOML's own complaint, in the same form as every other fault."""
    city, faults = check_city(text, "broken.toml")
    assert city is None
    assert len(faults) == 1
    assert place in faults[0].place or place == "end of the file"
    assert abs((faults[0].line or 0) - line) <= 1


def test_an_empty_file_says_all_that_is_missing() -> None:
    """Every required key of the top level is named."""
    _, faults = check_city("", "empty.toml")
    missing = {fault.problem for fault in faults}
    assert {f'"{key}" is missing' for key in ("city", "name", "time_zone", "services", "branches")} <= missing


CATALOGUE = """
city = "big"
name = "Big"
time_zone = "Europe/Kyiv"
[hours]
weekdays = "09:00-18:00"
thu = "09:00-20:00"
"""
SERVICE = """
[[services]]
service = "s{n}"
name = {{ uk = "Послуга {n}", en = "Service {n}" }}
category = "c{category}"
"""
QUEUE = """
[[categories]]
category = "c{n}"
name = "C{n}"
[[queues]]
queue = "q{n}"
letter = "{letter}"
name = "Q{n}"
categories = ["c{n}"]
"""
BRANCH = """
[[branches]]
branch = "b{n}"
name = "B{n}"
address = "A"
lat = 50.0
lon = 36.2
queues = ["q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9"]
[[branches.desks]]
ids = "1-20"
queues = ["all"]
"""


def test_four_hundred_services_load() -> None:
    """A city of the size of Kharkiv's whole catalogue: 400 services, 15 branches, 300 desks."""
    text = CATALOGUE
    text += "".join(SERVICE.format(n=n, category=n % 10) for n in range(400))
    text += "".join(QUEUE.format(n=n, letter="ABCEHKMPTX"[n]) for n in range(10))
    text += "".join(BRANCH.format(n=n) for n in range(15))
    began = time.perf_counter()
    city, faults = check_city(text, "big.toml")
    assert time.perf_counter() - began < 10, "loading got out of hand (0.3 s when this was written)"
    assert faults == []
    assert city is not None
    assert (len(city.services), len(city.branches), len(city.branches[14].desks)) == (400, 15, 20)
    assert [each.service for each in city.search("послуга 399")] == ["s399"]
    assert city.branch("b14").queue_of("s399") == city.branch("b14").queue("q9")
