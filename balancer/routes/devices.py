"""The doors of wall devices: a screen asks to be let in, its supervisor approves or ends it."""

from __future__ import annotations

import time
from typing import Any

from starlette.responses import Response

from balancer.core.device_record import CODE_LIVES_MS, Device
from balancer.errors import BalancerError, wrong_field
from balancer.messages import NoFields, Pulse
from balancer.messages.devices import (
    ApproveBody,
    ClaimAnswer,
    DeviceAnswer,
    DeviceList,
    DeviceStateBody,
    EnrolAnswer,
    EnrolBody,
)
from balancer.routes.access import address_of, bearer
from balancer.routes.door import BRANCH, CITY, Ask, Door, answer
from balancer.wording.reasons import UNREADABLE

DEVICES = BRANCH + "/devices"


async def enrol(ask: Ask[EnrolBody]) -> Response:
    """A new device: its code and its claim. It opens nothing before somebody approves it."""
    parts, body = ask.parts, ask.body
    parts.limits.enrolment(address_of(ask.request, parts), time.monotonic())
    branch = parts.city.branch(body.branch).branch
    assert ask.caller.key is not None
    made, claim = await parts.devices.enrol(body.kind, branch, ask.caller.key)
    where = {"location": f"{CITY.format(city=parts.city.city)}/devices/{made.id}"}
    return answer(EnrolAnswer(made.id, made.code, claim, CODE_LIVES_MS // 1000), 201, where)


async def claim(ask: Ask[NoFields]) -> Response:
    """What became of the device, and its token until that is used."""
    state, token = await ask.parts.devices.token_for(ask.device, bearer(ask.request) or "")
    return answer(ClaimAnswer(state, token))


async def devices(ask: Ask[NoFields]) -> Response:
    """The devices of the branch that wait, work, or were ended."""
    parts, branch = ask.parts, ask.branch
    found = await parts.devices.of_branch(branch.branch)
    return answer(DeviceList([parts.devices.view(each, branch.time_zone) for each in found]))


async def approve(ask: Ask[ApproveBody]) -> Response:
    """Let in the device that shows the code. Wrong codes are counted."""
    parts, branch, name = ask.parts, ask.branch, ask.body.name.strip()
    if not name or not name.isprintable():
        raise wrong_field("name", UNREADABLE)
    try:
        device = await parts.devices.approve(branch.branch, ask.body.code, name)
    except BalancerError as error:
        if error.code == "device_code_unknown":
            parts.limits.wrong_code(ask.who.id, time.monotonic())
        raise
    await _record(ask, "device_approved", device)
    return answer(DeviceAnswer(parts.devices.view(device, branch.time_zone)))


async def revoke(ask: Ask[NoFields]) -> Response:
    """End a device: its token opens nothing any more within a second."""
    parts, branch = ask.parts, ask.branch
    device = await parts.devices.revoke(branch.branch, ask.device)
    await _record(ask, "device_revoked", device)
    return answer(DeviceAnswer(parts.devices.view(device, branch.time_zone)))


async def _record(ask: Ask[Any], kind: str, device: Device) -> None:
    """Who let a device in or ended it stands in the log."""
    name = device.approval.name if device.approval else ""
    detail = {"device": device.enrolled.id, "role": device.enrolled.kind, "name": name}
    await ask.parts.queue.record(ask.caller, kind, ask.branch.branch, detail)


async def report(ask: Ask[DeviceStateBody]) -> Response:
    """What a device says of itself; asking is its sign of life."""
    await ask.parts.devices.report(ask.who.id, ask.body.printer)
    return answer(Pulse(ask.parts.feed.offset))


DOORS: tuple[Door, ...] = (
    Door(
        "POST",
        CITY + "/devices",
        enrol,
        "A screen or kiosk asks to be let in",
        "enrol_device",
        EnrolAnswer,
        EnrolBody,
        201,
        tag="devices",
        refuses=("unknown_branch",),
    ),
    Door(
        "GET",
        CITY + "/devices/{device}",
        claim,
        "What became of a device, by its claim",
        "claim_device",
        ClaimAnswer,
        tag="devices",
    ),
    Door("GET", DEVICES, devices, "The devices of a branch", "read_devices", DeviceList, tag="devices"),
    Door(
        "POST",
        DEVICES + "/approve",
        approve,
        "Let in the device that shows a code",
        "approve_device",
        DeviceAnswer,
        ApproveBody,
        tag="devices",
        refuses=("device_code_unknown",),
    ),
    Door(
        "POST",
        DEVICES + "/state",
        report,
        "What a device says of itself",
        "report_device",
        Pulse,
        DeviceStateBody,
        tag="devices",
    ),
    Door(
        "POST",
        DEVICES + "/{device}/revoke",
        revoke,
        "End a device's token",
        "revoke_device",
        DeviceAnswer,
        NoFields,
        tag="devices",
    ),
)
