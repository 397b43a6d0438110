"""Tokens on a real store: kept as a hash, ended within a second; ticket secrets that nobody stores."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import pytest

from balancer.core import tokens as tokens_module
from balancer.core.connect import Store, connect
from balancer.core.keys import Keys
from balancer.core.tokens import Tokens, check_reach, opens, ticket_secret
from balancer.errors import BalancerError
from tests.stores import Server


@pytest.fixture
async def store(store_url: str, city_name: str) -> AsyncIterator[Store]:
    """A store of each kind."""
    connected = await connect(store_url, city_name)
    yield connected
    await connected.close()


async def refusal(tokens: Tokens, token: str) -> str:
    """The code with which a token is refused."""
    with pytest.raises(BalancerError) as caught:
        await tokens.verify(token)
    return caught.value.code


async def test_a_token_opens_until_it_is_revoked(store: Store, city_name: str) -> None:
    """Another process, which has just used the token, knows within a second."""
    maker, server = Tokens(store.writer, city_name), Tokens(store.writer, city_name)
    token = await maker.create("desk", branch="center", desk="3")
    record = await server.verify(token)
    assert (record.role, record.branch, record.desk) == ("desk", "center", "3")
    await maker.revoke(record.id)
    assert tokens_module.FRESH_SECONDS <= 1.0
    server._seen.clear()  # what FRESH_SECONDS would do
    assert await refusal(server, token) == "token_invalid"
    assert await refusal(maker, token) == "token_invalid"


async def test_what_was_revoked_stays_in_the_list(store: Store, city_name: str) -> None:
    """The log names actors by token: who they were must remain readable."""
    tokens = Tokens(store.writer, city_name)
    first = await tokens.verify(await tokens.create("admin"))
    second = await tokens.verify(await tokens.create("kiosk", branch="center"))
    ended = await tokens.revoke(first.id)
    assert ended is not None and ended.revoked is not None
    assert await tokens.revoke(first.id) == ended, "a second time changes nothing"
    assert [record.id for record in await tokens.records()] == [first.id, second.id]
    assert await tokens.revoke("0000000000") is None


async def test_the_store_never_sees_a_token(store: Store, city_name: str) -> None:
    """Whoever reads the store's files cannot open a door."""
    token = await Tokens(store.writer, city_name).create("admin")
    secret = token.rpartition(".")[2]
    (raw,) = await store.writer.command("HVALS", Keys.of(city_name).tokens)
    assert secret.encode() not in raw
    assert hashlib.sha256(secret.encode()).hexdigest().encode() in raw


@pytest.mark.parametrize("spoil", ["other secret", "unknown id", "no form", "empty", "huge", "control"])
async def test_what_is_no_token(store: Store, city_name: str, spoil: str) -> None:
    """One answer for all: nothing tells a guesser how near he is."""
    tokens = Tokens(store.writer, city_name)
    prefix, identity, secret = (await tokens.create("admin")).split(".")
    wrong = {
        "other secret": f"{prefix}.{identity}.{'A' * len(secret)}",
        "unknown id": f"{prefix}.0123456789.{secret}",
        "no form": f"{identity}.{secret}",
        "empty": "",
        "huge": "qb." + "a" * 100_000,
        "control": f"{prefix}.{identity}.{secret}\n",
    }[spoil]
    assert await refusal(tokens, wrong) == "token_invalid"


async def test_a_token_may_end_by_itself(
    store: Store, city_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--days 1` is valid for a day and no longer."""
    now = [1_800_000_000_000]
    monkeypatch.setattr(tokens_module, "_real_ms", lambda: now[0])
    tokens = Tokens(store.writer, city_name)
    token = await tokens.create("admin", days=1)
    now[0] += tokens_module.DAY_MS - 1
    assert (await tokens.verify(token)).role == "admin"
    now[0] += 1
    assert await refusal(tokens, token) == "token_invalid"


async def test_cities_do_not_share_tokens(valkey: Server, city_name: str) -> None:
    """A token of one city is nothing in another."""
    store = await connect(valkey.url)
    token = await Tokens(store.writer, city_name).create("admin")
    assert await refusal(Tokens(store.writer, city_name + "x"), token) == "token_invalid"
    await store.close()


@pytest.mark.parametrize(
    ("role", "branch", "desk"),
    [
        ("mayor", None, None),
        ("timer", None, None),
        ("citizen", None, None),
        ("kiosk", None, None),
        ("desk", "center", None),
        ("desk", None, "1"),
        ("reception", "center", "1"),
        ("admin", "center", None),
        ("planner", "center", None),
    ],
)
def test_a_role_and_its_reach_must_fit(role: str, branch: str | None, desk: str | None) -> None:
    """Nobody gets a token that reaches further, or less far, than its role means."""
    with pytest.raises(ValueError):
        check_reach(role, branch, desk)


def test_a_ticket_secret_is_recomputed_and_fits_one_ticket() -> None:
    """256 bits of HMAC; another ticket, another key or a changed letter opens nothing."""
    key = bytes(range(32))
    secret = ticket_secret(key, "ticket-a")
    assert len(secret) == 43 and secret == ticket_secret(key, "ticket-a")
    assert opens(key, "ticket-a", secret)
    assert not opens(key, "ticket-b", secret)
    assert not opens(bytes(32), "ticket-a", secret)
    assert not opens(key, "ticket-a", secret[:-1])
    assert not opens(key, "ticket-a", "")
    assert not opens(key, "ticket-a", "\udcff" * 43)
