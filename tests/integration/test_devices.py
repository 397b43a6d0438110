"""Wall devices: enrolled with a code, approved by a supervisor, heard of, ended.

The first half asks the core on a real store, with real time passed in; the second half real servers.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from balancer.core import devices as devices_module
from balancer.core.connect import Store, connect
from balancer.core.device_record import CODE_LIVES_MS
from balancer.core.devices import KEPT_AFTER_EXPIRY_MS, Devices
from balancer.core.tokens import Tokens
from balancer.errors import BalancerError
from tests.server import Reply, RunningServer, balancer, running_server
from tests.stores import Server, valkey_program
from tests.waiting import wait_until_sync

KEY = b"k" * 32
START = 1_700_000_000_000


class RealTime:
    """Real time that the test moves on."""

    def __init__(self) -> None:
        self.ms = START

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
async def store(valkey: Server, city_name: str) -> AsyncIterator[Store]:
    """One real store."""
    connected = await connect(valkey.url, city_name)
    yield connected
    await connected.close()


def devices_of(store: Store, city: str, time: RealTime, silent_after: float | None = None) -> Devices:
    return Devices(store.writer, city, KEY, silent_after=lambda branch: silent_after, now_ms=time)


async def code_of_refusal(work: object) -> str:
    with pytest.raises(BalancerError) as caught:
        await work  # type: ignore[misc]
    return caught.value.code


async def test_a_device_gets_its_token_once_somebody_approved_it(store: Store, city_name: str) -> None:
    """Another process approves; the token is bound to branch and role, and gone once it was used."""
    time = RealTime()
    one, two = devices_of(store, city_name, time), devices_of(store, city_name, time)
    made, claim = await one.enrol("kiosk", "center", "key-of-the-kiosk")
    assert await one.token_for(made.id, claim) == ("pending", None)
    approved = await two.approve("center", made.code.lower(), "Термінал 2")
    assert approved.approval is not None and approved.approval.name == "Термінал 2"
    state, token = await one.token_for(made.id, claim)
    assert state == "approved" and token is not None
    assert await one.token_for(made.id, claim) == (state, token), "the answer may have been lost"
    record = await Tokens(store.writer, city_name).verify(token)
    assert (record.role, record.branch, record.desk) == ("kiosk", "center", None)
    await two.seen(record.role, record.id)
    assert await one.token_for(made.id, claim) == ("approved", None)


async def test_neither_claim_nor_token_is_stored(store: Store, city_name: str) -> None:
    """Whoever reads the store's files cannot pretend to be a screen."""
    devices = devices_of(store, city_name, RealTime())
    made, claim = await devices.enrol("display", "center", "key-of-the-hall")
    await devices.approve("center", made.code, "Табло")
    token = (await devices.token_for(made.id, claim))[1]
    assert token is not None
    kept = b""
    for key in (devices._keys.devices, devices._keys.device_signs, devices._keys.tokens):
        kept += b"".join(await store.writer.command("HVALS", key, writes=False))
    for secret in (claim, token.rpartition(".")[2], "key-of-the-hall"):
        assert secret.encode() not in kept


async def test_an_enrolment_under_the_same_key_is_the_same_device(store: Store, city_name: str) -> None:
    """A lost answer leaves no second code behind; the key cannot be used for anything else."""
    devices = devices_of(store, city_name, RealTime())
    first = await devices.enrol("kiosk", "center", "one-key-1")
    assert await devices.enrol("kiosk", "center", "one-key-1") == first
    assert await code_of_refusal(devices.enrol("kiosk", "village", "one-key-1")) == "idempotency_key_reused"
    assert len(await devices.of_branch("center")) == 1


async def test_a_code_counts_in_its_branch_and_for_a_quarter_of_an_hour(store: Store, city_name: str) -> None:
    """Then the device is told so, and forgotten with the next one that comes."""
    time = RealTime()
    devices = devices_of(store, city_name, time)
    made, claim = await devices.enrol("display", "center", "key-of-the-hall")
    assert await code_of_refusal(devices.approve("village", made.code, "x")) == "device_code_unknown"
    assert await code_of_refusal(devices.approve("center", "AAAAA", "x")) == "device_code_unknown"
    time.ms += CODE_LIVES_MS
    assert await code_of_refusal(devices.approve("center", made.code, "x")) == "device_code_unknown"
    assert await devices.token_for(made.id, claim) == ("expired", None)
    assert await devices.of_branch("center") == []
    time.ms += KEPT_AFTER_EXPIRY_MS + 1
    await devices.enrol("display", "center", "key-of-another")
    assert await code_of_refusal(devices.token_for(made.id, claim)) == "unknown_device"


