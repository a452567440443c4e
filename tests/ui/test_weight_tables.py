"""Weights to review: what an offence may weigh, what stands for it, and whose choice that is."""

from datetime import datetime

import pytest

from vrin_data.contract.edition_diff import differences
from vrin_data.contract.weight_resolution import CentralChoice
from vrin_data.contract.weights import About, Edition, WeightRow, edition, make_edition
from vrin_data.records.weights import ChoiceStep
from vrin_ui.breakdown.weight_tables import (
    differences_table,
    editions_table,
    review,
    review_table,
    row_words,
    rows_of,
    shown,
    steps_table,
    weight_options,
)

ABOUT = About("own-1", "Our own", "2026", "Our partnership", "a table of our own")
ABH, WOUND = ("8N", "008/06"), ("8N", "008/01")


def made(
    *rows: tuple[str, tuple[str, str], str, float], chosen: dict[str, CentralChoice] | None = None
) -> Edition:
    listed = [WeightRow(number, pair, qualifier, days, False, True) for number, pair, qualifier, days in rows]
    return make_edition(ABOUT, listed, chosen)


@pytest.fixture
def small() -> Edition:
    """Two rows of one code and two of one classification of it."""
    return made(
        ("a", ABH, "", 10),
        ("b", WOUND, "minor", 19),
        ("c", WOUND, "serious", 547.5),
        chosen={"8N|": CentralChoice(10, "the most of them", "VRIN default")},
    )


def test_an_offence_of_several_weights_is_reviewed_and_one_of_a_single_weight_is_not(small: Edition):
    found = {row.offence_key: row for row in review(small, {})}
    assert "8N|008/06" not in found
    code, classification = found["8N|"], found["8N|008/01"]
    assert (code.possible, code.chosen, code.whose) == ((10, 19, 547.5), 10, "came with the edition")
    assert (classification.possible, classification.chosen, classification.whose) == (
        (19, 547.5),
        None,
        "nobody",
    )


def test_an_own_choice_stands_before_what_came_and_says_what_came(small: Edition):
    own = {"8N|": CentralChoice(19, "our hospital says so", "A. Analyst")}
    row = next(row for row in review(small, own) if row.offence_key == "8N|")
    assert (row.chosen, row.reason, row.chosen_by, row.whose, row.came) == (
        19,
        "our hospital says so",
        "A. Analyst",
        "the partnership",
        10,
    )
    table = review_table([row])
    assert table[["Chosen", "Rows that may apply", "Chosen by"]].to_numpy().tolist() == [
        [19, "10, 19, 547.5", "A. Analyst"]
    ]


def test_what_is_shown(small: Edition):
    own = {"8N|": CentralChoice(19, "r", "A")}
    rows = review(small, own)
    assert [row.offence_key for row in shown(rows, "own", ())] == ["8N|"]
    assert [row.offence_key for row in shown(rows, "used", {"8N|008/01"})] == ["8N|008/01"]
    assert {row.chosen for row in shown(rows, "open", ())} == {None}
    assert shown(rows, "", ()) == rows


def test_every_weight_to_choose_names_its_rows(small: Edition):
    options = weight_options(rows_of(small, "8N|"), "days")
    assert list(options) == [10, 19, 547.5]
    assert options[547.5].startswith("547.5 days: ")
    assert options[547.5].endswith(", serious (8N 008/01)")


def test_a_row_of_an_offence_that_is_not_known_is_named_by_its_codes():
    assert (
        row_words(WeightRow("x", ("8Z", "008/99"), "new", 3, True, True))
        == "8Z 008/99, new, attempt (8Z 008/99)"
    )


def test_the_built_in_edition_leaves_nothing_out_of_the_review():
    published = edition("cchi-2020")
    rows = review(published, {})
    several = published.resolved()["basis"].isin(("chosen", "range"))
    assert {row.offence_key for row in rows} == set(published.resolved().loc[several, "offence_key"])
    assert all(row.chosen in (*row.possible, None) for row in rows)
    assert all(row.reason for row in rows)


def test_differences_have_both_weights(small: Edition):
    other = made(("a", ABH, "", 12), ("b", WOUND, "minor", 19), ("d", ABH, "new", 5))
    table = differences_table(differences(small, other))
    assert table[["What", "Before", "After", "Number"]].to_numpy().tolist() == [
        ["Changed weight", "10", "12", "a"],
        ["New row", "–", "5", "d"],
        ["Gone row", "547.5", "–", "c"],
    ]
    assert differences_table([]).empty


def test_editions_name_their_source_and_credit(small: Edition):
    own = small.with_choices({"8N|": CentralChoice(19, "r", "A")}, version=3)
    table = editions_table([small, own])
    assert table["Own choices"].tolist() == ["none", "v3"]
    assert table[["Edition", "Weighs in", "Rows", "Source", "Credit"]].iloc[0].tolist() == [
        "Our own",
        "days of recommended sentence",
        3,
        "a table of our own",
        "Our partnership",
    ]


def test_steps_are_newest_first():
    steps = [
        ChoiceStep("own-1", 1, "8N|", 19, "so", "A", datetime(2026, 1, 1)),
        ChoiceStep("own-1", 2, "8N|", None, "not so", "B", datetime(2026, 1, 2)),
    ]
    table = steps_table(steps)
    assert table[["Version", "Chosen", "Why", "By"]].to_numpy().tolist() == [
        [2, "taken back", "not so", "B"],
        [1, "19", "so", "A"],
    ]
