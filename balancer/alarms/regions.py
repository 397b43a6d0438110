"""Which regions of a feed concern which branch: the setting `--alarm-region`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXAMPLE = "22,124,1293 or 22,124,1293; vrm-rohan=22,124"


@dataclass(frozen=True)
class BranchRegions:
    """Region ids for all branches (`usual`) and for those that lie elsewhere (`own`). An alarm in any one of
    a branch's regions is an alarm for the branch: alarms come for a whole oblast, a district or a community,
    so all that contain the branch are named.
    """

    usual: frozenset[str]
    own: Mapping[str, frozenset[str]]

    def of(self, branch: str) -> frozenset[str]:
        """The regions that contain a branch."""
        return self.own.get(branch, self.usual)

    def strangers(self, branches: Iterable[str]) -> list[str]:
        """Branches that are named here and do not exist."""
        return sorted(set(self.own) - set(branches))


def parse_regions(text: str) -> BranchRegions:
    """`IDS[; BRANCH=IDS…]`, ids by commas; ValueError says which part is wrong."""
    usual: frozenset[str] = frozenset()
    own: dict[str, frozenset[str]] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        branch, equals, ids = part.rpartition("=")
        named = frozenset(each.strip() for each in ids.split(",") if each.strip())
        if not named or not all(each.isalnum() for each in named):
            raise ValueError(f"--alarm-region: {part!r} names no regions; such as {EXAMPLE}")
        if equals:
            own[branch.strip()] = named
        else:
            usual |= named
    if not usual and not own:
        raise ValueError(f"--alarm-region: name the regions of this city, such as {EXAMPLE}")
    return BranchRegions(usual, own)
