"""Target and guarantee are two promises: each is measured for itself, waits and services apart."""

from __future__ import annotations

from balancer.city.model import Standard
from balancer.core.standard_shares import share_within, standard_shares, wait_standard

MINUTE = 60_000


def standard(name: str, metric: str) -> Standard:
    return Standard(
        standard=name,
        metric=metric,  # type: ignore[arg-type]
        name={"uk": name, "en": name},
        target_minutes=15,
        guaranteed_minutes=40,
    )


def test_both_promises_of_both_kinds() -> None:
    """Half within the target, three of four within the guarantee; services by their own."""
    waits = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 50 * MINUTE]
    wait, service = standard_shares([standard("w", "wait"), standard("s", "service")], waits, [])
    assert (wait.n, wait.within_target, wait.within_guaranteed) == (4, 0.5, 0.75)
    assert (service.n, service.within_target, service.within_guaranteed) == (0, None, None)


def test_the_limit_itself_is_within() -> None:
    """Without anybody there is no share."""
    assert share_within([10, 20, 30, 40], 20) == 0.5
    assert share_within([], 20) is None


def test_the_marks_are_those_of_the_first_promise_about_waiting() -> None:
    """None where there is none."""
    found = wait_standard([standard("s", "service"), standard("w", "wait")])
    assert found is not None and found.standard == "w"
    assert wait_standard([standard("s", "service")]) is None
