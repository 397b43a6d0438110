"""Settings: one table, a guide that knows them all, checked values."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
from pathlib import Path

import pytest

from balancer.settings import Settings, settings_table

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "settings.md"


def test_the_guide_lists_every_setting() -> None:
    """A setting that nobody documented does not exist for those who run the server."""
    text = GUIDE.read_text("utf-8")
    for row in settings_table():
        assert f"`{row.flag}`" in text, f"{row.flag} is not in {GUIDE.name}"
        assert f"`{row.variable}`" in text, f"{row.variable} is not in {GUIDE.name}"


def test_the_guide_lists_nothing_else() -> None:
    """A setting that is gone must leave the guide."""
    named = set(re.findall(r"`(BALANCER_[A-Z_]+)`", GUIDE.read_text("utf-8")))
    assert named - {row.variable for row in settings_table()} <= {"BALANCER_TOKEN"}


def test_defaults_are_safe() -> None:
    """Without any setting nothing is open to the network and nobody's X-Forwarded-For is believed."""
    settings = Settings()
    assert ipaddress.ip_address(settings.host).is_loopback
    assert ipaddress.ip_address(settings.metrics_host).is_loopback
    assert settings.trusted_networks() == ()
    assert settings.device_commands >= 200  # design §10: staff and kiosks


def test_a_flag_is_named_like_its_variable() -> None:
    """One name, three spellings."""
    (row,) = [row for row in settings_table() if row.name == "drain_seconds"]
    assert (row.flag, row.variable) == ("--drain-seconds", "BALANCER_DRAIN_SECONDS")
    assert len(settings_table()) == len(dataclasses.fields(Settings))


def test_trusted_proxies_are_addresses_or_networks() -> None:
    """By commas; a word that is no address is refused at once, not at the first request."""
    trusted = Settings(trusted_proxies="10.0.0.0/8, ::1").trusted_networks()
    assert ipaddress.ip_address("10.1.2.3") in trusted[0]
    assert ipaddress.ip_address("::1") in trusted[1]
    with pytest.raises(ValueError, match="proxy"):
        Settings(trusted_proxies="proxy").trusted_networks()
