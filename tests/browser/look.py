"""Pictures of every room in every state, size, language and theme: `python -m tests.browser.look`.

They go into test-output/look, with a page `index.html` that shows them side by side. `--only` narrows by part
of a name (`--only desk`, `--only hall-alarm`).
"""

from __future__ import annotations

import argparse
import html
from pathlib import Path
from typing import Any

from tests.browser.engine import OUTPUT, running_chromium
from tests.browser.scenes import Look, Room, Scene, all_rooms

FOLDER = OUTPUT / "look"
WITHIN_MS = 20_000


def picture(browser: Any, staged: Any, scene: Scene[Any], look: Look, path: Path) -> None:
    """One picture of one scene."""
    context = browser.new_context(**look.context())
    context.set_default_timeout(WITHIN_MS)
    try:
        page = context.new_page()
        scene.show(page, staged, look)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path, full_page=True, animations="disabled")
    finally:
        context.close()


def picture_room(browser: Any, room: Room[Any], only: str) -> list[Path]:
    """Every chosen scene of a room in every look; the pictures' paths."""
    chosen = [scene for scene in room.scenes if only in f"{room.name}-{scene.name}"]
    if not chosen:
        return []
    taken = []
    with room.stage() as staged:
        for scene in chosen:
            for look in room.looks():
                name = f"{room.name}-{scene.name}-{look.width}-{look.language}-{look.theme}.png"
                picture(browser, staged, scene, look, FOLDER / name)
                taken.append(FOLDER / name)
            print(f"{room.name}-{scene.name}", flush=True)
    return taken


def index(pictures: list[Path]) -> str:
    """A page with all pictures, each a link to itself."""
    names = [html.escape(path.name) for path in pictures]
    figures = "\n".join(
        f'<figure><a href="{name}"><img loading="lazy" src="{name}" alt=""></a>'
        f"<figcaption>{name}</figcaption></figure>"
        for name in names
    )
    style = "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}img{height:360px}"
    return f"<!doctype html><meta charset=utf-8><title>look</title><style>{style}</style>\n{figures}\n"


def main() -> None:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="", help="part of a picture's name, as in desk or hall-alarm")
    only = asked.parse_args().only
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        pictures = [path for room in all_rooms() for path in picture_room(browser, room, only)]
    (FOLDER / "index.html").write_text(index(pictures), "utf-8")
    print(f"{len(pictures)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
