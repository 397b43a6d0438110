"""How many files and sockets this process may hold open at once: every watcher of the board is one."""

from __future__ import annotations

import resource

WANTED = 65_536
NEEDED = 10_256  # ten thousand watchers and what the server itself needs


def raise_file_limit(wanted: int = WANTED) -> int:
    """Raise this process's own limit towards `wanted`, as far as the system allows it without asking; the
    limit that now holds. Many systems begin with 1024, which is less than one busy morning."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        except (OSError, ValueError):  # macOS refuses more than its kern.maxfilesperproc
            return soft
        return allowed
    return soft if soft != resource.RLIM_INFINITY else wanted
