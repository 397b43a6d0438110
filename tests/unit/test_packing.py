"""Commands are packed as redis-py packs them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio.connection import Connection

from balancer.core.packing import packed

ARGUMENTS = st.lists(st.text() | st.binary() | st.integers(), max_size=8)


@given(arguments=ARGUMENTS)
def test_bytes_are_those_of_redis_py(arguments: list[str | bytes | int]) -> None:
    """Any text, bytes and number, of any length, with line ends and zeros inside."""
    for name in ("EVALSHA", "SCRIPT LOAD", b"CONFIG GET"):
        theirs = b"".join(Connection().pack_command(name, *arguments))
        assert packed((name, *arguments)) == theirs


def test_a_command_in_full() -> None:
    """What it looks like on the wire."""
    assert packed(("SET", "ї", 7)) == b"*3\r\n$3\r\nSET\r\n$2\r\n\xd1\x97\r\n$1\r\n7\r\n"


@pytest.mark.parametrize("thing", [None, 1.5, True, ["a"], bytearray(b"a")])
def test_what_has_no_clear_form_is_refused(thing: object) -> None:
    """Nothing is guessed on the way to the store."""
    with pytest.raises(TypeError, match="cannot be sent"):
        packed(("SET", "key", thing))  # type: ignore[arg-type]
