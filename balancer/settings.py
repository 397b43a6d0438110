"""Every setting of a server in one table: its flag, its environment variable, its default and what it means.

`serve --data DIR` and `BALANCER_DATA=DIR` say the same; a flag wins. docs/guides/settings.md lists them all.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "BALANCER_"
EMBEDDED = "embedded"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def setting(default: Any, help: str, *, secret: bool = False) -> Any:
    """A field of Settings with its help; `default` gives its type. A secret one is never shown."""
    return field(default=default, metadata={"help": help}, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one server process runs. Seconds and rates are real time, never city time."""

    city: str = setting("kharkiv", "A city that comes with the program, or the path of its TOML file.")
    redis: str = setting(
        EMBEDDED, "URL of the store: redis://, rediss://, unix://, redis+sentinel://, redis+cluster://."
    )
    data: Path = setting(Path("var/balancer"), "Folder in which the embedded store keeps its data.")
    archive: str = setting(
        "", "Database of the history: sqlite:///FILE, postgresql://… or off; without it, a file in --data."
    )
    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on; 0 takes a free one and prints it.")
    clock: str | None = setting(None, "Where the city clock starts, as 2026-11-23T10:00:00; without it, now.")
    speed: float | None = setting(
        None, "How many times faster than real time the city clock runs; without it, 1."
    )
    languages: Path | None = setting(
        None, "Folder of language files beyond Ukrainian and English; without it, those of the program."
    )
    metrics_host: str = setting("127.0.0.1", "Address of the Prometheus metrics.")
    metrics_port: int | None = setting(None, "Port of the Prometheus metrics; without it there are none.")
    drain_seconds: float = setting(30.0, "Over how long sockets move to another process when this one stops.")
    log_json: bool = setting(False, "Write each log line as one JSON object.")
    log_level: str = setting("info", "The least level that is logged: debug, info, warning, error.")
    trusted_proxies: str = setting("", "Addresses or networks, by commas, whose X-Forwarded-For is believed.")
    public_reads: float = setting(
        100.0, "Public reads a second from one address; four times that in a burst."
    )
    public_commands: float = setting(
        10.0, "Commands without a token a second from one address; five times in a burst."
    )
    city_public_commands: float = setting(300.0, "Commands without a token a second over all addresses.")
    device_commands: float = setting(
        200.0, "Requests a second of one token; twice that in a burst, ten times for admins."
    )
    intents_per_address: int = setting(
        10, "Visitors on their way whom one address may have announced at the same time."
    )
    commands_in_flight: int = setting(
        1000, "Commands under way beyond which public requests are put off with 503."
    )
    drawings_per_second: float = setting(
        500.0, "Drawings of the board a second for which all readers of one process may ask together."
    )
    alarm_feed: str = setting("off", "Who tells of air-raid alarms: off, alerts.in.ua or ukrainealarm.")
    alarm_key: str = setting(
        "", "The key that the alarm feed gave you, or @FILE whose first line it is.", secret=True
    )
    alarm_region: str = setting(
        "", "Ids of the feed's regions that contain the city, as 22,124,1293; BRANCH=IDS after a semicolon."
    )
    alarm_url: str = setting("", "Address of a mirror of the alarm feed; without it, the feed's own.")
    alarm_poll_seconds: float = setting(10.0, "How often the alarm feed is asked; one process asks for all.")

    push_contact: str = setting(
        "", "Whom push services may write to, as mailto:help@city.example; without it nothing is pushed."
    )
    push_services: str = setting(
        "https://fcm.googleapis.com,https://*.push.services.mozilla.com,"
        "https://*.notify.windows.com,https://*.push.apple.com",
        "Origins of push services to which notices may go, by commas; * stands for one part of a name.",
    )

    def trusted_networks(self) -> tuple[Network, ...]:
        """The proxies whose X-Forwarded-For is believed; ValueError names a part that is no address."""
        parts = [part.strip() for part in self.trusted_proxies.split(",")]
        return tuple(ipaddress.ip_network(part, strict=False) for part in parts if part)


@dataclass(frozen=True)
class SettingRow:
    """One setting as the command line, the environment and the guide name it."""

    name: str
    flag: str
    variable: str
    default: Any
    help: str


def settings_table() -> list[SettingRow]:
    """Every setting, in the order of the guide."""
    return [
        SettingRow(
            name=row.name,
            flag="--" + row.name.replace("_", "-"),
            variable=PREFIX + row.name.upper(),
            default=row.default,
            help=row.metadata["help"],
        )
        for row in fields(Settings)
    ]
