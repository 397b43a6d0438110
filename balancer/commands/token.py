"""`balancer token create | list | revoke`: works on a store alone and beside a running server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from balancer.city.definition import City
from balancer.commands.options import CITY, run_async, setting_options
from balancer.commands.which_city import which_city
from balancer.core.connect import open_store
from balancer.core.tokens import STAFF_ROLES, TokenRecord, Tokens, check_reach


@click.group("token")
def command() -> None:
    """Tokens of devices and staff."""


@command.command()
@click.option("--role", required=True, type=click.Choice(STAFF_ROLES), help="What its holder may do.")
@click.option("--branch", help="The branch it reaches (all roles but planner and admin).")
@click.option("--desk", help="The desk it is for (role desk).")
@click.option(
    "--days", type=click.FloatRange(min=0, min_open=True), help="Valid that long; else until revoked."
)
@CITY
@setting_options("redis", "data")
def create(
    role: str,
    branch: str | None,
    desk: str | None,
    days: float | None,
    city: str | None,
    redis: str,
    data: Path,
) -> None:
    """Make a token and print it, alone, on stdout. It is shown only this once."""
    click.echo(run_async(_create(role, branch, desk, days, city, redis, data)))


async def _create(
    role: str,
    branch: str | None,
    desk: str | None,
    days: float | None,
    city: str | None,
    redis: str,
    data: Path,
) -> str:
    check_reach(role, branch, desk)
    async with open_store(redis, data) as store:
        found = await which_city(store, city)
        check_place(found, branch, desk)
        return await Tokens(store.writer, found.city).create(role, branch=branch, desk=desk, days=days)


def check_place(city: City, branch: str | None, desk: str | None) -> None:
    """ValueError where the city has no such branch or the branch no such desk, with those it has."""
    if branch is None:
        return
    if branch not in city.branch_by_id:
        raise ValueError(f"{city.city} has no branch {branch}; it has {', '.join(city.branch_by_id)}")
    desks = city.branch(branch).desk_by_id
    if desk is not None and desk not in desks:
        raise ValueError(f"branch {branch} has no desk {desk}; it has {', '.join(desks)}")


@command.command("list")
@CITY
@setting_options("redis", "data")
def list_tokens(city: str | None, redis: str, data: Path) -> None:
    """List the tokens: id, role, reach, when made, until when. Tokens themselves are not kept."""
    for record in run_async(_list(city, redis, data)):
        click.echo(line_of(record, datetime.now(UTC)))


async def _list(city: str | None, redis: str, data: Path) -> list[TokenRecord]:
    async with open_store(redis, data) as store:
        return await Tokens(store.writer, (await which_city(store, city)).city).records()


def line_of(record: TokenRecord, now: datetime) -> str:
    """A token's line in the list."""
    reach = "/".join(part for part in (record.branch, record.desk) if part) or "the whole city"
    if record.revoked is not None:
        state = f"revoked {_day(record.revoked)}"
    elif not record.is_valid(round(now.timestamp() * 1000)):
        state = "expired"
    else:
        state = "until revoked" if record.expires is None else f"until {_day(record.expires)}"
    return f"{record.id}  {record.role:10}  {reach:24}  made {_day(record.created)}  {state}"


def _day(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


@command.command()
@click.argument("identity", metavar="ID")
@CITY
@setting_options("redis", "data")
def revoke(identity: str, city: str | None, redis: str, data: Path) -> None:
    """End a token. ID is the part between its dots, as `list` shows it; servers know within a second."""
    record = run_async(_revoke(identity, city, redis, data))
    if record is None:
        raise click.ClickException(f"no token has the id {identity}")
    click.echo(f"revoked: {record.role} {record.id}", err=True)


async def _revoke(identity: str, city: str | None, redis: str, data: Path) -> TokenRecord | None:
    async with open_store(redis, data) as store:
        return await Tokens(store.writer, (await which_city(store, city)).city).revoke(identity)
