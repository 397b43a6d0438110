"""From an intent as the core keeps it to what its holder may see. Pure."""

from __future__ import annotations

from balancer.city.definition import City
from balancer.city.hours import rfc3339
from balancer.messages import IntentState
from balancer.messages.advice import IntentView


def intent_view(intent: IntentState, city: City) -> IntentView:
    """An intent with its instants in the time zone of its branch."""
    branch = city.branch_by_id.get(intent.branch)
    tz = branch.time_zone if branch else city.time_zone
    return IntentView(
        id=intent.id,
        state=intent.state,
        branch=intent.branch,
        service=intent.service,
        queue=intent.queue,
        version=intent.version,
        announced=rfc3339(tz, intent.announced),
        arrives=rfc3339(tz, intent.arrives),
        expires=rfc3339(tz, intent.expires),
        wait=intent.quoted,
        ticket=intent.ticket,
    )
