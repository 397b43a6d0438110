"""What a crowd of readers costs who ask for the drawn board: `python -m tests.bench.drawing`; `make bench`
runs it.

A whole server (embedded store, Kharkiv) on one core, its watchers' sockets and those who ask on the other,
while tickets are issued, so that frames are fanned out all the time. First the price of one answer, in
turns: the drawing as it is kept, as the reader has it already (304), as nobody has asked for it before;
beside it, in the same rounds, the plain `/board` and a static file of the same server as limit. Then a crowd
that asks whenever its widgets would, in a city where news never end: all a second or two after the news, and
as the server tells them. Writes `test-output/bench/drawing.json`.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import uvloop

from balancer.settings import Settings
from tests.bench.contestant import READER_CORE, ROOT, SERVER_CORE, TICKS
from tests.bench.fanout import compile_tools
from tests.bench.http_lines import Answer, Line, get
from tests.bench.latency import Crowd, workplaces
from tests.server import RunningServer, running_server

SEED = 20261123
UNLIMITED = "1000000"
SERVICE = "id-card-exchange"
LINES, ASKING_LINES = 8, 64
AT_A_TIME = 1000
NEW_QUESTIONS = 20
STATIC = "/widget/queue-board.js"
EVERY_SECONDS, NEWS_SECONDS, TICK_SECONDS = 30.0, 1.1, 1.0
BUDGET = Settings().drawings_per_second
KEPT_BAR, BUDGET_BAR = 1.5, 1.15


@dataclass
class Turn:
    """What one contestant was given in one turn. `cpu`: seconds of the server's core."""

    answers: int = 0
    known: int = 0
    refused: int = 0
    wire: int = 0
    cpu: float = 0.0
    took: float = 0.0
    etag: str = ""

    def take(self, answer: Answer) -> None:
        """Count one answer."""
        self.answers += 1
        self.known += answer.status == 304
        self.refused += answer.status not in (200, 304)
        self.wire += answer.size
        self.etag = answer.etag

    @property
    def cpu_ms(self) -> float:
        """The server's milliseconds an answer."""
        return 1000 * self.cpu / max(1, self.answers)


@dataclass
class Asked:
    """What a crowd was given. `late`: ms from when a reader wanted to ask until he had his answer."""

    late: list[float] = field(default_factory=list)
    known: int = 0
    refused: int = 0
    wire: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    spread_ms: int = 0


