"""The print agent over real HTTP: who may print, what is printed once, and what it says of the printer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, web

from balancer.printing.agent import PrintAgent
from balancer.printing.printer import PaperPrinter
from tests.paper_printer import PAPER_OUT, TestPrinter

PAGE = "https://queue.example.ua"
STUB = {"number": "A131", "service": "Обмін на ID-картку", "lines": [{"label": "Зона", "value": "Б"}]}


@dataclass
class Agent:
    """A running agent, its printer, and a client that asks as the kiosk's page does."""

    url: str
    paper: TestPrinter
    session: ClientSession

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, Any]:
        sent = {name.replace("_", "-"): value for name, value in ({"origin": PAGE} | headers).items()}
        async with self.session.request(method, self.url + path, json=body, headers=sent) as reply:
            return reply.status, reply.headers, await reply.json(content_type=None)


@pytest.fixture
async def agent() -> AsyncIterator[Agent]:
    with TestPrinter() as paper:
        runner = web.AppRunner(PrintAgent(PaperPrinter(paper.address), PAGE).app())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession() as session:
            yield Agent(f"http://127.0.0.1:{runner.addresses[0][1]}", paper, session)
        await runner.cleanup()


async def test_a_stub_is_printed_once_a_key(agent: Agent) -> None:
    """A page that got no answer asks again; the visitor gets one piece of paper."""
    for _ in "ab":
        status, headers, said = await agent.ask("POST", "/print", STUB, idempotency_key="print-1")
        assert (status, said) == (200, {"printer": "ready", "printed": True})
        assert headers["Access-Control-Allow-Origin"] == PAGE
    assert len(agent.paper.tickets) == 1
    await agent.ask("POST", "/print", STUB, idempotency_key="print-2")
    assert len(agent.paper.tickets) == 2


async def test_no_paper_is_told_and_the_key_stays_free(agent: Agent) -> None:
    """Once there is paper, the same request prints."""
    agent.paper.status = dict(PAPER_OUT)
    assert (await agent.ask("GET", "/status"))[2] == {"printer": "paper_out"}
    status, _, said = await agent.ask("POST", "/print", STUB, idempotency_key="print-3")
    assert (status, said) == (503, {"printer": "paper_out", "printed": False})
    agent.paper.status = {1: 0x12, 2: 0x12, 4: 0x12}
    assert (await agent.ask("POST", "/print", STUB, idempotency_key="print-3"))[0] == 200


@pytest.mark.parametrize("strange", [{"origin": "https://other.example"}, {"host": "evil.example:9109"}])
async def test_other_pages_do_not_reach_the_printer(agent: Agent, strange: dict[str, str]) -> None:
    """Neither another site's script nor a name that has been bent to 127.0.0.1."""
    status, headers, _ = await agent.ask("POST", "/print", STUB, **strange)
    assert status == 403 and "Access-Control-Allow-Origin" not in headers
    assert agent.paper.tickets == []


async def test_the_browser_is_told_that_it_may(agent: Agent) -> None:
    """The preflight of a page on the public network to this machine."""
    status, headers, _ = await agent.ask("OPTIONS", "/print", access_control_request_method="POST")
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == PAGE
    assert headers["Access-Control-Allow-Private-Network"] == "true"
    assert "idempotency-key" in headers["Access-Control-Allow-Headers"]


async def test_a_broken_stub_is_refused_by_name(agent: Agent) -> None:
    """Nothing is printed, and the field is named."""
    status, _, said = await agent.ask("POST", "/print", {"service": "x"})
    assert status == 422 and "number" in said["detail"]
    assert agent.paper.tickets == []
