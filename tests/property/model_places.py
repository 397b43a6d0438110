"""What every verb on a desk or a branch means, from design §3: one function a verb, checks first, then
changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.property.model_state import MINUTE, ModelState, No

# --- desks ----------------------------------------------------------------------------------------


def open_desk(city: ModelState, now: int, branch: str, desk: str) -> None:
    """closed → open."""
    _move_desk(city, branch, desk, "desk_opened", ("closed",), "open")


def pause_desk(city: ModelState, now: int, branch: str, desk: str, reason: str = "") -> None:
    """open → paused, with no ticket in hand."""
    _empty_handed(city, branch, desk)
    _move_desk(city, branch, desk, "desk_paused", ("open",), "paused")


def resume_desk(city: ModelState, now: int, branch: str, desk: str) -> None:
    """paused → open."""
    _move_desk(city, branch, desk, "desk_resumed", ("paused",), "open")


def close_desk(city: ModelState, now: int, branch: str, desk: str) -> None:
    """open, paused → closed, with no ticket in hand; those bound to it return to their queues."""
    _empty_handed(city, branch, desk)
    _move_desk(city, branch, desk, "desk_closed", ("open", "paused"), "closed")
    _unbind(city, branch, desk)


def set_skills(city: ModelState, now: int, branch: str, desk: str, queues: Sequence[str] | None) -> None:
    """In every state: whom the desk calls from now on; None for what the city's file says."""
    city.skills(branch, desk)
    for queue in queues or ():
        if queue not in city.branch_file(branch).queue_by_id:
            raise No("unknown_queue")
    city.expect(city.desks[branch, desk])
    city.set_desk(branch, desk, queues=None if queues is None else tuple(queues))
    city.events.append(("desk_skills_set", f"{branch}/{desk}"))


def release_desk(city: ModelState, now: int, branch: str, desk: str, reason: str = "") -> str | None:
    """open, paused → closed; called → waiting at the old place; serving → parked. Says which it was."""
    city.skills(branch, desk)
    held = city.hand(branch, desk)
    _move_desk(city, branch, desk, "desk_released", ("open", "paused"), "closed")
    if held is not None and held.bound == desk:
        held = replace(held, bound=None)
    if held is not None and held.state == "called":
        city.back_to_line("ticket_requeued", held)
    elif held is not None:
        due = city.branches[branch].time(now) + city.policy(branch).park_default_minutes * MINUTE
        city.put("ticket_parked", held, state="parked", due=due)
    _unbind(city, branch, desk)
    return held.id if held else None


def _empty_handed(city: ModelState, branch: str, desk: str) -> None:
    city.skills(branch, desk)
    if city.hand(branch, desk) is not None:
        raise No("desk_busy")


def _move_desk(
    city: ModelState, branch: str, desk: str, event: str, sources: tuple[str, ...], target: str
) -> None:
    city.skills(branch, desk)
    city.expect(city.desks[branch, desk])
    if city.desks[branch, desk].state not in sources:
        raise No("desk_state")
    city.set_desk(branch, desk, state=target)
    city.events.append((event, f"{branch}/{desk}"))


def _unbind(city: ModelState, branch: str, desk: str) -> None:
    for ticket in city.bound_line(branch, desk):
        city.back_to_line("ticket_requeued", city.tickets[ticket], bound=None)


# --- branches -------------------------------------------------------------------------------------


def open_branch(city: ModelState, now: int, branch: str) -> None:
    """closed → open."""
    _fact(city, branch, "branch_opened", "phase", ("closed",), "open")
    city.opened[branch] = city.day


def close_branch(city: ModelState, now: int, branch: str) -> None:
    """open, tickets_closed → closed, with no ticket in hand; the line keeps its places until the day ends."""
    if any(city.hand(branch, desk.desk) for desk in city.branch_file(branch).desks):
        raise No("tickets_in_hand")
    _fact(city, branch, "branch_closed", "phase", ("open", "tickets_closed"), "closed")


def close_tickets(city: ModelState, now: int, branch: str) -> None:
    """open → tickets_closed: those who have a ticket are served."""
    _fact(city, branch, "tickets_closed", "phase", ("open",), "tickets_closed")


def open_tickets(city: ModelState, now: int, branch: str) -> None:
    """tickets_closed → open."""
    _fact(city, branch, "tickets_opened", "phase", ("tickets_closed",), "open")


def alarm(city: ModelState, now: int, branch: str) -> None:
    """An air raid: by the branch's policy it pauses, serves in its shelter, or goes on."""
    city.branch_file(branch)
    kind = city.policy(branch).air_raid
    _alarm(city, branch, "alarm_sounded", ("none", "resuming"), alarm=kind)
    _clock(city, now, branch)


def all_clear(city: ModelState, now: int, branch: str) -> None:
    """The air raid is over; a pause goes on for a while, if the policy says so."""
    city.branch_file(branch)
    delay = city.policy(branch).resume_delay_minutes * MINUTE
    if city.branches[branch].alarm == "pause" and delay:
        _alarm(city, branch, "alarm_cleared", ("pause",), alarm="pause", resumes=now + delay)
    else:
        _alarm(city, branch, "alarm_cleared", ("pause", "shelter", "continue"))
    _clock(city, now, branch)