async def test_revoked_is_revoked_whoever_else_speaks(store: Store, city_name: str) -> None:
    """Before the approval, after it, and by the token alone."""
    devices, tokens = devices_of(store, city_name, RealTime()), Tokens(store.writer, city_name)
    refused, _ = await devices.enrol("kiosk", "center", "key-refused")
    await devices.revoke("center", refused.id)
    assert await code_of_refusal(devices.approve("center", refused.code, "x")) == "device_code_unknown"
    made, claim = await devices.enrol("kiosk", "center", "key-ended")
    await devices.approve("center", made.code, "Термінал")
    token = (await devices.token_for(made.id, claim))[1]
    assert token is not None
    assert await code_of_refusal(devices.revoke("village", made.id)) == "unknown_device"
    await devices.revoke("center", made.id)
    assert await code_of_refusal(tokens.verify(token)) == "token_invalid"
    assert await devices.token_for(made.id, claim) == ("revoked", None)
    assert await code_of_refusal(devices.approve("center", made.code, "x")) == "device_code_unknown"
    third, claim = await devices.enrol("kiosk", "center", "key-by-token")
    await devices.approve("center", third.code, "Термінал 3")
    await tokens.revoke(third.id)
    assert await devices.token_for(third.id, claim) == ("revoked", None)


async def test_who_is_heard_of_in_one_process_is_heard_of_in_all(store: Store, city_name: str) -> None:
    """Silence counts from the last sign of life anywhere; a printer's word stands beside it."""
    time = RealTime()
    one, two = devices_of(store, city_name, time, 120), devices_of(store, city_name, time, 120)
    made, _ = await one.enrol("kiosk", "center", "key-of-the-kiosk")
    await one.approve("center", made.code, "Термінал 1")
    time.ms += 121_000
    assert [each.enrolled.id for each in await two.silent("center")] == [made.id]
    await one.seen("kiosk", made.id)
    await one.report(made.id, "paper_low")
    assert await two.silent("center") == []
    (device,) = await two.of_branch("center")
    assert (device.seen, device.printer) == (time.ms, "paper_low")
    view = two.view(device, "Europe/Kyiv")
    assert (view.name, view.silent, view.printer) == ("Термінал 1", False, "paper_low")
    time.ms += 121_000
    assert [each.enrolled.id for each in await two.silent("center")] == [made.id]
    newcomer = devices_of(store, city_name, time, 120)
    assert await newcomer.silent("center") == [], "a process that has just begun could not hear it"
    assert await devices_of(store, city_name, time, None).silent("center") == [], "closed"


async def test_a_token_made_by_hand_is_no_device(store: Store, city_name: str) -> None:
    """Its requests leave no signs behind."""
    devices = devices_of(store, city_name, RealTime())
    await devices.seen("display", "0123456789")
    assert await store.writer.command("HLEN", devices._keys.device_signs, writes=False) == 0


async def test_nobody_fills_the_store_with_devices(
    store: Store, city_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a bound they must wait until others have expired."""
    monkeypatch.setattr(devices_module, "MOST_PENDING", 3)
    time = RealTime()
    devices = devices_of(store, city_name, time)
    for number in range(3):
        await devices.enrol("kiosk", "center", f"key-number-{number}")
    assert await code_of_refusal(devices.enrol("kiosk", "center", "one-too-many")) == "rate_limited"
    time.ms += CODE_LIVES_MS
    await devices.enrol("kiosk", "center", "one-too-many")


# --- real servers ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store that two servers share."""
    store = Server(valkey_program(), tmp_path_factory.mktemp("store"), {})
    store.start()
    yield store
    store.kill()


@pytest.fixture(scope="module")
def pair(
    shared: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningServer, RunningServer]]:
    """Two server processes on one store."""
    folder = tmp_path_factory.mktemp("servers")
    with (
        running_server(folder / "one", redis=shared.url) as one,
        running_server(folder / "two", redis=shared.url) as two,
    ):
        yield one, two


def enrol(server: RunningServer, kind: str = "display", branch: str = "center") -> Reply:
    return server.command(f"{server.city_url}/devices", {"kind": kind, "branch": branch})


def claim(server: RunningServer, made: Reply) -> Reply:
    return server.ask("GET", made.headers["location"], token=made.json["claim"])


