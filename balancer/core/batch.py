"""The one way by which commands reach the store: concurrent calls gathered into one pipeline on one
connection.

While a pipeline is in flight the next one gathers, so a busy server sends a few large pipelines and an idle
one answers at once. What a caller may rely on:

- A command is sent once. The only ones sent again are those that the server itself said it did not run:
  NOSCRIPT (the script is loaded first), MOVED and READONLY (the primary is sought anew). A lost read is
  asked once more.
- StoreUnavailable: surely nothing happened. Unconfirmed: it may have happened; repeat it under the same
  idempotency key.
- Where a replica is required, `WAIT` ends the same pipeline, and a write that no replica has is Unconfirmed.
- Order: commands of one task run in its order; a pipeline is not a transaction.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import AuthenticationError, AuthorizationError, MovedError, NoScriptError, RedisError

from balancer.core.packing import Argument, packed
from balancer.core.primaries import FoundConnection, reason_of, unavailable
from balancer.core.replies import LOST, Reply, is_elsewhere, read_replies, refusal_of
from balancer.core.script import Script
from balancer.errors import BalancerError, StoreUnavailable, Unconfirmed

log = logging.getLogger("balancer.store")

PIPELINE_CALLS = 500  # bounds the time that one pipeline keeps the next one waiting
WAITING_CALLS = 20_000  # beyond this the store is hopelessly behind: refuse instead of growing
ATTEMPTS = 3  # sends of one command: as it is, with its script loaded, at the new primary
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.3


class _Call:
    """One command on its way, already in the protocol's bytes; `future` is the caller's."""

    __slots__ = ("future", "key", "load", "lost", "packed", "script", "writes")

    def __init__(self, packed: bytes, key: Argument, script: Script | None, writes: bool) -> None:
        self.packed = packed
        self.key = key
        self.script = script
        self.writes = writes
        self.future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.load = False
        self.lost = False

    def answer(self, reply: Reply) -> None:
        if not self.future.done():
            self.future.set_result(reply)

    def fail(self, error: Exception) -> None:
        if not self.future.done():
            self.future.set_exception(error)

    def fail_unknown(self) -> None:
        """A read that was lost did nothing; a write may have."""
        self.fail(Unconfirmed("unconfirmed") if self.writes else unavailable("the store went silent"))


class Batch:
    """Gathers calls for one primary. Times are in real seconds."""

    def __init__(
        self,
        connection: AbstractConnection,
        *,
        replicas: int | None = 0,
        replica_within: float = 1.0,
        reply_within: float = 4.0,
        connect_within: float = 2.0,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        """`connection` is not connected yet and has no time-out of its own. `replicas` must have a write
        before it is acknowledged; None: one, from the moment the primary has had one. `has_room` False
        refuses writes.
        """
        self._connection = connection
        self._replicas_by_primary = replicas is None
        self.replicas = replicas or 0
        self._replica_ms = int(replica_within * 1000)
        self._reply_within = reply_within
        self._connect_within = connect_within
        self._has_room = has_room
        self.on_new_primary: Callable[[], Awaitable[None]] | None = None
        self._primary = ""
        self._waiting: deque[_Call] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connect and begin to send; StoreUnavailable if there is no primary within `connect_within`."""
        await self._connect()
        self._worker = asyncio.create_task(self._work(), name="store-batch")

    async def close(self) -> None:
        """Send what waits, then hang up. Calls that come later are refused as StoreUnavailable."""
        self._closing = True
        self._arrived.set()
        if self._worker is not None:
            await self._worker
        await self._hang_up()

    async def call(self, script: Script, keys: Sequence[str], args: Sequence[Argument]) -> Any:
        """Run `script` once; its reply (bytes, int, list or None). A RedisError means a defect in the script
        or in its arguments.
        """
        command = ("EVALSHA", script.sha, len(keys), *keys, *args)
        return await self._ask(command, keys[0] if keys else "", script, script.writes)

    async def command(self, *command: Argument, writes: bool = True) -> Any:
        """Run one plain command, its key in the second place; `writes=False` frees it from the replica's
        confirmation and from a full disk.
        """
        return await self._ask(command, command[1] if len(command) > 1 else "", None, writes)

    async def _ask(
        self, command: tuple[Argument, ...], key: Argument, script: Script | None, writes: bool
    ) -> Any:
        if self._closing or self._worker is None:
            raise unavailable("the connection to the store is closed")
        if len(self._waiting) >= WAITING_CALLS:
            raise BalancerError("overloaded", seconds=1)
        if writes and not self._has_room():
            raise BalancerError("store_full")
        call = _Call(packed(command), key, script, writes)
        self._waiting.append(call)
        self._arrived.set()
        return await call.future

    async def _work(self) -> None:
        while self._waiting or not self._closing:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                count = min(PIPELINE_CALLS, len(self._waiting))
                await self._serve([self._waiting.popleft() for _ in range(count)])

    async def _serve(self, calls: list[_Call]) -> None:
        """Answer every one of `calls`, whatever happens."""
        asked, reason = calls, ""
        try:
            for _ in range(ATTEMPTS):
                # A caller that gave up before anything was sent is not served at all.
                calls = [call for call in calls if not call.future.done()]
                if not calls:
                    return
                await self._connect()
                calls = await self._send(calls)
            reason = "the store keeps sending us elsewhere"
        except StoreUnavailable as caught:
            # Those who queued up meanwhile would only wait for the same answer.
            asked += self._waiting
            self._waiting.clear()
            reason = reason_of(caught)
            log.warning("%d calls refused: %s", len(asked), reason)
        except Exception as defect:
            log.exception("a pipeline failed")
            await self._hang_up()
            for call in asked:
                call.fail(defect)
        for call in asked:
            call.fail(unavailable(reason))

    async def _send(self, calls: list[_Call]) -> list[_Call]:
        """One pipeline there and back; those of `calls` that the server did not run and that are worth
        sending again.
        """
        loads = {call.script.sha: call.script.text for call in calls if call.load and call.script}
        keys = [call.key for call in calls if call.writes and self.replicas]
        commands = [packed(("SCRIPT LOAD", text)) for text in loads.values()]
        commands += [call.packed for call in calls]
        if keys:
            # WAIT asks for this connection's own last write. A repeated command finds its answer and writes
            # nothing, so without this mark replicas that lack the first write would confirm it.
            commands.append(packed(("SET", confirmation_key(keys[-1]), 1)))
            commands.append(packed(("WAIT", self.replicas, self._replica_ms)))
        replies = await self._exchange(commands)
        loaded = dict(zip(loads, replies, strict=False))
        confirmed = not keys or self._is_confirmed(*replies[-2:])
        again = [
            call
            for call, reply in zip(calls, replies[len(loads) :], strict=False)
            if self._settle(call, reply, loaded, confirmed)
        ]
        if not confirmed or replies[-1] is LOST or any(map(is_elsewhere, replies)):
            await self._hang_up()
            for reply in replies:
                if isinstance(reply, MovedError) and isinstance(self._connection, FoundConnection):
                    self._connection.follow(reply)
        return again

    def _is_confirmed(self, marked: Reply, replicas: Reply) -> bool:
        """True where the mark was set and enough replicas have it, and so all that was written before it."""
        return marked == b"OK" and isinstance(replicas, int) and replicas >= self.replicas

    def _settle(self, call: _Call, reply: Reply, loaded: dict[str, Reply], confirmed: bool) -> bool:
        """Answer `call`, or True where it did not run and may go again."""
        if reply is LOST:
            if not call.writes and not call.lost:
                call.lost = True
                return True
            call.fail_unknown()
        elif isinstance(reply, NoScriptError) and call.script:
            if not call.load:
                call.load = True
                return True
            refused = loaded.get(call.script.sha)
            call.fail(refused if isinstance(refused, RedisError) else reply)
        elif is_elsewhere(reply):
            return True
        elif isinstance(reply, RedisError):
            call.fail(refusal_of(reply))
        elif call.writes and not confirmed:
            call.fail_unknown()
        else:
            call.answer(reply)
        return False

    async def _exchange(self, commands: list[bytes]) -> list[Reply]:
        """One reply for each command, LOST from the first that did not come."""
        replies: list[Reply] = []
        try:
            async with asyncio.timeout(self._reply_within):
                await self._connection.send_packed_command(commands, check_health=False)
                await read_replies(self._connection, len(commands), replies)
        except (RedisError, OSError) as error:
            came, due = len(replies), len(commands)
            log.warning("the store fell silent after %d of %d replies: %r", came, due, error)
        return replies + [LOST] * (len(commands) - len(replies))

    async def _connect(self) -> None:
        """Be connected to a primary that is ready; StoreUnavailable after `connect_within`. A connection that
        was closed while idle is noticed here, before anything is sent.
        """
        if self._connection.is_connected and not await self._connection.can_read():
            return
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._connect_within
        pause = FIRST_PAUSE_SECONDS
        while True:
            await self._hang_up()
            try:
                async with asyncio.timeout_at(deadline):
                    await self._connection.connect()  # type: ignore[no-untyped-call]
                    await self._greet()
                return
            except (AuthenticationError, AuthorizationError) as error:
                raise unavailable(f"the store does not let us in: {error}") from error
            except (RedisError, OSError, StoreUnavailable) as error:
                if loop.time() + pause >= deadline:
                    await self._hang_up()
                    why = f"no store within {self._connect_within} s: {reason_of(error)}"
                    raise unavailable(why) from error
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _greet(self) -> None:
        """Make sure that the server has its data in memory and takes writes; learn whether it has a replica.
        """
        replies: list[Reply] = []
        asked = [packed(["PING"]), packed(["ROLE"])]
        await self._connection.send_packed_command(asked, check_health=False)
        await read_replies(self._connection, 2, replies)
        for reply in replies:
            if isinstance(reply, RedisError):
                raise reply
        role, _, *rest = replies[1]
        if role != b"master":
            raise unavailable(f"the server is a {role.decode()}, not a primary")
        if self._replicas_by_primary and rest[0]:
            self.replicas = 1
        former, self._primary = self._primary, repr(self._connection)
        if former not in ("", self._primary) and self.on_new_primary is not None:
            await self.on_new_primary()

    async def _hang_up(self) -> None:
        await self._connection.disconnect(nowait=True)


def confirmation_key(key: Argument) -> str:
    """A key in the cluster slot of `key`, for the mark that replicas confirm. Its hash tag is what stands
    between the first `{` and the next `}`, else the whole key."""
    text = key.decode(errors="surrogateescape") if isinstance(key, bytes) else str(key)
    tag = text.partition("{")[2].partition("}")[0] or text
    return "{" + tag + "}:confirmed"
