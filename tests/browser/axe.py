"""axe-core, put into a page as it is."""

from __future__ import annotations

from typing import Any

from tests.browser.engine import ROOT, missing

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]
CHECK = """async (rules) => {
  const only = rules ? { runOnly: rules } : {}
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...only })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`))
}"""


def violations(page: Any, rules: list[str] | None = None) -> list[str]:
    """What axe finds in the page as it is now. `rules`: these only; in a second theme nothing but COLOURS can
    differ.
    """
    if not AXE.exists():
        missing("axe-core")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.fonts.ready")
    found: list[str] = page.evaluate(CHECK, rules)
    return found


def check(page: Any, what: str) -> None:
    """No violation in the page as it is now, on a phone and a desktop, in light and dark."""
    for width, scheme, rules in (
        (1440, "light", None),
        (1440, "dark", COLOURS),
        (360, "dark", None),
        (360, "light", COLOURS),
    ):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = violations(page, rules)
        assert found == [], f"{what}, {scheme}, {width} px: {found}"
