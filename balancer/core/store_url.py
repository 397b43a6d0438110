"""Where the store is: one address line, read once and checked.

    redis://[user:password@]host[:port][/db]                    one server
    unix:///path/to/socket                                      one server on this machine
    redis+sentinel://host[:port],host[:port]/service[/db]       whichever server the sentinels call the master
    redis+cluster://host[:port],host[:port]                     the server of the cluster that owns the city

`rediss` instead of `redis` means TLS. Options follow a question mark:

    replicas=N      replicas that must have a write before it is acknowledged. Without it one, if the server
                    has had one since we connected; behind sentinels always one. Where there are several,
                    only their whole number is safe in every failover: else one that lacks a write may be
                    promoted
    disk=FOLDER     a folder on this machine whose disk must keep `reserve_mb` (64) free, else writes are
                    refused
    sentinel_username=, sentinel_password=      where the sentinels ask for their own
    ssl_ca_certs=FILE, ssl_certfile=FILE, ssl_keyfile=FILE, ssl_check_hostname=no
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, quote, unquote

Kind = Literal["standalone", "sentinel", "cluster"]

SCHEMES: Mapping[str, tuple[Kind, bool]] = {
    "redis": ("standalone", False),
    "rediss": ("standalone", True),
    "unix": ("standalone", False),
    "redis+sentinel": ("sentinel", False),
    "rediss+sentinel": ("sentinel", True),
    "redis+cluster": ("cluster", False),
    "rediss+cluster": ("cluster", True),
}
DEFAULT_PORT: Mapping[Kind, int] = {"standalone": 6379, "sentinel": 26379, "cluster": 6379}
TLS_OPTIONS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname")
OPTIONS = ("replicas", "disk", "reserve_mb", "sentinel_username", "sentinel_password", *TLS_OPTIONS)
DEFAULT_RESERVE_MB = 64


class Address(NamedTuple):
    """A TCP address of a server or a sentinel."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class StoreUrl:
    """A store's address in its parts. `hosts` is empty for a unix socket; `replicas` is None where it is left
    to what the server has; `str()` shows it without any password.
    """

    kind: Kind
    hosts: tuple[Address, ...] = ()
    path: str | None = None
    db: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    service: str | None = None
    replicas: int | None = None
    disk: Path | None = None
    reserve_mb: int = DEFAULT_RESERVE_MB
    sentinel_username: str | None = None
    sentinel_password: str | None = field(default=None, repr=False)
    tls_options: tuple[tuple[str, str | bool], ...] = ()

    def __str__(self) -> str:
        if self.path is not None:
            return f"unix://{self.path}"
        scheme = ("rediss" if self.tls else "redis") + ("" if self.kind == "standalone" else f"+{self.kind}")
        who = f"{quote(self.username)}@" if self.username else ""
        tail = f"/{self.service}" if self.service else ""
        tail += f"/{self.db}" if self.db else ""
        return f"{scheme}://{who}{','.join(map(str, self.hosts))}{tail}"


def parse_store_url(url: str) -> StoreUrl:
    """The parts of `url`; ValueError says in one sentence what is wrong with it (never showing its password).
    """
    scheme, authority, below, query = _split(url)
    if scheme not in SCHEMES:
        raise ValueError(f"a store's address begins with one of {', '.join(s + '://' for s in SCHEMES)}")
    kind, tls = SCHEMES[scheme]
    options = _options(query)
    who, _, hosts = authority.rpartition("@")
    username, _, password = who.partition(":")
    path: str | None = None
    service: str | None = None
    steps = [unquote(step) for step in below.split("/") if step]
    if scheme == "unix":
        path, steps = unquote(hosts + below), []
        if not path.startswith("/"):
            raise ValueError("a unix socket is given by its full path: unix:///path/to/socket")
    elif kind == "sentinel":
        if not steps:
            raise ValueError("name the sentinels' service: redis+sentinel://host:port/service")
        service = steps.pop(0)
    return StoreUrl(
        kind=kind,
        hosts=() if path is not None else _addresses(hosts, DEFAULT_PORT[kind]),
        path=path,
        db=_database(kind, steps),
        username=unquote(username) or None,
        password=unquote(password) or None,
        tls=tls,
        service=service,
        replicas=_count("replicas", options.get("replicas")),
        disk=Path(options["disk"]) if "disk" in options else None,
        reserve_mb=_count("reserve_mb", options.get("reserve_mb")) or DEFAULT_RESERVE_MB,
        sentinel_username=options.get("sentinel_username"),
        sentinel_password=options.get("sentinel_password"),
        tls_options=_tls_options(options),
    )


def _split(url: str) -> tuple[str, str, str, str]:
    """Scheme, authority, path and query. By hand, because `urlsplit` of some Python releases refuses a list
    of hosts with an IPv6 address in it.
    """
    scheme, mark, rest = url.partition("://")
    rest, _, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    return (scheme.lower() if mark else ""), authority, slash + path, query


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise ValueError(f"unknown option {', '.join(unknown)}; known are {', '.join(OPTIONS)}")
    return options


def _addresses(hosts: str, default_port: int) -> tuple[Address, ...]:
    found = tuple(_address(one, default_port) for one in hosts.split(",") if one)
    return found or (Address("localhost", default_port),)


def _address(text: str, default_port: int) -> Address:
    if text.startswith("["):
        host, _, tail = text[1:].partition("]")
        port = tail.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if not host or (port and not (port.isdecimal() and 0 < int(port) < 65536)):
        raise ValueError(f"{text!r} is not host:port")
    return Address(host, int(port) if port else default_port)


def _database(kind: Kind, steps: list[str]) -> int:
    if not steps:
        return 0
    if kind == "cluster" or len(steps) > 1 or not steps[0].isdecimal():
        raise ValueError("after the host comes a database number only, and none for a cluster")
    return int(steps[0])


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal():
        raise ValueError(f"{name} is a whole number, not {text!r}")
    return int(text)


def _tls_options(options: Mapping[str, str]) -> tuple[tuple[str, str | bool], ...]:
    given = {name: options[name] for name in TLS_OPTIONS if name in options}
    return tuple(
        (name, value.lower() not in ("no", "false", "0") if name == "ssl_check_hostname" else value)
        for name, value in given.items()
    )
