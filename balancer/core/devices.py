"""Wall devices: how a screen gets its token, and when it was last heard of.

A new device shows a short code; a supervisor who stands before it types the code; the device fetches its
token with a secret of its own, the claim. Neither claim nor token is ever stored. Every fact about a device
is written once and never changed (HSETNX), so no two supervisors undo each other's word. All times are real.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable

import msgspec

from balancer.core.device_record import (
    CODE_LENGTH,
    CODE_LETTERS,
    CODE_LIVES_MS,
    FACTS,
    SIGNS,
    Approval,
    Device,
    Enrolled,
    claim_of,
    device_of,
    device_view,
    plain_code,
    read_device,
    token_of,
)
from balancer.core.keys import Keys
from balancer.core.tokens import Commander, TokenRecord, Tokens, digest_of
from balancer.errors import BalancerError
from balancer.messages.devices import DeviceKind, DeviceStatus, DeviceView, PrinterState

DEVICE_ROLES = frozenset({"kiosk", "display"})
KEPT_AFTER_END_MS = 90 * 86_400_000
KEPT_AFTER_EXPIRY_MS = 10 * 60_000
SEEN_SECONDS = 3.0
MOST_PENDING = 500
CODE_ATTEMPTS = 20


class Devices:
    """The devices of one city."""

    def __init__(
        self,
        store: Commander,
        city: str,
        city_key: bytes,
        *,
        silent_after: Callable[[str], float | None] = lambda branch: None,
        now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        """`silent_after`: real seconds after which a device of a branch counts as silent, None while nothing
        is expected of it.
        """
        self._store = store
        self._keys = Keys.of(city)
        self._tokens = Tokens(store, city)
        self._city_key = city_key
        self._silent_after = silent_after
        self._now_ms = now_ms
        self._noted: dict[str, float] = {}
        self._strangers: set[str] = set()
        self._since = now_ms()

    # --- a device asks --------------------------------------------------------------------------------------

    async def enrol(self, kind: DeviceKind, branch: str, key: str) -> tuple[Enrolled, str]:
        """A new device and its claim; the same again under the same idempotency key.

        `idempotency_key_reused` where that key brought another kind or branch, `rate_limited` while too many
        wait for approval.
        """
        claim = claim_of(self._city_key, key)
        identity = device_of(self._city_key, claim)
        if await self._found(identity) is None:
            await self._make_room()
            digest = digest_of(token_of(self._city_key, claim).rpartition(".")[2])
            code, now = await self._new_code(identity), self._now_ms()
            await self._note(
                identity, msgspec.json.encode(Enrolled(identity, kind, branch, code, now, digest))
            )
        made = (await self.find(identity)).enrolled
        if (made.kind, made.branch) != (kind, branch):
            raise BalancerError("idempotency_key_reused")
        return made, claim

    async def _new_code(self, identity: str) -> str:
        for _ in range(CODE_ATTEMPTS):
            code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
            key = self._keys.codes + code
            if await self._store.command("SET", key, identity, "NX", "PX", CODE_LIVES_MS) is not None:
                return code
        raise BalancerError("rate_limited", seconds=60)

    async def token_for(self, identity: str, claim: str) -> tuple[DeviceStatus, str | None]:
        """What became of a device, with its token from the approval until that is used; `unknown_device`."""
        device = await self.find(identity)
        status = device.status(self._now_ms())
        is_due = status == "approved" and device.used is None
        return status, token_of(self._city_key, claim) if is_due else None

    # --- a supervisor decides -------------------------------------------------------------------------------

    async def approve(self, branch: str, code: str, name: str) -> Device:
        """The device of that branch that shows this code gets its token; one that has it stays as it is.

        `device_code_unknown` for a code that is wrong, too old, or shown in another branch.
        """
        raw = await self._store.command("GET", self._keys.codes + plain_code(code), writes=False)
        device = await self._found(raw.decode()) if raw is not None else None
        status = device.status(self._now_ms()) if device is not None else "expired"
        if device is None or device.enrolled.branch != branch or status not in ("pending", "approved"):
            raise BalancerError("device_code_unknown")
        if status == "approved":
            return device
        now, made = self._now_ms(), device.enrolled
        await self._tokens.admit(TokenRecord(made.id, made.kind, branch, None, made.token_sha256, now, None))
        await self._note(f"{made.id}:approved", msgspec.json.encode(Approval(name, now)))
        after = await self.find(made.id)
        if after.revoked is not None:  # somebody's word came between
            await self._tokens.revoke(made.id)
            raise BalancerError("device_code_unknown")
        return after

    async def revoke(self, branch: str, identity: str) -> Device:
        """End a device's token, or refuse it one; `unknown_device` for a device of another branch."""
        device = await self.find(identity)
        if device.enrolled.branch != branch:
            raise BalancerError("unknown_device")
        await self._note(f"{identity}:revoked", self._now_ms())
        await self._tokens.revoke(identity)
        return await self.find(identity)

    # --- signs of life --------------------------------------------------------------------------------------

    async def seen(self, role: str, identity: str) -> None:
        """A request came with that token: the first is noted at once, then one in SEEN_SECONDS. A store that
        is away makes no difference here.
        """
        now = time.monotonic()
        noted = self._noted.get(identity)
        if role not in DEVICE_ROLES or identity in self._strangers:
            return
        if noted is not None and now - noted < SEEN_SECONDS:
            return
        self._noted[identity] = now
        try:
            await self._keep_sign(identity, is_first=noted is None)
        except BalancerError:
            self._noted.pop(identity, None)

    async def _keep_sign(self, identity: str, *, is_first: bool) -> None:
        signs, at = self._keys.device_signs, self._now_ms()
        if is_first:
            if not await self._store.command("HEXISTS", self._keys.devices, identity, writes=False):
                self._strangers.add(identity)  # a token that was made by hand
                return
            await self._store.command("HSETNX", signs, f"{identity}:used", at)
        await self._store.command("HSET", signs, f"{identity}:at", at)

    async def report(self, identity: str, printer: PrinterState | None) -> None:
        """What a kiosk says of its printer; None: it has none."""
        if identity not in self._strangers:
            await self._store.command("HSET", self._keys.device_signs, f"{identity}:printer", printer or "")

    def is_silent(self, device: Device) -> bool:
        """Whether an approved device was not heard of for longer than its branch allows; what nobody could
        hear before this process began does not count.
        """
        after = self._silent_after(device.enrolled.branch)
        if after is None or device.approval is None or device.revoked is not None:
            return False
        heard = max(self._since, device.approval.at, device.seen or 0)
        return self._now_ms() - heard > after * 1000

    async def silent(self, branch: str) -> list[Device]:
        """The devices of a branch that should be heard of and are not."""
        return [device for device in await self.of_branch(branch) if self.is_silent(device)]

    # --- who there is ---------------------------------------------------------------------------------------

    async def of_branch(self, branch: str) -> list[Device]:
        """The devices of a branch, oldest first; without those that nobody approved in time."""
        now = self._now_ms()
        return [
            each
            for each in await self._all()
            if each.enrolled.branch == branch and each.status(now) != "expired"
        ]

    async def find(self, identity: str) -> Device:
        """The device of that id; `unknown_device`."""
        device = await self._found(identity)
        if device is None:
            raise BalancerError("unknown_device")
        return device

    def view(self, device: Device, time_zone: str) -> DeviceView:
        """A device as its supervisor sees it now."""
        return device_view(device, time_zone, self._now_ms(), silent=self.is_silent(device))

    async def _found(self, identity: str) -> Device | None:
        facts = await self._fields(self._keys.devices, identity, FACTS)
        if facts[identity] is None:
            return None
        signs = await self._fields(self._keys.device_signs, identity, SIGNS)
        return self._with_token(read_device(facts, signs, identity), await self._token_ends([identity]))

    async def _all(self) -> list[Device]:
        facts = await self._hash(self._keys.devices)
        signs = await self._hash(self._keys.device_signs)
        names = [name for name in facts if ":" not in name]
        ends = await self._token_ends(names)
        found = (self._with_token(read_device(facts, signs, name), ends) for name in names)
        return sorted((each for each in found if each), key=lambda each: each.enrolled.created)

    def _with_token(self, device: Device | None, ends: dict[str, int]) -> Device | None:
        """A token that was revoked as a token ends its device too."""
        if device is None or device.revoked is not None or device.enrolled.id not in ends:
            return device
        return msgspec.structs.replace(device, revoked=ends[device.enrolled.id])

    async def _token_ends(self, names: list[str]) -> dict[str, int]:
        records = await self._tokens.find_all(names)
        return {record.id: record.revoked for record in records if record.revoked is not None}

    async def _make_room(self) -> None:
        """Forget what ended long ago; `rate_limited` while very many wait."""
        now, pending = self._now_ms(), 0
        for device in await self._all():
            status = device.status(now)
            pending += status == "pending"
            kept = KEPT_AFTER_EXPIRY_MS if status == "expired" else KEPT_AFTER_END_MS
            if device.ended is not None and now - device.ended > kept:
                await self._forget(device.enrolled.id)
        if pending >= MOST_PENDING:
            raise BalancerError("rate_limited", seconds=60)

    async def _forget(self, identity: str) -> None:
        await self._store.command("HDEL", self._keys.device_signs, *_named(identity, SIGNS))
        await self._store.command("HDEL", self._keys.devices, *_named(identity, FACTS))

    async def _note(self, field: str, fact: bytes | int) -> None:
        await self._store.command("HSETNX", self._keys.devices, field, fact)

    async def _fields(self, key: str, identity: str, ends: Iterable[str]) -> dict[str, bytes | None]:
        names = _named(identity, ends)
        return dict(zip(names, await self._store.command("HMGET", key, *names, writes=False), strict=True))

    async def _hash(self, key: str) -> dict[str, bytes | None]:
        flat = await self._store.command("HGETALL", key, writes=False)
        pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
        return {name.decode(): value for name, value in pairs}


def _named(identity: str, ends: Iterable[str]) -> list[str]:
    return [identity + end for end in ends]
