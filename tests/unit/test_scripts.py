"""The loader turns a header into named locals and refuses a header that is not true."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from balancer.core import scripts
from balancer.core.scripts import COMMAND_ARGS, ScriptFault, city_script, load_script, names
from balancer.core.ticket_queue import TicketQueue
from balancer.core.transitions import TABLE


@pytest.fixture
def lua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for scripts of the test's own."""
    (tmp_path / "include").mkdir()
    monkeypatch.setattr(scripts, "LUA", tmp_path)
    city_script.cache_clear()
    scripts._steps.cache_clear()
    yield tmp_path
    city_script.cache_clear()
    scripts._steps.cache_clear()


def write(
    lua: Path,
    name: str,
    body: str,
    *,
    kind: str = "chore",
    keys: str = "",
    args: str = "",
    events: str = "none",
) -> None:
    head = f"-- kind: {kind}\n-- keys: {keys}\n-- args: {args}\n-- returns: something\n-- events: {events}\n"
    (lua / f"{name}.lua").write_text(head + body)


@pytest.mark.parametrize("name", names())
def test_every_script_loads(name: str) -> None:
    """Each header holds, and its text uses only names, never positions."""
    plan = city_script(name)
    assert plan.keys[0] == "city"
    assert load_script(name).name == name
    assert plan.script.writes == (plan.kind != "read")
    if plan.kind == "command":
        assert plan.args[: len(COMMAND_ARGS)] == COMMAND_ARGS


def test_every_verb_of_the_table_is_a_script_and_a_method() -> None:
    """File name = method name = verb."""
    verbs = {row.verb for row in TABLE}
    assert verbs <= set(names())
    for verb in verbs:
        assert inspect.iscoroutinefunction(getattr(TicketQueue, verb)), verb


def test_headers_name_every_event_that_is_emitted() -> None:
    """A reader of a header knows what the log will say."""
    known = {row.event for row in TABLE} | {"clock_set"}
    for name in names():
        plan = city_script(name)
        assert set(plan.events) <= known, name
        literal = set(re.findall(r"emit\('(\w+)'", plan.script.text))
        assert literal <= set(plan.events), name


def test_keys_and_arguments_become_names(lua: Path) -> None:
    """`?` makes "" nil, `#` makes a number; keys come in a fixed order, the city's first."""
    write(lua, "one", "return 1", keys="events config", args="branch note? limit# due#?")
    plan = city_script("one")
    assert plan.keys == ("city", "config", "events")
    text = plan.script.text
    assert "local config = KEYS[2]" in text
    assert "local branch = ARGV[1]" in text
    assert "local note = ARGV[2] ~= '' and ARGV[2] or nil" in text
    assert "local limit = tonumber(ARGV[3])" in text
    assert "local due = tonumber(ARGV[4])" in text


def test_a_step_is_included_where_it_is_called_with_what_it_needs(lua: Path) -> None:
    """Steps bring the steps and keys that they need, before themselves, and comments stay at home."""
    (lua / "include" / "outer.lua").write_text(
        "-- Outer.\n-- keys: desks\nlocal function outer() return inner() end\n"
    )
    (lua / "include" / "inner.lua").write_text(
        "-- Inner.\n-- keys: events\nlocal function inner() return 1 end\n"
    )
    (lua / "include" / "other.lua").write_text("-- Other.\nlocal function other() return 2 end\n")
    write(lua, "two", "-- a remark about other(\nreturn outer()")
    plan = city_script("two")
    assert plan.keys == ("city", "desks", "events")
    text = plan.script.text
    assert text.index("function inner") < text.index("function outer") < text.index("return outer()")
    assert "other" not in text


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ({"kind": "verb"}, "kind is 'verb'"),
        ({"keys": "evnets"}, "Keys has no evnets"),
        ({"keys": "desks", "args": "desks"}, "two things are called desks"),
    ],
)
def test_a_header_that_does_not_hold(lua: Path, header: dict[str, str], fault: str) -> None:
    """A slip is found when the script is loaded, not when a clerk presses a key."""
    write(lua, "bad", "return 1", **header)
    with pytest.raises(ScriptFault, match=fault):
        city_script("bad")


def test_a_header_without_a_line(lua: Path) -> None:
    """All five lines must be there."""
    (lua / "bare.lua").write_text("-- keys: events\nreturn 1")
    with pytest.raises(ScriptFault, match="no line for args, events, kind, returns"):
        city_script("bare")


def test_an_event_of_the_table_must_stand_in_the_header(lua: Path) -> None:
    """The header of a verb cannot forget what the table says."""
    for step in ("ask_role", "run_command"):
        (lua / "include" / f"{step}.lua").write_text(f"local function {step}() end")
    write(lua, "start", "return 1", kind="command", events="desk_opened")
    with pytest.raises(ScriptFault, match="the table says ticket_started"):
        city_script("start")


def test_steps_in_a_ring(lua: Path) -> None:
    """Lua's local functions see only what stands before them."""
    (lua / "include" / "left_hand.lua").write_text("local function left_hand() return right_hand() end")
    (lua / "include" / "right_hand.lua").write_text("local function right_hand() return left_hand() end")
    write(lua, "ring", "return left_hand()")
    with pytest.raises(ScriptFault, match="ring"):
        city_script("ring")
