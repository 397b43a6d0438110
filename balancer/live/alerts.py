"""What needs a decision of the head of a centre now, each with the one action that would help. Pure.

While the branch is closed or stands still, only who stands at a kiosk without help is told, and what is wrong
with devices: nobody can call anyway. Names of troubles are stable, so that a screen can put one away as long
as it lasts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from balancer.core.help_book import HelpRequest
from balancer.core.standard_shares import wait_standard
from balancer.core.views import current_leg
from balancer.live.alert_help import desks_on_break, each_desk_once, help_for
from balancer.live.branch_now import waiting_line
from balancer.live.kiosk_help import help_alerts
from balancer.live.measures_view import DayNow
from balancer.messages import DeskState, TicketState, TicketStatus
from balancer.messages.devices import DeviceView
from balancer.messages.supervisor import Alert, AlertAction, HallLoad

MINUTE_MS = 60_000
STALE_MINUTES = 5.0
"""So long a desk may be free while people wait, or a called visitor be on the way, before somebody asks."""

SOON_MINUTES = 15.0
"""So far ahead a standard is foretold to be missed."""

NEEDS_HAND = frozenset({"paper_out", "cover_open", "offline"})
SERVES = frozenset({"open", "tickets_closed", "shelter"})


@dataclass(frozen=True)
class Watch:
    """All that alerts are made of. `remaining`: minutes (p50) that a ticket will still wait, by id, where
    known. `feed_silent_since`: since when (RFC 3339) the alarm feed is silent.
    """

    day: DayNow
    remaining: Mapping[str, float] = field(default_factory=dict)
    hall: HallLoad | None = None
    devices: Sequence[DeviceView] = ()
    feed_silent_since: str | None = None
    help: Sequence[HelpRequest] = ()


def alerts(watch: Watch) -> list[Alert]:
    """The urgent ones first, the reminder of a rest last, in between by how long they last; no desk twice."""
    found = [*help_alerts(watch.day, watch.help), *_devices(watch), *_feed(watch)]
    if watch.day.load.state in SERVES:
        found += [*_lines(watch), *_hall(watch), *_desks(watch), *_rest(watch.day)]
    found.sort(key=lambda each: (_weight(each), each.since or "~", each.alert))
    return list(each_desk_once(found))


def _weight(alert: Alert) -> int:
    return 0 if alert.urgent else 2 if alert.kind == "rest_due" else 1


# --- lines --------------------------------------------------------------------------------------------------


def _lines(watch: Watch) -> Iterator[Alert]:
    """At most one alert a queue about those who wait: nobody calls, somebody waits too long, soon will."""
    day = watch.day
    lines: dict[str, list[TicketState]] = {}
    for ticket in waiting_line(day.load, day.tickets):
        lines.setdefault(ticket.queue, []).append(ticket)
    for queue, line in lines.items():
        alert = _unserved(day, queue, line) or _starving(day, queue, line) or _at_risk(watch, queue, line)
        if alert is not None:
            yield alert


def _unserved(day: DayNow, queue: str, line: list[TicketState]) -> Alert | None:
    free = [ticket for ticket in line if ticket.bound is None]
    if not free or day.load.open_desks(queue):
        return None
    gone = [state.since for state in day.load.desks.values() if queue in day.load.skills(state.desk)]
    joined = min(_joined(ticket) for ticket in free)
    since = max([joined, *gone])
    return Alert(
        alert=f"queue_unserved:{queue}",
        kind="queue_unserved",
        urgent=True,
        since=day.instant(since),
        queue=queue,
        count=len(free),
        minutes=_minutes(max(day.waited(ticket) for ticket in free)),
        paused=desks_on_break(day.load, queue),
        action=help_for(day.load, queue),
    )


def _starving(day: DayNow, queue: str, line: list[TicketState]) -> Alert | None:
    promised = wait_standard(day.city.standards)
    slowest = max(line, key=day.waited)
    if promised is None or day.waited(slowest) <= promised.guaranteed_minutes * MINUTE_MS:
        return None
    over = day.waited(slowest) - round(promised.guaranteed_minutes * MINUTE_MS)
    action = help_for(day.load, queue)
    lent = day.load.skills(action.desk) if action and action.desk and action.verb == "set_skills" else []
    return Alert(
        alert=f"starving_ticket:{slowest.id}",
        kind="starving_ticket",
        urgent=True,
        since=day.instant(day.now - over),
        queue=queue,
        ticket=slowest.number,
        minutes=_minutes(day.waited(slowest)),
        count=sum(day.waited(each) > promised.guaranteed_minutes * MINUTE_MS for each in line),
        free_queues=list(lent),
        action=action,
    )


def _at_risk(watch: Watch, queue: str, line: list[TicketState]) -> Alert | None:
    """Somebody will wait longer than promised, by what the estimates say; the target is told of until it is
    missed, then the guarantee.
    """
    day, promised = watch.day, wait_standard(watch.day.city.standards)
    if promised is None:
        return None
    missed = any(day.waited(each) > promised.target_minutes * MINUTE_MS for each in line)
    limit = promised.guaranteed_minutes if missed else promised.target_minutes
    due = [
        (limit - day.waited(each) / MINUTE_MS, each)
        for each in line
        if day.waited(each) / MINUTE_MS + watch.remaining.get(each.id, 0.0) > limit
    ]
    if not due:
        return None
    left, first = min(due, key=lambda pair: (pair[0], pair[1].id))
    if left > SOON_MINUTES:
        return None
    return Alert(
        alert=f"standard_at_risk:{queue}:{'guaranteed' if missed else 'target'}",
        kind="standard_at_risk",
        urgent=False,
        since=day.instant(_joined(first)),
        queue=queue,
        ticket=first.number,
        minutes=limit,
        count=len(line),
        at=day.instant(day.now + round(left * MINUTE_MS)),
        mark="guaranteed" if missed else "target",
        paused=desks_on_break(day.load, queue),
        action=help_for(day.load, queue),
    )


# --- hall and desks -----------------------------------------------------------------------------------------


def _hall(watch: Watch) -> Iterator[Alert]:
    hall = watch.hall
    if hall is None or hall.capacity is None or hall.people < hall.capacity:
        return
    load = watch.day.load
    longest = max(load.queues, key=lambda queue: load.queues[queue].waiting)
    action = help_for(load, longest)
    if action is None and load.state == "open":
        action = AlertAction("close_tickets")
    yield Alert(
        alert="hall_full",
        kind="hall_full",
        urgent=True,
        since=None,
        queue=longest,
        count=hall.people,
        minutes=None,
        action=action,
    )


def _desks(watch: Watch) -> Iterator[Alert]:
    day = watch.day
    for desk in day.load.branch.desks:
        state = day.load.desks.get(desk.desk)
        if state is None or state.state != "open":
            continue
        alert = _over_red(day, state) or _stale(day, state)
        if alert is not None:
            yield alert


def _over_red(day: DayNow, desk: DeskState) -> Alert | None:
    served = day.service_ms(desk.desk)
    if served is None or served <= day.red_ms:
        return None
    ticket = day.tickets[desk.ticket or ""]
    return Alert(
        alert=f"over_red:{ticket.id}",
        kind="over_red",
        urgent=False,
        since=day.instant(day.now - round(served - day.red_ms)),
        desk=desk.desk,
        ticket=ticket.number,
        minutes=_minutes(served),
        action=AlertAction("ask", desk.desk),
    )


def _stale(day: DayNow, desk: DeskState) -> Alert | None:
    """A desk that does not call while people wait for it, or has called somebody who does not come."""
    ticket = day.tickets.get(desk.ticket or "")
    if ticket is not None:
        leg = current_leg(ticket)
        called = ticket.state is TicketStatus.CALLED and leg is not None
        since = leg.called if called and leg is not None else None
        waiting = 0
    else:
        line = [day.tickets[each] for each in day.load.line(desk.desk) if each in day.tickets]
        spans = day.record.desks.get(desk.desk)
        idle = spans.since if spans is not None and spans.kind == "idle" else None
        since = None if not line or idle is None else max(idle, min(_joined(each) for each in line))
        waiting = len(line)
    if since is None or day.now - since < STALE_MINUTES * MINUTE_MS:
        return None
    return Alert(
        alert=f"stale_desk:{desk.desk}",
        kind="stale_desk",
        urgent=False,
        since=day.instant(since),
        desk=desk.desk,
        ticket=ticket.number if ticket is not None else None,
        minutes=_minutes(day.now - since),
        count=waiting,
        action=AlertAction("ask", desk.desk),
    )


def _rest(day: DayNow) -> Iterator[Alert]:
    """The open desk that has worked longest without the break that is due, and how many more there are."""
    due_ms = day.load.branch.policy.rest_after_minutes * MINUTE_MS
    tired = {
        desk: spans.nonstop_since
        for desk, spans in day.record.desks.items()
        if spans.nonstop_since is not None and 0 < due_ms <= day.now - spans.nonstop_since
    }
    if not tired:
        return
    desk, since = min(tired.items(), key=lambda pair: (pair[1], pair[0]))
    in_hand = day.load.desks[desk].ticket
    yield Alert(
        alert=f"rest_due:{desk}",
        kind="rest_due",
        urgent=False,
        since=day.instant(since + due_ms),
        desk=desk,
        minutes=_minutes(day.now - since),
        count=len(tired),
        action=AlertAction("ask" if in_hand else "pause_desk", desk),
    )


# --- things -------------------------------------------------------------------------------------------------


def _devices(watch: Watch) -> Iterator[Alert]:
    for each in watch.devices:
        if each.state != "approved":
            continue
        needs_hand = each.printer in NEEDS_HAND
        if each.silent or needs_hand:
            yield Alert(
                alert=f"{'silent_device' if each.silent else 'printer_needs_hand'}:{each.device}",
                kind="silent_device" if each.silent else "printer_needs_hand",
                urgent=False,
                since=each.last_seen if each.silent else None,
                device=each.name,
                printer=each.printer if needs_hand else None,
                action=AlertAction("check_device", device=each.device),
            )


def _feed(watch: Watch) -> Iterator[Alert]:
    if watch.feed_silent_since is not None:
        yield Alert(
            alert="feed_silent",
            kind="feed_silent",
            urgent=True,
            since=watch.feed_silent_since,
            action=AlertAction("check_alarm"),
        )


def _joined(ticket: TicketState) -> int:
    leg = current_leg(ticket)
    return leg.joined if leg is not None and leg.joined is not None else ticket.arrived


def _minutes(ms: float) -> float:
    return round(ms / MINUTE_MS, 1)
