"""What advice does to a city's day: the share that follows it goes where way and wait are least.

A fluid picture: expected people by step of five minutes flow into the branches' lines and out of them as
fast as the desks allow. Whoever is advised counts at once as on the way (an intent), so that the next one is
told of him and nobody swings. A planner's estimate of how many go where; the waits are then simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from predictors.counts import FloatArray
from predictors.staffing import STEP_MINUTES

KM_A_DEGREE = 111.2
DETOUR = 1.3
KM_A_MINUTE = 16.0 / 60.0
FEWEST_GAINED = 3.0
PARTS = 4


@dataclass(frozen=True, eq=False)
class Moved:
    """`arrivals` (branches, steps) after the advice; `left` (branches,): people who went elsewhere."""

    arrivals: FloatArray
    left: FloatArray


def travel_minutes(places: FloatArray) -> FloatArray:
    """Minutes from each branch to each other (branches, branches), from (lat, lon) in degrees: the straight
    way with a detour, at a city's speed by public transport.
    """
    lat, lon = places[:, 0], places[:, 1]
    north = lat[:, None] - lat[None, :]
    east = (lon[:, None] - lon[None, :]) * np.cos(np.radians(lat.mean()))
    return np.asarray(np.hypot(north, east) * KM_A_DEGREE * DETOUR / KM_A_MINUTE)


def level_out(
    arrivals: FloatArray,
    desks: FloatArray,
    service_mean: FloatArray,
    travel: FloatArray,
    offered: FloatArray,
    adoption: float,
) -> Moved:
    """Send the adopting share of `arrivals` (branches, steps) where travel + expected wait is least.

    `desks` (branches, steps), `service_mean` minutes (branches,), `travel` minutes and `offered` (share of
    the first's services that the second offers), both (branches, branches). Nobody moves for less than
    FEWEST_GAINED minutes, nor to a branch that is closed on arrival. ValueError for a share outside 0..1.
    """
    if not 0.0 <= adoption <= 1.0:
        raise ValueError(f"a share of {adoption} cannot follow advice")
    branches, steps = arrivals.shape
    staying = arrivals.copy()
    landing = np.zeros((branches, steps))
    line = np.zeros(branches)
    left = np.zeros(branches)
    for step in range(steps):
        line += landing[:, step]
        on_the_way = landing[:, step + 1 :].sum(axis=1)
        for origin in np.flatnonzero(arrivals[:, step]).tolist():
            part = arrivals[origin, step] * adoption / PARTS
            for _ in range(PARTS):
                goal, delay = _goal(origin, step, line + on_the_way, desks, service_mean, travel)
                people = part * offered[origin, goal] if goal != origin else 0.0
                staying[origin, step] -= people
                left[origin] += people
                landing[goal, delay] += people
                on_the_way[goal] += people
            line[origin] += staying[origin, step]
        served = desks[:, step] * STEP_MINUTES / service_mean
        line = np.maximum(line - served, 0.0)
    return Moved(staying + landing, left)


def _goal(
    origin: int,
    step: int,
    ahead: FloatArray,
    desks: FloatArray,
    service_mean: FloatArray,
    travel: FloatArray,
) -> tuple[int, int]:
    """The branch to go to and the step of arrival there; the origin itself where nothing is gained."""
    steps = desks.shape[1]
    arrive = np.minimum(step + np.ceil(travel[origin] / STEP_MINUTES).astype(int), steps - 1)
    open_then = desks[np.arange(len(desks)), arrive]
    rate = open_then / service_mean
    waiting = np.maximum(ahead - rate * travel[origin], 0.0)
    wait = np.divide(waiting, rate, out=np.full(len(desks), np.inf), where=rate > 0)
    cost = travel[origin] + wait
    goal = int(np.argmin(cost))
    if goal == origin or not cost[goal] + FEWEST_GAINED < cost[origin]:
        return origin, step
    return goal, int(arrive[goal])
