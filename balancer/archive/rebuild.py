"""The event log as a file of JSON lines, and an archive made from such a file: the same rows as the live one.

The first line is a `Header`, each other line one event. What staff wrote about a visitor (note, reason of
parking) is left out: no row needs it. Names that end in ".gz" are packed.
"""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine

from balancer.archive.fold import Fold, Rows
from balancer.archive.minutes import CityNow
from balancer.archive.progress import Overtaken, Progress
from balancer.archive.writer import Writer
from balancer.core.event_log import EventLog
from balancer.errors import BalancerError
from balancer.messages import Event

BATCH = 1000
VERSION = 1


class Header(msgspec.Struct):
    """What a file's events follow on. `after`: the offset before its first event. `state`: how the city stood
    there, as far as anybody knows.
    """

    balancer_events: int
    city: str
    epoch: str
    after: int
    state: CityNow


_decode_header = msgspec.json.Decoder(Header).decode
_decode_event = msgspec.json.Decoder(Event).decode
_encode = msgspec.json.Encoder().encode


async def export_events(log: EventLog, writer: Writer, path: Path) -> Header:
    """Write what the log still keeps; with the archive's own state at its begin where the archive knows one.

    EpochChanged where the log went another way meanwhile.
    """
    snapshot, oldest = await log.snapshot(), await log.oldest()
    header = Header(VERSION, log.city_id, snapshot.epoch, oldest - 1, CityNow())
    known = writer.checkpoint(snapshot.epoch, oldest - 1) if oldest > 1 else None
    if known is not None:
        header.after, header.state = known.offset, msgspec.json.decode(known.state, type=CityNow)
    unfinished = path.with_name(f".{path.name}")
    with _opened(unfinished, path, "wb") as file:
        file.write(_encode(header) + b"\n")
        async for event in _kept(log, header.after, snapshot.offset):
            file.write(_encode(_plain(event)) + b"\n")
    unfinished.replace(path)
    return header


async def _kept(log: EventLog, after: int, until: int) -> AsyncIterator[Event]:
    while after < until:
        events = await log.read(after, block_ms=0, count=min(BATCH, until - after))
        for event in events:
            yield event
        after = events[-1].offset


def _plain(event: Event) -> Event:
    if event.ticket is not None:
        event.ticket.note = event.ticket.park_reason = None
    return event


def rebuild(path: Path, engine: Engine, told: Callable[[int], None] = lambda offset: None) -> Progress:
    """Fill an archive from an events file; `told` hears each offset that is reached. Returns where it ends:
    a server goes on from there.

    BalancerError: "events_file" where a line is damaged or missing (what came before it is kept),
    "archive_not_empty" where the database has that city already.
    """
    with _opened(path, path, "rb") as file:
        header = _header(path, next(file, b""))
        writer = Writer(engine, header.city)
        fold = Fold(header.state)
        here = Progress(header.epoch, header.after, fold.state())
        try:
            writer.write(None, here, Rows())
        except Overtaken as error:
            raise BalancerError("archive_not_empty", city=header.city) from error
        events = _events(file, header.after)
        while batch := list(islice(events, BATCH)):
            rows = fold.take(batch)
            after = Progress(header.epoch, batch[-1].offset, fold.state())
            writer.write(here, after, rows)
            here = after
            told(here.offset)
    return here


def _header(path: Path, line: bytes) -> Header:
    try:
        header = _decode_header(line)
    except msgspec.DecodeError as error:
        raise BalancerError("events_file", line=1, why=f"{path.name}: {error}") from error
    if header.balancer_events != VERSION:
        raise BalancerError("events_file", line=1, why=f"version {header.balancer_events}, not {VERSION}")
    return header


def _events(lines: Iterator[bytes], after: int) -> Iterator[Event]:
    number = 1
    try:
        for number, line in enumerate(lines, 2):
            event = _decode_event(line)
            if event.offset != after + 1:
                why = f"event {event.offset} where {after + 1} was due"
                raise BalancerError("events_file", line=number, why=why)
            after = event.offset
            yield event
    except (msgspec.DecodeError, EOFError, gzip.BadGzipFile) as error:
        raise BalancerError("events_file", line=number, why=str(error)) from error


def _opened(path: Path, named: Path, mode: str) -> Any:
    return gzip.open(path, mode) if named.suffix == ".gz" else path.open(mode)
