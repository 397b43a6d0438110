"""What --archive may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from balancer.archive.address import archive_url, needed_url
from balancer.errors import BalancerError


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        ("", f"sqlite:///{Path('data').absolute()}/archive.sqlite3"),
        ("off", None),
        ("sqlite:////var/a.db", "sqlite:////var/a.db"),
        ("postgresql://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
        ("postgres://h/db?sslmode=require", "postgresql+psycopg://h/db?sslmode=require"),
    ],
)
def test_what_it_means(setting: str, url: str | None) -> None:
    """A URL for SQLAlchemy; none where nothing is kept."""
    assert archive_url(setting, Path("data")) == url


@pytest.mark.parametrize("setting", ["on", "sqlite://", "sqlite:///", "mysql://h/db", "/var/a.db", "OFF"])
def test_what_it_cannot_mean(setting: str) -> None:
    """The refusal names the field."""
    with pytest.raises(BalancerError, match="Field archive"):
        archive_url(setting, Path("data"))


def test_what_needs_an_archive_says_so_where_there_is_none() -> None:
    """By the code of the table; else it is the same address."""
    with pytest.raises(BalancerError) as refused:
        needed_url("off", Path("data"))
    assert refused.value.code == "archive_off"
    assert needed_url("", Path("data")) == archive_url("", Path("data"))
