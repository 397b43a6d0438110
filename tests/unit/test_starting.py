"""Settings of the alarm feed: what is wrong is said at the start, and the key is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from balancer.alarms.alerts_in_ua import AlertsInUa
from balancer.alarms.starting import feed_of, read_key
from balancer.alarms.ukrainealarm import UkraineAlarm
from balancer.settings import Settings


def test_each_feed_by_its_name() -> None:
    """Two of them; another name is refused with the names there are."""
    assert isinstance(feed_of("alerts.in.ua", "k"), AlertsInUa)
    assert isinstance(feed_of("ukrainealarm", "k"), UkraineAlarm)
    with pytest.raises(ValueError, match=r"off, alerts\.in\.ua, ukrainealarm"):
        feed_of("sirens", "k")


def test_the_key_may_stand_in_a_file(tmp_path: Path) -> None:
    """As secrets are handed to containers."""
    (tmp_path / "key").write_text("abc:def\n", "utf-8")
    assert read_key(f"@{tmp_path / 'key'}") == read_key("abc:def") == "abc:def"
    with pytest.raises(ValueError, match="--alarm-key"):
        read_key("")


def test_no_feed_unless_asked_for_and_no_key_in_sight() -> None:
    """Printing the settings tells no secret."""
    assert Settings().alarm_feed == "off"
    assert "s3cret" not in repr(Settings(alarm_key="s3cret"))
