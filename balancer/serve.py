"""One server process from start to end: store, city, clock, feed, timers, HTTP; then draining and a clean
stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import uvicorn

from balancer.app import create_app, running_parts
from balancer.core.file_limit import raise_file_limit
from balancer.errors import BalancerError
from balancer.former_days import learn_former_days
from balancer.live.draining import drain
from balancer.live.ending import end_tasks
from balancer.live.socket import SOCKET_SETTINGS
from balancer.routes.bounded_http import HTTP_SETTINGS
from balancer.routes.parts import Parts
from balancer.settings import EMBEDDED, Settings

log = logging.getLogger("balancer.serve")

STORE_LOOK_SECONDS = 1.0
STOP_SECONDS = 5
BACKLOG = 4096

Started = Callable[[str, Parts], Awaitable[None]]


async def serve(settings: Settings, started: Started | None = None) -> None:
    """Serve until a signal ends it. `started(address, parts)` is awaited once everything is ready.

    Raises what keeps a server from starting: CityFaults, StoreUnavailable, OSError (a port in use),
    ValueError.
    """
    listener = listen(settings.host, settings.port)
    with contextlib.closing(listener):
        async with running_parts(settings) as parts:
            server = _Server(_config(settings, parts))
            stop = _Stop(server, parts, settings.drain_seconds)
            ready = asyncio.Event()
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            chores = [
                asyncio.create_task(chore)
                for chore in (
                    _begin(parts, server, _address(listener), started, ready),
                    _watch_store(parts),
                    _archive(parts, ready),
                    _learn(parts, ready),
                    _alarms(parts, ready),
                    _push(parts, ready),
                )
            ]
            with stop.on_signals():
                await _until_over(serving, chores)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a port in use is noticed before anything is started."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers, which would close every socket at once; tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(settings: Settings, parts: Parts) -> uvicorn.Config:
    options: dict[str, Any] = {
        **SOCKET_SETTINGS,
        **HTTP_SETTINGS,
        "lifespan": "off",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "backlog": BACKLOG,
        "timeout_graceful_shutdown": STOP_SECONDS,
    }
    return uvicorn.Config(create_app(parts), host=settings.host, port=settings.port, **options)


async def _begin(
    parts: Parts, server: _Server, address: str, started: Started | None, ready: asyncio.Event
) -> None:
    """Everything between "listens" and "is ready", then the timers for as long as the process lives."""
    await parts.feed.start()
    while not parts.plan_applied:
        try:
            await parts.timers.apply_plan_now()
            parts.plan_applied = True
        except BalancerError as error:
            log.warning("the plan of this moment is not applied yet: %s", error)
            await asyncio.sleep(STORE_LOOK_SECONDS)
    await server.listening.wait()
    _announce(parts, address)
    if started is not None:
        await started(address, parts)
    gc.freeze()  # modules and definitions live on: no collection looks at them while readers wait
    gc.enable()
    ready.set()
    await parts.timers.run()


def _announce(parts: Parts, address: str) -> None:
    city = parts.city
    log.info("ready", extra={"city": city.city, "version": city.version, "epoch": parts.feed.epoch})
    for name, path in (("board", "/"), ("desk", "/desk"), ("planner", "/planner"), ("API", "/docs")):
        log.info("%-7s %s%s", name, address, path)
    kept = parts.settings.data.absolute() if parts.settings.redis == EMBEDDED else parts.store.url
    log.info("data    %s", kept)


async def _watch_store(parts: Parts) -> None:
    """Keep `store_answers` true to life."""
    while True:
        try:
            await parts.store.writer.command("PING", writes=False)
            answers = True
        except BalancerError:
            answers = False
        if answers != parts.store_answers:
            parts.store_answers = answers
            log.warning("the store answers again" if answers else "the store does not answer")
        await asyncio.sleep(STORE_LOOK_SECONDS)


async def _archive(parts: Parts, ready: asyncio.Event) -> None:
    """Keep the history, from when the process is ready: nobody waits for it."""
    await ready.wait()
    if parts.archiver is not None:
        await parts.archiver.run()
    await asyncio.Event().wait()


async def _learn(parts: Parts, ready: asyncio.Event) -> None:
    """Learn from former days, from when the process is ready. Estimates without them are poorer, no more."""
    await ready.wait()
    try:
        await learn_former_days(parts)
    except Exception:
        log.exception("nothing was learned from the archive")
    await asyncio.Event().wait()


async def _push(parts: Parts, ready: asyncio.Event) -> None:
    """Send notices, where the settings allow it, from when the process is ready."""
    await ready.wait()
    if parts.pushing is not None:
        await parts.pushing.sender.run()
    await asyncio.Event().wait()


async def _alarms(parts: Parts, ready: asyncio.Event) -> None:
    """Ask the alarm feed, where there is one, from when the process is ready."""
    await ready.wait()
    if parts.alarms is not None:
        await parts.alarms.run()
    await asyncio.Event().wait()


async def _until_over(serving: asyncio.Task[None], chores: list[asyncio.Task[None]]) -> None:
    """Wait for the server's end; a chore that fails ends the server, because half a server is none."""
    try:
        await asyncio.wait([serving, *chores], return_when=asyncio.FIRST_COMPLETED)
        for chore in chores:
            if chore.done():
                chore.result()
        await serving
    finally:
        await end_tasks((*chores, serving))


class _Stop:
    """SIGTERM drains the sockets first; Ctrl-C, or a second signal, stops at once."""

    def __init__(self, server: _Server, parts: Parts, drain_seconds: float) -> None:
        self._server = server
        self._parts = parts
        self._drain_seconds = drain_seconds
        self._draining: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        handlers = {signal.SIGTERM: self._drain, signal.SIGINT: self._stop}
        for number, handler in handlers.items():
            loop.add_signal_handler(number, handler)
        try:
            yield
        finally:
            for number in handlers:
                loop.remove_signal_handler(number)
            if self._draining is not None:
                self._draining.cancel()

    def _drain(self) -> None:
        if self._draining is not None or not len(self._parts.hub):
            self._stop()
            return
        log.info("draining", extra={"sockets": len(self._parts.hub), "seconds": self._drain_seconds})
        self._parts.draining = True
        self._draining = asyncio.create_task(self._drain_then_stop())

    async def _drain_then_stop(self) -> None:
        try:
            await drain(self._parts.hub, self._drain_seconds)
        finally:
            self._stop()

    def _stop(self) -> None:
        self._parts.draining = True
        if self._server.should_exit:
            self._server.force_exit = True
        self._server.should_exit = True


def run(settings: Settings, started: Started | None = None) -> None:
    """`serve` on uvloop where there is one, until it is over."""
    raise_file_limit()
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(settings, started))
    gc.freeze()  # the process ends: what it still holds goes with it, a third of a second sooner


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where it runs."""
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop
