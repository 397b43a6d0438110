"""The guide and the types say the same: every key is explained, and every key that is explained exists."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from balancer.city import file_format
from balancer.city.building_branch import DESK_NAME
from balancer.city.definition import check_city
from balancer.city.model import PRIOR_MINUTES, Levels, Policy
from balancer.city.travel import Travel

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "city-file.md").read_text("utf-8")
SECTIONS: dict[type[msgspec.Struct], str] = {
    file_format.FileCity: "## The city",
    file_format.FilePolicy: "## Policy",
    file_format.FileLevels: "## Levels",
    file_format.FileTravel: "## Travel",
    file_format.FileHours: "## Opening hours",
    file_format.FileException: "### Exceptions",
    file_format.FilePriorityClass: "## Priority classes",
    file_format.FileCategory: "## Categories",
    file_format.FilePurposes: "### Purposes",
    file_format.FileAgency: "## Agencies",
    file_format.FileService: "## Services",
    file_format.FileDocument: "### Documents",
    file_format.FileStandard: "## Standards",
    file_format.FileNotice: "## Notices",
    file_format.FileMapTiles: "## Map",
    file_format.FileQueue: "## Queues",
    file_format.FileBranch: "## Branches",
    file_format.FileDesks: "## Desks",
}
# Required by the city's catalogue, but a branch's own queue may leave them to it.
CATALOGUE_ONLY = {"letter", "name"}


def documented(heading: str) -> dict[str, list[str]]:
    """The keys in the table below a heading, each with the other cells of its row."""
    section = re.split(r"(?m)^##+ ", GUIDE.split(f"\n{heading}\n", 1)[1], maxsplit=1)[0]
    found = {}
    for row in re.findall(r"(?m)^\| (`.*) \|$", section):
        keys, *cells = [cell.strip() for cell in row.split("|")]
        for key in re.findall(r"`(\w+)`", keys):
            found[key] = cells
    return found


def test_every_table_of_the_file_has_its_section() -> None:
    """A new kind of table needs a section in the guide."""
    kinds = {
        kind
        for kind in vars(file_format).values()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct
    }
    assert kinds == set(SECTIONS)


@pytest.mark.parametrize("kind", SECTIONS, ids=lambda kind: kind.__name__)
def test_every_key_is_documented_and_every_documented_key_exists(kind: type[msgspec.Struct]) -> None:
    """An undocumented key fails, a key that is gone too."""
    assert set(documented(SECTIONS[kind])) == set(kind.__struct_fields__)


@pytest.mark.parametrize("kind", SECTIONS, ids=lambda kind: kind.__name__)
def test_the_guide_knows_which_keys_must_be_given(kind: type[msgspec.Struct]) -> None:
    """Where the table says so."""
    rows = documented(SECTIONS[kind])
    if "| must be given |" not in GUIDE.split(SECTIONS[kind], 1)[1].split("|---", 1)[0]:
        return
    required = {field.encode_name for field in msgspec.structs.fields(kind) if field.required}
    if kind is file_format.FileQueue:
        required |= CATALOGUE_ONLY
    assert {key for key, cells in rows.items() if cells[0] == "yes"} == required


@pytest.mark.parametrize(
    ("heading", "defaults"), [("## Policy", Policy()), ("## Levels", Levels()), ("## Travel", Travel())]
)
def test_documented_defaults_are_the_real_ones(heading: str, defaults: msgspec.Struct) -> None:
    """A number in the guide is the number in the program."""
    for key, (default, _) in documented(heading).items():
        value = getattr(defaults, key)
        written = (
            f'"{value}"'
            if isinstance(value, str)
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
        )
        assert default == written.lower(), key


def test_other_defaults_in_the_guide() -> None:
    """Those that stand in sentences."""
    assert f"Default {PRIOR_MINUTES:g}" in documented("## Services")["minutes"][1]
    assert DESK_NAME["uk"] in GUIDE and DESK_NAME["en"] in GUIDE


def test_policy_and_levels_have_the_keys_of_the_city() -> None:
    """The file's tables and the types they are merged into are alike."""
    assert file_format.FilePolicy.__struct_fields__ == Policy.__struct_fields__
    assert file_format.FileLevels.__struct_fields__ == Levels.__struct_fields__
    assert file_format.FileTravel.__struct_fields__ == Travel.__struct_fields__


def test_the_guides_example_works() -> None:
    """The whole small city of the guide is one without faults and warnings."""
    (example,) = re.findall(r"## A whole small city\n\n```toml\n(.*?)```", GUIDE, re.DOTALL)
    city, found = check_city(example, "guide")
    assert found == []
    assert city is not None and city.branch("center").queue_of("passport") is not None
