"""The commands: `balancer COMMAND`. Each stands in a module of its own, imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve": ("balancer.commands.serve", "Serve a city."),
    "demo": ("loadtest.demo", "A city with living traffic, to look at."),
    "replay": ("loadtest.replay", "Drive a server with a recorded day."),
    "forecast": ("balancer.commands.forecast", "Who will come in the coming days, by half-hour."),
    "staffing": ("balancer.commands.staffing", "Desks that a day needs, and what if."),
    "backtest": ("balancer.commands.backtest", "How right the predicted waits are."),
    "simulate": ("balancer.commands.simulate", "What advice is worth to a city, simulated."),
    "city": ("balancer.commands.city", "Check a city file, apply it to a running city."),
    "token": ("balancer.commands.token", "Tokens of devices and staff."),
    "print-agent": ("balancer.commands.print_agent", "Print tickets, beside a kiosk."),
    "devices": ("balancer.commands.devices", "Screens and kiosks: who waits, who works."),
    "events": ("balancer.commands.events", "What happens in a city, line by line."),
    "archive": ("balancer.commands.archive", "The history: how far it is, as files, made anew."),
    "doctor": ("balancer.commands.doctor", "Look whether store and machine are safe to use."),
    "languages": ("balancer.commands.languages", "A further language: what it has to say, what it lacks."),
    "schema": ("balancer.commands.schema", "Print the OpenAPI or AsyncAPI document."),
}


class LazyCommands(click.Group):
    """A group whose commands are imported only when they are called: `balancer --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The attribute `command` of the module that the table names."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="queue-balancer", prog_name="balancer")
def main() -> None:
    """Every branch of a city's administrative service centre, live."""
