"""`balancer print-agent` as it runs beside a kiosk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request

from tests.paper_printer import TestPrinter
from tests.server import balancer


def test_it_prints_for_the_server_it_was_told() -> None:
    """The command says where it listens and how the printer is."""
    with TestPrinter() as paper:
        words = ["--printer", paper.address, "--server", "https://queue.example.ua/", "--port", "0"]
        command = [sys.executable, "-u", "-m", "balancer", "print-agent", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as agent:
            try:
                assert agent.stdout is not None
                said = agent.stdout.readline().decode()
                found = re.search(r"for (\S+) on (http://\S+)/ .*: ready", said)
                assert found, said
                assert found[1] == "https://queue.example.ua"
                headers = {"origin": found[1], "content-type": "application/json"}
                body = json.dumps({"number": "A1", "service": "Витяг"}).encode()
                asked = urllib.request.Request(f"{found[2]}/print", body, headers)
                with urllib.request.urlopen(asked, timeout=20) as reply:
                    assert json.load(reply) == {"printer": "ready", "printed": True}
            finally:
                agent.terminate()
        assert len(paper.tickets) == 1


def test_a_wrong_address_is_said_in_a_line() -> None:
    """Before anything is opened."""
    for printer, server in (("lp0", "https://x.example"), ("file:x", "x")):
        done = balancer("print-agent", "--printer", printer, "--server", server)
        assert done.returncode != 0 and "Traceback" not in done.stderr, done.stderr
