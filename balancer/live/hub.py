"""Who watches which branches, and one pass of encoded frames over all of them.

Pure: no socket, no clock, no event loop. A frame is encoded once per wire (WebSocket, server-sent events) and
the same bytes object goes to every client of that wire; all frames of a pass reach a client in one piece.

Guarantees: a client gets the passes in their order; one that joins during a pass is not part of it (it was
given the newest states when it joined); one that left gets nothing more; one that reads slowly gets only the
newest state.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

from balancer.live.outbox import Part

Encoder = Callable[[str, bytes], bytes]
"""Makes wire bytes of a frame's type and its JSON; called once a pass and wire."""

Write = Callable[[bytes], None]

CHUNK = 250
"""Clients served before a pass lets the event loop do something else: about 2 ms of one core."""


class Client(Hashable, Protocol):
    """One watcher, as the hub sees it. `encoder` makes wire bytes of (frame type, JSON), once per pass and
    wire.
    """

    @property
    def encoder(self) -> Encoder:
        """What makes this client's bytes."""

    @property
    def write(self) -> Write:
        """Hand it bytes; the hub calls it only while the client is not blocked."""

    def hold(self, parts: Sequence[Part]) -> None:
        """Keep frames, newest per key, while the client is blocked."""

    def blocked_seconds(self, now: float) -> float:
        """For how many real seconds the client has been taking nothing; 0.0 while it reads."""

    def abort(self) -> None:
        """Cut it off at once: what it has not read is lost."""

    async def close(self, code: int, reason: str) -> None:
        """Leave the hub and end politely, with that WebSocket close code where there is one."""


class _Group:
    """Watchers with one wire and one choice of branches. `changes` counts who came, went, blocked or was
    freed.
    """

    def __init__(self, encoder: Encoder, branches: frozenset[str] | None) -> None:
        self.encoder = encoder
        self.branches = branches
        self.ready: dict[Client, Write] = {}
        self.blocked: dict[Client, None] = {}
        self.changes = 0

    def parts(self, frames: Mapping[str, bytes]) -> tuple[Part, ...]:
        """The encoded frames that this group watches."""
        chosen = self.branches
        return tuple(
            (branch, self.encoder("branch", frame))
            for branch, frame in frames.items()
            if chosen is None or branch in chosen
        )

    def passing(self, parts: Sequence[Part], chunk: int) -> Iterator[None]:
        """Give `parts` to all who are members now; yields after each `chunk` of clients, when members may
        change.
        """
        for client in self.blocked:
            client.hold(parts)
        payload = parts[0][1] if len(parts) == 1 else b"".join(part[1] for part in parts)
        return self._serve(list(self.ready), list(self.ready.values()), payload, parts, chunk)

    def _serve(
        self, clients: list[Client], writes: list[Write], payload: bytes, parts: Sequence[Part], chunk: int
    ) -> Iterator[None]:
        seen, intact = self.changes, True
        for start in range(0, len(clients), chunk):
            intact = intact and self.changes == seen
            if intact:
                _write_all(writes[start : start + chunk], payload)
            else:
                self._write_some(clients[start : start + chunk], payload, parts)
            seen = self.changes
            yield

    def _write_some(self, clients: Iterable[Client], payload: bytes, parts: Sequence[Part]) -> None:
        for client in clients:
            if client in self.ready:
                _write_all([client.write], payload)
            elif client in self.blocked:
                client.hold(parts)


def _key(kind: str) -> str:
    """The outbox's key for frames of no branch; no branch's id has brackets."""
    return f"({kind})"


def _write_all(writes: Iterable[Write], payload: bytes) -> None:
    """The hot loop. A transport that closed under us must not keep the frame from the others."""
    left = iter(writes)
    while True:
        try:
            for write in left:
                write(payload)
            return
        except (RuntimeError, OSError):
            continue


class Hub:
    """All watchers of one city in this process."""

    def __init__(self, *, abort_after: float = 10.0) -> None:
        """`abort_after`: real seconds that a client may take nothing before it is cut off."""
        self._groups: dict[tuple[Encoder, frozenset[str] | None], _Group] = {}
        self._group_of: dict[Client, _Group] = {}
        self._abort_after = abort_after
        self.aborted = 0

    def __len__(self) -> int:
        return len(self._group_of)

    def __contains__(self, client: Client) -> bool:
        return client in self._group_of

    def clients(self) -> list[Client]:
        """Everybody who watches now."""
        return list(self._group_of)

    def join(self, client: Client, branches: frozenset[str] | None = None) -> None:
        """Let a client watch `branches`, None = all. In the same step it is given the newest states."""
        key = (client.encoder, branches)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(*key)
        self._group_of[client] = group
        group.ready[client] = client.write
        group.changes += 1

    def leave(self, client: Client) -> None:
        """Forget a client, also in the middle of a pass; harmless for one who is not here."""
        group = self._group_of.pop(client, None)
        if group is None:
            return
        group.ready.pop(client, None)
        group.blocked.pop(client, None)
        group.changes += 1
        if not group.ready and not group.blocked:
            self._groups.pop((group.encoder, group.branches), None)

    def block(self, client: Client) -> None:
        """The client cannot take more: frames go to its `hold` until `unblock`."""
        group = self._group_of.get(client)
        if group is not None and group.ready.pop(client, None) is not None:
            group.blocked[client] = None
            group.changes += 1

    def unblock(self, client: Client) -> None:
        """The client has taken everything that was written, and what it held."""
        group = self._group_of.get(client)
        if group is not None and client in group.blocked:
            del group.blocked[client]
            group.ready[client] = client.write
            group.changes += 1

    def publish(self, branch: str, frame: bytes) -> None:
        """One branch's frame (JSON) to everybody who watches it, now."""
        for _ in self.passing({branch: frame}):
            pass

    def tell(self, client: Client, kind: str, frame: bytes) -> None:
        """A frame of no branch (`kind`: its type) to one client, now; a blocked one keeps the newest of its
        kind.
        """
        group = self._group_of.get(client)
        if group is None:
            return
        encoded = group.encoder(kind, frame)
        if client in group.blocked:
            client.hold(((_key(kind), encoded),))
        else:
            client.write(encoded)

    def broadcast(self, kind: str, frame: bytes) -> None:
        """A frame of no branch to everybody, as `tell`."""
        for group in list(self._groups.values()):
            encoded = group.encoder(kind, frame)
            for _ in group.passing(((_key(kind), encoded),), CHUNK):
                pass

    def passing(self, frames: Mapping[str, bytes], chunk: int = CHUNK) -> Iterator[None]:
        """Hand the frames (branch → JSON) to all who watch them; yields after every `chunk` clients.

        The caller runs the iterator to its end before it starts the next one.
        """
        groups = list(self._groups.values())
        turns = [group.passing(parts, chunk) for group in groups if (parts := group.parts(frames))]
        return chain.from_iterable(turns)

    def sweep(self, now: float) -> int:
        """Cut off everybody who has taken nothing for too long at real second `now`; how many that were."""
        blocked = [client for group in self._groups.values() for client in group.blocked]
        stuck = [client for client in blocked if client.blocked_seconds(now) >= self._abort_after]
        for client in stuck:
            self.leave(client)
            client.abort()
        self.aborted += len(stuck)
        return len(stuck)
