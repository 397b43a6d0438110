"""Has this very command been answered before? Asked where a caller may no longer reach what his first command
moved.
"""

from __future__ import annotations

from balancer.core.caller import Caller
from balancer.core.keys import Keys
from balancer.core.tokens import Commander
from balancer.errors import Refused


async def is_repeat(store: Commander, keys: Keys, caller: Caller) -> bool:
    """Whether the same caller sent the same command under the same key before, so that its answer is his to
    see.
    """
    if caller.key is None:
        return False
    return await _kept(store, keys, caller) == caller.fingerprint.encode()


async def refuse_reuse(store: Commander, keys: Keys, caller: Caller) -> None:
    """`idempotency_key_reused` where the key brought another command before."""
    if await _kept(store, keys, caller) not in (b"", caller.fingerprint.encode()):
        raise Refused("idempotency_key_reused")


async def _kept(store: Commander, keys: Keys, caller: Caller) -> bytes:
    """The fingerprint that is kept under the caller's key, empty where none is."""
    kept: bytes | None = await store.command("GET", f"{keys.answers}key:{caller.key}", writes=False)
    return (kept or b"").partition(b"\n")[0]
