"""How long people wait for the program: `python -m tests.bench.latency`; `make bench` runs it.

A whole server (embedded store, Kharkiv) with 1,000 watchers on real sockets, while tickets are issued over
HTTP and desks call, start and finish them at the same pace. Measured from the request: a ticket's frame at a
watcher, and the answer to a desk's verb. Writes `test-output/bench/latency.json`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from balancer.city.definition import Branch
from tests.bench.contestant import READER_CORE, ROOT, SERVER_CORE
from tests.bench.fanout import compile_tools
from tests.server import RunningServer, running_server

FRAME_BAR_MS, VERB_BAR_MS = 150.0, 30.0
SEED = 20261123
LISTENERS = 3
DESKS = 20
OPEN_LIMITS = {"public_reads": "1000000", "device_commands": "1000000"}


@dataclass
class Figures:
    """Milliseconds of everything that was measured."""

    frames: list[float] = field(default_factory=list)
    issues: list[float] = field(default_factory=list)
    verbs: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class Crowd:
    """Visitors, clerks and a few listening watchers on one event loop."""

    def __init__(self, server: RunningServer, session: aiohttp.ClientSession, token: str) -> None:
        self.figures = Figures()
        self.measuring = False
        self._server = server
        self._session = session
        self._token = token
        self._awaited: list[dict[str, deque[tuple[int, float]]]] = [
            defaultdict(deque) for _ in range(LISTENERS)
        ]
        self._frames_seen: list[dict[str, tuple[int, float]]] = [{} for _ in range(LISTENERS)]

    async def post(self, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], float]:
        """A command; its answer and how long it took (ms)."""
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": uuid.uuid4().hex}
        began = time.perf_counter()
        async with self._session.post(self._server.base_url + path, json=body, headers=headers) as reply:
            answer: dict[str, Any] = await reply.json(content_type=None)
            took = (time.perf_counter() - began) * 1000
        if reply.status >= 400:
            self.figures.refused.append(f"{path}: {answer.get('code')}")
        return answer, took

    async def listen(self, number: int) -> None:
        """One watcher that notes when a ticket's frame comes."""
        url = f"{self._server.base_url}{self._server.city_url}/live"
        async with self._session.ws_connect(url, max_msg_size=0) as socket:
            async for message in socket:
                frame = json.loads(message.data)
                if frame["type"] == "branch":
                    self._see(number, frame["branch"], frame["seq"], time.perf_counter())

    def _see(self, number: int, branch: str, seq: int, now: float) -> None:
        self._frames_seen[number][branch] = (seq, now)
        awaited = self._awaited[number][branch]
        while awaited and awaited[0][0] <= seq:
            self.figures.frames.append((now - awaited.popleft()[1]) * 1000)

    async def visit(self, branch: str, service: str) -> None:
        """A ticket is issued; every listener is to see it."""
        began = time.perf_counter()
        answer, took = await self.post(f"{self._server.branch_url(branch)}/tickets", {"service": service})
        if not self.measuring or "offset" not in answer:
            return
        self.figures.issues.append(took)
        for number in range(LISTENERS):
            seq, seen = self._frames_seen[number].get(branch, (0, 0.0))
            if seq >= answer["offset"]:  # the frame was faster than the answer
                self.figures.frames.append((seen - began) * 1000)
            else:
                self._awaited[number][branch].append((answer["offset"], began))

    async def verb(self, branch: str, desk: str, verb: str) -> dict[str, Any]:
        """One press of a key at a desk."""
        answer, took = await self.post(f"{self._server.desk_url(branch, desk)}/{verb}", {})
        if self.measuring:
            self.figures.verbs.append(took)
        return answer

    async def clerk(self, branch: str, desk: str, cycle: float, dice: random.Random) -> None:
        """Call, start, finish, one visitor every `cycle` seconds."""
        await asyncio.sleep(dice.uniform(0, cycle))
        while True:
            began = time.monotonic()
            if (await self.verb(branch, desk, "call-next")).get("ticket"):
                for step in ("start", "finish"):
                    await asyncio.sleep(cycle / 4)
                    await self.verb(branch, desk, step)
            await asyncio.sleep(max(0.0, began + cycle - time.monotonic()))


def workplaces(branches: Sequence[Branch]) -> list[tuple[str, str, str]]:
    """DESKS workplaces spread over the branches: (branch, desk, a service that the desk serves)."""
    found = []
    for turn in itertools.count():
        for branch in branches:
            if turn < len(branch.desks):
                desk = branch.desks[turn]
                found.append((branch.branch, desk.desk, branch.queue(desk.queues[0]).services[0]))
            if len(found) == DESKS:
                return found
    raise AssertionError("unreachable")


