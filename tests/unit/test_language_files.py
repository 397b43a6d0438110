"""A further language is one file: what it lacks is named, and another language stands in for it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from balancer.commands.languages import command
from balancer.languages.language_file import blanks, read_language_file
from balancer.languages.offered import COMING_WITH_THE_PROGRAM, offer
from balancer.languages.page_texts import read_texts
from balancer.languages.template import PAGE_ROOMS, PAGES, template

ROOMS_OF_PAGES = {"kiosk", "hall", "ticket", "board", "accuracy", "enrolment", "days"}
ROOMS_OF_THE_SERVER = {"drawn", "said", "posters", "advice", "leaflet", "reasons"} | {
    "problems",
    "problem_titles",
}


def write(folder: Path, **more: Any) -> Path:
    """A Polish file that is complete but for what is changed."""
    content = {"language": "pl", "name": "Polski", "rooms": copy.deepcopy(template()), **more}
    path = folder / "pl.json"
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def faults_of(folder: Path, change: Any) -> list[str]:
    """What is wrong once `change` was at the rooms."""
    rooms = copy.deepcopy(template())
    change(rooms)
    return read_language_file(write(folder, rooms=rooms))[1]


def test_the_template_has_every_room_that_visitors_see() -> None:
    """With texts as the pages have them."""
    assert template().keys() == ROOMS_OF_PAGES | ROOMS_OF_THE_SERVER
    assert template()["kiosk"]["hello"] == "Доброго дня!"
    assert template()["kiosk"]["keys"][0] == "йцукенгшщзхї"
    assert template()["hall"]["hours"] == {"one": "{n} годину", "few": "{n} години", "other": "{n} годин"}
    assert template()["drawn"]["live"]["retry"] == "Пробуємо знову через {0} с."


@pytest.mark.parametrize("room", PAGE_ROOMS)
def test_english_fills_in_what_ukrainian_does(room: str, tmp_path: Path) -> None:
    """The same names, and in each text the same blanks."""
    source = (PAGES / PAGE_ROOMS[room].replace("-uk", "-en")).read_text("utf-8")
    english = tmp_path / "words.js"
    english.write_text(source.replace("export const en =", "export const uk ="), "utf-8")
    given = {"language": "pl", "name": "English", "locale": "en", "rooms": {**template()}}
    given["rooms"][room] = read_texts(english)
    path = tmp_path / "pl.json"
    path.write_text(json.dumps(given), "utf-8")
    assert [fault for fault in read_language_file(path)[1] if fault.startswith(room)] == []


def test_a_script_is_not_taken_for_texts(tmp_path: Path) -> None:
    """The file is named."""
    path = tmp_path / "words-uk.js"
    path.write_text('export const uk = {\n  late: (n) => "x",\n};\n', "utf-8")
    with pytest.raises(ValueError, match="words-uk.js: more than plain texts"):
        read_texts(path)


def test_what_is_missing_or_does_not_fit_is_named(tmp_path: Path) -> None:
    """By room and name; many faults at once."""

    def spoil(rooms: dict[str, Any]) -> None:
        del rooms["kiosk"]["hello"]
        rooms["kiosk"]["levels"].pop("busy")
        rooms["ticket"]["updated"] = "Zaktualizowano o {time}, {ago} temu"
        rooms["hall"]["hours"] = {"one": "godzinę", "two": "{n}", "other": "godzin"}
        rooms["hall"]["alarm"] = ["Alarm!"]
        rooms["kiosk"]["keys"] = ["qwertz", "asdf"]
        rooms["desk"] = {}

    assert set(faults_of(tmp_path, spoil)) == {
        "kiosk.hello: missing",
        "kiosk.levels.busy: missing",
        "ticket.updated: lacks {age}, has an unknown {ago}",
        "hall.hours.two: no plural form of this language",
        "hall.hours.other: lacks {n}",
        "hall.alarm: should be 2 texts",
        "desk: unknown",
    }


def test_a_room_that_is_missing_is_named_text_by_text(tmp_path: Path) -> None:
    """So that a translator sees how much is left."""
    found = faults_of(tmp_path, lambda rooms: rooms.pop("days"))
    assert found == ["days.until: missing", "days.short: missing", "days.tomorrow: missing"]


def test_only_what_fits_is_taken(tmp_path: Path) -> None:
    """For the rest stands the language that the file names, Ukrainian where it names none."""
    rooms = {"kiosk": {"hello": "Dzień dobry!", "countdown": "Za {minut}"}, "desk": {}}
    found, faults = read_language_file(write(tmp_path, rooms=rooms))
    assert len(faults) > 100
    assert found.rooms["kiosk"]["hello"] == "Dzień dobry!"
    assert "countdown" not in found.rooms["kiosk"] and "desk" not in found.rooms
    assert found.fallback == "uk"
    assert read_language_file(write(tmp_path, fallback="en"))[0].fallback == "en"
    assert "fallback: 'de' should be one of uk, en" in read_language_file(write(tmp_path, fallback="de"))[1]


@pytest.mark.parametrize(
    ("change", "message"),
    [({"language": "de"}, "should be 'pl'"), ({"locale": "crh"}, "CLDR does not know it")],
)
def test_a_file_that_cannot_be_used_says_why(change: dict[str, str], message: str, tmp_path: Path) -> None:
    """Its name is its language; its plurals must be known."""
    with pytest.raises(ValueError, match=message):
        read_language_file(write(tmp_path, **change))


def test_a_language_without_a_usable_file_is_not_offered(tmp_path: Path) -> None:
    """The server starts all the same."""
    (tmp_path / "ro.json").write_text("{", "utf-8")
    found = offer(["uk", "ro", "hu", "en"], tmp_path)
    assert [each["name"] for each in found.names(["uk", "ro", "hu", "en"])] == ["Українська", "English"]
    assert found.for_pages("ro") is None


def test_the_command_prints_a_file_and_checks_it(tmp_path: Path) -> None:
    """What it prints is whole but for the language's own name."""
    printed = CliRunner().invoke(command, ["template", "pl"])
    path = tmp_path / "pl.json"
    path.write_text(printed.output, "utf-8")
    checked = CliRunner().invoke(command, ["check", str(path)])
    assert checked.exit_code == 1
    assert checked.output.splitlines()[0] == "name: what the language calls itself is missing"
    assert "1 texts are missing or do not fit; there it reads as in Українська" in checked.output
    path.write_text(printed.output.replace('"name": ""', '"name": "Polski"', 1), "utf-8")
    assert CliRunner().invoke(command, ["check", str(path)]).exit_code == 0


def test_a_file_that_comes_with_the_program_is_complete() -> None:
    """None is shipped half translated."""
    for path in COMING_WITH_THE_PROGRAM.glob("*.json"):
        assert read_language_file(path)[1] == [], path.name


def test_blanks_are_names_in_braces() -> None:
    """As pages and server fill them in."""
    assert blanks("{n} of {m}, {n}") == {"n", "m"}
