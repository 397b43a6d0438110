"""What is kept of a wall device: facts that are written once, and its latest sign of life. Pure.

A device's id, and the secret of its token, are HMACs of its claim, which only the device has. The id is the
id of its token too. Instants are real milliseconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

import msgspec

from balancer.city.hours import rfc3339
from balancer.core.tokens import PREFIX
from balancer.messages.devices import DeviceKind, DeviceStatus, DeviceView, PrinterState

CODE_LETTERS = "ABCEHKMPTX"
"""Letters that are one glyph in both scripts: no keyboard layout is the wrong one."""
CODE_LENGTH = 6
CODE_LIVES_MS = 15 * 60_000

_LATIN = str.maketrans("АВСЕНКМРТХ", CODE_LETTERS)


class Enrolled(msgspec.Struct, frozen=True):
    """What is known from the start. `token_sha256`: hex digest of the secret part of the token to come."""

    id: str
    kind: DeviceKind
    branch: str
    code: str
    created: int
    token_sha256: str


class Approval(msgspec.Struct, frozen=True):
    """A supervisor's word: what the device is called, and since when it counts."""

    name: str
    at: int


class Device(msgspec.Struct, frozen=True):
    """A device with all that was said of it. `used`: when its token was first used; `seen`: last."""

    enrolled: Enrolled
    approval: Approval | None = None
    revoked: int | None = None
    used: int | None = None
    seen: int | None = None
    printer: PrinterState | None = None

    def status(self, now_ms: int) -> DeviceStatus:
        """What it is at the real instant `now_ms`."""
        if self.revoked is not None:
            return "revoked"
        if self.approval is not None:
            return "approved"
        return "pending" if now_ms - self.enrolled.created < CODE_LIVES_MS else "expired"

    @property
    def ended(self) -> int | None:
        """Since when nothing more will come of it, if nobody approves it; None while it works."""
        if self.revoked is not None:
            return self.revoked
        return None if self.approval is not None else self.enrolled.created + CODE_LIVES_MS


FACTS = ("", ":approved", ":revoked")
SIGNS = (":used", ":at", ":printer")


def read_device(
    facts: Mapping[str, bytes | None], signs: Mapping[str, bytes | None], id: str
) -> Device | None:
    """The device of that id from the fields of both hashes; None where there is none."""
    start, approved, revoked = (facts.get(id + end) for end in FACTS)
    used, seen, printer = (signs.get(id + end) for end in SIGNS)
    if start is None:
        return None
    return Device(
        msgspec.json.decode(start, type=Enrolled),
        None if approved is None else msgspec.json.decode(approved, type=Approval),
        None if revoked is None else int(revoked),
        None if used is None else int(used),
        None if seen is None else int(seen),
        msgspec.convert(printer.decode(), PrinterState) if printer else None,
    )


def plain_code(typed: str) -> str:
    """A code as it was typed, in the letters it was made of: spaces and hyphens out, either script."""
    return "".join(letter for letter in typed.upper().translate(_LATIN) if letter.isalpha())[:CODE_LENGTH]


def device_of(city_key: bytes, claim: str) -> str:
    """The id of the device that holds a claim: ten hex digits."""
    return hmac.new(city_key, b"device:" + _bytes(claim), hashlib.sha256).hexdigest()[:10]


def opens_device(city_key: bytes, device: str, claim: str) -> bool:
    """Whether `claim` is that device's, compared in constant time."""
    return hmac.compare_digest(device_of(city_key, claim).encode(), _bytes(device))


def claim_of(city_key: bytes, key: str) -> str:
    """The claim that an enrolment under this idempotency key gets: 256 bits as 43 characters."""
    return _mac(city_key, b"claim:" + _bytes(key))


def token_of(city_key: bytes, claim: str) -> str:
    """The token of the device that holds a claim; it opens nothing before it is approved."""
    return f"{PREFIX}.{device_of(city_key, claim)}.{_mac(city_key, b'device-token:' + _bytes(claim))}"


def device_view(device: Device, time_zone: str, now_ms: int, *, silent: bool) -> DeviceView:
    """As the supervisor sees it."""
    status = device.status(now_ms)
    return DeviceView(
        device=device.enrolled.id,
        kind=device.enrolled.kind,
        state=status,
        code=device.enrolled.code if status == "pending" else None,
        name=device.approval.name if device.approval else "",
        created=rfc3339(time_zone, device.enrolled.created),
        last_seen=None if device.seen is None else rfc3339(time_zone, device.seen),
        silent=silent,
        printer=device.printer,
    )


def _mac(city_key: bytes, message: bytes) -> str:
    mac = hmac.new(city_key, message, hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
