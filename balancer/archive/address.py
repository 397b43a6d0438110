"""Where the archive is: what `--archive` may say. Without SQLAlchemy: every start reads it."""

from __future__ import annotations

from pathlib import Path

from balancer.errors import BalancerError

OFF = "off"
FILE_NAME = "archive.sqlite3"
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
}


def archive_url(setting: str, data: Path) -> str | None:
    """The database's URL as SQLAlchemy wants it; None for "off". "" is an SQLite file in the data folder.

    BalancerError("invalid_field") where it is neither SQLite's nor PostgreSQL's.
    """
    if setting == OFF:
        return None
    if not setting:
        return f"sqlite:///{data.absolute() / FILE_NAME}"
    scheme, separator, place = setting.partition("://")
    driver = _DRIVERS.get(scheme)
    if driver is None or not separator or (driver == "sqlite" and not place.strip("/")):
        raise BalancerError(
            "invalid_field",
            field="archive",
            why={
                "uk": "потрібно sqlite:///ФАЙЛ, postgresql://… або off",
                "en": "sqlite:///FILE, postgresql://… or off is wanted",
            },
        )
    return f"{driver}://{place}"


def needed_url(setting: str, data: Path) -> str:
    """`archive_url` where there has to be one: BalancerError("archive_off") for "off"."""
    url = archive_url(setting, data)
    if url is None:
        raise BalancerError("archive_off")
    return url
