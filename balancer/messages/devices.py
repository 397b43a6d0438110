"""Screens and kiosks: how one asks to be let in, and how its supervisor sees it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from balancer.messages.bodies import Id

DeviceKind = Literal["kiosk", "display"]
DeviceStatus = Literal["pending", "approved", "revoked", "expired"]
PrinterState = Literal["ok", "paper_low", "paper_out", "cover_open", "offline"]


class EnrolBody(msgspec.Struct, forbid_unknown_fields=True):
    """A new device says what it is and where it stands."""

    kind: DeviceKind
    branch: Id


class EnrolAnswer(msgspec.Struct):
    """201: the code that the screen shows, the secret that only the device knows, and for how many real
    seconds the code may be typed.
    """

    device: str
    code: str
    claim: str
    lives_seconds: int


class ClaimAnswer(msgspec.Struct):
    """What became of a device; `token` from the approval until it is first used."""

    state: DeviceStatus
    token: str | None


class ApproveBody(msgspec.Struct, forbid_unknown_fields=True):
    """The code that the screen shows, in either script, and what people call the device."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class DeviceStateBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a device says of itself; null: it has no printer."""

    printer: PrinterState | None


class DeviceView(msgspec.Struct):
    """A device as its supervisor sees it. Instants are real time, RFC 3339.

    `silent`: not heard of for longer than the branch's policy allows while the branch is open. `code` is
    there while it waits for approval.
    """

    device: str
    kind: DeviceKind
    state: DeviceStatus
    code: str | None
    name: str
    created: str
    last_seen: str | None
    silent: bool
    printer: PrinterState | None


class DeviceList(msgspec.Struct):
    """The devices of a branch, oldest first."""

    devices: list[DeviceView]


class DeviceAnswer(msgspec.Struct):
    """200 of an approval or a revocation."""

    device: DeviceView
