"""The line between a browser and the server that loses replies: `tests.proxy` on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from tests.proxy import Proxy


class LossyLine:
    """Another address of the same server. `lose_next_reply(part)`: the next request that has these bytes
    reaches the server, its reply does not reach the browser. `lost` counts them.
    """

    def __init__(self, port: int) -> None:
        self._proxy = Proxy(port)
        self._part: bytes | None = None
        self.lost = 0
        self._proxy.loses_reply = self._loses
        self.base_url = ""

    def lose_next_reply(self, part: str) -> None:
        """From now on, once."""
        self._part = part.encode()

    def _loses(self, request: bytes) -> bool:
        if self._part is None or self._part not in request:
            return False
        self._part = None
        self.lost += 1
        return True

    async def start(self) -> None:
        """Listen on a free port."""
        await self._proxy.start()
        self.base_url = f"http://127.0.0.1:{self._proxy.port}"

    async def stop(self) -> None:
        """Cut everything."""
        await self._proxy.stop()


@contextlib.contextmanager
def lossy_line(port: int) -> Iterator[LossyLine]:
    """A line to the server on `port`."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    line = LossyLine(port)
    asyncio.run_coroutine_threadsafe(line.start(), loop).result()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(line.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
