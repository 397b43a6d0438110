"""Who may ask how often: token buckets by address, by device token and for the whole city. Pure: time is
passed in.

Only requests without a token share the city's public bucket, so a crowd can never use up what desks and
kiosks need: every device has a bucket of its own.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Sequence

from balancer.errors import BalancerError
from balancer.settings import Network, Settings

REMEMBERED = 50_000
ADMIN_FACTOR = 10
READS_A_DRAWING = 5.0
WRONG_TOKENS_PER_SECOND = 5.0
ENROLMENTS_PER_SECOND, ENROLMENTS_AT_ONCE = 0.1, 30.0
WRONG_CODES_PER_SECOND, WRONG_CODES_AT_ONCE = 0.1, 10.0


class Buckets:
    """One bucket a key: `rate` requests a real second, `burst` at once. The keys longest unseen are
    forgotten.
    """

    def __init__(self, rate: float, burst: float, remembered: int = REMEMBERED) -> None:
        self.rate = rate
        self.burst = burst
        self._remembered = remembered
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float) -> float:
        """Take one request; 0.0 if there was one, else the seconds until there is. `now` is monotonic
        seconds.
        """
        level, at = self._levels.get(key, (self.burst, now))
        level = min(self.burst, level + (now - at) * self.rate)
        missing = 1.0 - level
        if missing <= 0:
            level -= 1.0
        self._levels[key] = (level, now)
        self._levels.move_to_end(key)
        if len(self._levels) > self._remembered:
            self._levels.popitem(last=False)
        return max(0.0, missing / self.rate)


class Limits:
    """All the limits of one process, and the number of commands under way."""

    def __init__(self, settings: Settings) -> None:
        self.in_flight = 0
        self._most_in_flight = settings.commands_in_flight
        self._reads = Buckets(settings.public_reads, 4 * settings.public_reads)
        self._drawings = Buckets(
            settings.public_reads / READS_A_DRAWING, 4 * settings.public_reads / READS_A_DRAWING
        )
        self._commands = Buckets(settings.public_commands, 5 * settings.public_commands)
        self._city = Buckets(settings.city_public_commands, 2 * settings.city_public_commands)
        self._devices = Buckets(settings.device_commands, 2 * settings.device_commands)
        rate = ADMIN_FACTOR * settings.device_commands
        self._admins = Buckets(rate, 2 * rate)
        self._wrong_tokens = Buckets(WRONG_TOKENS_PER_SECOND, 10 * WRONG_TOKENS_PER_SECOND)
        self._enrolments = Buckets(ENROLMENTS_PER_SECOND, ENROLMENTS_AT_ONCE)
        self._wrong_codes = Buckets(WRONG_CODES_PER_SECOND, WRONG_CODES_AT_ONCE)

    def public_read(self, address: str, now: float) -> None:
        """Refuse a public read with `rate_limited`, or with `overloaded` while too many commands are under
        way.
        """
        self._refuse_overload()
        _refuse(self._reads.take(address, now))

    def new_drawing(self, address: str, now: float) -> None:
        """Refuse an address that asks one question after another which nobody has asked before: each must be
        drawn.
        """
        _refuse(self._drawings.take(address, now))

    def public_command(self, address: str, now: float) -> None:
        """Refuse a command without a token: by its address first, then by what the whole public may take."""
        self._refuse_overload()
        _refuse(self._commands.take(address, now))
        _refuse(self._city.take("city", now))

    def device(self, token: str, admin: bool, now: float) -> None:
        """Refuse a device that asks more often than any device needs to."""
        _refuse((self._admins if admin else self._devices).take(token, now))

    def wrong_token(self, address: str, now: float) -> None:
        """Slow down an address that tries tokens."""
        _refuse(self._wrong_tokens.take(address, now))

    def enrolment(self, address: str, now: float) -> None:
        """Slow down an address that brings one new device after another."""
        _refuse(self._enrolments.take(address, now))

    def wrong_code(self, token: str, now: float) -> None:
        """Slow down somebody who tries codes of devices."""
        _refuse(self._wrong_codes.take(token, now))

    def _refuse_overload(self) -> None:
        if self.in_flight >= self._most_in_flight:
            raise BalancerError("overloaded", seconds=1)


def _refuse(seconds: float) -> None:
    if seconds > 0:
        raise BalancerError("rate_limited", seconds=max(1, round(seconds + 0.5)))


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The address to count: the peer, or the nearest one in X-Forwarded-For that is no trusted proxy itself.

    `forwarded` is the header's values in their order. IPv6 addresses count by their /64, which one person
    holds.
    """
    seen = peer
    if _is_trusted(peer, trusted):
        hops = [hop.strip() for line in forwarded for hop in line.split(",")]
        for hop in reversed(hops):
            if _parse(hop) is None:
                break
            seen = hop
            if not _is_trusted(hop, trusted):
                break
    address = _parse(seen)
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return seen


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_trusted(text: str, trusted: Sequence[Network]) -> bool:
    address = _parse(text)
    return address is not None and any(address in network for network in trusted)
