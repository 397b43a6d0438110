"""`balancer city`: a file is judged before it counts, and a running city changes under its visitors' feet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.city_files import SMALL, spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync


def balancer(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "balancer", *words], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city, running."""
    with running_server(tmp_path_factory.mktemp("city")) as running:
        yield running


def written(folder: Path, *changes: tuple[str, str]) -> str:
    """A file with the small city, changed so."""
    file = folder / "dolyna.toml"
    file.write_text(spoiled(*changes), "utf-8")
    return str(file)


def test_a_right_file_passes_the_check(tmp_path: Path) -> None:
    """One line says what is in it."""
    done = balancer("city", "check", written(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Dolyna, 2 branches, 4 queues, 5 desks, 3 services" in done.stdout
    assert "Kharkiv, 15 branches" in balancer("city", "check", "kharkiv").stdout


def test_a_wrong_file_is_reported_whole(tmp_path: Path) -> None:
    """Each fault with file and line, so that an editor can jump there; the remedy below."""
    file = written(tmp_path, ("lat = 48.97", "lat = 148.97"), ('queues = ["all"]', 'queues = ["al"]'))
    done = balancer("city", "check", file)
    line = SMALL[: SMALL.index("lat =")].count("\n") + 1
    assert (done.returncode, done.stdout) == (1, "")
    assert f'{file}:{line}: fault: branches[1] "center" › lat: 148.97 does not fit here' in done.stderr
    assert "    Write a number from -90 to 90.\n" in done.stderr
    assert 'there is no queue in this branch "al"' in done.stderr
    assert done.stderr.endswith("faults\n")


def test_warnings_do_not_fail_the_check(tmp_path: Path) -> None:
    """They are told all the same."""
    done = balancer("city", "check", written(tmp_path, ('thu = "09:00-20:00"', "")))
    assert done.returncode == 0
    assert ": warning: hours: never open until 20:00" in done.stderr


def test_a_file_that_is_not_there() -> None:
    """Without a traceback."""
    done = balancer("city", "check", "nowhere.toml")
    assert done.returncode == 1
    assert done.stderr.startswith("nowhere.toml: fault: the file: cannot be read (No such file or directory)")
    assert "Traceback" not in done.stderr


def test_a_running_city_changes_without_a_restart(server: RunningServer, tmp_path: Path) -> None:
    """A new desk and a new name are there for readers and for the desk's clerk at once."""
    file = written(tmp_path, ('ids = "4"', 'ids = "4, 9"'), ('en = "Centre"', 'en = "Main Centre"'))
    dry = balancer("city", "apply", file, "--dry-run", "--data", str(server.data))
    assert dry.stdout.splitlines() == [
        "~ branch center: name “Центр” / “Centre” → “Центр” / “Main Centre”",
        "+ branch center: desk 9",
    ]
    before = server.ask("GET", server.city_url).json
    done = balancer("city", "apply", file, "--data", str(server.data))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(dry.stdout)
    assert f"Applied: definition {before['version'] + 1} of dolyna" in done.stdout
    after = wait_until_sync(
        lambda: (seen := server.ask("GET", server.city_url).json)["version"] > before["version"] and seen,
        what="the new definition",
    )
    assert after["branches"][0]["name"]["en"] == "Main Centre"
    assert [desk["desk"] for desk in after["branches"][0]["desks"]] == ["1", "2", "3", "4", "9"]
    assert server.desk("center", "9", "open").status == 200
    again = balancer("city", "apply", file, "--data", str(server.data))
    assert again.stdout == "Nothing changes.\n"


def test_nobody_is_left_without_a_line(server: RunningServer, tmp_path: Path) -> None:
    """While somebody waits for a queue, the queue cannot be taken away; the refusal says how many wait."""
    issued = server.issue("center", "advice")
    assert issued.status == 201, issued.body
    file = written(
        tmp_path,
        ('queues = ["papers", "advice"]', 'queues = ["papers"]'),
        ("lat = 48.97", 'without = ["advice"]\nlat = 48.97'),
    )
    before = server.ask("GET", server.city_url).json["version"]
    done = balancer("city", "apply", file, "--data", str(server.data))
    assert done.returncode == 1
    assert "queue center/advice: 1" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert server.ask("GET", server.city_url).json["version"] == before


def test_a_faulty_file_is_never_applied(server: RunningServer, tmp_path: Path) -> None:
    """It ends at the check."""
    done = balancer("city", "apply", written(tmp_path, ("lat = 48.97", "")), "--data", str(server.data))
    assert done.returncode == 1
    assert '"lat" is missing' in done.stderr
    assert done.stdout == ""
