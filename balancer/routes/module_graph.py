"""Which ES modules a page will ask for: its scripts and everything that they import, nearest first.

A browser finds an import only when it has read the module that names it; told of all at once, it asks for all
at once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

SCRIPT = re.compile(r'<script type="module" src="([^"]+)"')
IMPORT = re.compile(r"""^(?:import|(?:import|export)\b[^"';]*?\bfrom)\s*["']([^"']+\.js)["'];""", re.M)

Read = Callable[[str], bytes | None]


def modules_of(page: str, read: Read) -> list[str]:
    """Paths of the modules of a page; `read(path)` gives a module's text, None for one that is not ours."""
    found = dict.fromkeys(SCRIPT.findall(page))
    waiting = list(found)
    for path in waiting:
        text = read(path)
        if text is None:
            continue
        for name in IMPORT.findall(text.decode()):
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            if imported not in found:
                found[imported] = None
                waiting.append(imported)
    return [path for path in found if read(path) is not None]
