"""An archiver in a process of its own, in small batches without a pause, for tests that kill it:
`python -m tests.archive_process STORE_URL CITY DATABASE_URL`. It says "open" once it has begun.
"""

from __future__ import annotations

import asyncio
import sys

from balancer.archive import archiver as module
from balancer.archive.archiver import Archiver
from balancer.core.commands import read_definition
from balancer.core.connect import connect
from balancer.core.event_log import EventLog

module.BATCH = 5
module.COMMIT_SECONDS = 0.0


async def main(store_url: str, city: str, database: str) -> None:
    """Archive until somebody kills."""
    store = await connect(store_url, city)
    archiver = Archiver(EventLog(store, city), database, lambda: read_definition(store, city))
    print("open", flush=True)
    await archiver.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
