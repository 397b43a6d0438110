"""The setting `--alarm-region`: regions for all branches, others for some, faults named."""

from __future__ import annotations

import pytest

from balancer.alarms.regions import parse_regions


def test_one_list_for_all_and_others_for_a_branch_elsewhere() -> None:
    """All regions that contain a branch are named; a branch of its own has none of the others."""
    regions = parse_regions("22, 124,1293 ; vrm-rohan = 22,130")
    assert regions.of("shevchenk") == {"22", "124", "1293"}
    assert regions.of("vrm-rohan") == {"22", "130"}
    assert regions.strangers(["shevchenk"]) == ["vrm-rohan"]
    assert regions.strangers(["shevchenk", "vrm-rohan"]) == []


@pytest.mark.parametrize("text", ["", " ; ", "a=", "=", "22;x=,", "Харківська область"])
def test_what_names_no_regions_is_refused(text: str) -> None:
    """At the start, with the setting's name, and not when the siren sounds."""
    with pytest.raises(ValueError, match="--alarm-region"):
        parse_regions(text)
