"""A proxy between a client and a store that loses replies on purpose."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable


class Proxy:
    """Forwards bytes both ways. While `loses_reply` says True of the bytes of a request, the request reaches
    the store, its reply does not reach the client, and the connection is cut. `requests` are the chunks that
    came in.
    """

    def __init__(self, port: int) -> None:
        self.store_port = port
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.loses_reply: Callable[[bytes], bool] = lambda request: False
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Cut everything."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            store, forth = await asyncio.open_connection("127.0.0.1", self.store_port)
        except (OSError, asyncio.CancelledError):  # there is nobody: the client finds its line cut
            back.transport.abort()
            self._tasks.discard(task)
            return
        await self._forward(client, back, store, forth)
        self._tasks.discard(task)

    async def _forward(
        self,
        client: asyncio.StreamReader,
        back: asyncio.StreamWriter,
        store: asyncio.StreamReader,
        forth: asyncio.StreamWriter,
    ) -> None:
        replies = asyncio.create_task(self._replies(store, back))
        try:
            while request := await client.read(1 << 20):
                self.requests.append(request)
                if self.loses_reply(request):
                    replies.cancel()
                    forth.write(request)
                    await store.read(1)  # the store has answered, so it has run the request
                    break
                forth.write(request)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            # First of all: stop() may cancel what is awaited below.
            for writer in (forth, back):
                writer.transport.abort()
            replies.cancel()
            await asyncio.gather(replies, return_exceptions=True)
            for writer in (forth, back):
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()

    async def _replies(self, store: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while reply := await store.read(1 << 20):
            back.write(reply)
        back.transport.abort()


@contextlib.asynccontextmanager
async def proxy_to(port: int) -> AsyncIterator[Proxy]:
    """A proxy in front of the store on `port`."""
    proxy = Proxy(port)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
