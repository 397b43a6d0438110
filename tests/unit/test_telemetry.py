"""Logs that stay one line each, and numbers for Prometheus."""

from __future__ import annotations

import json
import logging
import sys
import urllib.request

import pytest

from balancer.telemetry import REQUESTS, JsonFormatter, LineFormatter, serve_metrics, watch_number


def record(message: str, *, error: bool = False, **extra: object) -> logging.LogRecord:
    """A log record as the logging module makes it."""
    try:
        if error:
            raise ValueError("no\nluck")
    except ValueError:
        info = sys.exc_info()
    else:
        info = (None, None, None)
    return logging.getLogger("balancer.serve").makeRecord(
        "balancer.serve", logging.WARNING, "file.py", 1, message, (), info if error else None, extra=extra
    )


def test_a_readable_line() -> None:
    """Time, level, logger without its house, words, and named values."""
    line = LineFormatter().format(record("ready", city="dolyna", reason="two words", empty=""))
    assert line[10] == "T"
    assert line.endswith(' warning serve: ready city=dolyna reason="two words" empty=""')


def test_a_traceback_stays_on_the_line() -> None:
    """Where it happened and what it was."""
    line = LineFormatter().format(record("failed", error=True))
    assert "\n" not in line
    assert "ValueError: no" in line and "test_telemetry.py:" in line


def test_nobody_can_forge_an_entry() -> None:
    """Line breaks and escape codes in a path do not reach the terminal."""
    line = LineFormatter().format(record("GET /a\n2026-01-01 fake \x1b[2J", path="/\r\nx"))
    assert line.isprintable()


def test_json_lines() -> None:
    """One object an entry, with the same named values."""
    entry = json.loads(JsonFormatter().format(record("ready", error=True, city="Долина")))
    assert (entry["level"], entry["message"], entry["city"]) == ("warning", "ready", "Долина")
    assert entry["error"].startswith("ValueError")


def test_prometheus_reads_counters_and_looked_up_numbers() -> None:
    """On a port of its own; a second look under one name replaces the first."""
    REQUESTS.labels("test door", "200").inc()
    watch_number("balancer_test_number", "A number.", lambda: 1)
    watch_number("balancer_test_number", "A number.", lambda: 42)
    port, stop = serve_metrics("127.0.0.1", 0)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as response:
            text = response.read().decode()
    finally:
        stop()
    assert 'balancer_requests_total{door="test door",status="200"} 1.0' in text
    assert "balancer_test_number 42.0" in text
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=1)
