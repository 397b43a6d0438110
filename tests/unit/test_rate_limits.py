"""Limits by address, device and city: who is refused first, and that desks never are by the crowd."""

from __future__ import annotations

import ipaddress

import pytest

from balancer.errors import BalancerError
from balancer.routes.rate_limits import Buckets, Limits, client_address
from balancer.settings import Settings

TRUSTED = (ipaddress.ip_network("10.0.0.0/8"),)


def refused(limit: object, *given: object) -> str | None:
    """The code with which a limit refuses, or None."""
    try:
        limit(*given)  # type: ignore[operator]
    except BalancerError as error:
        return error.code
    return None


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    """Five at once, then one each half second; the answer says how long to wait."""
    bucket = Buckets(rate=2, burst=5)
    assert [bucket.take("a", 0.0) for _ in range(5)] == [0.0] * 5
    assert bucket.take("a", 0.0) == pytest.approx(0.5)
    assert bucket.take("a", 0.5) == 0.0
    assert bucket.take("a", 0.5) > 0


def test_each_key_has_its_own_bucket_and_the_oldest_are_forgotten() -> None:
    """A million addresses cost no more memory than the bucket remembers."""
    bucket = Buckets(rate=1, burst=1, remembered=3)
    assert bucket.take("a", 0.0) == 0.0
    assert bucket.take("b", 0.0) == 0.0
    assert bucket.take("a", 0.0) > 0
    for name in "cdef":
        bucket.take(name, 0.0)
    assert bucket.take("a", 0.0) == 0.0


def test_one_address_cannot_hammer_the_public_doors() -> None:
    """429 with the seconds to wait; another address is not touched."""
    limits = Limits(Settings(public_commands=1))
    assert [refused(limits.public_command, "1.2.3.4", 0.0) for _ in range(5)] == [None] * 5
    with pytest.raises(BalancerError) as caught:
        limits.public_command("1.2.3.4", 0.0)
    assert caught.value.code == "rate_limited"
    assert caught.value.params["seconds"] >= 1
    assert refused(limits.public_command, "5.6.7.8", 0.0) is None


def test_one_address_cannot_make_up_questions_without_end() -> None:
    """Each must be drawn, which costs as much as many reads."""
    limits = Limits(Settings(public_reads=100.0))
    codes = [refused(limits.new_drawing, "1.2.3.4", 0.0) for _ in range(100)]
    assert codes.count("rate_limited") == 20
    assert refused(limits.public_read, "1.2.3.4", 0.0) is None
    assert refused(limits.new_drawing, "5.6.7.8", 0.0) is None


def test_a_crowd_of_addresses_is_limited_and_devices_are_not() -> None:
    """The whole public shares the city's bucket; two hundred commands of a kiosk pass all the same."""
    limits = Limits(Settings(city_public_commands=10))
    codes = [refused(limits.public_command, f"10.0.{n // 250}.{n % 250}", 0.0) for n in range(100)]
    assert codes.count("rate_limited") == 80
    assert [refused(limits.device, "kiosk1", False, 0.0) for _ in range(200)] == [None] * 200


def test_a_device_gone_mad_is_stopped_alone() -> None:
    """Its neighbour goes on, and an administrator's tool may do ten times as much."""
    limits = Limits(Settings())
    codes = [refused(limits.device, "kiosk1", False, 0.0) for _ in range(500)]
    assert codes.count(None) == 400
    assert refused(limits.device, "kiosk2", False, 0.0) is None
    assert [refused(limits.device, "tool", True, 0.0) for _ in range(2000)] == [None] * 2000


def test_overload_puts_off_the_public_only() -> None:
    """With too many commands under way the public waits; staff do not."""
    limits = Limits(Settings(commands_in_flight=3))
    limits.in_flight = 3
    assert refused(limits.public_read, "1.2.3.4", 0.0) == "overloaded"
    assert refused(limits.public_command, "1.2.3.4", 0.0) == "overloaded"
    assert refused(limits.device, "desk1", False, 0.0) is None
    limits.in_flight = 2
    assert refused(limits.public_read, "1.2.3.4", 0.0) is None


def test_guessing_tokens_is_slow() -> None:
    """Fifty wrong ones, then five a second."""
    limits = Limits(Settings())
    assert [refused(limits.wrong_token, "1.2.3.4", 0.0) for _ in range(60)].count("rate_limited") == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("8.8.8.8", ["1.1.1.1"], "8.8.8.8"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["1.1.1.1"], "1.1.1.1"),
        ("10.0.0.1", ["9.9.9.9, 1.1.1.1"], "1.1.1.1"),
        ("10.0.0.1", ["9.9.9.9", "1.1.1.1, 10.0.0.7"], "1.1.1.1"),
        ("10.0.0.1", ["1.1.1.1, nonsense"], "10.0.0.1"),
        ("local", ["1.1.1.1"], "local"),
        ("2001:db8::1", [], "2001:db8::/64"),
        ("2001:db8::ffff:1", [], "2001:db8::/64"),
        ("::ffff:8.8.8.8", [], "8.8.8.8"),
    ],
)
def test_the_address_that_counts(peer: str, forwarded: list[str], expected: str) -> None:
    """Only a trusted proxy is believed, as far as it saw itself: a client cannot pick its address."""
    assert client_address(peer, forwarded, TRUSTED) == expected
