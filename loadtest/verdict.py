"""What a replay found: the board's figures against the record's, pair by pair and queue by queue. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

import msgspec

from loadtest.warsaw import WarsawDay
from predictors.traces import Trace, changed


class Pair(msgspec.Struct, frozen=True):
    """One queue at one recorded snapshot: the record's L and C, and the board's. `wait` and `p50` in
    minutes.
    """

    queue: str
    snapshot: int
    changed: bool
    waiting: tuple[int, int]
    called: tuple[int, int]
    rebuilt_wait: float | None = None
    p50: float | None = None

    @property
    def difference(self) -> int:
        """How far the board is from the record, in tickets; 0 = equal."""
        return max(abs(self.waiting[0] - self.waiting[1]), abs(self.called[0] - self.called[1]))


class Totals(msgspec.Struct):
    """Tickets of one queue over the day."""

    issued: int = 0
    called: int = 0
    left: int = 0

    @classmethod
    def of(cls, queues: Iterable[Totals]) -> Totals:
        """The sum over queues."""
        every = list(queues)
        return cls(*(sum(getattr(each, name) for each in every) for name in cls.__struct_fields__))


@dataclass(frozen=True)
class Run:
    """How the replay went; the fields of the report of the same names."""

    speed: float
    seconds: float
    behind_minutes: float
    commands: int
    refused: int
    repeats: int
    rate_limited: int


class Report(msgspec.Struct):
    """The replay's result as `--json` writes it. Pairs are (queue, snapshot); `worst` is in tickets.

    `pairs` counts all recorded ones, `usable` those of the `usable_queues`, `changed` the usable ones where L
    or C differs from the snapshot before. `issued, called, left` come from the server, `record` from the
    file. `mae_p50`: minutes, over the `mae_pairs` with somebody waiting, a known wait and a p50.
    `behind_minutes`: how far in city time the replay fell behind the clock at the most. `seconds`: real time.
    `refusals`: refused commands by code.
    """

    date: str
    offices: int
    queues: int
    usable_queues: int
    pairs: int
    usable: int
    changed: int
    equal: int
    equal_changed: int
    queues_equal: int
    worst: int
    refused: int
    issued: int
    called: int
    left: int
    record: Totals
    mae_p50: float | None
    mae_pairs: int
    excluded: dict[str, int]
    speed: float
    seconds: float
    behind_minutes: float
    refusals: dict[str, int]
    commands: int
    repeats: int
    rate_limited: int

    @property
    def holds(self) -> bool:
        """Whether board and record agree everywhere and nothing was refused."""
        return self.equal == self.usable and self.queues_equal == self.usable_queues and self.refused == 0


@dataclass
class Verdict:
    """Collects pairs, totals and what was refused while the replay runs."""

    pairs: list[Pair] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    served: dict[str, Totals] = field(default_factory=dict)
    recorded: dict[str, Totals] = field(default_factory=dict)

    def report(self, day: WarsawDay, run: Run) -> Report:
        """The whole result."""
        queues = list(day.queues())
        usable = [queue.trace for queue in queues if isinstance(queue.trace, Trace)]
        equal = [pair for pair in self.pairs if pair.difference == 0]
        served, recorded = Totals.of(self.served.values()), Totals.of(self.recorded.values())
        errors = self._errors()
        return Report(
            date=day.date.isoformat(),
            offices=len(day.offices),
            queues=len(queues),
            usable_queues=len(usable),
            pairs=sum(len(queue.record.minutes) for queue in queues),
            usable=sum(len(trace.minutes) for trace in usable),
            changed=sum(int(changed(trace).sum()) for trace in usable),
            equal=len(equal),
            equal_changed=sum(pair.changed for pair in equal),
            queues_equal=sum(self.served.get(queue) == totals for queue, totals in self.recorded.items()),
            worst=max((pair.difference for pair in self.pairs), default=0),
            issued=served.issued,
            called=served.called,
            left=served.left,
            record=recorded,
            mae_p50=round(sum(errors) / len(errors), 2) if errors else None,
            mae_pairs=len(errors),
            excluded=day.excluded(),
            refusals=dict(Counter(self.refusals)),
            **asdict(run),
        )

    def _errors(self) -> list[float]:
        """|p50 − rebuilt wait| in minutes wherever somebody waited and both are known."""
        return [
            abs(pair.p50 - pair.rebuilt_wait)
            for pair in self.pairs
            if pair.waiting[0] > 0 and pair.p50 is not None and pair.rebuilt_wait is not None
        ]


def summary(report: Report) -> str:
    """The report for a reader."""
    record = report.record
    lines = [
        f"{report.date}: {report.offices} offices, {report.queues} queues,"
        f" {report.usable_queues} usable{_named(report.excluded)}",
        f"equal: {report.equal} of {report.usable} usable pairs,"
        f" {report.equal_changed} of {report.changed} changed ones; worst {report.worst}",
        f"issued {report.issued}, called {report.called}, left {report.left}"
        f" (record: {record.issued}, {record.called}, {record.left});"
        f" {report.queues_equal} of {report.usable_queues} queues equal",
        f"refused commands: {report.refused} of {report.commands}{_named(report.refusals)};"
        f" repeated {report.repeats}, rate limited {report.rate_limited}",
        f"board's p50 against rebuilt waits: {report.mae_p50} min over {report.mae_pairs} pairs",
        f"{report.seconds} s at speed {report.speed:g};"
        f" at most {report.behind_minutes} city minutes behind the clock",
    ]
    return "\n".join(lines)


def _named(counts: dict[str, int]) -> str:
    """Counts by name in brackets; nothing where there are none."""
    return f" ({', '.join(f'{name} {count}' for name, count in counts.items())})" if counts else ""