def end_alarm(city: ModelState, now: int, branch: str) -> None:
    """That while is over; earlier nothing happens."""
    city.branch_file(branch)
    city.expect(city.branches[branch])
    if now >= (city.branches[branch].resumes or 0):
        _alarm(city, branch, "alarm_ended", ("resuming",))
        _clock(city, now, branch)


def _alarm(
    city: ModelState,
    branch: str,
    event: str,
    sources: tuple[str, ...],
    alarm: str = "none",
    resumes: int | None = None,
) -> None:
    """Another alarm; a pause whose end is set counts as resuming."""
    city.branch_file(branch)
    facts = city.branches[branch]
    city.expect(facts)
    if ("resuming" if facts.resumes is not None else facts.alarm) not in sources:
        raise No("branch_state")
    _set(city, branch, event, alarm=alarm, resumes=resumes)


def hold_branch(city: ModelState, now: int, branch: str, reason: str) -> None:
    """Paused for another reason."""
    _fact(city, branch, "branch_held", "hold", (None,), reason)
    _clock(city, now, branch)


def resume_branch(city: ModelState, now: int, branch: str) -> None:
    """The hold is over."""
    city.branch_file(branch)
    city.expect(city.branches[branch])
    if city.branches[branch].hold is None:
        raise No("branch_state")
    _fact(city, branch, "branch_resumed", "hold", (city.branches[branch].hold,), None)
    _clock(city, now, branch)


def power_off(city: ModelState, now: int, branch: str) -> None:
    """Services that need power stop; who was called for one goes back to his place."""
    _fact(city, branch, "power_lost", "power", ("on",), "off")
    for ticket in [t for t in city.tickets.values() if t.branch == branch and t.state == "called"]:
        if city.dark(ticket):
            city.back_to_line("ticket_requeued", ticket)


def power_on(city: ModelState, now: int, branch: str) -> None:
    """off → on."""
    _fact(city, branch, "power_restored", "power", ("off",), "on")


def suspend_service(city: ModelState, now: int, branch: str, service: str) -> None:
    """One service stops; who was called for it goes back to his place."""
    city.branch_file(branch)
    city.queue_for(branch, service)
    _service(city, branch, service, "service_suspended", is_there=False)
    for ticket in [t for t in city.tickets.values() if t.branch == branch and t.state == "called"]:
        if city.dark(ticket):
            city.back_to_line("ticket_requeued", ticket)


def restore_service(city: ModelState, now: int, branch: str, service: str) -> None:
    """It goes on."""
    city.branch_file(branch)
    _service(city, branch, service, "service_restored", is_there=True)


def _service(city: ModelState, branch: str, service: str, event: str, *, is_there: bool) -> None:
    facts = city.branches[branch]
    city.expect(facts)
    if (service in facts.suspended) != is_there:
        raise No("branch_state")
    left = tuple(each for each in facts.suspended if each != service)
    _set(city, branch, event, suspended=left if is_there else (*left, service))


def close_day(city: ModelState, now: int, branch: str) -> None:
    """The line expires or is carried over; a serving ticket is never touched, nor its desk."""
    city.branch_file(branch)
    hands = [city.hand(branch, desk.desk) for desk in city.city.branch(branch).desks]
    if city.role != "timer" and any(held is not None and held.state == "serving" for held in hands):
        raise No("tickets_in_hand")
    city.expect(city.branches[branch])
    for desk in city.city.branch(branch).desks:
        held = city.hand(branch, desk.desk)
        if city.desks[branch, desk.desk].state != "closed" and (held is None or held.state != "serving"):
            city.set_desk(branch, desk.desk, state="closed")
            city.events.append(("desk_closed", f"{branch}/{desk.desk}"))
    for ticket in [t for t in city.tickets.values() if t.branch == branch]:
        if ticket.state not in ("waiting", "called", "parked"):
            continue
        if not city.policy(branch).carry_over:
            city.end("ticket_expired", ticket, "expired", now)
        elif ticket.state == "parked":
            city.put("ticket_carried", ticket, bound=None)
        else:
            city.back_to_line("ticket_carried", ticket, bound=None)
    over = (branch, city.opened.get(branch))
    city.leases = {name: each for name, each in city.leases.items() if (each.branch, each.day) != over}
    _set(city, branch, "day_closed", phase="closed")


def _fact(
    city: ModelState, branch: str, event: str, fact: str, sources: tuple[str | None, ...], target: str | None
) -> None:
    city.branch_file(branch)
    city.expect(city.branches[branch])
    if getattr(city.branches[branch], fact) not in sources:
        raise No("branch_state")
    _set(city, branch, event, **{fact: target})


def _set(city: ModelState, branch: str, event: str, **changes: Any) -> None:
    version = city.branches[branch].version + 1
    city.branches[branch] = replace(city.branches[branch], version=version, **changes)
    city.events.append((event, branch))


def _clock(city: ModelState, now: int, branch: str) -> None:
    """Stop or start branch time; when it stops, called tickets go back to their places."""
    facts = city.branches[branch]
    if facts.paused and facts.paused_since is None:
        city.branches[branch] = replace(facts, paused_since=now)
        for ticket in [t for t in city.tickets.values() if t.branch == branch and t.state == "called"]:
            city.back_to_line("ticket_requeued", ticket)
    elif not facts.paused and facts.paused_since is not None:
        total = facts.paused_total + now - facts.paused_since
        city.branches[branch] = replace(facts, paused_since=None, paused_total=total)
        city.pauses[branch] = (*city.pauses.get(branch, ()), (facts.paused_since, now))
