"""`make bench`: fan-out against the C limit, latency of the whole server, drawings for a crowd, backtests
against their bars, then Lighthouse on the city page.
Every part runs, also after a miss.
"""

from __future__ import annotations

import sys

from tests.bench import backtests, drawing, fanout, latency, lighthouse


def main() -> int:
    """The worst exit code of all parts."""
    return max(part.main([]) for part in (fanout, latency, drawing, backtests, lighthouse))


if __name__ == "__main__":
    sys.exit(main())
