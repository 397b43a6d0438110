"""`balancer schema openapi | asyncapi`: the documents of the wire, as they stand in docs/wire."""

from __future__ import annotations

import click


@click.command("schema")
@click.argument("which", type=click.Choice(["openapi", "asyncapi"]))
def command(which: str) -> None:
    """Print the OpenAPI (HTTP) or AsyncAPI (live socket) document."""
    from balancer.routes.reference import asyncapi_bytes, openapi_bytes

    body = openapi_bytes() if which == "openapi" else asyncapi_bytes()
    click.echo(body.decode(), nl=False)
