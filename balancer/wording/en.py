"""What the server says in English."""

from __future__ import annotations

from balancer.wording.words import Words

EN = Words(
    centre="Service centre",
    title="Where is it fastest?",
    title_for="{service}: where is it fastest?",
    description_for="{service}: how long the wait is at each branch of {city}'s service centre now.",
    description="How long the wait is at each branch of {city}'s service centre now: live queues, {n}.",
    caption="Queues at {time}",
    branch="Branch",
    wait="Wait",
    waiting="Waiting",
    desks="Desks open",
    service="Service",
    any_service="Choose a service",
    show="Show",
    minutes="{low}–{high} min",
    up_to_minutes="up to {high} min",
    unknown="unknown",
    open_desks="{n} of {m}",
    open_now="open",
    no_fresh_data="No fresh data.",
    closed="Closed",
    closed_until="Closed until {when}",
    after_all_clear="Air raid: after the all-clear",
    resumes_at="Air raid: service from {when}",
    paused="Service is paused",
    no_power="No power",
    no_tickets="No tickets left today",
    demo="demo",
    contact="Help line",
    not_here="Not offered here: {names}.",
    people={"one": "{n} branch", "other": "{n} branches"},
    skip="Skip to the queues",
    how="How we know how long you will wait",
    test_city="Demo",
    calendar_title="Service centre: ticket {number}",
    calendar_text=(
        "{service}. The call is expected {low}–{high}, hardly before {early}. "
        "The ticket's page has the newest time."
    ),
    calendar_leave="Set out at {leave}.",
    calendar_alarm="Time to leave: ticket {number}",
    place="{zone}, floor {floor}",
    push_called="{desk}",
    push_called_text="Ticket {number}: you are called.",
    push_recalled_text="Ticket {number}: second call.",
    push_leave="Time to leave",
    push_leave_text="Ticket {number}: your turn is near.",
)
