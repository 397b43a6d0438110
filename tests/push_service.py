"""A push service and a browser for tests: real HTTP, real keys; it opens what was encrypted for it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import threading
from concurrent.futures import Future
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from balancer.core.push_book import Subscription


def text_of(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """The keys of one subscription."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)

    def subscription(self, endpoint: str, **more: Any) -> Subscription:
        """As the server keeps it."""
        keys = self.keys()
        return Subscription(endpoint, keys["p256dh"], keys["auth"], **more)

    def keys(self) -> dict[str, str]:
        """As the browser sends them."""
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": text_of(point), "auth": text_of(self._secret)}

    def open(self, body: bytes) -> dict[str, str]:
        """What was encrypted for this browser."""
        plain = http_ece.decrypt(
            body, private_key=self._private, auth_secret=self._secret, version="aes128gcm"
        )
        found: dict[str, str] = json.loads(plain)
        return found


class PushService:
    """Takes notices at `url`/push/<name>; `status` is what it answers. A thread with a loop of its own."""

    def __init__(self) -> None:
        self.status = 201
        self.taken: list[tuple[str, dict[str, str], bytes]] = []
        self._loop = asyncio.new_event_loop()
        self._ready: Future[str] = Future()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> PushService:
        self._thread.start()
        self.url = self._ready.result(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def endpoint(self, name: str = "one") -> str:
        """A browser's address here."""
        return f"{self.url}/push/{name}"

    def bodies(self, name: str) -> list[bytes]:
        """What came for that address."""
        return [body for path, _, body in self.taken if path == f"/push/{name}"]

    def _run(self) -> None:
        self._loop.run_until_complete(self._start())
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/push/{name}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._ready.set_result(f"http://{host}:{port}")

    async def _take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.taken.append((request.path, headers, await request.read()))
        return web.Response(status=self.status)
