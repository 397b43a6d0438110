"""What every verb on a ticket means, from design §3: one function a verb, checks first, then changes.

A command is refused for what it names, then for the branch, the desk, the version, the ticket's state and at
last for a limit of the city's policy, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from balancer.messages import Wait
from tests.property.model_paper import arrival, may_enter, use_slip
from tests.property.model_state import MINUTE, SECOND, ModelState, No, Ticket

Shown = Mapping[str, Wait]

# --- a new ticket ---------------------------------------------------------------------------------


def issue(
    city: ModelState,
    now: int,
    branch: str,
    service: str,
    ticket_id: str,
    services: Sequence[str] = (),
    priority: str | None = None,
    channel: str = "kiosk",
    number: str | None = None,
    lease: str | None = None,
    arrived: int | None = None,
) -> str:
    """→ waiting, at arrival − head start; what was given out on paper gets the place of that time."""
    for each in (service, *services):
        city.queue_for(branch, each)
    head_start = city.head_start(priority)
    if number is None and arrived is None:
        _may_give_out(city, branch, service)
    else:
        may_enter(city, branch, number)
    if city.role == "citizen" and not city.city.remote_tickets:
        raise No("remote_tickets_off")
    came = arrival(city, now, arrived)
    if number is not None:
        use_slip(city, branch, number, lease)
    ticket = _new(city, came, branch, ticket_id, (service, *services), number)
    order = ticket.order - head_start
    return city.put("ticket_issued", ticket, priority=priority, head_start=head_start, order=order).id


def _may_give_out(city: ModelState, branch: str, service: str) -> None:
    _doors_open(city, branch)
    if city.branches[branch].phase == "tickets_closed":
        raise No("tickets_closed")
    _not_paused(city, branch)
    has_power(city, branch, service)


def quick_serve(city: ModelState, now: int, branch: str, desk: str, service: str, ticket_id: str) -> str:
    """→ serving: gets a number and counts as issued."""
    city.skills(branch, desk)
    city.queue_for(branch, service)
    _free_desk(city, branch, desk)
    has_power(city, branch, service)
    city.expect(city.desks[branch, desk])
    ticket = _new(city, now, branch, ticket_id, (service,))
    return city.put("ticket_issued", ticket, state="serving", desk=desk).id


def _new(
    city: ModelState,
    now: int,
    branch: str,
    ticket_id: str,
    services: Sequence[str],
    number: str | None = None,
) -> Ticket:
    """Who came at that instant, with this number or the next."""
    queue = city.queue_for(branch, services[0])
    return Ticket(
        id=ticket_id,
        number=number or city.next_number(branch, queue.letter),
        day=city.day,
        branch=branch,
        queue=queue.queue,
        state="waiting",
        arrived=now,
        order=city.time_at(branch, now),
        placed=now,
        tie=city.steps,
        head_start=0,
        priority=None,
        legs=tuple(services),
    )


# --- what verbs ask of branch and desk ------------------------------------------------------------


def _doors_open(city: ModelState, branch: str) -> None:
    if city.branches[branch].phase == "closed":
        raise No("branch_closed")


def _not_paused(city: ModelState, branch: str) -> None:
    if city.branches[branch].paused:
        raise No("branch_paused")


def has_power(city: ModelState, branch: str, service: str) -> None:
    """And the service was not stopped."""
    if why := city.stopped(branch, service):
        raise No(why)


def _free_desk(city: ModelState, branch: str, desk: str) -> None:
    """An open desk with no ticket in hand, in a branch that is open and not paused."""
    _doors_open(city, branch)
    _not_paused(city, branch)
    state = city.desks[branch, desk].state
    if state != "open":
        raise No(f"desk_{state}")
    if city.hand(branch, desk) is not None:
        raise No("desk_busy")


def in_hand(city: ModelState, branch: str, desk: str, *states: str) -> Ticket:
    """The desk's ticket, in one of these states."""
    city.skills(branch, desk)
    ticket = city.hand(branch, desk)
    if ticket is None:
        raise No("no_ticket_in_hand")
    return in_state(city, ticket, *states)


