"""Kharkiv's file against what is known of Kharkiv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from balancer.city.definition import CITIES, check_city, load_city
from balancer.city.review import SAME_IN_BOTH_SCRIPTS

DOMAIN = Path(__file__).parents[3] / "shared" / "domain"
CITY = load_city("kharkiv")
UNITS = [branch for branch in CITY.branches if branch.kind == "unit"]
REMOTE = [branch for branch in CITY.branches if branch.kind == "remote"]

# Written by hand for where the domain's tables are not at hand: the first and last row of each.
FEW_BRANCHES = """branch,name,address,lat,lon,desks_estimate
city,Міський центр,"Гімназійна наб., 26",49.986,36.243,24
osnova,Основ'янський,"вул. Богдана Хмельницького, 11",49.979,36.252,10
"""
FEW_SERVICES = """category,needs_power,service_uk,service_en,official_id,minutes_estimate,fee
Місце проживання,no,Реєстрація місця проживання,register residence,00034,15,paid 1.5/2.5% minimum
Загальні,yes,Допомога з «Дією»,assisted e-form,,10,free
"""


def rows(name: str, few: str) -> list[dict[str, str]]:
    """A table of the domain, or its few rows written here."""
    file = DOMAIN / name
    text = file.read_text("utf-8") if file.exists() else few
    return list(csv.DictReader(text.splitlines()))


def test_the_file_is_without_faults_and_warnings() -> None:
    """Nothing to mend, nothing to look at twice: also not for the law's opening hours."""
    file = CITIES / "kharkiv.toml"
    _, found = check_city(file.read_text("utf-8"), str(file))
    assert [str(fault) for fault in found] == []


def test_eleven_units_and_four_remote_workplaces() -> None:
    """The made-up ones are marked, and so is the whole file, for its hours are estimates."""
    assert (len(UNITS), len(REMOTE)) == (11, 4)
    assert [branch.demo for branch in CITY.branches] == [False] * 11 + [True] * 4
    assert all(branch.name["uk"].startswith("ВРМ ") for branch in REMOTE)
    assert CITY.demo
    assert CITY.contact == "0 800-304-304"


@pytest.mark.parametrize("row", rows("kharkiv_branches.csv", FEW_BRANCHES), ids=lambda row: row["branch"])
def test_each_unit_is_as_published(row: dict[str, str]) -> None:
    """Name, address, place and number of desks."""
    branch = CITY.branch(row["branch"])
    assert (branch.name["uk"], branch.address["uk"]) == (row["name"], row["address"])
    assert (branch.lat, branch.lon) == (float(row["lat"]), float(row["lon"]))
    assert len(branch.desks) == int(row["desks_estimate"])


def test_the_number_of_desks_of_the_whole_city() -> None:
    """262 in the units, four in each remote workplace."""
    assert sum(len(branch.desks) for branch in UNITS) == 262
    assert [len(branch.desks) for branch in REMOTE] == [4] * 4


@pytest.mark.parametrize("row", rows("services.csv", FEW_SERVICES), ids=lambda row: row["service_en"])
def test_each_service_is_in_the_catalogue(row: dict[str, str]) -> None:
    """Group, need of power, official number, minutes; free services have no fee."""
    (service,) = [each for each in CITY.services if each.name["uk"] == row["service_uk"]]
    (category,) = [each for each in CITY.categories if each.category == service.category]
    assert category.name["uk"] == row["category"]
    assert service.needs_power == (row["needs_power"] == "yes")
    assert (service.official_id or "") == row["official_id"]
    assert service.minutes == float(row["minutes_estimate"])
    assert (service.fee is None) == (row["fee"] == "free")


def test_the_catalogue_has_nothing_else() -> None:
    """41 services, each with a full English name of its own; beside them one of each group for the kiosk."""
    assert len([service for service in CITY.services if service.purpose is None]) == 41
    assert len({service.name["en"] for service in CITY.services}) == len(CITY.services)


def test_three_touches_lead_to_a_ticket_from_every_group() -> None:
    """Each group has a service for every purpose, but what is general has nothing to hand in."""
    for category in CITY.categories:
        wanted = {"advice", "collect"} if category.category == "general" else {"advice", "submit", "collect"}
        assert set(category.purposes) == wanted
        if "submit" in wanted:
            service = CITY.service(category.purposes["submit"])
            assert (service.category, service.purpose) == (category.category, "submit")


def test_people_find_services_by_their_everyday_names() -> None:
    """Nobody looks for the register's words."""
    for said, meant in (
        ("прописка", "register-residence"),
        ("загран", "foreign-passport"),
        ("РАЦС", "marriage-application"),
    ):
        assert CITY.search(said)[0].service == meant


def test_not_every_unit_offers_every_service() -> None:
    """As far as is known: passports, civil registration, the services of the MVS."""
    assert CITY.branch("osnova").queue_of("foreign-passport") is None
    family = CITY.branch("nemyshl").queue("family").services
    assert [each for each in family if CITY.service(each).purpose is None] == ["ye-malyatko"]
    for service in ("driving-licence-exchange", "vehicle-reregistration"):
        assert [branch.branch for branch in CITY.branches_offering(service)] == ["shevchenk", "rcp"]
    everywhere = [each for each in CITY.services if len(CITY.branches_offering(each.service)) == 15]
    assert {"collect-result", "advice", "register-residence", "idp-certificate"} <= {
        each.service for each in everywhere
    }
    assert all(CITY.branches_offering(service.service) for service in CITY.services)


def test_letters_look_the_same_in_both_scripts() -> None:
    """A visitor may read them either way."""
    assert {queue.letter for branch in CITY.branches for queue in branch.queues} <= set(SAME_IN_BOTH_SCRIPTS)


def test_a_blackout_leaves_work_at_every_branch() -> None:
    """Where the power fails, some service still goes on."""
    for branch in CITY.branches:
        services = [CITY.service(service) for queue in branch.queues for service in queue.services]
        assert any(not service.needs_power for service in services)


def test_every_queue_has_at_least_one_desk_and_most_have_more() -> None:
    """One desk alone is a queue that a lunch break closes."""
    alone = [
        (branch.branch, queue.queue)
        for branch in UNITS
        for queue in branch.queues
        if len(branch.desks_of(queue.queue)) < 2
    ]
    assert alone == []


def test_agencies_work_under_one_roof() -> None:
    """Social protection, pensions, migration, civil registry and the MVS have desks of their own."""
    present = {desk.agency for branch in CITY.branches for desk in branch.desks} - {None}
    assert present == {each.agency for each in CITY.agencies}


def test_online_services_lead_to_diia() -> None:
    """Only to pages that are known."""
    links = {service.service: service.online_url for service in CITY.services if service.online_url}
    assert set(links) >= {"ye-malyatko", "sole-trader-registration"}
    assert all(url.startswith("https://diia.gov.ua/services/") for url in links.values())


def test_ukrainian_is_ukrainian() -> None:
    """No Latin look-alikes inside Ukrainian words, no Russian letters, straight apostrophes throughout."""
    with_latin = {"ID", "ID-картка", "ID-картку"}
    texts = [service.name["uk"] for service in CITY.services]
    texts += [branch.name["uk"] for branch in CITY.branches]
    texts += [category.name["uk"] for category in CITY.categories]
    texts += [agency.name["uk"] for agency in CITY.agencies]
    for text in texts:
        assert not set(text) & set("ыэёъ’ʼ`"), text
        for word in text.split():
            assert word in with_latin or not any("a" <= letter.lower() <= "z" for letter in word)
