"""A stub takes what fits on paper and refuses the rest by the field's name."""

from __future__ import annotations

import msgspec
import pytest

from balancer.printing.stub import Stub


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"service": "Витяг"}, "number"),
        ({"number": "A1", "service": "Витяг", "link": "x" * 401}, "link"),
        ({"number": "A1", "service": "Витяг", "lines": [{"label": "Зона"}]}, "lines[0]"),
        ({"number": "A1", "service": "Витяг", "html": "<b>"}, "html"),
    ],
)
def test_what_cannot_be_printed_is_refused(body: dict[str, object], field: str) -> None:
    """A page that is newer or broken is told which field is wrong."""
    with pytest.raises(msgspec.ValidationError, match=field.replace("[", r"\[")):
        msgspec.convert(body, Stub)
