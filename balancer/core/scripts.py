"""Loads the Lua scripts: `lua/<name>.lua` with its header, the shared steps it calls and the rows of the
table.

A script's header says everything about its outside:

    -- kind: command | read | chore     a command is answered once per idempotency key and may emit events
    -- keys: city events …              names of `Keys`; the steps it includes add their own
    -- args: branch desk? limit#        `?`: "" means nil; `#`: a number
    -- returns: …    -- events: …       for the reader, checked against the table of transitions
    -- verbs: wake no_show              whose rows it needs, where that is not just the verb of its own name

The loader turns keys and args into locals of those names, so that no script counts positions, and puts the
verb's rows before the script as MOVES, ROLES and GUARDS. A shared step is one function in
`lua/include/<name>.lua`; calling it includes it.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from balancer.core.keys import Keys
from balancer.core.script import Script
from balancer.core.transitions import GUARDS, STATE_ERRORS, Transition, rows_of

LUA = Path(__file__).parent / "lua"
KINDS = ("command", "read", "chore")
COMMAND_ARGS = ("idem_key", "fingerprint", "keep_s#", "actor", "role", "now#", "real#", "expected#?")
KEY_NAMES = frozenset(Keys.__dataclass_fields__)
HEADER_LINE = re.compile(r"^-- (kind|keys|args|returns|events|verbs): *(.*)$", re.M)
NO_EVENTS = "none"


class CityScript(NamedTuple):
    """A script and what it must be given: names of `Keys`, names of arguments with their marks (`?`, `#`)."""

    script: Script
    kind: str
    keys: tuple[str, ...]
    args: tuple[str, ...]
    events: tuple[str, ...]


class ScriptFault(Exception):
    """A script whose header is incomplete or not true."""


def names() -> list[str]:
    """Every script there is."""
    return sorted(path.stem for path in LUA.glob("*.lua"))


def load_script(name: str) -> Script:
    """The whole text of a script as the store gets it."""
    return city_script(name).script


@cache
def city_script(name: str) -> CityScript:
    """The script of that name with what it must be given; ScriptFault if its header does not hold."""
    body = (LUA / f"{name}.lua").read_text("utf-8")
    header = _header(name, body)
    kind = header["kind"]
    includes = _includes(name, body + (" ask_role( run_command(" if kind == "command" else ""))
    keys = _key_names(name, header["keys"], includes)
    args = (COMMAND_ARGS if kind == "command" else ()) + tuple(header["args"].split())
    events = () if header["events"] == NO_EVENTS else tuple(header["events"].split())
    rows = [row for verb in header.get("verbs", name).split() for row in rows_of(verb)]
    _check_events(name, events, rows)
    _check_names(name, (*keys, *(arg.rstrip("?#") for arg in args), *includes))
    text = "\n".join(
        [
            f"-- {name}",
            *(f"local {key} = KEYS[{place}]" for place, key in enumerate(keys, 1)),
            *(_argument(arg, place) for place, arg in enumerate(args, 1)),
            "local offset, at = 0, 0",
            *(_table(name, rows) if kind == "command" else ()),
            *(_bare(step) for step in includes.values()),
            *(_framed(body) if kind == "command" else (_bare(body),)),
        ]
    )
    digest = hashlib.sha1(text.encode()).hexdigest()
    return CityScript(Script(name, text, digest, writes=kind != "read"), kind, keys, args, events)


def _header(name: str, body: str) -> dict[str, str]:
    header = {part: value.strip() for part, value in HEADER_LINE.findall(body)}
    missing = {"kind", "keys", "args", "returns", "events"} - header.keys()
    if missing:
        raise ScriptFault(f"{name}.lua: no line for {', '.join(sorted(missing))}")
    if header["kind"] not in KINDS:
        raise ScriptFault(f"{name}.lua: kind is {header['kind']!r}, not one of {', '.join(KINDS)}")
    return header


def _key_names(name: str, own: str, includes: dict[str, str]) -> tuple[str, ...]:
    wanted = set(own.split())
    for text in includes.values():
        wanted.update(dict(HEADER_LINE.findall(text)).get("keys", "").split())
    if unknown := wanted - KEY_NAMES:
        raise ScriptFault(f"{name}.lua: Keys has no {', '.join(sorted(unknown))}")
    return ("city", *sorted(wanted - {"city"}))


def _check_names(name: str, locals_: tuple[str, ...]) -> None:
    if len(set(locals_)) < len(locals_):
        twice = sorted({each for each in locals_ if locals_.count(each) > 1})
        raise ScriptFault(f"{name}.lua: two things are called {', '.join(twice)}")


def _framed(body: str) -> tuple[str, ...]:
    return ("local function command()", "ask_role()", _bare(body), "end", "return run_command(command)")


def _check_events(name: str, events: tuple[str, ...], rows: list[Transition]) -> None:
    for event in (row.event for row in rows):
        if event not in events:
            raise ScriptFault(f"{name}.lua: the table says {event}, its header does not")


@cache
def _steps() -> dict[str, str]:
    """Text of every shared step by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted((LUA / "include").glob("*.lua"))}


def _includes(name: str, body: str) -> dict[str, str]:
    """The steps that a body calls and those that they call, each after the ones it needs."""
    found: dict[str, str] = {}

    def visit(text: str, way: tuple[str, ...]) -> None:
        for called in re.findall(r"\b([a-z_]+)\(", _code(text)):
            if called in way[1:]:
                if called != way[-1]:
                    raise ScriptFault(
                        f"{name}.lua: steps call each other in a ring: {' → '.join((*way, called))}"
                    )
            elif called in _steps() and called not in found:
                visit(_steps()[called], (*way, called))
                found[called] = _steps()[called]

    visit(body, (name,))
    return found


def _argument(arg: str, place: int) -> str:
    name, value = arg.rstrip("?#"), f"ARGV[{place}]"
    if "#" in arg:
        return f"local {name} = tonumber({value})"
    return f"local {name} = {value} ~= '' and {value} or nil" if "?" in arg else f"local {name} = {value}"


def _table(verb: str, rows: list[Transition]) -> list[str]:
    """The rows as Lua: MOVES[event] = {subject, from = {state → roles}, to = {states}}."""
    moves: dict[str, list[Transition]] = {}
    for row in rows:
        moves.setdefault(row.event, []).append(row)
    lines = [f"  {event} = {_move(rows)}," for event, rows in moves.items()]
    roles = {"admin", *(role for row in rows for role in row.roles)}
    errors = ", ".join(f"{subject} = '{code}'" for subject, code in STATE_ERRORS.items())
    return [
        f"local VERB = '{verb}'",
        "local MOVES = {",
        *lines,
        "}",
        f"local ROLES = {_set(sorted(roles))}",
        f"local GUARDS = {_set(GUARDS.get(verb, ()))}",
        f"local STATE_ERRORS = {{{errors}}}",
    ]


def _move(rows: list[Transition]) -> str:
    starts = ", ".join(
        f"{state} = {_set(('admin', *row.roles))}" for row in rows for state in row.from_states
    )
    ends = ", ".join(f"'{state}'" for state in dict.fromkeys(s for row in rows for s in row.to_states))
    return f"{{subject = '{rows[0].subject}', from = {{{starts}}}, to = {{{ends}}}}}"


def _set(members: tuple[str, ...] | list[str]) -> str:
    return "{" + ", ".join(f"{member} = true" for member in members) + "}"


def _code(text: str) -> str:
    return re.sub(r"--.*", "", text)


def _bare(text: str) -> str:
    """The text without comment lines: the store need not keep them."""
    return "\n".join(
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("--")
    )