def in_state(city: ModelState, ticket: Ticket, *states: str) -> Ticket:
    city.expect(ticket)
    if ticket.state not in states:
        raise No("wrong_state")
    return ticket


# --- calling and serving --------------------------------------------------------------------------


def call_next(
    city: ModelState, now: int, branch: str, desk: str, estimates: Shown | None = None
) -> str | None:
    """The smallest order over the queues the desk may serve, merged with those bound to it."""
    skills = city.skills(branch, desk)
    _free_desk(city, branch, desk)
    city.expect(city.desks[branch, desk])
    for ticket in city.waiting(branch):
        mine = ticket.bound == desk or (ticket.bound is None and ticket.queue in skills)
        if mine and not city.dark(ticket):
            return _call(city, now, ticket, desk, estimates)
    return None


def call(
    city: ModelState, now: int, branch: str, desk: str, ticket: str, estimates: Shown | None = None
) -> str:
    """A chosen ticket, waiting or parked."""
    skills = city.skills(branch, desk)
    chosen = city.ticket(ticket)
    _free_desk(city, branch, desk)
    chosen = city.unbound_by_closing(in_state(city, chosen, "waiting", "parked"))
    if chosen.branch != branch or chosen.bound not in (None, desk):
        raise No("not_your_ticket")
    if chosen.bound is None and chosen.queue not in skills:
        raise No("skill_missing")
    has_power(city, chosen.branch, chosen.service)
    return _call(city, now, chosen, desk, estimates)


def _call(city: ModelState, now: int, ticket: Ticket, desk: str, estimates: Shown | None) -> str:
    """Its first call keeps the wait that was shown last."""
    if not ticket.was_called:
        ticket = replace(ticket, was_called=True, estimated=(estimates or {}).get(ticket.id))
    called = city.put("ticket_called", ticket, state="called", desk=desk, recalls=0, last_call=now)
    return _expect_visitor(city, now, called)


def _expect_visitor(city: ModelState, now: int, ticket: Ticket) -> str:
    """From a call on the visitor has so long to come."""
    after = city.policy(ticket.branch).no_show_after_seconds * SECOND
    due = city.branches[ticket.branch].time(now) + after if after else None
    city.tickets[ticket.id] = replace(ticket, due=due)
    return ticket.id


def recall(city: ModelState, now: int, branch: str, desk: str) -> str:
    """Called again, at most recalls_max times, recall_gap apart."""
    city.skills(branch, desk)
    _not_paused(city, branch)
    ticket = in_hand(city, branch, desk, "called")
    policy = city.policy(branch)
    if ticket.recalls >= policy.recalls_max:
        raise No("recalls_exhausted")
    if now - ticket.last_call < policy.recall_gap_seconds * SECOND:
        raise No("recall_too_soon")
    again = city.put("ticket_recalled", ticket, recalls=ticket.recalls + 1, last_call=now)
    return _expect_visitor(city, now, again)


def start(city: ModelState, now: int, branch: str, desk: str) -> str:
    """called → serving."""
    city.skills(branch, desk)
    _not_paused(city, branch)
    return city.put("ticket_started", in_hand(city, branch, desk, "called"), state="serving", due=None).id


def no_show(city: ModelState, now: int, branch: str, desk: str) -> str:
    """called → waiting some places back while chances are left, then no_show."""
    return miss(city, now, in_hand(city, branch, desk, "called"))


def miss(city: ModelState, now: int, ticket: Ticket) -> str:
    """k places back = the order of the k-th behind; of equal orders the earlier event stands first."""
    policy = city.policy(ticket.branch)
    if ticket.misses >= policy.no_show_chances:
        ended = city.branches[ticket.branch].time(now)
        return city.end("ticket_no_show", replace(ticket, misses=ticket.misses + 1), "no_show", ended).id
    behind = [
        t
        for t in city.waiting(ticket.branch)
        if (t.queue, t.bound) == (ticket.queue, ticket.bound) and t.place > ticket.place
    ]
    changes = {"misses": ticket.misses + 1}
    if behind and policy.no_show_back > 0:
        order = behind[: policy.no_show_back][-1].order
        changes |= {"order": order, "placed": now, "tie": city.steps}
    return city.back_to_line("ticket_missed", ticket, **changes).id


