"""What an announced "I am on my way" is worth: learned from who came and who never announced."""

from __future__ import annotations

from collections.abc import Mapping


class IntentWeights:
    """How many visitors one announced intent stands for: show-up rate ÷ capture rate.

    Show-up: announced visitors who came. Capture: advised visitors who announced themselves, so that one who
    did not is carried by those who did. Both are shares shrunk to a prior worth `strength` sightings (Beta).
    """

    MOST = 4.0

    def __init__(self, show_up: float = 0.8, capture: float = 1.0, strength: float = 20.0) -> None:
        self._kept, self._seen = show_up * strength, strength
        self._announced, self._advised = capture * strength, strength

    def observe(self, kept: bool) -> None:
        """An announced visitor came (`kept`), or the intent expired or was taken back."""
        self._kept += kept
        self._seen += 1.0

    def observe_advised(self, announced: bool) -> None:
        """An advised visitor announced the way, or did not."""
        self._announced += announced
        self._advised += 1.0

    @property
    def show_up(self) -> float:
        """Share of intents that become tickets."""
        return self._kept / self._seen

    @property
    def capture(self) -> float:
        """Share of advised visitors who announce themselves."""
        return self._announced / self._advised

    @property
    def weight(self) -> float:
        """Visitors an intent stands for, at most MOST."""
        return min(self.show_up / max(self.capture, 1e-9), self.MOST)

    def to_state(self) -> dict[str, float]:
        """What was learned, for a JSON file."""
        return {
            "kept": self._kept,
            "seen": self._seen,
            "announced": self._announced,
            "advised": self._advised,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, float]) -> IntentWeights:
        """The weights that `to_state` described; ValueError where a count is missing or makes no share."""
        weights = cls()
        try:
            kept, seen = float(state["kept"]), float(state["seen"])
            announced, advised = float(state["announced"]), float(state["advised"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not the state of intent weights: {error}") from error
        if not (0.0 <= kept <= seen and seen > 0.0 and 0.0 <= announced <= advised and advised > 0.0):
            raise ValueError("not the state of intent weights: shares outside 0–1")
        weights._kept, weights._seen = kept, seen
        weights._announced, weights._advised = announced, advised
        return weights
