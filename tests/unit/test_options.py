"""Options made from the table of settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from balancer.commands.options import run_async, setting_options
from balancer.errors import BalancerError, StoreUnavailable
from balancer.settings import Settings, settings_table


def given(*words: str, **environment: str) -> dict[str, Any]:
    """What a command with every setting as an option is given."""
    seen: dict[str, Any] = {}

    @click.command()
    @setting_options()
    def command(**values: Any) -> None:
        seen.update(values)

    result = CliRunner().invoke(command, words, env=environment, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return seen


def test_without_anything_the_defaults_hold() -> None:
    """Every setting has its option, and Settings takes what click gives."""
    assert Settings(**given()) == Settings()
    assert set(given()) == {row.name for row in settings_table()}


def test_flags_win_over_the_environment() -> None:
    """And both are read as what they are: paths, numbers, yes and no."""
    seen = given(
        "--port",
        "9",
        "--log-json",
        BALANCER_PORT="8",
        BALANCER_SPEED="60",
        BALANCER_DATA="/tmp/x",
        BALANCER_CITY="c",
    )
    assert (seen["port"], seen["speed"], seen["data"], seen["city"], seen["log_json"]) == (
        9,
        60.0,
        Path("/tmp/x"),
        "c",
        True,
    )


def test_some_options_only() -> None:
    """A command that works on a store takes what it needs."""

    @click.command()
    @setting_options("redis", "data")
    def command(**values: Any) -> None:
        assert set(values) == {"redis", "data"}

    assert CliRunner().invoke(command, []).exit_code == 0


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("no such role"), "no such role"),
        (OSError(98, "Address already in use"), "Address already in use"),
        (BalancerError("unknown_city", city="x"), "Unknown city: x"),
    ],
)
def test_what_went_wrong_is_told_in_a_line(error: Exception, told: str) -> None:
    """No traceback for what an operator can mend."""

    async def work() -> None:
        raise error

    with pytest.raises(click.ClickException, match=told):
        run_async(work())


def test_the_reason_of_an_unreachable_store_is_told() -> None:
    """Not only that it does not answer."""

    async def work() -> None:
        error = StoreUnavailable("store_unavailable")
        error.params["reason"] = "connection refused"
        raise error

    with pytest.raises(click.ClickException, match="connection refused"):
        run_async(work())
