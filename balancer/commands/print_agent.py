"""`balancer print-agent`: prints tickets for the kiosk whose browser runs on this machine."""

from __future__ import annotations

import asyncio
import re

import click

from balancer.commands.options import run_async
from balancer.printing.drawing import WIDE

ORIGIN = re.compile(r"https?://[^/\s]+")


@click.command("print-agent")
@click.option(
    "--printer",
    required=True,
    envvar="BALANCER_PRINTER",
    help="network:HOST[:9100], usb:VVVV:PPPP[:IN:OUT] or file:PATH.",
)
@click.option(
    "--server",
    required=True,
    envvar="BALANCER_SERVER",
    help="Address of the server whose kiosk page may print, like https://queue.example.ua.",
)
@click.option("--port", default=9109, show_default=True, help="Port on this machine; 0 takes a free one.")
@click.option("--width", default=WIDE, show_default=True, help="Dots across the paper: 80 mm 576, 58 mm 384.")
def command(printer: str, server: str, port: int, width: int) -> None:
    """Print tickets for the kiosk on this machine; ends with Ctrl-C."""
    origin = ORIGIN.match(server)
    if origin is None:
        raise click.BadParameter("an address like https://queue.example.ua is wanted", param_hint="--server")
    run_async(_serve(printer, origin[0], port, width))


async def _serve(printer: str, origin: str, port: int, width: int) -> None:
    from aiohttp import web

    from balancer.printing.agent import PrintAgent
    from balancer.printing.printer import PaperPrinter

    paper = PaperPrinter(printer)
    runner = web.AppRunner(PrintAgent(paper, origin, width).app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        state = await asyncio.to_thread(paper.state)
        place = f"http://127.0.0.1:{runner.addresses[0][1]}"
        click.echo(f"printing for {origin} on {place}/ ({printer}: {state})")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
