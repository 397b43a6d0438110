"""What becomes of intents, learned from events: how many of those who announce themselves come, and how many
of those who come had announced themselves. Pure.
"""

from __future__ import annotations

from balancer.messages import Event
from predictors.steering import IntentWeights

SHARE_STRENGTH = 50.0


class IntentRecord:
    """The record of one city. `show_up` is the weight of one visitor on the way in the waits of others."""

    def __init__(self) -> None:
        self.weights = IntentWeights()
        self._came = 0.0
        self._announced = 0.0

    def learn(self, event: Event) -> None:
        """Take in an event: an intent that ended, a ticket that was issued."""
        if event.type == "intent_ended" and event.intent is not None:
            kept = event.intent.state == "kept"
            self.weights.observe(kept)
            self._announced += kept
        elif event.type == "ticket_issued":
            self._came += 1.0

    @property
    def show_up(self) -> float:
        """Share of intents that become a ticket at their branch; 0.8 while nothing is known."""
        return self.weights.show_up

    @property
    def capture(self) -> float:
        """Share of tickets that had been announced; 0 while nothing is known.

        What is left of the usual arrivals, 1 − capture, comes unannounced: those on the way are not counted
        twice.
        """
        return self._announced / (self._came + SHARE_STRENGTH)
