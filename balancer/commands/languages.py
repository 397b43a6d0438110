"""`balancer languages template` and `balancer languages check`: a further language for visitors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from balancer.languages.language_file import read_language_file
from balancer.languages.offered import OWN_NAMES
from balancer.languages.template import template


@click.group("languages")
def command() -> None:
    """Languages beyond Ukrainian and English: one file each, docs/guides/languages.md."""


@command.command("template")
@click.argument("language")
def print_template(language: str) -> None:
    """Print a file for LANGUAGE (a short tag, as pl or crh), every text in Ukrainian, to be translated."""
    content = {"language": language, "name": "", "locale": language, "fallback": "uk", "rooms": template()}
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> None:
    """Name every text that is missing or lacks a blank to fill; exit 1 if there is any."""
    try:
        found, faults = read_language_file(file)
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from None
    for fault in faults:
        click.echo(fault)
    if faults:
        instead = OWN_NAMES[found.fallback]
        raise click.ClickException(
            f"{file}: {len(faults)} texts are missing or do not fit; there it reads as in {instead}"
        )
    click.echo(f"{file}: {found.name}, complete")