def reinstate(city: ModelState, now: int, ticket: str) -> str:
    """no_show → waiting at the old place, within a time."""
    missed = city.ticket(ticket)
    _doors_open(city, missed.branch)
    in_state(city, missed, "no_show")
    facts = city.branches[missed.branch]
    if facts.time(now) - missed.ended > city.policy(missed.branch).reinstate_within_minutes * MINUTE:
        raise No("reinstate_too_late")
    if missed.queue not in city.branch_file(missed.branch).queue_by_id:
        raise No("unknown_queue")
    return city.back_to_line("ticket_reinstated", missed).id


def requeue(city: ModelState, now: int, branch: str, desk: str) -> str:
    """called, serving → waiting at the old place."""
    return city.back_to_line("ticket_requeued", in_hand(city, branch, desk, "called", "serving")).id


def park(
    city: ModelState, now: int, branch: str, desk: str, reason: str = "", until_ms: int | None = None
) -> str:
    """called, serving → parked until then, or for the default time."""
    ticket = in_hand(city, branch, desk, "called", "serving")
    span = until_ms - now if until_ms is not None else city.policy(branch).park_default_minutes * MINUTE
    return city.put("ticket_parked", ticket, state="parked", due=city.branches[branch].time(now) + span).id


def wake(city: ModelState, now: int, branch: str, desk: str, ticket: str) -> str:
    """parked → waiting at the old place, by the desk that parked it."""
    city.skills(branch, desk)
    parked = in_state(city, city.ticket(ticket), "parked")
    if (parked.branch, parked.desk) != (branch, desk):
        raise No("not_your_ticket")
    return city.back_to_line("ticket_woken", parked).id


def run_timers(city: ModelState, now: int, branch: str) -> None:
    """Whatever is due by branch time: parked tickets wake, called ones count as missed."""
    due = [t for t in city.tickets.values() if t.branch == branch and t.due is not None]
    for ticket in sorted(due, key=lambda t: t.due or 0):
        if ticket.due is not None and ticket.due <= city.branches[branch].time(now):
            if ticket.state == "parked":
                city.back_to_line("ticket_woken", ticket)
            else:
                miss(city, now, ticket)


# --- the end, and the place in the line -----------------------------------------------------------


def set_priority(city: ModelState, now: int, ticket: str, priority: str | None, reason: str = "") -> str:
    """Another head start, so another place."""
    head_start = city.head_start(priority)
    waiting = city.ticket(ticket)
    in_state(city, waiting, "waiting")
    order = waiting.order + waiting.head_start - head_start
    return city.put("priority_set", waiting, priority=priority, head_start=head_start, order=order).id


def left(city: ModelState, now: int, ticket: str) -> str:
    """Any active state → left."""
    gone = in_state(city, city.ticket(ticket), "waiting", "parked", "called", "serving")
    return _end(city, now, gone, "left")


def desk_left(city: ModelState, now: int, branch: str, desk: str, ticket: str | None = None) -> str:
    """The visitor in hand, or one of this desk's line, has gone."""
    if ticket is None:
        return _end(city, now, in_hand(city, branch, desk, "called", "serving"), "left")
    skills = city.skills(branch, desk)
    gone = in_state(city, city.ticket(ticket), "waiting", "parked", "called", "serving")
    owner = gone.bound if gone.state == "waiting" else gone.desk
    if gone.branch != branch or owner not in (None, desk):
        raise No("not_your_ticket")
    if owner is None and gone.queue not in skills:
        raise No("skill_missing")
    return _end(city, now, gone, "left")


def cancel(city: ModelState, now: int, ticket: str) -> str:
    """waiting, parked → cancelled, by the visitor."""
    return _end(city, now, in_state(city, city.ticket(ticket), "waiting", "parked"), "cancelled")


def _end(city: ModelState, now: int, ticket: Ticket, state: str) -> str:
    return city.end(f"ticket_{state}", ticket, state, now).id
