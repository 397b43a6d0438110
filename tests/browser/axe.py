"""axe-core, put into a page as it is."""

from __future__ import annotations

from typing import Any

from tests.browser.engine import ROOT, missing

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHECK = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`))
}"""


def check(page: Any, what: str) -> None:
    """No violation in the page as it is now."""
    if not AXE.exists():
        missing("axe-core")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.fonts.ready")
    found = page.evaluate(CHECK)
    assert found == [], f"{what}: {found}"
