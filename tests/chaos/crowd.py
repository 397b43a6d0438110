"""Kiosks and clerks who work through the public HTTP API and never give up on a command.

Each command has one idempotency key for its life: whoever hears nothing, or that something went wrong,
repeats it under that key until he is told the outcome. What he was told is written down, to be held against
the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.server import RunningServer

PATIENCE_SECONDS = 12.0  # longer than the server waits for its store
PAUSE_SECONDS = 0.02
REPEATED = 0.1  # of the answered commands are sent once more


@dataclass
class Told:
    """A command's outcome. `tries`: how often it was sent until it was known."""

    who: str
    path: str
    key: str
    tries: int
    status: int
    body: Any


@dataclass
class Crowd:
    """Kiosks and clerks of the small city at one server."""

    server: RunningServer
    random: random.Random
    told: list[Told] = field(default_factory=list)
    lost: int = 0  # sent without an answer, or answered with 5xx
    closing: bool = False
    _open: bool = True
    _keys: int = 0

    async def work(self) -> None:
        """Until `closing`: then kiosks stop, clerks serve whom they have in hand, and all go."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as self._session, asyncio.TaskGroup() as people:
            for number, branch in enumerate(("center", "center", "village")):
                people.create_task(self._kiosk(branch, f"kiosk {number}"))
            for branch in self.server.definition.branches:
                for desk in branch.desks:
                    people.create_task(self._clerk(branch.branch, desk.desk))

    async def _kiosk(self, branch: str, name: str) -> None:
        path, token = f"{self.server.branch_url(branch)}/tickets", self.server.token("kiosk", branch)
        offered = [s for queue in self.server.definition.branch(branch).queues for s in queue.services]
        while not self.closing:
            await self._send(name, path, token, {"service": self.random.choice(offered)})

    async def _clerk(self, branch: str, desk: str) -> None:
        path, token = self.server.desk_url(branch, desk), self.server.token("desk", branch, desk)

        async def do(verb: str) -> Any:
            return (await self._send(f"desk {branch}/{desk}", f"{path}/{verb}", token, None)).body

        await do("open")
        while not self.closing:
            if (await do("call-next"))["ticket"] is not None:
                await do("start")
                await do("finish")

    async def _send(self, who: str, path: str, token: str, body: Any) -> Told:
        """One command until its outcome is known; now and then once more, for the same words."""
        self._keys += 1
        key = f"chaos-{self._keys:06d}"
        first = await self._until_told(path, token, key, body)
        told = Told(who, path, key, *first)
        assert told.status < 300, f"{who} {path}: {told.status} {told.body}"
        self.told.append(told)
        if self.random.random() < REPEATED:
            _, status, again = await self._until_told(path, token, key, body)
            assert (status, again) == (told.status, told.body), f"{path} {key}: {told.body}, then {again}"
        await asyncio.sleep(PAUSE_SECONDS)
        return told

    async def _until_told(self, path: str, token: str, key: str, body: Any) -> tuple[int, int, Any]:
        headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
        for tries in range(1, 10_000):
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                url = self.server.base_url + path
                async with self._session.post(url, json=body, headers=headers) as reply:
                    if reply.status < 500:
                        return tries, reply.status, await reply.json(content_type=None)
            self.lost += 1
            await asyncio.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{path}: no outcome")

    def tickets(self) -> list[Told]:
        """What kiosks were told."""
        return [told for told in self.told if told.path.endswith("/tickets")]

    def calls(self) -> list[Told]:
        """The calls with a ticket."""
        return [told for told in self.told if told.path.endswith("/call-next") and told.body["ticket"]]

    def finished(self) -> list[Told]:
        """The visits that clerks were told are done."""
        return [told for told in self.told if told.path.endswith("/finish")]
