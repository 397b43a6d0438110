"""`balancer schema`: the documents of the wire as they stand in docs/wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from balancer.commands.schema import command

WIRE = Path(__file__).parents[2] / "docs" / "wire"


@pytest.mark.parametrize("which", ["openapi", "asyncapi"])
def test_the_documents_of_the_wire_are_printed(which: str) -> None:
    """Byte for byte, so that `make wire` writes them."""
    result = CliRunner().invoke(command, [which])
    assert (result.exit_code, result.stdout) == (0, (WIRE / f"{which}.json").read_text("utf-8"))


def test_what_is_no_document() -> None:
    """Told, with those there are."""
    result = CliRunner().invoke(command, ["wsdl"])
    assert result.exit_code == 2 and "openapi" in result.output
