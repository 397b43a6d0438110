"""Two small scripts for tests of the way to the store; no part of the product."""

from __future__ import annotations

import hashlib

from balancer.core.script import Script


def script(name: str, text: str, *, writes: bool = True) -> Script:
    """A script from its text."""
    return Script(name, text, hashlib.sha1(text.encode()).hexdigest(), writes)


COUNT = script("count", "return redis.call('INCR', KEYS[1])")
READ = script("read", "return redis.call('GET', KEYS[1])", writes=False)
