"""Faults read well: place, line, problem, remedy."""

from __future__ import annotations

from balancer.city.faults import CityFaults, Fault, Findings, did_you_mean, place_in_words, some_of

DOCUMENT = {
    "branches": [
        {"branch": "center", "desks": [{"ids": "1-3", "agency": "pension-fund"}]},
        {"queues": ["papers", {"queue": "advice"}], "hours": {"exceptions": [{"date": "01-01"}]}},
    ]
}


def test_places_count_from_one_and_carry_the_id_a_person_knows() -> None:
    """Rows are named by their own id, not by the first one in them."""
    assert place_in_words(("branches", 0, "desks", 0, "agency"), DOCUMENT) == (
        'branches[1] "center" › desks[1] "1-3" › agency'
    )
    assert place_in_words(("branches", 1, "queues", 1), DOCUMENT) == 'branches[2] › queues[2] "advice"'
    assert place_in_words(("branches", 1, "queues", 0), DOCUMENT) == "branches[2] › queues[1]"
    assert place_in_words(("branches", 1, "hours", "exceptions", 0), DOCUMENT) == (
        'branches[2] › hours › exceptions[1] "01-01"'
    )
    assert place_in_words(("branches", 7, "x"), DOCUMENT) == "branches[8] › x"
    assert place_in_words((), DOCUMENT) == "the file"


def test_a_report_is_in_the_order_of_the_file_without_repeats() -> None:
    """What was found twice stands once; what has no line of its own takes that of its surroundings."""
    findings = Findings()
    findings.warning(("b",), "second", "do")
    findings.fault(("a", "missing"), "first", "do")
    findings.fault(("a", "missing"), "first", "do")
    found = findings.report({"a": {}, "b": 1}, {("a",): 1, ("b",): 4})
    assert [(fault.problem, fault.line, fault.warning) for fault in found] == [
        ("first", 1, False),
        ("second", 4, True),
    ]
    assert findings.fatal


def test_warnings_alone_stop_nothing() -> None:
    """Only faults are fatal."""
    findings = Findings()
    findings.warning((), "odd", "look")
    assert not findings.fatal


def test_the_nearest_word_is_offered() -> None:
    """A slip of the pen is understood; nonsense gets the general remedy."""
    assert did_you_mean("pasport", ["passport", "family"], "x") == 'Did you mean "passport"?'
    assert did_you_mean("zzz", ["passport"], "otherwise") == "otherwise"
    assert some_of("abcd", 2) == '"a", "b" and 2 more'
    assert some_of("ab", 2) == '"a", "b"'


def test_the_exception_counts_faults_only() -> None:
    """Warnings ride along but are not what stops the city."""
    error = CityFaults(
        "c.toml", [Fault("lat", 3, "bad", "Mend it."), Fault("x", None, "odd", "Look.", warning=True)]
    )
    assert str(error) == "c.toml: 1 fault\nline 3, lat: bad. Mend it."
    assert len(error.faults) == 2