def test_a_screen_is_let_in_and_ended(shared: Server, pair: tuple[RunningServer, RunningServer]) -> None:
    """Enrolled at one process, approved at the other, revoked: refused at both within a second or so."""
    one, two = pair
    chief = two.token("supervisor", "center")
    made = enrol(one)
    assert made.status == 201 and len(made.json["code"]) == 6
    assert claim(two, made).json == {"state": "pending", "token": None}
    devices = f"{two.branch_url('center')}/devices"
    body = {"code": made.json["code"], "name": "Табло в холі"}
    approved = two.command(f"{devices}/approve", body, token=chief)
    assert approved.status == 200, approved.body
    assert (approved.json["device"]["state"], approved.json["device"]["name"]) == ("approved", "Табло в холі")
    token = claim(one, made).json["token"]
    for server in pair:
        assert server.ask("GET", f"{server.branch_url('center')}/calls", token=token).status == 200
        assert server.ask("GET", f"{server.branch_url('village')}/calls", token=token).code == "forbidden"
    assert claim(two, made).json == {"state": "approved", "token": None}, "it was used"
    said = one.command(f"{one.branch_url('center')}/devices/state", {"printer": None}, token=token)
    assert said.status == 200
    listed = {each["device"]: each for each in two.ask("GET", devices, token=chief).json["devices"]}
    mine = listed[made.json["device"]]
    assert mine["last_seen"] and not mine["silent"] and mine["code"] is None
    ended = two.command(f"{devices}/{made.json['device']}/revoke", token=chief)
    assert ended.json["device"]["state"] == "revoked"
    for server in pair:
        wait_until_sync(
            lambda server=server: (  # type: ignore[misc]
                server.ask("GET", f"{server.branch_url('center')}/calls", token=token).status == 401
            ),
            within=3,
            what="the end of the token",
        )
    assert claim(one, made).json["state"] == "revoked"
    assert deeds(shared.url, made.json["device"]) == ["device_approved", "device_revoked"]


def deeds(redis: str, device: str) -> list[str]:
    """What the log says of a device."""
    lines = [line for line in balancer("events", "--redis", redis).stdout.splitlines() if device in line]
    return [word for line in lines for word in re.findall(r"device_\w+", line)]


def test_a_device_is_opened_by_its_own_claim(pair: tuple[RunningServer, RunningServer]) -> None:
    """Neither without one, nor by another's; wrong words are told what is wrong."""
    one, _ = pair
    mine, other = enrol(one), enrol(one, "kiosk")
    path = mine.headers["location"]
    assert one.ask("GET", path).code == "token_missing"
    assert one.ask("GET", path, token=other.json["claim"]).code == "secret_invalid"
    assert enrol(one, branch="atlantis").code == "unknown_branch"
    assert enrol(one, kind="desk").code == "invalid_field"
    chief = one.token("supervisor", "center")
    approve = f"{one.branch_url('center')}/devices/approve"
    unnamed = one.command(approve, {"code": mine.json["code"], "name": "  "}, token=chief)
    assert unnamed.code == "invalid_field"


def test_codes_cannot_be_tried_one_after_another(pair: tuple[RunningServer, RunningServer]) -> None:
    """Wrong ones are counted per token; after a few, even more tries are put off."""
    _, two = pair
    chief = two.token("supervisor", "village")
    path = f"{two.branch_url('village')}/devices/approve"
    codes = [
        two.command(path, {"code": "AAAAAA", "name": uuid.uuid4().hex}, token=chief).code for _ in range(15)
    ]
    assert codes[0] == "device_code_unknown" and codes[-1] == "rate_limited"


def test_nobody_enrols_without_end(tmp_path: Path) -> None:
    """One address brings a whole centre's screens, not a thousand."""
    with running_server(tmp_path) as server:
        codes = [enrol(server).status for _ in range(40)]
    assert codes[0] == 201 and codes[-1] == 429


def test_the_command_does_what_the_page_does(
    shared: Server, pair: tuple[RunningServer, RunningServer]
) -> None:
    """Beside the running server; what is wrong is told in a line."""
    one, _ = pair
    made = enrol(one, "kiosk", "village")
    place = ("--branch", "village", "--redis", shared.url)
    waiting = balancer("devices", "list", *place).stdout
    assert f"{made.json['device']}  kiosk    village           pending   code {made.json['code']}" in waiting
    let_in = balancer("devices", "approve", made.json["code"], "--name", "Термінал 2", *place)
    assert let_in.returncode == 0, let_in.stderr
    token = claim(one, made).json["token"]
    assert one.issue("village", "extract", token=token).status == 201
    assert "approved  Термінал 2  last heard of" in balancer("devices", "list", *place).stdout
    assert balancer("devices", "revoke", made.json["device"], *place).returncode == 0
    assert claim(one, made).json["state"] == "revoked"
    wrong = balancer("devices", "approve", "AAAAAA", "--name", "x", *place)
    assert wrong.returncode == 1 and "shows that code" in wrong.stderr
    assert "no branch atlantis" in balancer("devices", "list", "--branch", "atlantis", *place[2:]).stderr
