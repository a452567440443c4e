"""Signals in words: how many stand out, and an area's as one line."""

import pandas as pd

from vrin_data.report.signal_words import headline, searched_words, sentence, signal_lines

ROW = {
    "area_code": "E06000018",
    "area_name": "Nottingham",
    "level": "district",
    "definition_name": "Violence with injury",
    "figure": "incidents",
    "direction": "high",
    "cause": "run",
    "since_month": pd.Timestamp(2025, 4, 1),
    "recent_mean": 86.36,
    "usual_mean": 63.0,
    "beside": "",
}
SEARCHED = {
    "state": "searched",
    "found_count": 3,
    "searched_count": 1420,
    "since_month": pd.Timestamp(2026, 1, 1),
    "failure": "",
}


def test_the_headline_says_how_many_of_how_many_or_why_not() -> None:
    assert headline(SEARCHED) == "3 of 1,420 series searched stand out; the earliest since January 2026."
    assert headline({**SEARCHED, "found_count": 1}).startswith("1 of 1,420 series searched stands out")
    nothing = {**SEARCHED, "found_count": 0, "since_month": pd.NaT}
    assert headline(nothing) == "No watched series stands out, of 1,420 series searched."
    assert headline({**nothing, "state": "not searched"}).startswith(
        "The series of this build were not searched"
    )
    failed = {**nothing, "state": "failed", "failure": "MemoryError"}
    assert headline(failed) == "The search for signals did not end: MemoryError."


def test_a_sentence_says_which_way_since_when_and_by_which_rule() -> None:
    assert sentence(ROW) == (
        "higher than usual since April 2025: 86.4 a month on average since, 63.0 before (part of 7 or more months "
        "above the middle)"
    )
    fall = {
        **ROW,
        "figure": "harm",
        "direction": "low",
        "cause": "outside",
        "recent_mean": 12345.6,
        "usual_mean": None,
    }
    assert (
        sentence(fall)
        == "lower than usual since April 2025: 12,346 days a month on average since (outside the limits)"
    )


def test_a_series_that_moves_one_way_is_not_said_to_have_a_new_level() -> None:
    assert sentence({**ROW, "cause": "trend"}).startswith(
        "rose for some months running, from April 2025: 86.4 a month on average since, 63.0 before"
    )


def test_what_was_not_searched_is_said_beside_what_was() -> None:
    assert searched_words({**SEARCHED, "watched_count": 1500}).startswith(
        "1,500 series are watched, whatever is chosen above, and 1,420 of them could be searched. The other 80 "
    )
    assert searched_words({"state": "not searched"}) == ""


def test_the_signals_of_an_area_are_one_line_with_what_stands_beside() -> None:
    rows = [
        ROW,
        {**ROW, "definition_name": "Serious violence, Norfolk", "beside": "May 2025: new codes"},
        {**ROW, "area_code": "E23000019", "area_name": "Nottinghamshire", "level": "force"},
        {**ROW, "direction": "low"},
    ]
    lines = signal_lines(pd.DataFrame(rows))
    assert [line.head for line in lines] == [
        "Nottingham: incidents, Violence with injury",
        "Nottinghamshire: incidents, Violence with injury",
        "Nottingham: incidents, Violence with injury",
    ]
    assert lines[0].tail.endswith(". The same of Serious violence, Norfolk")
    assert lines[0].beside == "May 2025: new codes"
    many = signal_lines(pd.DataFrame([{**ROW, "definition_name": f"number {one}"} for one in range(7)]))
    assert many[0].tail.endswith("The same of 6 more definitions")
    assert signal_lines(pd.DataFrame([ROW]).iloc[:0]) == []