def spent(server: RunningServer) -> float:
    """CPU seconds of the server process so far."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Prices:
    """The contestants of the first part: each asks in closed loops, but for new questions."""

    def __init__(self, server: RunningServer, lines: list[Line]) -> None:
        self._server, self._lines = server, lines
        self._drawing = f"{server.city_url}/board/drawing?service={SERVICE}"
        self._dice = random.Random(SEED)

    async def turns(self, seconds: float) -> dict[str, Turn]:
        """One turn of each."""
        board = get(f"{self._server.city_url}/board?service={SERVICE}")
        return {
            "static file": await self._loop(lambda _: get(STATIC), seconds),
            "board": await self._loop(lambda _: board, seconds),
            "kept": await self._loop(lambda _: get(self._drawing), seconds),
            "known": await self._loop(lambda turn: get(self._drawing, if_none_match=turn.etag), seconds),
            "new": await self._new(),
        }

    async def _loop(self, request: Callable[[Turn], bytes], seconds: float) -> Turn:
        turn, began, cpu = Turn(), time.monotonic(), spent(self._server)
        asking = (line.keep_asking(lambda: request(turn), began + seconds, turn.take) for line in self._lines)
        await asyncio.gather(*asking)
        turn.took, turn.cpu = time.monotonic() - began, spent(self._server) - cpu
        return turn

    async def _new(self) -> Turn:
        """Readers who stand each somewhere else, one after the other."""
        turn, began, cpu = Turn(), time.monotonic(), spent(self._server)
        for _ in range(NEW_QUESTIONS):
            place = f"{self._dice.uniform(49.9, 50.1):.4f},{self._dice.uniform(36.1, 36.4):.4f}"
            turn.take(await self._lines[0].ask(get(f"{self._drawing}&place={place}")))
        turn.took, turn.cpu = time.monotonic() - began, spent(self._server) - cpu
        return turn


class Readers:
    """Widgets that all show one question. `paced`: they read what the server tells, as the widget does."""

    def __init__(self, server: RunningServer, lines: list[Line], readers: int, *, paced: bool) -> None:
        self._server = server
        self._address = f"{server.city_url}/board/drawing?service={SERVICE}&lang=en"
        self._free: asyncio.LifoQueue[Line] = asyncio.LifoQueue()
        for line in lines:
            self._free.put_nowait(line)
        self._readers, self._paced = readers, paced
        self._dice = random.Random(SEED)
        self._etag = ""
        self.asked = Asked(spread_ms=1000)

    async def live(self, seconds: float) -> Asked:
        """Let them ask for that long; who is not answered by then is answered afterwards, and late."""
        await self._learn()
        began, cpu = time.monotonic(), spent(self._server)
        due = [began + self._dice.random() * self._pause() for _ in range(self._readers)]
        heapq.heapify(due)
        asking: set[asyncio.Task[None]] = set()
        while (now := time.monotonic()) < began + seconds:
            while due and due[0] <= now:
                at = heapq.heapreplace(due, now + self._pause())
                task = asyncio.create_task(self._ask(at))
                asking.add(task)
                task.add_done_callback(asking.discard)
            await asyncio.sleep(0.005)
        await asyncio.gather(*asking)
        self.asked.seconds, self.asked.cpu = time.monotonic() - began, spent(self._server) - cpu
        return self.asked

    def _pause(self) -> float:
        """Seconds from one question to the next, where there is always news and the widget looks each
        second.
        """
        spread = self.asked.spread_ms / 1000
        pause = NEWS_SECONDS + self._dice.random() * spread + self._dice.random() * TICK_SECONDS
        return min(pause, max(EVERY_SECONDS, spread) * (1 + self._dice.random() / 5))

    async def _ask(self, due: float) -> None:
        line = await self._free.get()
        answer = await line.ask(get(self._address, if_none_match=self._etag))
        self._free.put_nowait(line)
        asked = self.asked
        asked.late.append((time.monotonic() - due) * 1000)
        asked.known += answer.status == 304
        asked.refused += answer.status not in (200, 304)
        asked.wire += answer.size

    async def _learn(self) -> None:
        """What the drawing tells. Its ETag is that of the beginning: most readers have an older drawing."""
        line = await self._free.get()
        answer = await line.ask(get(self._address))
        self._free.put_nowait(line)
        self._etag = answer.etag
        if self._paced:
            self.asked.spread_ms = answer.json["spread_ms"]


async def liven(server: RunningServer, tickets: float) -> tuple[Crowd, list[asyncio.Task[None]]]:
    """Open branches and desks, visitors who come and are served; frames are heard and timed."""
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    people, dice = Crowd(server, session, server.token("admin")), random.Random(SEED)
    places = workplaces([each for each in server.definition.branches if each.desks])
    for branch in {place[0] for place in places}:
        await people.post(f"{server.branch_url(branch)}/open", {})
    for branch, desk, _ in places:
        await people.verb(branch, desk, "open")

    async def visitors() -> None:
        number, pause = 0, 1 / tickets
        try:
            while True:
                branch, _, service = places[number % len(places)]
                number += 1
                await asyncio.gather(people.visit(branch, service), asyncio.sleep(pause))
        finally:
            await session.close()

    tasks = [asyncio.create_task(people.listen(number)) for number in range(3)]
    tasks += [asyncio.create_task(people.clerk(b, d, len(places) / tickets, dice)) for b, d, _ in places]
    return people, [*tasks, asyncio.create_task(visitors())]


async def prices(server: RunningServer, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """The first part: rows by contestant, medians over the rounds."""
    lines = [await Line.to(server.base_url) for _ in range(LINES)]
    contest = Prices(server, lines)
    await contest.turns(options.seconds / 2)  # warm up
    rounds = [await contest.turns(options.seconds) for _ in range(options.rounds)]
    for line in lines:
        line.close()
    rows = {}
    for name in rounds[0]:
        turns = [each[name] for each in rounds]
        ratios = [each[name].cpu_ms / each["static file"].cpu_ms for each in rounds]
        rows[name] = {
            "cpu_ms": statistics.median(turn.cpu_ms for turn in turns),
            "price": statistics.median(ratios),
            "price_low": min(ratios),
            "price_high": max(ratios),
            "answers_per_second": statistics.median(turn.answers / turn.took for turn in turns),
            "wire_bytes": statistics.median(turn.wire / turn.answers for turn in turns),
            "known_share": statistics.median(turn.known / turn.answers for turn in turns),
            "refused": sum(turn.refused for turn in turns),
        }
    return rows


async def crowd(
    server: RunningServer, people: Crowd, options: argparse.Namespace, *, paced: bool
) -> dict[str, float]:
    """The second part: one row."""
    lines = [await Line.to(server.base_url) for _ in range(ASKING_LINES)]
    people.figures.frames.clear()
    people.measuring = True
    asked = await Readers(server, lines, options.readers, paced=paced).live(options.crowd_seconds)
    people.measuring = False
    for line in lines:
        line.close()
    late, frames = sorted(asked.late), sorted(people.figures.frames)
    return {
        "spread_ms": asked.spread_ms,
        "asked_per_second": len(late) / asked.seconds,
        "megabit_per_second": asked.wire * 8e-6 / asked.seconds,
        "known_share": asked.known / len(late),
        "refused": asked.refused,
        "core_share": asked.cpu / asked.seconds,
        "p50": statistics.median(late),
        "p99": late[int(0.99 * (len(late) - 1))],
        "frame_p50": statistics.median(frames),
        "frame_p99": frames[int(0.99 * (len(frames) - 1))],
    }


class Watchers:
    """Sockets that read what is fanned out (`wsload`), on the readers' core."""

    def __init__(self, server: RunningServer, tools: Path) -> None:
        self._command = ["taskset", "-c", READER_CORE, str(tools / "wsload"), "-p", "passive:3600"]
        self._command += ["127.0.0.1", server.base_url.rpartition(":")[2], f"{server.city_url}/live"]
        self._running: list[subprocess.Popen[str]] = []

    def join(self, number: int) -> None:
        """So many more, some at a time: each reader process has two minutes to connect."""
        for already in range(0, number, AT_A_TIME):
            self._join(min(AT_A_TIME, number - already))

    def _join(self, number: int) -> None:
        load = subprocess.Popen([*self._command, str(number), "1"], stdout=subprocess.PIPE, text=True)
        self._running.append(load)
        assert load.stdout is not None
        connected = json.loads(load.stdout.readline())
        if connected["open"] != number:
            raise RuntimeError(f"not everybody could connect: {connected}")

    def leave(self) -> None:
        """All of them."""
        for load in self._running:
            load.kill()
            load.wait()


