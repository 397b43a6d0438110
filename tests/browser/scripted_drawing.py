"""The scripted city's board as the server would draw it: the same code, over what a test has said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from balancer.city.definition import City
from balancer.drawn.asking import found_services
from balancer.drawn.board import draw_board, opened_in, order_of
from balancer.drawn.drawing import Seen
from balancer.drawn.question import Question, mode_named, opened_of, place_of
from balancer.drawn.saying import Saying, milliseconds
from balancer.drawn.standings import SteadyWaits, Trip
from balancer.messages import BranchFrame
from balancer.messages.estimates import QueueAhead
from balancer.routes.asked_times import times_of

Json = dict[str, Any]
BASE: Json = {"type": "branch", "on_the_way": 0, "resumes_at": None}
ALWAYS = {"week": [[[0, 1440]]] * 7}


def city_of(definition: Json) -> City:
    """The public definition as the server's own type."""
    branches = [
        {"time_zone": definition["time_zone"], "hours": ALWAYS, **each} for each in definition["branches"]
    ]
    return msgspec.convert({**definition, "branches": branches}, City)


def question_of(query: Mapping[str, str]) -> Question:
    """As the door reads it."""
    times = times_of(query.get("at") or None, "at")
    return Question(
        language="en" if query.get("lang") == "en" else "uk",
        service=query.get("service") or None,
        branch=query.get("branch") or None,
        place=place_of(query.get("place")),
        mode=mode_named(query.get("mode")),
        by_door=query.get("sort") != "wait",
        opened=opened_of(query.get("opened")),
        at=times[0] if times else None,
        on_map=query.get("view") == "map",
    )


def drawing_of(
    definition: Json,
    loads: Mapping[str, Json],
    query: Mapping[str, str],
    *,
    epoch: str,
    as_of: str,
    ahead: Mapping[str, Json],
    steady: SteadyWaits,
) -> bytes:
    """The drawing's JSON. `ahead`: what is known of later today, by branch."""
    city, question = city_of(definition), question_of(query)
    frames = {
        branch: msgspec.convert({**BASE, "epoch": epoch, **load}, BranchFrame)
        for branch, load in loads.items()
    }
    trips = {}
    if question.place and question.service:
        for branch, trip in city.trips(question.mode, *question.place).items():
            queue = city.branch(branch).queue_of(question.service)
            found = [each.wait for each in frames[branch].queues if queue and each.queue == queue.queue]
            trips[branch] = Trip(trip.minutes, found[0] if found else None)
    seen = Seen(city, frames, epoch, 1, milliseconds(as_of), as_of, trips)
    order, absent = order_of(seen, question, steady)
    for branch in opened_in(question, order):
        if branch in ahead:
            seen.ahead[branch] = msgspec.convert(ahead[branch], QueueAhead)
    return msgspec.json.encode(draw_board(seen, question, order, absent))


def services_of(definition: Json, query: Mapping[str, str], as_of: str) -> bytes:
    """The list of services to choose from."""
    city, typed = city_of(definition), query.get("q", "").strip()
    saying = Saying("en" if query.get("lang") == "en" else "uk", city, milliseconds(as_of))
    found = city.search(typed, saying.language) if typed else city.services
    options = found_services(saying, found, query.get("service"), grouped=not typed)
    return msgspec.json.encode(
        {"count": len(found), "says": saying.count(saying.words.found, len(found)), "options": options}
    )
