"""What the store's errors mean for the caller."""

from __future__ import annotations

import pytest
from redis.exceptions import (
    AskError,
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    MovedError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from balancer.core.replies import LOST, is_elsewhere, refusal_of
from balancer.errors import BalancerError, StoreUnavailable


@pytest.mark.parametrize(
    "error",
    [
        OutOfMemoryError("command not allowed when used memory > 'maxmemory'."),
        ResponseError("MISCONF Errors writing to the AOF file: No space left on device"),
    ],
)
def test_no_place_to_write_is_store_full(error: RedisError) -> None:
    """Memory and disk alike: the visitor is told that no tickets can be issued now."""
    refusal = refusal_of(error)
    assert isinstance(refusal, BalancerError) and refusal.code == "store_full"


@pytest.mark.parametrize(
    "error",
    [
        BusyLoadingError("Redis is loading the dataset in memory"),
        ClusterDownError("The cluster is down"),
        TryAgainError("Multiple keys request during rehashing of slot"),
        AskError("3999 127.0.0.1:6381"),
        AuthenticationError("Authentication required."),
        ResponseError("NOREPLICAS Not enough good replicas to write."),
        ResponseError("BUSY Redis is busy running a script."),
    ],
)
def test_what_did_not_run_for_now_is_unavailable(error: RedisError) -> None:
    """Nothing happened, and trying later may help; operators see the server's own words."""
    refusal = refusal_of(error)
    assert isinstance(refusal, StoreUnavailable)
    assert str(error) in refusal.params["reason"]


def test_a_defect_stays_what_it_is() -> None:
    """An error in a script is not taken for the weather."""
    error = ResponseError("WRONGTYPE Operation against a key holding the wrong kind of value")
    assert refusal_of(error) is error


def test_elsewhere_means_that_it_did_not_run() -> None:
    """Only these two are sent again to another server."""
    assert is_elsewhere(MovedError("3999 127.0.0.1:6381"))
    assert is_elsewhere(ReadOnlyError("You can't write against a read only replica."))
    assert not any(map(is_elsewhere, (LOST, None, b"answer", ResponseError("ERR"), AskError("1 a:1"))))
