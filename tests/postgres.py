"""A PostgreSQL of the tests' own: a new cluster in a temporary folder, on a unix socket, gone afterwards.

The server refuses to run as root, so there it runs as the system's user `postgres`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from tests.stores import missing
from tests.waiting import wait_until_sync

INSTALLED = Path("/usr/lib/postgresql")
OPTIONS = ("fsync=off", "max_connections=30", "shared_buffers=16MB", "listen_addresses=", "autovacuum=off")


class Postgres:
    """A running cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"archive_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self._at("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._at(name)

    def _at(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self._at("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextlib.contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A cluster for as long as the block; without the programs the test is skipped, in CI it fails."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="balancer-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        made = subprocess.run(
            [
                *as_postgres(),
                programs / "initdb",
                "-D",
                data,
                "-A",
                "trust",
                "-U",
                "postgres",
                "-N",
                "-E",
                "UTF8",
            ],
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
        )
        assert made.returncode == 0, made.stderr
        options = [part for option in OPTIONS for part in ("-c", option)]
        command = [*as_postgres(), programs / "postgres", "-D", data, "-k", folder, *options]
        with running(command, folder):
            server = Postgres(folder)
            wait_until_sync(server.answers, within=20, what=f"PostgreSQL in {folder}")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(command: Sequence[object], folder: Path) -> Iterator[None]:
    """The server as a child, ended at once at the end: nobody needs its data."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGQUIT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def binaries() -> Path:
    """The folder of the newest installed server's programs."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        missing("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    if not as_postgres() and os.geteuid() == 0:
        missing("PostgreSQL does not run as root, and neither setpriv nor runuser is there")
    return found[-1].parent if found else Path(str(on_path)).parent


def as_postgres() -> list[str]:
    """What stands before a command so that root runs it as the user `postgres`."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv"):
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    return ["runuser", "-u", "postgres", "--"] if shutil.which("runuser") else []


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG; a change of user forgets it
