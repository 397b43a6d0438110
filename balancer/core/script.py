"""One Lua script as the store knows it: its name, its text and the SHA-1 that EVALSHA calls it by."""

from __future__ import annotations

from typing import NamedTuple


class Script(NamedTuple):
    """`sha` is the lower-case hex SHA-1 of `text` in UTF-8. `writes` is False for a script that only reads:
    it needs no replica's confirmation and still answers when the disk is full.
    """

    name: str
    text: str
    sha: str
    writes: bool = True
