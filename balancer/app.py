"""Wiring only: which part meets which, which door stands where."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from balancer.alarms.starting import alarm_watch
from balancer.archive.address import archive_url
from balancer.archive.archiver import READER, Archiver
from balancer.city.definition import City, encode_city, load_city
from balancer.core.caller import TIMER
from balancer.core.city_clock import CityClock
from balancer.core.connect import Store, connect
from balancer.core.devices import Devices
from balancer.core.event_log import EventLog
from balancer.core.help_book import HelpBook
from balancer.core.redis_server import EmbeddedStore
from balancer.core.ticket_queue import TicketQueue
from balancer.core.timers import Timers
from balancer.core.tokens import Tokens
from balancer.languages.offered import offer
from balancer.live.city_feed import CityFeed
from balancer.live.device_silence import silence_allowed
from balancer.live.hub import Hub
from balancer.notices.starting import pushing
from balancer.routes import hall, health, live, pages, qr, reference
from balancer.routes.beats import Beats
from balancer.routes.door import CITY, routes_of
from balancer.routes.doors import DOORS
from balancer.routes.front import Front
from balancer.routes.parts import Parts
from balancer.routes.problems import PROBLEM_HANDLERS
from balancer.routes.quick_drawings import QuickDrawings
from balancer.routes.rate_limits import Limits
from balancer.settings import EMBEDDED, Settings
from balancer.telemetry import serve_metrics, watch_number

log = logging.getLogger("balancer.serve")


def create_app(parts: Parts) -> Starlette:
    """The application around the parts of one process."""
    app = Starlette(
        routes=[
            WebSocketRoute(CITY + "/live", live.live_endpoint),
            *routes_of(DOORS),
            *health.ROUTES,
            *reference.ROUTES,
            *hall.ROUTES,
            *pages.ROUTES,
            *qr.ROUTES,
        ],
        middleware=[Middleware(QuickDrawings, parts=parts), Middleware(Front, doors=DOORS)],
        exception_handlers=PROBLEM_HANDLERS,
    )
    app.state.parts = parts
    return app


@contextlib.asynccontextmanager
async def running_parts(settings: Settings) -> AsyncIterator[Parts]:
    """All parts of a process but HTTP, closed in reverse order at the end."""
    async with contextlib.AsyncExitStack() as stack:
        file_city = load_city(settings.city)
        start = city_instant(settings.clock, file_city.time_zone)
        archive = archive_url(settings.archive, settings.data)
        trusted = settings.trusted_networks()
        store = await connect(await _store_url(settings, stack), file_city.city)
        stack.push_async_callback(store.close)
        parts = await _build(settings, store, file_city, start)
        parts.trusted = trusted
        parts.languages = offer(parts.city.languages, settings.languages)
        stack.callback(parts.planner.close)
        parts.archiver = await _archiver(parts, archive)
        if parts.archiver is not None:
            stack.push_async_callback(parts.archiver.close)
        parts.pushing = await pushing(settings, store, parts.city.city, parts.feed)
        if parts.pushing is not None:
            stack.push_async_callback(parts.pushing.web_push.close)
        parts.alarms = alarm_watch(settings, store, parts.queue, lambda: parts.city)
        if settings.metrics_port is not None:
            port, stop = serve_metrics(settings.metrics_host, settings.metrics_port)
            stack.callback(stop)
            _publish_numbers(parts)
            log.info("metrics", extra={"address": f"http://{settings.metrics_host}:{port}/metrics"})
        stack.push_async_callback(parts.feed.stop)
        yield parts


async def _store_url(settings: Settings, stack: contextlib.AsyncExitStack) -> str:
    if settings.redis != EMBEDDED:
        return settings.redis
    embedded = EmbeddedStore(settings.data)
    url = await embedded.start()
    stack.push_async_callback(embedded.stop)
    return url


async def _build(settings: Settings, store: Store, file_city: City, start: datetime | None) -> Parts:
    clock = await CityClock.join(store, file_city.city, start=start, speed=settings.speed)
    queue = TicketQueue(store, file_city.city, clock)
    city = await _applied_city(queue, file_city)
    log_of_timers = EventLog(store, city.city)
    hub = Hub()
    feed = CityFeed(
        EventLog(store, city.city), city, clock, hub, queue.definition, settings.drawings_per_second
    )
    city_key = await queue.city_key()
    return Parts(
        settings=settings,
        store=store,
        queue=queue,
        log=log_of_timers,
        feed=feed,
        hub=hub,
        clock=clock,
        timers=Timers(queue, clock, log_of_timers),
        tokens=Tokens(store.writer, city.city),
        limits=Limits(settings),
        beats=Beats(queue.heartbeat),
        city_key=city_key,
        devices=Devices(
            store.writer,
            city.city,
            city_key,
            silent_after=lambda branch: silence_allowed(feed.picture.board, branch),
        ),
        help_book=HelpBook(store.writer, city.city),
    )


async def _archiver(parts: Parts, url: str | None) -> Archiver | None:
    """What keeps the city's history; None where nobody wants it kept."""
    city = parts.city.city
    if url is not None:
        return Archiver(EventLog(parts.store, city), url, parts.queue.definition)
    if READER in await parts.log.readers():
        log.warning("there is no archive, but the log is kept for one; `balancer archive forget` lets it go")
    return None


async def _applied_city(queue: TicketQueue, file_city: City) -> City:
    """The city that the store holds; the file's one where the store holds none yet. `city apply` changes it
    later.
    """
    stored = await queue.definition()
    if stored is None:
        await queue.apply_city(TIMER, encode_city(file_city))
        stored = await queue.definition()
        assert stored is not None
    elif encode_city(_unversioned(stored)) != encode_city(_unversioned(file_city)):
        log.warning(
            "the city file differs from the city in the store, which counts; `balancer city apply` changes it"
        )
    return stored


def _unversioned(city: City) -> City:
    return msgspec.structs.replace(city, version=0)


def city_instant(text: str | None, time_zone: str) -> datetime | None:
    """A `--clock` value as an instant; wall time of the city unless it has an offset. ValueError if it is
    none.
    """
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(time_zone))


def _publish_numbers(parts: Parts) -> None:
    watch_number("balancer_watchers", "Sockets and event streams that watch.", lambda: len(parts.hub))
    watch_number(
        "balancer_watchers_cut", "Watchers cut off because they did not read.", lambda: parts.hub.aborted
    )
    watch_number(
        "balancer_feed_offset", "The last event that this process has seen.", lambda: parts.feed.offset
    )
    watch_number("balancer_ready", "1 while this process takes traffic.", lambda: not parts.waiting_for())
    watch_number("balancer_commands_in_flight", "Commands under way.", lambda: parts.limits.in_flight)
    alarms = parts.alarms
    if alarms is not None:
        watch_number(
            "balancer_alarm_feed_age_seconds",
            "Real seconds since the alarm feed's last good answer.",
            alarms.age_seconds,
        )
    archiver = parts.archiver
    if archiver is not None:
        watch_number(
            "balancer_archive_lag",
            "Events that are not in the archive yet.",
            lambda: max(0, parts.feed.offset - archiver.offset),
        )
