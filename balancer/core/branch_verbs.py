"""What happens to a whole branch: opening and closing, alarm, power, hold.

`plan` is for the timer: the opening-hours instant (city ms) that the command carries out. An instant already
carried out changes nothing, so that neither a second process nor a later tick undoes what a supervisor did
since.
"""

from __future__ import annotations

from balancer.core.caller import Caller
from balancer.core.commands import CityCommands
from balancer.messages import Answer


class BranchVerbs(CityCommands):
    """Verbs that name a branch; an expected version is that of its facts."""

    async def open_branch(self, caller: Caller, branch: str, *, plan: int | None = None) -> Answer:
        """Doors open."""
        return await self._command(
            "open_branch", caller, branch=branch, day=await self._day(branch), plan=plan
        )

    async def close_branch(self, caller: Caller, branch: str) -> Answer:
        """Doors close; refused while tickets are in hand. Those who wait keep their places until
        close_day."""
        return await self._command("close_branch", caller, branch=branch)

    async def close_tickets(self, caller: Caller, branch: str, *, plan: int | None = None) -> Answer:
        """No more tickets; those who have one are served."""
        return await self._command("close_tickets", caller, branch=branch, plan=plan)

    async def open_tickets(self, caller: Caller, branch: str, *, plan: int | None = None) -> Answer:
        """Tickets again after all, or after the lunch break."""
        return await self._command("open_tickets", caller, branch=branch, plan=plan)

    async def alarm(self, caller: Caller, branch: str) -> Answer:
        """An air raid: by the branch's policy it pauses, serves in its shelter, or goes on."""
        return await self._command("alarm", caller, branch=branch)

    async def all_clear(self, caller: Caller, branch: str) -> Answer:
        """The air raid is over; a branch that paused for it goes on after its resume delay, by end_alarm."""
        return await self._command("all_clear", caller, branch=branch)

    async def end_alarm(self, caller: Caller, branch: str) -> Answer:
        """The delay after the all-clear is over; before that, nothing happens."""
        return await self._command("end_alarm", caller, branch=branch)

    async def power_off(self, caller: Caller, branch: str) -> Answer:
        """Services that need power stop; the others go on."""
        return await self._command("power_off", caller, branch=branch)

    async def power_on(self, caller: Caller, branch: str) -> Answer:
        """Power is back."""
        return await self._command("power_on", caller, branch=branch)

    async def suspend_service(self, caller: Caller, branch: str, service: str) -> Answer:
        """One service stops for a while: nobody gets a ticket or is called for it, places are kept."""
        return await self._command("suspend_service", caller, branch=branch, service=service)

    async def restore_service(self, caller: Caller, branch: str, service: str) -> Answer:
        """That service goes on."""
        return await self._command("restore_service", caller, branch=branch, service=service)

    async def hold_branch(self, caller: Caller, branch: str, reason: str) -> Answer:
        """Pause the branch for another reason."""
        return await self._command("hold_branch", caller, branch=branch, reason=reason)

    async def resume_branch(self, caller: Caller, branch: str) -> Answer:
        """End of the hold."""
        return await self._command("resume_branch", caller, branch=branch)

    async def close_day(self, caller: Caller, branch: str, *, plan: int | None = None) -> Answer:
        """End the day: who still waits expires or is carried over; a serving ticket is never touched, and
        people are refused while there is one (`tickets_in_hand`)."""
        return await self._command("close_day", caller, branch=branch, plan=plan)
