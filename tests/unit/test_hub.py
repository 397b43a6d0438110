"""One encoded frame for everybody, what each watcher is promised, and no harm from one that breaks."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

import pytest

from balancer.live.hub import Encoder, Hub
from balancer.live.outbox import Outbox, Part


def plain(kind: str, payload: bytes) -> bytes:
    return payload + b"\n"


def loud(kind: str, payload: bytes) -> bytes:
    return kind.upper().encode() + payload + b"\n"


class Watcher:
    """A client that writes down what it gets; `room` writes until it blocks, None = never."""

    def __init__(self, hub: Hub, encoder: Encoder = plain, room: int | None = None) -> None:
        self.encoder = encoder
        self.hub = hub
        self.room = room
        self.got: list[bytes] = []
        self.outbox = Outbox()
        self.since: float | None = None
        self.aborted = False
        self.broken = False

    def write(self, payload: bytes) -> None:
        if self.broken:
            raise RuntimeError("the handler is closed")
        assert self.since is None, "written to while blocked"
        self.got.append(payload)
        if self.room is not None:
            self.room -= 1
            if self.room <= 0:
                self.since = 0.0
                self.hub.block(self)

    def drain(self, room: int | None = None) -> None:
        self.room, self.since = room, None
        self.hub.unblock(self)
        waited = self.outbox.take()
        if waited:
            self.write(waited)

    def hold(self, parts: Sequence[Part]) -> None:
        self.outbox.hold(parts)

    def blocked_seconds(self, now: float) -> float:
        return 0.0 if self.since is None else now - self.since

    def abort(self) -> None:
        self.aborted = True

    async def close(self, code: int, reason: str) -> None:
        self.hub.leave(self)

    @property
    def lines(self) -> list[bytes]:
        return b"".join(self.got).splitlines()


def joined(hub: Hub, branches: frozenset[str] | None = None, **how: object) -> Watcher:
    watcher = Watcher(hub, **how)  # type: ignore[arg-type]
    hub.join(watcher, branches)
    return watcher


def test_everybody_gets_the_same_bytes_object() -> None:
    hub = Hub()
    first, second = joined(hub), joined(hub)
    hub.publish("centre", b"{}")
    assert first.got == [b"{}\n"]
    assert first.got[0] is second.got[0]


def test_a_frame_is_encoded_once_a_wire_however_many_watch() -> None:
    made: list[str] = []

    def counting(kind: str, payload: bytes) -> bytes:
        made.append(kind)
        return payload

    hub = Hub()
    for _ in range(50):
        joined(hub, encoder=counting)
    other = joined(hub, encoder=loud)
    hub.publish("centre", b"1")
    assert made == ["branch"]
    assert other.lines == [b"BRANCH1"]


def test_frames_of_one_pass_arrive_in_one_piece_and_only_what_is_watched() -> None:
    hub = Hub()
    everything, harbour, nothing = joined(hub), joined(hub, frozenset({"harbour"})), joined(hub, frozenset())
    for _ in hub.passing({"centre": b"c", "harbour": b"h"}):
        pass
    assert everything.got == [b"c\nh\n"]
    assert harbour.got == [b"h\n"]
    assert nothing.got == []


def test_who_left_gets_nothing_even_in_the_middle_of_a_pass() -> None:
    hub = Hub()
    watchers = [joined(hub) for _ in range(4)]
    for _ in hub.passing({"centre": b"c"}, chunk=1):
        hub.leave(watchers[-1])
    assert [len(each.got) for each in watchers] == [1, 1, 1, 0]
    hub.leave(watchers[-1])
    assert len(hub) == 3


def test_who_joins_during_a_pass_is_not_sent_the_older_state() -> None:
    """It was given the newest states when it joined; this pass may carry older ones, in any group."""
    hub = Hub()
    joined(hub), joined(hub, frozenset({"centre"}))
    late: list[Watcher] = []
    for _ in hub.passing({"centre": b"old"}, chunk=1):
        if not late:
            late = [joined(hub), joined(hub, frozenset({"centre"})), joined(hub, encoder=loud)]
    assert [each.got for each in late] == [[], [], []]
    hub.publish("centre", b"new")
    assert [each.lines[-1:] for each in late] == [[b"new"], [b"new"], [b"BRANCHnew"]]


def test_a_blocked_client_skips_states_and_gets_the_newest_when_it_reads_again() -> None:
    hub = Hub()
    slow, quick = joined(hub, room=1), joined(hub)
    for number in range(100):
        hub.publish("centre", b"c%d" % number)
        hub.publish("harbour", b"h%d" % number)
    assert slow.lines == [b"c0"]
    assert len(slow.outbox) == 2
    slow.drain()
    assert slow.lines[0] == b"c0" and sorted(slow.lines[1:]) == [b"c99", b"h99"]
    assert len(quick.lines) == 200


def test_a_client_that_blocks_between_two_steps_of_a_pass_holds_its_frame() -> None:
    hub = Hub()
    _, late = joined(hub), joined(hub)
    for _ in hub.passing({"centre": b"c"}, chunk=1):
        late.since = 0.0
        hub.block(late)
    assert late.got == []
    late.drain()
    assert late.lines == [b"c"]


def test_one_broken_transport_does_not_keep_the_frame_from_the_others() -> None:
    hub = Hub()
    before, broken, after = joined(hub), joined(hub), joined(hub)
    broken.broken = True
    hub.publish("centre", b"c")
    assert (before.lines, after.lines) == ([b"c"], [b"c"])


def test_only_those_who_take_nothing_for_long_are_cut_off() -> None:
    hub = Hub(abort_after=10.0)
    stuck, slow, quick = joined(hub, room=1), joined(hub, room=1), joined(hub)
    hub.publish("centre", b"c")
    slow.since = 5.0
    assert hub.sweep(9.9) == 0
    assert hub.sweep(10.0) == 1
    assert (stuck.aborted, slow.aborted, quick.aborted) == (True, False, False)
    assert stuck not in hub
    assert hub.aborted == 1


def test_beats_reach_all_and_a_blocked_client_keeps_one() -> None:
    hub = Hub()
    slow, narrow = joined(hub, room=1), joined(hub, frozenset({"centre"}), encoder=loud)
    hub.publish("centre", b"c")
    for number in range(3):
        hub.broadcast("beat", b"b%d" % number)
    assert narrow.lines == [b"BRANCHc", b"BEATb0", b"BEATb1", b"BEATb2"]
    slow.drain()
    assert slow.lines == [b"c", b"b2"]


def test_telling_one_client_leaves_the_others_alone() -> None:
    hub = Hub()
    one, other = joined(hub), joined(hub)
    hub.tell(one, "reconnect", b"r")
    hub.leave(one)
    hub.tell(one, "reconnect", b"again")
    assert (one.lines, other.lines) == ([b"r"], [])


@pytest.mark.parametrize("seed", range(30))
def test_any_order_of_joining_blocking_and_leaving_keeps_the_promises(seed: int) -> None:
    """Per client and branch the numbers never fall, and whoever can read ends with the newest."""
    dice = random.Random(seed)
    hub = Hub()
    newest = {"a": 0, "b": 0, "c": 0}
    watchers: list[Watcher] = []

    def anything() -> None:
        act = dice.random()
        if act < 0.3:
            chosen = dice.choice([None, frozenset({"a"}), frozenset({"a", "b"})])
            watcher = joined(hub, chosen, room=dice.choice([None, 1, 3]))
            watcher.got.extend(json.dumps([b, n]).encode() + b"\n" for b, n in newest.items())
            watchers.append(watcher)
        elif act < 0.5 and watchers:
            hub.leave(dice.choice(watchers))
        elif watchers:
            chosen_one = dice.choice(watchers)
            if chosen_one.since is not None:
                chosen_one.drain(dice.choice([None, 2]))

    for _ in range(200):
        newest.update({branch: newest[branch] + 1 for branch in dice.sample(sorted(newest), 2)})
        frames = {branch: json.dumps([branch, number]).encode() for branch, number in newest.items()}
        for _ in hub.passing(frames, chunk=dice.randint(1, 4)):
            anything()
    for watcher in hub.clients():
        watcher.drain()
        assert numbers_seen(watcher)["a"][-1] == newest["a"], seed
    for watcher in watchers:
        assert all(numbers == sorted(numbers) for numbers in numbers_seen(watcher).values()), seed


def numbers_seen(watcher: Watcher) -> dict[str, list[int]]:
    seen: dict[str, list[int]] = {}
    for line in watcher.lines:
        branch, number = json.loads(line)
        seen.setdefault(branch, []).append(number)
    return seen
