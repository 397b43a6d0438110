"""The pure modules of the widget and the pages, in the engine that runs them.

Each `modules/*.test.js` exports functions; a function that throws has failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.cities import small_city
from tests.browser.scripted_city import ScriptedCity

FILES = sorted(path.name for path in (Path(__file__).parent / "modules").glob("*.test.js"))
RUN = """
async (file) => {
  const failed = {}
  const tests = Object.entries(await import(`/modules/${file}`))
  for (const [name, test] of tests) {
    try { await test() } catch (error) { failed[name] = error.message }
  }
  return { count: tests.length, failed }
}
"""


@pytest.fixture(scope="module")
def blank(chromium: Any) -> Iterator[Any]:
    """A page with nothing in it but the right origin."""
    with ScriptedCity(*small_city()) as city:
        page = chromium.new_page()
        page.goto(f"{city.url}/modules/blank.html")
        yield page
        page.close()


@pytest.mark.parametrize("file", FILES)
def test_module(file: str, blank: Any) -> None:
    """Every exported test of the file holds."""
    result = blank.evaluate(RUN, file)
    assert result["count"] > 0
    assert result["failed"] == {}
