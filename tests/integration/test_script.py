"""A script's hash is the one that the store itself gives it."""

from __future__ import annotations

from tests.scripts_for_store import COUNT, READ, script
from tests.stores import Server


def test_hash_is_the_stores_own(redis7: Server, valkey: Server) -> None:
    """EVALSHA finds what SCRIPT LOAD left, on both products, Cyrillic included."""
    for server in (redis7, valkey):
        for one in (COUNT, READ, script("cyrillic", "return 'черга'")):
            assert server.ask("SCRIPT", "LOAD", one.text) == f"$40\r\n{one.sha}\r\n"


def test_a_script_writes_unless_it_says_otherwise() -> None:
    """The safe side: a forgotten mark costs a replica's confirmation, never a lost write."""
    assert COUNT.writes and not READ.writes
