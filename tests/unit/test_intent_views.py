"""What the holder of an intent sees: its instants in the branch's time, nothing of the core's."""

from __future__ import annotations

import msgspec

from balancer.core.intent_views import intent_view
from balancer.messages import IntentState, Wait
from tests.town import MINUTE, NINE, small_town


def test_instants_are_the_branch_s() -> None:
    """Also once the branch is no more: then the city's."""
    city = small_town("town")
    quoted = Wait(1.0, 2.0, 3.0)
    intent = IntentState(
        id="i",
        branch="centre",
        queue="papers",
        service="address",
        state="kept",
        version=2,
        announced=NINE,
        arrives=NINE + 10 * MINUTE,
        expires=NINE + 40 * MINUTE,
        ticket="t",
        quoted=quoted,
    )
    view = intent_view(intent, city)
    assert (view.announced, view.arrives, view.expires) == (
        "2026-11-23T09:00:00+02:00",
        "2026-11-23T09:10:00+02:00",
        "2026-11-23T09:40:00+02:00",
    )
    assert (view.id, view.state, view.ticket, view.wait) == ("i", "kept", "t", quoted)
    assert intent_view(intent, msgspec.structs.replace(city, branches=[])) == view
