"""What anybody may read of a city, and what every answer wears, at a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.server import RunningServer, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """The small city."""
    with running_server(public_reads="25") as running:
        yield running


def test_the_cities_of_this_server(server: RunningServer) -> None:
    """Where to go on reading."""
    (city,) = server.ask("GET", "/api/v1/cities").json["cities"]
    assert city == {
        "city": "dolyna",
        "name": {"uk": "Долина", "en": "Dolyna"},
        "url": "/api/v1/cities/dolyna",
    }


def test_the_public_definition(server: RunningServer) -> None:
    """The fixed fields of design §8, and no priority class."""
    reply = server.ask("GET", server.city_url)
    city = reply.json
    center, village = city["branches"]
    assert {"branch", "name", "kind", "lat", "lon", "queues", "desks"} <= set(center)
    assert (center["branch"], village["kind"]) == ("center", "remote")
    assert {"queue", "letter", "services"} <= set(center["queues"][0])
    assert {"desk": "1", "queues": ["papers"]}.items() <= center["desks"][0].items()
    passport = next(each for each in city["services"] if each["service"] == "passport")
    assert passport["needs_power"] is True and passport["name"]["en"] == "Passport"
    assert "disability" not in reply.body.decode() and "policy" not in center


def test_staff_read_more_of_it(server: RunningServer) -> None:
    """With a token: the priority classes too, kept in no cache; a wrong token is refused as everywhere."""
    reply = server.ask("GET", server.city_url, token=server.token("reception", "center"))
    assert [each["priority"] for each in reply.json["priority_classes"]] == ["disability"]
    assert reply.headers["cache-control"] == "no-store"
    assert "Authorization" in server.ask("GET", server.city_url).headers["vary"]
    planner = server.ask("GET", server.city_url, token=server.token("planner")).json
    assert "priority_classes" not in planner
    assert server.ask("GET", server.city_url, token="qb.nonsense").status == 401


def test_a_definition_is_fetched_once(server: RunningServer) -> None:
    """304 for whoever has it; a cache may hold it."""
    first = server.ask("GET", server.city_url)
    again = server.ask("GET", server.city_url, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"].startswith("public, max-age=")
    other = server.ask("GET", server.city_url, headers={"if-none-match": '"old"'})
    assert other.status == 200


def test_services_are_found_by_what_people_type(server: RunningServer) -> None:
    """In either language, with where they are offered; without a query, all of them."""
    path = f"{server.city_url}/services"
    (found,) = server.ask("GET", f"{path}?q={quote('паспор')}").json["services"]
    assert (found["service"], found["branches"]) == ("passport", ["center"])
    assert server.ask("GET", f"{path}?q=PASSP").json["services"][0]["service"] == "passport"
    assert len(server.ask("GET", path).json["services"]) == 3
    assert server.ask("GET", f"{path}?q=zzzz").json["services"] == []


@pytest.mark.parametrize("query", ["a" * 101, "%00", "%1b%5b2J", quote("а" * 5000)])
def test_a_query_that_makes_no_sense(server: RunningServer, query: str) -> None:
    """Refused by its name."""
    reply = server.ask("GET", f"{server.city_url}/services?q={query}")
    assert (reply.status, reply.code, reply.json["field"]) == (422, "invalid_field", "q")


def test_public_doors_are_open_to_every_site_and_staff_s_are_not(server: RunningServer) -> None:
    """A preflight passes where the widget works, and there only; nothing ever sets a cookie."""
    asked = {
        "origin": "https://city.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type, idempotency-key",
    }
    tickets = server.ask("OPTIONS", f"{server.branch_url('center')}/tickets", headers=asked)
    assert (tickets.status, tickets.headers["access-control-allow-origin"]) == (204, "*")
    assert "idempotency-key" in tickets.headers["access-control-allow-headers"].lower()
    desk = server.ask("OPTIONS", f"{server.desk_url('center', '1')}/call-next", headers=asked)
    assert desk.status == 405 and "access-control-allow-origin" not in desk.headers
    read = server.ask("GET", server.city_url, headers={"origin": "https://city.example"})
    assert read.headers["access-control-allow-origin"] == "*"
    assert read.headers["cross-origin-resource-policy"] == "cross-origin"
    refused = server.command(f"{server.branch_url('center')}/tickets", {"service": "extract"})
    assert refused.status == 403 and refused.headers["access-control-allow-origin"] == "*"
    staff = server.ask("GET", server.desk_url("center", "1"))
    assert staff.status == 401 and "access-control-allow-origin" not in staff.headers
    for reply in (tickets, desk, read, staff):
        assert "set-cookie" not in reply.headers
        assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize("path", ["/", "/desk", "/docs", "/api/v1/cities", "/nope", "/livez", "/readyz"])
def test_security_headers_everywhere(server: RunningServer, path: str) -> None:
    """No sniffing, no referrer, a strict policy without inline script."""
    headers = server.ask("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "base-uri 'none'" in policy
    assert ("frame-ancestors *" in policy) == (path == "/")
    assert "server" not in headers


def test_too_many_reads_are_told_when_to_come_back(server: RunningServer) -> None:
    """429 with Retry-After, for the crowd only: a desk at the same address goes on."""
    path = f"{server.city_url}/services"
    replies = [server.ask("GET", path) for _ in range(160)]
    refused = [reply for reply in replies if reply.status == 429]
    assert refused and refused[0].code == "rate_limited"
    assert int(refused[0].headers["retry-after"]) >= 1
    desk = server.token("desk", "center", "1")
    assert server.ask("GET", server.desk_url("center", "1"), token=desk).status == 200
    assert server.ask("GET", "/livez").status == 200


def test_health(server: RunningServer) -> None:
    """For whoever watches the process."""
    assert server.ask("GET", "/livez").body == b"ok\n"
    ready = server.ask("GET", "/readyz")
    assert (ready.status, json.loads(ready.body)) == (200, {"ready": True, "waiting_for": []})
