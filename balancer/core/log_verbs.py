"""What is only written into the log, and changes nothing: incidents, what staff did beside the queues."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from balancer.core.caller import Caller
from balancer.core.commands import CityCommands
from balancer.messages import Answer

Told = str | int | float | bool | None


class LogVerbs(CityCommands):
    """Verbs that leave an event and no other trace. No version is expected."""

    async def incident(self, caller: Caller, branch: str, desk: str, category: str, text: str) -> Answer:
        """Something happened at a desk; the log names the ticket in hand, if there is one."""
        return await self._command("incident", caller, branch=branch, desk=desk, category=category, text=text)

    async def branch_incident(
        self, caller: Caller, branch: str, category: str, text: str, ticket: str | None = None
    ) -> Answer:
        """Something happened in a branch, perhaps to the holder of a ticket; Refused("unknown_ticket") for
        one of another branch."""
        return await self._command(
            "branch_incident", caller, branch=branch, category=category, text=text, ticket=ticket
        )

    async def record(
        self,
        caller: Caller,
        kind: str,
        branch: str | None,
        detail: Mapping[str, str | int | float | bool | None],
    ) -> Answer:
        """A deed beside the queues, such as "device_approved": the event tells `kind` and `detail`."""
        said = msgspec.json.encode(detail)
        return await self._command("record", caller, deed=kind, branch=branch, detail=said)
