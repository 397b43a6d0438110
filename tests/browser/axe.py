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


def violations(page: Any) -> list[str]:
    """What axe finds in the page as it is now."""
    if not AXE.exists():
        missing("axe-core")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.fonts.ready")
    found: list[str] = page.evaluate(CHECK)
    return found


def check(page: Any, what: str) -> None:
    """No violation in the page as it is now, on a phone and a desktop, in light and dark."""
    for width, scheme in ((1440, "light"), (1440, "dark"), (360, "dark"), (360, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = violations(page)
        assert found == [], f"{what}, {scheme}, {width} px: {found}"
