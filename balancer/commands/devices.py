"""`balancer devices list | approve | revoke`: what a supervisor does on his page, beside a running server."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from balancer.commands.options import CITY, run_async, setting_options
from balancer.commands.token import check_place
from balancer.commands.which_city import which_city
from balancer.core.connect import open_store
from balancer.core.device_record import Device
from balancer.core.devices import Devices

BRANCH = click.option("--branch", required=True, help="The branch in which the device stands.")


@click.group("devices")
def command() -> None:
    """Screens and kiosks: who waits, who works, let one in, end one."""


@command.command("list")
@click.option("--branch", help="Only those of one branch.")
@CITY
@setting_options("redis", "data")
def list_devices(branch: str | None, city: str | None, redis: str, data: Path) -> None:
    """List the devices: id, kind, branch, state, code while it waits, name, last sign of life."""

    async def read() -> list[Device]:
        async with open_store(redis, data) as store:
            found = await which_city(store, city)
            check_place(found, branch, None)
            devices = Devices(store.writer, found.city, b"")
            wanted = [branch] if branch else list(found.branch_by_id)
            return [device for each in wanted for device in await devices.of_branch(each)]

    for device in run_async(read()):
        click.echo(line_of(device, time.time_ns() // 1_000_000))


def line_of(device: Device, now_ms: int) -> str:
    """A device's line in the list, at the real instant `now_ms`."""
    made, status = device.enrolled, device.status(now_ms)
    called = f"code {made.code}" if status == "pending" else device.approval.name if device.approval else ""
    seen = "never heard of" if device.seen is None else f"last heard of {_minute(device.seen)}"
    printer = f", printer {device.printer}" if device.printer else ""
    return f"{made.id}  {made.kind:7}  {made.branch:16}  {status:8}  {called or '-'}  {seen}{printer}"


def _minute(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


@command.command()
@click.argument("code")
@click.option("--name", required=True, help="What people call the device, as «Термінал 2».")
@BRANCH
@CITY
@setting_options("redis", "data")
def approve(code: str, name: str, branch: str, city: str | None, redis: str, data: Path) -> None:
    """Let in the device that shows CODE. Look at its screen: whoever shows that code gets a token."""

    async def work() -> Device:
        async with open_store(redis, data) as store:
            found = await which_city(store, city)
            check_place(found, branch, None)
            return await Devices(store.writer, found.city, b"").approve(branch, code, name)

    device = run_async(work())
    click.echo(f"approved: {device.enrolled.kind} {device.enrolled.id}", err=True)


@command.command()
@click.argument("identity", metavar="ID")
@BRANCH
@CITY
@setting_options("redis", "data")
def revoke(identity: str, branch: str, city: str | None, redis: str, data: Path) -> None:
    """End a device's token. Servers know within a second; its screen asks to be let in anew."""

    async def work() -> Device:
        async with open_store(redis, data) as store:
            found = await which_city(store, city)
            check_place(found, branch, None)
            return await Devices(store.writer, found.city, b"").revoke(branch, identity)

    device = run_async(work())
    click.echo(f"revoked: {device.enrolled.kind} {device.enrolled.id}", err=True)
