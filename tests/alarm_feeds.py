"""Both alarm feeds as they document themselves, on a real local HTTP server that does what a test says.

    with AlarmService("alerts.in.ua") as service:
        service.sound("22")
        … --alarm-url {service.url} --alarm-key {KEY}

The shapes are written by hand after the services' own clients (see `balancer.alarms`). `mode` makes it ill:
"401", "403", "429", "500", "garbage", "hang".
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from email.utils import formatdate
from types import TracebackType
from typing import Any

from aiohttp import web

KEY = "0a1b2c3d4e5f:secret"
TITLES = {
    "22": "Харківська область",
    "124": "Харківський район",
    "1293": "м. Харків",
    "16": "Луганська область",
}
FIRST_CHANGE = 1_795_417_200  # 2026-11-23 09:00 in Kyiv


class AlarmService:
    """A service on a thread of its own. `requests` counts the paths that were asked."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.mode = "ok"
        self.retry_after: str | None = None
        self.kinds: dict[str, str] = {}
        self.requests: Counter[str] = Counter()
        self.unchanged = 0
        self.url = ""
        self._changes = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def sound(self, region: str, kind: str = "air_raid") -> None:
        """An alarm begins."""
        self.kinds[region] = kind
        self._changes += 1

    def clear(self, region: str) -> None:
        """An alarm ends."""
        del self.kinds[region]
        self._changes += 1

    def asked(self) -> int:
        """How many requests there were."""
        return self.requests.total()

    def __enter__(self) -> AlarmService:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/v1/alerts/active.json", self._alerts_in_ua)
        app.router.add_get("/api/v3/alerts/status", self._status)
        app.router.add_get("/api/v3/alerts", self._ukrainealarm)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def _ill(self, request: web.Request, key: str) -> web.Response | None:
        self.requests[request.path] += 1
        if self.mode == "hang":
            await asyncio.Event().wait()
        if self.mode == "garbage":
            return web.Response(text='{"alerts": [{"location_uid":', content_type="application/json")
        if self.mode != "ok":
            headers = {"Retry-After": self.retry_after} if self.retry_after else {}
            return web.json_response({"message": "no"}, status=int(self.mode), headers=headers)
        if request.headers.get("Authorization") != key:
            return web.json_response({"message": "Unauthorized"}, status=401)
        return None

    async def _alerts_in_ua(self, request: web.Request) -> web.Response:
        if ill := await self._ill(request, f"Bearer {KEY}"):
            return ill
        modified = {"Last-Modified": formatdate(FIRST_CHANGE + self._changes, usegmt=True)}
        if request.headers.get("If-Modified-Since") == modified["Last-Modified"]:
            self.unchanged += 1
            return web.Response(status=304, headers=modified)
        return web.json_response(active_json(self.kinds), headers=modified)

    async def _status(self, request: web.Request) -> web.Response:
        return await self._ill(request, KEY) or web.json_response({"lastActionIndex": 4000 + self._changes})

    async def _ukrainealarm(self, request: web.Request) -> web.Response:
        return await self._ill(request, KEY) or web.json_response(alerts_v3(self.kinds))


def active_json(kinds: dict[str, str]) -> dict[str, Any]:
    """`/v1/alerts/active.json` of alerts.in.ua with these alarms (region → kind)."""
    alerts = [
        {
            "id": 8000 + place,
            "location_title": TITLES.get(region, f"Громада {region}"),
            "location_type": "oblast" if int(region) < 32 else "raion",
            "started_at": "2026-11-23T07:00:00.000Z",
            "finished_at": None,
            "updated_at": "2026-11-23T07:00:04.000Z",
            "alert_type": kind,
            "location_uid": region,
            "location_oblast": "Харківська область",
            "location_oblast_uid": "22",
            "location_raion": None,
            "notes": None,
            "calculated": False,
        }
        for place, (region, kind) in enumerate(kinds.items())
    ]
    return {
        "alerts": alerts,
        "meta": {"last_updated_at": "2026/11/23 07:00:04 +0000", "type": "full"},
        "disclaimer": "If you use this data, name the source.",
    }


def alerts_v3(kinds: dict[str, str]) -> list[dict[str, Any]]:
    """`/api/v3/alerts` of ukrainealarm with the same."""
    names = {"air_raid": "AIR", "artillery_shelling": "ARTILLERY", "chemical": "CHEMICAL"}
    return [
        {
            "regionId": region,
            "regionType": "State" if int(region) < 32 else "District",
            "regionName": TITLES.get(region, f"Громада {region}"),
            "regionEngName": f"Region {region}",
            "lastUpdate": "2026-11-23T07:00:04Z",
            "activeAlerts": [
                {
                    "regionId": region,
                    "regionType": "State",
                    "type": names[kind],
                    "lastUpdate": "2026-11-23T07:00:04Z",
                }
            ],
        }
        for region, kind in kinds.items()
    ]