Rows = dict[str, dict[str, float]]


async def measure(
    server: RunningServer, watchers: Watchers, options: argparse.Namespace
) -> tuple[Rows, Rows]:
    """Both parts."""
    people, tasks = await liven(server, options.tickets)
    try:
        await asyncio.to_thread(watchers.join, options.watchers)
        first = await prices(server, options)
        show_prices(first, options)
        await asyncio.to_thread(watchers.join, options.readers - options.watchers)
        second = {
            "a second after news": await crowd(server, people, options, paced=False),
            "as they are told": await crowd(server, people, options, paced=True),
        }
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return first, second


def show_prices(first: Rows, options: argparse.Namespace) -> None:
    """The first table, as Markdown."""
    print(f"\nOne answer, {options.watchers:,} watchers, {options.tickets:g} tickets/s\n")
    print("| what | × a static file | lowest–highest | CPU ms | answers/s | bytes | 304 |")
    print("|---|---|---|---|---|---|---|")
    for name, row in first.items():
        print(
            f"| {name} | {row['price']:.2f} | {row['price_low']:.2f}–{row['price_high']:.2f} "
            f"| {row['cpu_ms']:.2f} | {row['answers_per_second']:,.0f} | {row['wire_bytes']:,.0f} "
            f"| {row['known_share']:.2f} |"
        )


def show_crowd(second: Rows, options: argparse.Namespace) -> None:
    """The second one."""
    print(f"\n{options.readers:,} readers with sockets, news without end\n")
    print(
        "| they ask | spread s | asks/s | Mbit/s | server's core | answer p50, p99 ms | frame p50, p99 ms |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, row in second.items():
        print(
            f"| {name} | {row['spread_ms'] / 1000:g} | {row['asked_per_second']:,.0f} "
            f"| {row['megabit_per_second']:.1f} | {row['core_share']:.2f} "
            f"| {row['p50']:.0f}, {row['p99']:.0f} | {row['frame_p50']:.0f}, {row['frame_p99']:.0f} |"
        )


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="drawings of the board for a crowd")
    parser.add_argument("--watchers", type=int, default=1000, help="sockets while single answers are priced")
    parser.add_argument("--readers", type=int, default=10_000, help="sockets and widgets of the crowd")
    parser.add_argument("--tickets", type=float, default=5.0, help="tickets a second")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a turn")
    parser.add_argument("--crowd-seconds", type=float, default=20.0)
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "test-output" / "bench" / "drawing.json")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Run both parts; exit code 1 where a bar is missed."""
    options, cores = arguments(given), os.sched_getaffinity(0)
    serving = running_server(city="kharkiv", public_reads=UNLIMITED, device_commands=UNLIMITED)
    with tempfile.TemporaryDirectory() as folder, serving as server:
        compile_tools(options.sources, Path(folder))
        os.sched_setaffinity(server.pid, {int(SERVER_CORE)})
        watchers = Watchers(server, Path(folder))
        try:
            os.sched_setaffinity(0, {int(READER_CORE)})
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                first, second = runner.run(measure(server, watchers, options))
        finally:
            watchers.leave()
            os.sched_setaffinity(0, cores)
    show_crowd(second, options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps({"answers": first, "crowd": second}, indent=1))
    price, told = first["kept"]["price"], second["as they are told"]
    held = price <= KEPT_BAR and told["asked_per_second"] <= BUDGET * BUDGET_BAR and not told["refused"]
    print(
        f"\nbars: a kept drawing costs {KEPT_BAR:g} static files, a crowd asks {BUDGET:g} times a second",
        end="",
    )
    print(f" (and {BUDGET_BAR - 1:.0%}), nobody is refused; {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
