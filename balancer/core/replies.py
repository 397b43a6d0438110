"""What the store's replies mean for the one who asked: an answer, a refusal, send again, or nobody knows."""

from __future__ import annotations

from typing import Any, Final

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import (
    AskError,
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    MovedError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from balancer.core.primaries import unavailable
from balancer.errors import BalancerError


class _Lost:
    def __repr__(self) -> str:
        return "LOST"


LOST: Final = _Lost()  # stands for a reply that did not come
Reply = Any  # bytes, int, list, None, an exception that the server answered with, or LOST

# Errors that redis-py raises as lost connections although the server has answered: the command did not run.
ANSWERED = (ResponseError, BusyLoadingError, AuthenticationError, AuthorizationError)
NOT_NOW = (
    AskError,
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    NoPermissionError,
    TryAgainError,
)
NOT_NOW_CODES = ("NOREPLICAS", "BUSY", "MASTERDOWN")
FULL_CODES = ("MISCONF", "OOM")


async def read_replies(connection: AbstractConnection, count: int, replies: list[Reply]) -> None:
    """Append `count` replies to `replies`, errors as values; raises when the connection is lost, what came is
    kept.
    """
    for _ in range(count):
        try:
            reply: Reply = await connection.read_response(disconnect_on_error=False)
        except ANSWERED as error:
            reply = error
        replies.append(reply)


def is_elsewhere(reply: Reply) -> bool:
    """True where the server said that another one has the city's keys; it did not run the command."""
    return isinstance(reply, (MovedError, ReadOnlyError))


def refusal_of(error: RedisError) -> BalancerError | RedisError:
    """The error to raise for what the server refused to run. What is left as it is, is a defect in a script
    or call.
    """
    code = str(error).partition(" ")[0]
    if isinstance(error, OutOfMemoryError) or code in FULL_CODES:
        return BalancerError("store_full")
    if isinstance(error, NOT_NOW) or code in NOT_NOW_CODES:
        return unavailable(f"the store refuses: {error}")
    return error
