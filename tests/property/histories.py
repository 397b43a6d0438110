"""Random histories: what may happen next, given what the model knows. A step is a kind and a number.

Steps are plain data that Hypothesis draws and shrinks: the first kind is "nothing", and the number becomes a
`Dice`, from which every choice is taken, so that a history means the same again wherever it is replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from balancer.messages import Wait
from tests.property.model import Command, Model
from tests.property.model_state import IN_HAND, MINUTE, SECOND, BranchNow, DeskNow, Ticket
from tests.property.small_city import BRANCHES, DESKS, PRIORITIES, SERVICES, VARIANTS

T = TypeVar("T")
ROLES = ("citizen", "kiosk", "display", "desk", "reception", "supervisor", "planner", "admin", "timer")

KINDS = (
    ("nothing",)
    + ("issue",) * 14
    + ("work",) * 40
    + ("ticket",) * 6
    + ("place",) * 3
    + ("any",) * 6
    + ("pass",) * 6
    + ("timers",) * 2
    + ("together",) * 6
    + ("repeat",) * 2
    + ("misuse",)
    + ("lost",) * 4
    + ("day",)
    + ("apply",)
    + ("paper",) * 6
)
QUEUES = ("general", "papers", "land")


class Step(NamedTuple):
    """One step of a history."""

    kind: str
    number: int


class Dice:
    """Choices out of one big number; once it is used up every choice is the first."""

    def __init__(self, number: int) -> None:
        self._left = number

    def pick(self, options: Sequence[T]) -> T:
        self._left, index = divmod(self._left, len(options))
        return options[index]

    def one_in(self, n: int) -> bool:
        return self.pick(range(n)) == n - 1


def prelude(dice: Dice) -> list[Command]:
    """Doors and desks open, most of them, so that a history begins in the middle of a day."""
    orders = [Command("open_branch", {"branch": branch}, "supervisor") for branch in BRANCHES]
    for branch in BRANCHES:
        for desk in DESKS:
            if not dice.one_in(4):
                orders.append(Command("open_desk", {"branch": branch, "desk": desk}, "desk"))
    return orders


def pause(dice: Dice) -> int:
    """How long nothing happens (ms): seconds mostly, sometimes minutes, seldom hours."""
    unit = dice.pick((SECOND, SECOND, SECOND, SECOND, MINUTE, MINUTE, 20 * MINUTE, 100 * MINUTE))
    return unit * (1 + dice.pick(range(20)))


def issue(model: Model, dice: Dice) -> Command:
    """A visitor takes a ticket."""
    branch = dice.pick(BRANCHES)
    offered = [s for q in model.city.branch(branch).queues for s in q.services]
    args: dict[str, Any] = {"branch": branch, "service": dice.pick(offered), "ticket_id": ""}
    if dice.one_in(4):
        args["services"] = [dice.pick(offered) for _ in range(1 + dice.pick(range(2)))]
    if dice.one_in(4):
        args["priority"] = dice.pick(PRIORITIES)
    return Command("issue", args, dice.pick(("kiosk",) * 7 + ("reception",) * 4 + ("citizen",)))


def paper(model: Model, dice: Dice) -> Command:
    """A kiosk leases numbers, or enters what it gave out while the server was away; reception too."""
    branch, role = dice.pick(BRANCHES), dice.pick(("kiosk", "kiosk", "reception"))
    leases = [(name, lease) for name, lease in model.leases.items() if lease.branch == branch]
    if not leases or dice.one_in(5):
        return Command("lease", {"branch": branch, "count": 1 + dice.pick(range(3)), "lease_id": ""}, role)
    name, lease = dice.pick(leases)
    letter = dice.pick(sorted(lease.first))
    queues = [queue for queue in model.city.branch(branch).queues if queue.letter == letter]
    args: dict[str, Any] = {"branch": branch, "ticket_id": "", "arrived": -pause(dice)}
    args["service"] = dice.pick(queues[0].services if queues else SERVICES)
    if role == "kiosk" or dice.one_in(2):
        number = lease.first[letter] + dice.pick(range(lease.count)) + dice.one_in(8) * lease.count
        args |= {"number": f"{letter}{number:03d}"} | ({"lease": name} if dice.one_in(2) else {})
    if dice.one_in(8):
        args["arrived"] = 2 * MINUTE
    if dice.one_in(4):
        args["priority"] = dice.pick(PRIORITIES)
    return Command("issue", args, role)


CALLED = (
    ("start",) * 6 + ("recall",) * 3 + ("no_show",) * 3 + ("requeue", "park", "park", "transfer", "desk_left")
)
SERVING = ("finish",) * 6 + (
    "pay",
    "pay",
    "paid",
    "note",
    "add_leg",
    "transfer",
    "transfer",
    "transfer",
    "park",
    "requeue",
    "next_leg",
    "desk_left",
)
LEGS_LEFT = ("next_leg",) * 4 + ("finish", "add_leg", "transfer", "transfer", "park", "requeue")
IDLE = ("call_next",) * 8 + (
    "incident",
    "call",
    "call",
    "quick_serve",
    "pause_desk",
    "close_desk",
    "desk_left",
    "transfer",
)


def work(model: Model, dice: Dice) -> Command:
    """A clerk does what one does at his desk now; a desk with somebody in hand is seldom idle."""
    branch, desk = dice.pick(list(model.desks))
    busy = [(t.branch, t.desk) for t in model.tickets.values() if t.state in IN_HAND]
    if busy and not dice.one_in(3):
        branch, desk = dice.pick(busy)  # type: ignore[assignment]
    elif wrong := trouble(model, branch):
        if dice.one_in(2):
            return of_service(model, dice, in_branch(wrong[0], branch))
    place = {"branch": branch, "desk": desk}
    held, state = model.hand(branch, desk), model.desks[branch, desk].state
    if state != "open":
        return Command("open_desk" if state == "closed" else "resume_desk", place, "desk")
    if held is None:
        parked = any(
            t.state == "parked" and (t.branch, t.desk) == (branch, desk) for t in model.tickets.values()
        )
        verbs = IDLE + ("wake", "wake", "wake", "wake", "wake", "wake", "transfer", "call") * parked
    elif held.state == "called":
        verbs = CALLED
    else:
        verbs = LEGS_LEFT if held.leg + 1 < len(held.legs) else SERVING
        verbs += ("paid",) * 8 * (held.paying_since is not None)
    return at_desk(model, dice, dice.pick(verbs), place)


def trouble(model: Model, branch: str) -> list[str]:
    """What would set a branch going again, the worst first."""
    facts = model.branches[branch]
    found = (
        (facts.phase == "closed", "open_branch"),
        (facts.alarm != "none" and facts.resumes is None, "all_clear"),
        (facts.resumes is not None, "end_alarm"),
        (facts.hold is not None, "resume_branch"),
        (facts.power == "off", "power_on"),
        (bool(facts.suspended), "restore_service"),
        (facts.phase == "tickets_closed", "open_tickets"),
    )
    return [verb for wrong, verb in found if wrong]


def at_desk(model: Model, dice: Dice, verb: str, place: dict[str, str], role: str = "desk") -> Command:
    """The verb with whatever else it needs."""
    args: dict[str, Any] = dict(place)
    if verb in ("call", "call_next") and dice.one_in(2):
        args["estimates"] = {each: Wait(1.0, 2.5, 4.0 + n) for n, each in enumerate(model.tickets)}
    if verb in ("call", "wake") or (verb == "desk_left" and dice.one_in(2)):
        states = ("parked",) if verb == "wake" else ("waiting", "parked")
        args["ticket"] = a_ticket(model, dice, states, place["branch"])
    if verb in ("add_leg", "quick_serve"):
        args["service"] = dice.pick(SERVICES)
    if verb == "quick_serve":
        args["ticket_id"] = ""
    if verb in ("set_skills", "note", "incident"):
        args |= said(model, dice, verb, place["branch"])
    if verb == "park" and dice.one_in(3):
        args["until_ms"] = 0  # made an instant when it is known what time it is
    if verb == "transfer":
        args |= way(model, dice, place["branch"]) | {"come_back": dice.one_in(3)}
        if model.hand(**place) is None or dice.one_in(6):
            args["ticket"] = a_ticket(model, dice, ("parked",), place["branch"])
    return Command(verb, args, role)


def said(model: Model, dice: Dice, verb: str, branch: str) -> dict[str, Any]:
    """What goes with a verb that moves no ticket."""
    if verb == "note":
        return {"text": dice.pick(("copies of both pages", ""))}
    if verb == "incident":
        return {"category": "conflict", "text": "loud"}
    queues = [queue.queue for queue in model.city.branch(branch).queues]
    given = tuple(queue for queue in queues if not dice.one_in(2)) or None
    return {"queues": ("cash",) if dice.one_in(8) else given}


def a_ticket(model: Model, dice: Dice, states: Sequence[str], branch: str | None = None) -> str:
    """A ticket in one of these states if there is one; now and then any, or none that exists."""

    def fits(ticket: Ticket) -> bool:
        return ticket.state in states and branch in (None, ticket.branch)

    fitting = [t.id for t in model.tickets.values() if fits(t)]
    if fitting and not dice.one_in(8):
        return dice.pick(fitting)
    others = list(model.tickets)
    return dice.pick(others) if others and not dice.one_in(6) else "nobody"


def way(model: Model, dice: Dice, branch: str) -> dict[str, Any]:
    """Where a ticket may be sent."""
    there = dice.pick((None, None, None, *BRANCHES))
    queues = [queue.queue for queue in model.city.branch(there or branch).queues]
    found: dict[str, Any] = {
        "to_branch": there,
        "to_queue": dice.pick((None, *queues, *queues, "cash")),
        "to_desk": dice.pick((None, None, None, None, *DESKS)),
        "service": dice.pick((None, None, None, *SERVICES)),
    }
    return {name: value for name, value in found.items() if value is not None} | {
        "keep_place": not dice.one_in(3)
    }


def ticket(model: Model, dice: Dice) -> Command:
    """Reception, a supervisor or the visitor does something with one ticket."""
    missed = any(t.state == "no_show" for t in model.tickets.values())
    verbs = ("cancel", "left", "transfer_ticket", "transfer_ticket", "set_priority") + ("reinstate",) * (
        5 * missed
    )
    verb = dice.pick(verbs)
    role = dice.pick({"cancel": ("citizen", "reception")}.get(verb, ("reception", "supervisor")))
    states = {"reinstate": ("no_show",), "set_priority": ("waiting",), "cancel": ("waiting", "parked")}
    return on_ticket(model, dice, verb, states.get(verb, ("waiting", "waiting", "called", "parked")), role)


def on_ticket(model: Model, dice: Dice, verb: str, states: Sequence[str], role: str) -> Command:
    """The verb with a ticket and whatever else it needs."""
    chosen = a_ticket(model, dice, states)
    args: dict[str, Any] = {"ticket": chosen}
    if verb == "transfer_ticket":
        branch = model.tickets[chosen].branch if chosen in model.tickets else BRANCHES[0]
        args |= way(model, dice, branch)
    if verb == "set_priority":
        args |= {"priority": dice.pick((*PRIORITIES, None, *PRIORITIES, "king")), "reason": "seen"}
    return Command(verb, args, role)


def apply(model: Model, dice: Dice) -> Command:
    """Somebody applies another definition of the city, mostly that with which it began."""
    return Command("apply_city", {"variant": dice.pick((*VARIANTS, "plain", "plain"))})


def place(model: Model, dice: Dice) -> Command:
    """Something happens to a whole branch or a desk; what was stopped is more often started again."""
    branch = dice.pick(BRANCHES)
    wrong = trouble(model, branch)
    if wrong and not dice.one_in(3):
        return of_service(model, dice, in_branch(dice.pick(wrong), branch))
    verbs = (
        "branch_incident",
        "record",
        "alarm",
        "hold_branch",
        "power_off",
        "suspend_service",
        "close_tickets",
        "close_branch",
        "release_desk",
        "release_desk",
        "set_skills",
    )
    verb = dice.pick(verbs)
    if verb == "set_skills":
        return at_desk(model, dice, verb, {"branch": branch, "desk": dice.pick(DESKS)}, "supervisor")
    if verb == "release_desk":
        return Command(verb, {"branch": branch, "desk": dice.pick(DESKS), "reason": "silent"}, "supervisor")
    return of_service(model, dice, in_branch(verb, branch))


def of_service(model: Model, dice: Dice, order: Command) -> Command:
    """Which service stops, or goes on: mostly one that is stopped."""
    if order.verb not in ("suspend_service", "restore_service"):
        return order
    facts = model.branches.get(order.args["branch"])
    stopped = facts.suspended if facts and order.verb == "restore_service" else ()
    return order._replace(args=order.args | {"service": dice.pick(stopped or SERVICES)})


BESIDE_BRANCH: dict[str, dict[str, Any]] = {
    "hold_branch": {"reason": "no water"},
    "branch_incident": {"category": "other", "text": "a dog in the hall"},
    "record": {"kind": "device_approved", "detail": {"device": "d1"}},
}


def in_branch(verb: str, branch: str, role: str = "supervisor") -> Command:
    """The verb with whatever else it needs."""
    who = "timer" if verb == "end_alarm" and role == "supervisor" else role
    return Command(verb, {"branch": branch} | BESIDE_BRANCH.get(verb, {}), who)


DESK_VERBS = (
    "call_next call recall start quick_serve finish no_show requeue park wake transfer add_leg next_leg "
    "desk_left open_desk pause_desk resume_desk close_desk release_desk set_skills pay paid note incident"
).split()
TICKET_VERBS = "cancel left transfer_ticket set_priority reinstate".split()
PLACE_VERBS = (
    "open_branch close_branch close_tickets open_tickets alarm all_clear power_off power_on hold_branch "
    "resume_branch close_day end_alarm branch_incident record suspend_service restore_service"
).split()


def anything(model: Model, dice: Dice) -> Command:
    """Any verb by anybody, sense or nonsense, sometimes of what does not exist."""
    verb = dice.pick(["issue", *DESK_VERBS, *TICKET_VERBS, *PLACE_VERBS])
    role = dice.pick(("admin",) * 6 + ROLES)
    branch = dice.pick((*BRANCHES, *BRANCHES, "nowhere"))
    if verb == "issue":
        priority = dice.pick((None, None, "king"))
        args = {"branch": branch, "service": dice.pick((*SERVICES, "nothing")), "ticket_id": ""}
        return Command(verb, args | {"priority": priority}, role)
    if verb in TICKET_VERBS:
        return on_ticket(
            model, dice, verb, ("waiting", "called", "serving", "parked", "no_show", "done"), role
        )
    if verb in PLACE_VERBS:
        return of_service(model, dice, in_branch(verb, branch, role))
    known = branch if branch in BRANCHES else BRANCHES[0]
    order = at_desk(model, dice, verb, {"branch": known, "desk": dice.pick((*DESKS, *DESKS, "9"))}, role)
    return order._replace(args=order.args | {"branch": branch})


OF_THE_DESK = (
    "call_next",
    "quick_serve",
    "open_desk",
    "pause_desk",
    "resume_desk",
    "close_desk",
    "release_desk",
    "set_skills",
)


def version_seen(model: Model, dice: Dice, order: Command) -> int | None:
    """The version that the caller says he has seen: seldom any, mostly the right one."""
    if not dice.one_in(4):
        return None
    place = (order.args.get("branch", ""), order.args.get("desk", ""))
    ticket = model.tickets.get(order.args.get("ticket", ""))
    held = next(
        (t for t in model.tickets.values() if t.state in IN_HAND and (t.branch, t.desk) == place), None
    )
    subject: Ticket | DeskNow | BranchNow | None = ticket or held
    if order.verb in OF_THE_DESK:
        subject = model.desks.get(place)
    elif order.verb in ("incident", "branch_incident", "lease", "record"):
        return None
    elif order.verb in PLACE_VERBS:
        subject = model.branches.get(place[0])
    return subject.version - dice.one_in(3) if subject else 1
