"""What a desk does: calling, serving, parking and handing on tickets, and opening and closing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_hex

import msgspec

from balancer.core.caller import Caller
from balancer.core.commands import CityCommands
from balancer.messages import Answer, Wait

Shown = Mapping[str, Wait]
"""Ticket id → the wait that its holder saw last."""


class DeskVerbs(CityCommands):
    """Verbs that name a branch and a desk. An expected version is the ticket's in hand, for the desk's own
    verbs, call_next and quick_serve the desk's."""

    async def call_next(
        self, caller: Caller, branch: str, desk: str, *, estimates: Shown | None = None
    ) -> Answer:
        """The first of the desk's lines; `ticket` is null where nobody waits. `estimates`: the waits that
        were shown last to the first of the line."""
        shown = _encoded(estimates)
        return await self._command("call_next", caller, branch=branch, desk=desk, estimates=shown)

    async def call(
        self, caller: Caller, branch: str, desk: str, ticket: str, *, estimates: Shown | None = None
    ) -> Answer:
        """This ticket, waiting or parked; `estimates` as in `call_next`."""
        shown = _encoded(estimates)
        return await self._command("call", caller, branch=branch, desk=desk, ticket=ticket, estimates=shown)

    async def recall(self, caller: Caller, branch: str, desk: str) -> Answer:
        """Call the ticket in hand again."""
        return await self._command("recall", caller, branch=branch, desk=desk)

    async def start(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The called visitor is here."""
        return await self._command("start", caller, branch=branch, desk=desk)

    async def quick_serve(
        self, caller: Caller, branch: str, desk: str, service: str, *, quote: Wait | None = None
    ) -> Answer:
        """Serve somebody without a ticket: a number is made, counted as issued and served at once."""
        return await self._command(
            "quick_serve",
            caller,
            branch=branch,
            desk=desk,
            service=service,
            quote=quote,
            ticket=token_hex(10),
            day=await self._day(branch),
        )

    async def finish(self, caller: Caller, branch: str, desk: str, outcome: str = "served") -> Answer:
        """The visit is done, or goes back to the desk that sent it."""
        return await self._command("finish", caller, branch=branch, desk=desk, outcome=outcome)

    async def no_show(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The called visitor did not come: some places back, or out."""
        return await self._command("no_show", caller, branch=branch, desk=desk)

    async def requeue(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The ticket in hand waits again at its old place."""
        return await self._command("requeue", caller, branch=branch, desk=desk)

    async def park(
        self, caller: Caller, branch: str, desk: str, reason: str = "", until_ms: int | None = None
    ) -> Answer:
        """Set the ticket in hand aside until a city instant, or for the branch's usual time."""
        return await self._command("park", caller, branch=branch, desk=desk, reason=reason, until_ms=until_ms)

    async def wake(self, caller: Caller, branch: str, desk: str, ticket: str) -> Answer:
        """A ticket that this desk parked waits again at its old place."""
        return await self._command("wake", caller, branch=branch, desk=desk, ticket=ticket)

    async def transfer(
        self,
        caller: Caller,
        branch: str,
        desk: str,
        *,
        ticket: str | None = None,
        to_branch: str | None = None,
        to_queue: str | None = None,
        to_desk: str | None = None,
        service: str | None = None,
        keep_place: bool = True,
        come_back: bool = False,
        note: str | None = None,
    ) -> Answer:
        """Hand on the ticket in hand, or `ticket`, one that this desk parked; `come_back` after it was served
        there."""
        return await self._command(
            "transfer",
            caller,
            branch=branch,
            desk=desk,
            ticket=ticket,
            to_branch=to_branch,
            to_queue=to_queue,
            to_desk=to_desk,
            service=service,
            keep_place=keep_place,
            returns=come_back,
            note=note,
            day=await self._day(to_branch) if to_branch else None,
        )

    async def add_leg(self, caller: Caller, branch: str, desk: str, service: str) -> Answer:
        """One more service of this visit, after those it already has."""
        return await self._command("add_leg", caller, branch=branch, desk=desk, service=service)

    async def next_leg(self, caller: Caller, branch: str, desk: str) -> Answer:
        """This service is done; the next one here at once, or in its own queue by first arrival."""
        return await self._command("next_leg", caller, branch=branch, desk=desk)

    async def pay(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The visitor in hand pays from now on; Refused("already_paying")."""
        return await self._command("pay", caller, branch=branch, desk=desk)

    async def paid(self, caller: Caller, branch: str, desk: str) -> Answer:
        """He has paid, the service goes on; Refused("not_paying")."""
        return await self._command("paid", caller, branch=branch, desk=desk)

    async def note(self, caller: Caller, branch: str, desk: str, text: str) -> Answer:
        """A note on the ticket in hand, which goes with it; an empty one takes it away."""
        return await self._command("note", caller, branch=branch, desk=desk, note=text)

    async def desk_left(self, caller: Caller, branch: str, desk: str, ticket: str | None = None) -> Answer:
        """The visitor left: the one in hand, or `ticket`, which this desk parked or may call."""
        return await self._command("desk_left", caller, branch=branch, desk=desk, ticket=ticket)

    async def open_desk(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The desk receives."""
        return await self._command("open_desk", caller, branch=branch, desk=desk)

    async def pause_desk(self, caller: Caller, branch: str, desk: str, reason: str = "") -> Answer:
        """A break; refused with a ticket in hand."""
        return await self._command("pause_desk", caller, branch=branch, desk=desk, reason=reason)

    async def resume_desk(self, caller: Caller, branch: str, desk: str) -> Answer:
        """The break is over."""
        return await self._command("resume_desk", caller, branch=branch, desk=desk)

    async def close_desk(self, caller: Caller, branch: str, desk: str) -> Answer:
        """Done; tickets bound to it return to their queues. Refused with a ticket in hand."""
        return await self._command("close_desk", caller, branch=branch, desk=desk)

    async def set_skills(
        self, caller: Caller, branch: str, desk: str, queues: Sequence[str] | None
    ) -> Answer:
        """Which queues the desk calls from, until set anew; None: those of the city's file."""
        given = None if queues is None else msgspec.json.encode(list(dict.fromkeys(queues)))
        return await self._command("set_skills", caller, branch=branch, desk=desk, queues=given)

    async def release_desk(
        self,
        caller: Caller,
        branch: str,
        desk: str,
        reason: str = "",
        *,
        silent_since: int | None = None,
    ) -> Answer:
        """Close a desk whose clerk is gone; its ticket waits again, or is parked with an alert if it was
        being served.

        `silent_since` (real ms): only if no sign of life came after it, else nothing happens.
        """
        return await self._command(
            "release_desk", caller, branch=branch, desk=desk, reason=reason, silent_since=silent_since
        )


def _encoded(estimates: Shown | None) -> bytes | None:
    return msgspec.json.encode(estimates) if estimates else None
