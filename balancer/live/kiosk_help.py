"""A request for help at a kiosk, as the kiosk, reception and the head of the centre see it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from balancer.city.definition import Branch
from balancer.city.hours import rfc3339
from balancer.core.help_book import HelpRequest
from balancer.live.measures_view import DayNow
from balancer.messages.kiosk_help import HelpView
from balancer.messages.supervisor import Alert, AlertAction

MINUTE_MS = 60_000
HEAD = "supervisor"


def help_view(request: HelpRequest, branch: Branch) -> HelpView:
    """One request."""
    asked, going, late = request.asked, request.going, late_at(request, branch)
    return HelpView(
        device=asked.device,
        name=asked.name,
        since=rfc3339(branch.time_zone, asked.at),
        late_at=None if late is None else rfc3339(branch.time_zone, late),
        going=None if going is None else going.role,
        going_since=None if going is None else rfc3339(branch.time_zone, going.at),
    )


def late_at(request: HelpRequest, branch: Branch) -> int | None:
    """The city ms from which on it should have been taken; None where the branch never says so."""
    minutes = branch.policy.help_answer_minutes
    return request.asked.at + minutes * MINUTE_MS if minutes > 0 else None


def help_alerts(day: DayNow, requests: Iterable[HelpRequest]) -> list[Alert]:
    """What the head of the centre is told of: urgent once it is late, no more of it once a colleague goes.

    One whom he goes to himself stays, so that he can end it.
    """
    found = []
    for each in requests:
        if each.going is not None and each.going.role != HEAD:
            continue
        asked, late = each.asked, late_at(each, day.load.branch)
        found.append(
            Alert(
                alert=f"help_asked:{asked.id}",
                kind="help_asked",
                urgent=each.going is None and late is not None and day.now >= late,
                since=day.instant(asked.at),
                device=asked.name,
                minutes=round((day.now - asked.at) / MINUTE_MS, 1),
                action=AlertAction("end_help" if each.going else "answer_help", device=asked.device),
            )
        )
    return found
