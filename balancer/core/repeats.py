"""Has this very command been answered before? Asked where a caller may no longer reach what his first command
moved.
"""

from __future__ import annotations

from balancer.core.caller import Caller
from balancer.core.keys import Keys
from balancer.core.tokens import Commander


async def is_repeat(store: Commander, keys: Keys, caller: Caller) -> bool:
    """Whether the same caller sent the same command under the same key before, so that its answer is his to
    see.
    """
    if caller.key is None:
        return False
    kept = await store.command("GET", f"{keys.answers}key:{caller.key}", writes=False)
    first_line: bytes = (kept or b"").partition(b"\n")[0]
    return first_line == caller.fingerprint.encode()
