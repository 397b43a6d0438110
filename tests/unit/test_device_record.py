"""Codes that people type, secrets that nobody stores, and what is made of what was said of a device."""

from __future__ import annotations

import msgspec

from balancer.core.device_record import (
    CODE_LETTERS,
    CODE_LIVES_MS,
    Approval,
    Device,
    Enrolled,
    claim_of,
    device_of,
    device_view,
    opens_device,
    plain_code,
    read_device,
    token_of,
)
from balancer.core.tokens import TOKEN

KEY, NOW = b"k" * 32, 1_700_000_000_000
ENROLLED = Enrolled("0123456789", "display", "center", "ABCEHK", NOW, "00")


def test_a_code_may_be_typed_in_either_script() -> None:
    """The supervisor's keyboard may be Ukrainian, and people put spaces where they like."""
    assert plain_code("ABCEHK") == "ABCEHK"
    assert plain_code(" авс-енк ") == "ABCEHK"
    assert plain_code("мртхАB") == "MPTXAB"
    assert len(set(CODE_LETTERS)) == 10 and not set(CODE_LETTERS) & set("IO01LQDSZ")


def test_a_claim_opens_its_own_device_only() -> None:
    """And its token looks like every token, with the device's id in it."""
    mine, other = claim_of(KEY, "first-key"), claim_of(KEY, "other-key")
    device = device_of(KEY, mine)
    assert opens_device(KEY, device, mine)
    assert not opens_device(KEY, device, other)
    assert not opens_device(b"x" * 32, device, mine)
    found = TOKEN.fullmatch(token_of(KEY, mine))
    assert found is not None and found[1] == device
    assert len({mine, other, token_of(KEY, mine), token_of(KEY, other)}) == 4


def test_what_a_device_is_follows_from_what_was_said() -> None:
    """A revocation outweighs everything, an approval the clock."""
    approved = Approval("Табло 1", NOW)
    assert Device(ENROLLED).status(NOW + CODE_LIVES_MS - 1) == "pending"
    assert Device(ENROLLED).status(NOW + CODE_LIVES_MS) == "expired"
    assert Device(ENROLLED, approved).status(NOW + 10 * CODE_LIVES_MS) == "approved"
    assert Device(ENROLLED, approved, revoked=NOW).status(NOW) == "revoked"
    assert Device(ENROLLED, revoked=NOW).status(NOW) == "revoked"


def test_a_device_is_read_from_the_fields_of_both_hashes() -> None:
    """What is missing was never said."""
    start = msgspec.json.encode(ENROLLED)
    assert read_device({}, {}, ENROLLED.id) is None
    assert read_device({ENROLLED.id: start}, {}, ENROLLED.id) == Device(ENROLLED)
    facts = {
        ENROLLED.id: start,
        f"{ENROLLED.id}:approved": msgspec.json.encode(Approval("Табло 1", NOW)),
        f"{ENROLLED.id}:revoked": b"%d" % (NOW + 5),
    }
    signs = {f"{ENROLLED.id}:used": b"1", f"{ENROLLED.id}:at": b"2", f"{ENROLLED.id}:printer": b"paper_out"}
    assert read_device(facts, signs, ENROLLED.id) == Device(
        ENROLLED, Approval("Табло 1", NOW), NOW + 5, 1, 2, "paper_out"
    )


def test_the_supervisor_sees_the_code_only_while_it_counts() -> None:
    """Afterwards the name stands there."""
    waits = device_view(Device(ENROLLED), "Europe/Kyiv", NOW, silent=False)
    assert (waits.state, waits.code, waits.name, waits.last_seen) == ("pending", "ABCEHK", "", None)
    works = device_view(Device(ENROLLED, Approval("Табло 1", NOW), seen=NOW), "Europe/Kyiv", NOW, silent=True)
    assert (works.state, works.code, works.name, works.silent) == ("approved", None, "Табло 1", True)
    assert works.last_seen == "2023-11-15T00:13:20+02:00"
