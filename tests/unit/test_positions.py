"""Every key and element of a TOML text is found on the line where a person sees it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancer.city.definition import CITIES, packaged_cities
from balancer.city.faults import Path
from balancer.city.positions import lines_of
from tests.city_files import SMALL

TRICKY = '''\
# a comment with [brackets] and = signs
plain = 1 # [not.a.table]
"quoted key" = "a \\" quote, ] and # no comment"
'literal.key' = 'C:\\path'
dotted.inner."deep\\u0456" = true
many = """
line = [1]
# no comment
\\"""
"""
raw = \'\'\'
[no.table]
\'\'\'
date = 2026-12-31T10:00:00Z
list = [
    1, # one
    [2, 3],
    { a = 1, b = [
        4] },
]
[table] # behind a header
key = 1
[[rows]]
id = 1
[[rows.inner]]
x = 1
[[rows.inner]]
x = 2
[rows.inner.sub]
y = 3
[[rows]]
[[rows.inner]]
x = 4
'''


def paths_in(value: Any, path: Path = ()) -> list[Path]:
    """The path of everything inside a parsed document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [] if path == () else [path]
    for step, each in inside:
        found += paths_in(each, (*path, step))
    return found


@pytest.mark.parametrize("text", [TRICKY, TRICKY.replace("\n", "\r\n"), SMALL, ""])
def test_everything_has_a_line_and_nothing_else_has(text: str) -> None:
    """The scanner sees exactly what tomllib sees."""
    assert set(lines_of(text)) == set(paths_in(tomllib.loads(text)))


@pytest.mark.parametrize("name", packaged_cities())
def test_packaged_cities_are_scanned_whole(name: str) -> None:
    """A thousand-line file too."""
    text = (CITIES / f"{name}.toml").read_text("utf-8")
    assert set(lines_of(text)) == set(paths_in(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("plain",), "plain = 1"),
        (("quoted key",), '"quoted key"'),
        (("literal.key",), "'literal.key'"),
        (("dotted", "inner", "deepі"), "dotted.inner"),
        (("date",), "date ="),
        (("list", 0), "1, # one"),
        (("list", 1, 1), "[2, 3]"),
        (("list", 2, "b"), "{ a = 1, b = ["),
        (("list", 2, "b", 0), "4] }"),
        (("table", "key"), "key = 1"),
        (("rows", 0, "inner", 1, "x"), "x = 2"),
        (("rows", 0, "inner", 1, "sub", "y"), "y = 3"),
        (("rows", 1, "inner", 0, "x"), "x = 4"),
    ],
)
def test_the_line_is_the_right_one(path: Path, shown: str) -> None:
    """The line that is named holds what is meant."""
    assert shown in TRICKY.split("\n")[lines_of(TRICKY)[path] - 1]


KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True), st.sampled_from(['"a.b"', '"#"', "'c d'"])
)
SCALARS = st.sampled_from(
    ["1", "-2.5", "true", '"x # ] }"', "'= ['", "2026-01-01", '"""m\n]#"""', "'''\n'''", '""']
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[\n{' ,'.join(each)} # end\n]"),
        st.dictionaries(st.sampled_from("abc"), inner.filter(lambda each: "\n" not in each), max_size=2).map(
            lambda each: "{ " + ", ".join(f"{key} = {value}" for key, value in each.items()) + " }"
        ),
    ),
    max_leaves=6,
)
BODY = st.dictionaries(KEYS, VALUES, max_size=3).map(
    lambda pairs: "".join(f"{key} = {value}\n" for key, value in pairs.items())
)
HEADERS = st.sampled_from(["[[r]]", "[[r.s]]", "[r.t]", "[u]", "[[v]]", "[ w . x ]"])


@given(BODY, st.lists(st.tuples(HEADERS, BODY), max_size=6))
def test_any_document_that_tomllib_reads(top: str, tables: list[tuple[str, str]]) -> None:
    """Whatever tomllib accepts is scanned to the same paths."""
    text = top + "".join(f"{header}\n{body}" for header, body in tables)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(lines_of(text)) == set(paths_in(document))
