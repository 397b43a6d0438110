"""Visitors on their way: announce, cancel, read. An intent is kept when `issue` turns it into a ticket."""

from __future__ import annotations

from secrets import token_hex

import msgspec

from balancer.core.caller import Caller
from balancer.core.commands import CityCommands
from balancer.errors import Refused
from balancer.messages import Answer, IntentState, Wait

_INTENT = msgspec.json.Decoder(IntentState)


class IntentVerbs(CityCommands):
    """Verbs that name an intent, or make one."""

    async def announce(
        self,
        caller: Caller,
        branch: str,
        service: str,
        arrives: int,
        *,
        quote: Wait | None = None,
        sender: str | None = None,
        most: int | None = None,
        intent_id: str | None = None,
    ) -> Answer:
        """Somebody will be at a branch at city ms `arrives`; `quote` is the wait he was promised there.

        `sender` marks who announces: Refused("too_many_intents") where `most` of his are live already.
        """
        return await self._command(
            "announce",
            caller,
            intent=intent_id or token_hex(10),
            branch=branch,
            service=service,
            arrives=arrives,
            quote=quote,
            sender=sender,
            most=most,
        )

    async def cancel_intent(self, caller: Caller, intent: str) -> Answer:
        """He will not come after all."""
        return await self._command("cancel_intent", caller, intent=intent)

    async def read_intent(self, intent: str) -> IntentState:
        """An intent as it is; Refused("unknown_intent") also for one that ended 72 real hours ago."""
        text = await self._read("read_intent", intent=intent)
        if text is None:
            raise Refused("unknown_intent")
        return _INTENT.decode(text)
