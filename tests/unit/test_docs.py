"""The documents say what the code does: the table of states is current, and every file they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from balancer.core.transitions import markdown

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def test_the_table_of_states_is_current() -> None:
    """docs/states.md holds the table that the scripts check; `make wire` writes it."""
    assert markdown() in (ROOT / "docs/states.md").read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    """A relative link in a document points to a file of the repository."""
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.S)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    broken = [
        link for link in links if link and "://" not in link and not (document.parent / link).exists()
    ]
    assert broken == []


def test_follow_a_ticket_names_real_files() -> None:
    """A newcomer opens these files in order; none of them may have moved away."""
    text = (ROOT / "docs/follow-a-ticket.md").read_text("utf-8")
    named = re.findall(r"`((?:balancer|public_widget|predictors)/[\w./-]+)`", text)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_is_listed() -> None:
    """The list of decisions knows every page of it."""
    listed = (ROOT / "docs/adr/README.md").read_text("utf-8")
    pages = {p.name for p in (ROOT / "docs/adr").glob("0*.md")}
    assert pages and {name for name in pages if name not in listed} == set()