async def crowd(server: RunningServer, options: argparse.Namespace) -> Figures:
    """Let everybody live for a while, then measure."""
    dice = random.Random(SEED)
    places = workplaces([each for each in server.definition.branches if each.desks])
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        people = Crowd(server, session, server.token("admin"))
        for branch in {place[0] for place in places}:
            await people.post(f"{server.branch_url(branch)}/open", {})
        for branch, desk, _ in places:
            await people.verb(branch, desk, "open")
        people.figures.refused.clear()
        tasks = [asyncio.create_task(people.listen(number)) for number in range(LISTENERS)]
        cycle = DESKS / options.tickets
        tasks += [asyncio.create_task(people.clerk(b, d, cycle, dice)) for b, d, _ in places]
        visits: set[asyncio.Task[None]] = set()
        began = time.monotonic()
        for number in itertools.count():
            now = time.monotonic() - began
            people.measuring = now >= options.warm_up
            if now >= options.warm_up + options.seconds:
                break
            branch, _, service = places[number % len(places)]
            visit = asyncio.create_task(people.visit(branch, service))
            visits.add(visit)
            visit.add_done_callback(visits.discard)
            await asyncio.sleep(max(0.0, began + (number + 1) / options.tickets - time.monotonic()))
        await asyncio.gather(*visits)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return people.figures


def describe(name: str, values: list[float]) -> dict[str, float]:
    """Print and return the figures of one measurement."""
    ordered = sorted(values)
    row = {
        "n": len(ordered),
        "p50": statistics.median(ordered),
        "p99": ordered[int(0.99 * (len(ordered) - 1))],
        "most": ordered[-1],
    }
    print(f"| {name} | {row['n']} | {row['p50']:.1f} | {row['p99']:.1f} | {row['most']:.1f} |", flush=True)
    return row


def measure(options: argparse.Namespace, tools: Path) -> Figures:
    """A server, its watchers, and a crowd."""
    compile_tools(options.sources, tools)
    with running_server(city="kharkiv", **OPEN_LIMITS) as server:
        os.sched_setaffinity(server.pid, {int(SERVER_CORE)})
        port = server.base_url.rpartition(":")[2]
        watching = subprocess.Popen(
            ["taskset", "-c", READER_CORE, str(tools / "wsload"), "-p", "passive:3600"]
            + ["127.0.0.1", port, f"{server.city_url}/live", str(options.watchers), "1"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert watching.stdout is not None
            connected = json.loads(watching.stdout.readline())
            if connected["open"] != options.watchers:
                raise RuntimeError(f"not everybody could connect: {connected}")
            os.sched_setaffinity(0, {int(READER_CORE)})
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                return runner.run(crowd(server, options))
        finally:
            watching.kill()
            watching.wait()


def main(given: list[str] | None = None) -> int:
    """Measure; exit code 1 where a bar was missed."""
    parser = argparse.ArgumentParser(description="ticket to frame, and desk verbs, under load")
    parser.add_argument("--watchers", type=int, default=1000)
    parser.add_argument("--tickets", type=float, default=50.0, help="tickets a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--warm-up", type=float, default=5.0)
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "test-output" / "bench" / "latency.json")
    options = parser.parse_args(given)
    cores = os.sched_getaffinity(0)
    try:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(options, Path(folder))
    finally:
        os.sched_setaffinity(0, cores)
    print(f"\n{options.watchers} watchers, {options.tickets:g} tickets/s and their desks, from request\n")
    print("| what | n | p50 ms | p99 ms | most ms |\n|---|---|---|---|---|")
    rows = {
        "ticket issued → frame": describe("ticket issued → frame", figures.frames),
        "ticket issued → answer": describe("ticket issued → answer", figures.issues),
        "desk verb → answer": describe("desk verb → answer", figures.verbs),
    }
    print(f"refused: {len(figures.refused)} {sorted(set(figures.refused))[:3] if figures.refused else ''}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(rows, indent=1))
    held = rows["ticket issued → frame"]["p99"] <= FRAME_BAR_MS
    held = held and rows["desk verb → answer"]["p99"] <= VERB_BAR_MS and not figures.refused
    print(f"bars: frame p99 {FRAME_BAR_MS:g} ms, verb p99 {VERB_BAR_MS:g} ms; {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
