"""A store's address is read into its parts, and every fault in it has one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from balancer.core.store_url import OPTIONS, SCHEMES, Address, StoreUrl, parse_store_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("redis://localhost", StoreUrl("standalone", (Address("localhost", 6379),))),
        ("redis://", StoreUrl("standalone", (Address("localhost", 6379),))),
        ("redis://10.0.0.1:7000/2", StoreUrl("standalone", (Address("10.0.0.1", 7000),), db=2)),
        ("redis://[::1]:7000", StoreUrl("standalone", (Address("::1", 7000),))),
        ("rediss://host", StoreUrl("standalone", (Address("host", 6379),), tls=True)),
        (
            "redis://ann:p%40ss@host",
            StoreUrl("standalone", (Address("host", 6379),), username="ann", password="p@ss"),
        ),
        ("redis://:secret@host", StoreUrl("standalone", (Address("host", 6379),), password="secret")),
        ("unix:///run/store.sock", StoreUrl("standalone", path="/run/store.sock")),
        (
            "unix:///my%20data/store.sock?disk=%2Fmy%20data&reserve_mb=10",
            StoreUrl("standalone", path="/my data/store.sock", disk=Path("/my data"), reserve_mb=10),
        ),
        (
            "redis+sentinel://a:1,b/kharkiv/1?replicas=2&sentinel_password=x",
            StoreUrl(
                "sentinel",
                (Address("a", 1), Address("b", 26379)),
                service="kharkiv",
                db=1,
                replicas=2,
                sentinel_password="x",
            ),
        ),
        (
            "redis+cluster://a:1,b:2,[::1]:3",
            StoreUrl("cluster", (Address("a", 1), Address("b", 2), Address("::1", 3))),
        ),
        (
            "rediss+cluster://a?ssl_ca_certs=/ca.pem&ssl_check_hostname=no",
            StoreUrl(
                "cluster",
                (Address("a", 6379),),
                tls=True,
                tls_options=(("ssl_ca_certs", "/ca.pem"), ("ssl_check_hostname", False)),
            ),
        ),
    ],
)
def test_address_is_read_into_its_parts(text: str, expected: StoreUrl) -> None:
    """Each form of address that the module's first lines promise."""
    assert parse_store_url(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("localhost:6379", "begins with one of redis://"),
        ("http://localhost", "begins with one of redis://"),
        ("redis://host:port", "'host:port' is not host:port"),
        ("redis://host:99999", "not host:port"),
        ("redis://host:0", "not host:port"),
        ("redis://host/x", "database number"),
        ("redis://host/1/2", "database number"),
        ("redis+cluster://host/1", "none for a cluster"),
        ("redis+sentinel://host", "name the sentinels' service"),
        ("unix://store.sock", "full path"),
        ("redis://host?replicas=many", "replicas is a whole number"),
        ("redis://host?replica=1&retry=3", "unknown option replica, retry"),
    ],
)
def test_fault_is_told_in_one_sentence(text: str, says: str) -> None:
    """A typing error is found from the message alone."""
    with pytest.raises(ValueError, match=says):
        parse_store_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "redis://ann:topsecret@host:7000/2",
        "redis+sentinel://:topsecret@a:1,b:2/service?sentinel_password=topsecret",
        "rediss+cluster://:topsecret@[::1]:7000",
    ],
)
def test_no_password_is_shown(text: str) -> None:
    """Addresses go into logs and messages; passwords do not."""
    url = parse_store_url(text)
    assert "topsecret" not in str(url) + repr(url)
    assert str(url).startswith(text.partition("://")[0])


def test_every_option_stands_in_the_guide() -> None:
    """What can be set is documented; what is documented can be set."""
    guide = (Path(__file__).parents[2] / "docs/guides/store.md").read_text("utf-8")
    table = guide.partition("| option, after `?`")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)=", table)) == set(OPTIONS)
    for scheme in SCHEMES:
        assert f"{scheme}://" in guide or f"`{scheme}" in guide
