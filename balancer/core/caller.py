"""Who sends a command, under which key, and what he expects to find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """`actor` is a role (`transitions.ALL_ROLES`) or "role:name", such as "desk:center/3"; it stands in the
    event log.

    `key` is the Idempotency-Key, None for the system's own commands. `fingerprint` is the hex digest of
    caller, method, path and body. `version` is the ticket's, desk's or branch's version that the caller has
    seen, None if he does not mind.
    """

    actor: str
    key: str | None = None
    fingerprint: str = ""
    version: int | None = None

    @property
    def role(self) -> str:
        """The part of `actor` before the colon."""
        return self.actor.partition(":")[0]


TIMER = Caller("timer")
