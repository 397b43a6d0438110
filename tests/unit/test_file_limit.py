"""The server raises its own limit of open files as far as it may."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: a limit that was lowered cannot be raised again by everybody.
PROGRAM = """
import resource, sys
from balancer.core.file_limit import raise_file_limit
soft, hard = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(raise_file_limit(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def limits(soft: int, hard: int) -> list[int]:
    """What it says and what then holds."""
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(soft), str(hard)], capture_output=True, text=True, check=True
    )
    return [int(number) for number in said.stdout.split()]


def test_it_goes_up_to_what_the_system_allows() -> None:
    """From the usual 1024 to the hard limit."""
    assert limits(256, 900) == [900, 900]


def test_enough_is_left_alone() -> None:
    """A limit that is already there is not lowered."""
    assert limits(900, 900) == [900, 900]
