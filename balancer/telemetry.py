"""What an operator sees of a process: one line a log entry on stderr, and numbers for Prometheus."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

REGISTRY = CollectorRegistry()
REQUESTS = Counter("balancer_requests", "Requests answered.", ["door", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "balancer_request_seconds",
    "Real seconds from a request to its answer.",
    ["door"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
FEED_FAULTS = Counter(
    "balancer_alarm_feed_faults",
    "Readings of the alarm feed that failed, by kind.",
    ["feed", "kind"],
    registry=REGISTRY,
)
ONLINE_CLICKS = Counter(
    "balancer_online_clicks",
    "Visits to a service's online form from the board.",
    ["service"],
    registry=REGISTRY,
)
REFUSALS = Counter("balancer_refusals", "Requests refused, by code.", ["code"], registry=REGISTRY)

_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
_ROOT = "balancer"


def watch_number(name: str, help: str, look: Callable[[], float]) -> None:
    """Publish a number that is looked up whenever Prometheus asks. A second look under one name replaces the
    first.
    """
    gauge = _gauges.get(name)
    if gauge is None:
        gauge = _gauges[name] = Gauge(name, help, registry=REGISTRY)
    gauge.set_function(look)


_gauges: dict[str, Gauge] = {}


def serve_metrics(host: str, port: int) -> tuple[int, Callable[[], None]]:
    """Answer Prometheus from a thread of its own; the port (a free one for 0) and what stops it. OSError if
    taken.
    """
    server, thread = start_http_server(port, host, registry=REGISTRY)

    def stop() -> None:
        server.shutdown()
        server.server_close()
        _join(thread)

    return int(server.server_port), stop


def _join(thread: Thread) -> None:
    thread.join(timeout=2)


class LineFormatter(logging.Formatter):
    """One readable line an entry: time, level, logger, words, then `name=value` for what was passed as
    `extra`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; a traceback is folded into it."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(record.created))
        named = "".join(f" {name}={_short(value)}" for name, value in fields_of(record).items())
        where = record.name.removeprefix(_ROOT + ".")
        return one_line(
            f"{at}.{record.msecs:03.0f} {record.levelname.lower():7} {where}: {record.getMessage()}{named}"
        )


class JsonFormatter(logging.Formatter):
    """One JSON object an entry."""

    def format(self, record: logging.LogRecord) -> str:
        """The object of a record as one line."""
        entry = {
            "at": round(record.created, 3),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields_of(record),
        }
        return json.dumps(entry, ensure_ascii=False, default=str)


def fields_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """What was passed as `extra`, and a traceback as one text."""
    fields = {name: value for name, value in record.__dict__.items() if name not in _PLAIN}
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        frames = traceback.extract_tb(error.__traceback__)
        fields["error"] = f"{type(error).__name__}: {error}"
        fields["trace"] = " > ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames
        )
    return fields


def one_line(text: str) -> str:
    """The text without line breaks and other control characters, so that nobody can forge an entry."""
    return "".join(c if c.isprintable() else " " for c in text)


def _short(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def set_up_logging(*, as_json: bool, level: str) -> None:
    """Send every log entry of the process to stderr, one line each. ValueError for an unknown level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logger = logging.getLogger(noisy)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel("WARNING")
