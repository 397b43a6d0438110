"""Signs of life: from desks only, not at every request, and never a reason to fail."""

from __future__ import annotations

import pytest

from balancer.errors import StoreUnavailable
from balancer.routes import beats
from balancer.routes.beats import Beats


class Heart:
    """Counts the beats that reach the core; fails while `away`."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.away = False

    async def beat(self, branch: str, desk: str) -> None:
        if self.away:
            raise StoreUnavailable("store_unavailable")
        self.seen.append((branch, desk))


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock that `beats` reads, in a list to set it."""
    moment = [1000.0]
    monkeypatch.setattr(beats.time, "monotonic", lambda: moment[0])
    return moment


async def test_a_busy_desk_beats_every_three_seconds(now: list[float]) -> None:
    """Ten requests a second are one beat; each desk has its own."""
    heart = Heart()
    note = Beats(heart.beat).note
    for _ in range(30):
        await note("desk", "center", "1")
        now[0] += 0.1
    await note("desk", "center", "2")
    assert heart.seen == [("center", "1"), ("center", "2")]
    now[0] += 3
    await note("desk", "center", "1")
    assert len(heart.seen) == 3


async def test_only_the_desk_itself_counts(now: list[float]) -> None:
    """A supervisor who looks at a desk does not keep it alive."""
    heart = Heart()
    for role in ("supervisor", "admin", "citizen", "kiosk"):
        await Beats(heart.beat).note(role, "center", "1")
    await Beats(heart.beat).note("desk", None, None)
    assert heart.seen == []


async def test_a_store_that_is_away_is_asked_again_at_once(now: list[float]) -> None:
    """A lost beat is not remembered as given."""
    heart = Heart()
    heart.away = True
    note = Beats(heart.beat).note
    await note("desk", "center", "1")
    heart.away = False
    await note("desk", "center", "1")
    assert heart.seen == [("center", "1")]
