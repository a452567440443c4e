"""Harm weights: every row kept, ranges where rows differ, a chosen row and never an average."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_rows import attempt_pairs, unlike_attempts
from vrin_data.contract.weights import (
    CentralChoice,
    WeightRow,
    edition,
    editions,
    make_edition,
    rows_of_pairs,
)
from vrin_data.errors import UnknownEdition, UsageError

CCHI = edition("cchi-2020")


def test_the_edition_has_all_its_rows() -> None:
    assert editions() == ["cchi-2020", "unit-costs-2018"]
    assert editions("days") == ["cchi-2020"]
    assert len(CCHI.rows) == 698
    assert len({row.row_id for row in CCHI.rows}) == 698
    assert sum(row.days for row in CCHI.rows if row.pair[0] == "1") == 2 * 5475


def test_an_unknown_edition_names_those_there_are() -> None:
    with pytest.raises(UnknownEdition, match=r"cchi-1999.*cchi-2020"):
        edition("cchi-1999")


@pytest.mark.parametrize(
    ("key", "low", "central", "high", "basis"),
    [
        ("8N|", 2, 10, 1460, "chosen"),
        ("8N|008/06", 10, 10, 10, "exact"),
        ("8N|008/01", 19, 19, 547.5, "chosen"),
        ("8S|008/01", 182.5, 182.5, 912.5, "chosen"),
        ("8S|", 182.5, 182.5, 1825, "chosen"),
        ("1|", 5475, 5475, 5475, "exact"),
        ("1/4.1/4.10/4.2|", 730, 5475, 5475, "chosen"),
        ("79|079/05", 42, 42, 126, "chosen"),
        ("8H|", 357, 357, 357, "exact"),
        ("8U|", 84, 84, 84, "exact"),
        ("8F|", 19, 19, 547.5, "chosen"),
        ("28A|", 10, 19, 19, "chosen"),
        ("28I|", 10, 19, 365, "chosen"),
        ("29B|", 730, 730, 730, "exact"),
        ("5D|005/06", None, None, None, "none"),
        ("|008/77", None, None, None, "none"),
        ("60|", None, None, None, "none"),
        ("NFIB|", 2, None, 365, "range"),
        ("police-uk:robbery", 365, 365, 365, "exact"),
        ("police-uk:violence-and-sexual-offences", 1, None, 5475, "range"),
        ("police-uk:anti-social-behaviour", None, None, None, "none"),
        ("unmapped", None, None, None, "none"),
    ],
)
def test_weight(key: str, low: float | None, central: float | None, high: float | None, basis: str) -> None:
    weight = CCHI.weight(key)
    assert (weight.days_low, weight.days_central, weight.days_high, weight.basis) == (
        low,
        central,
        high,
        basis,
    )


@pytest.mark.parametrize(
    ("classification", "days"),
    [
        ("005/01", {1460, 1825}),
        ("008/01", {19, 182.5, 547.5, 912.5}),
        ("008/06", {10, 182.5}),
        ("019/08", {1825, 2555}),
        ("028/03", {10, 19, 126, 365}),
        ("067/01", {2, 182.5}),
        ("069/05", {10, 19}),
        ("099/99", {2, 10, 357}),
        ("125/12", {1, 2}),
        ("810/90", {1, 2}),
    ],
)
def test_the_ten_ambiguous_classifications_keep_every_value(classification: str, days: set[float]) -> None:
    assert {row.days for row in CCHI.rows if row.pair[1] == classification and not row.is_attempt} == days


def test_a_classification_alone_covers_all_its_codes() -> None:
    ends = {
        key: (CCHI.weight(key).days_low, CCHI.weight(key).days_high)
        for key in ("|005/01", "|008/01", "|008/06", "|019/08", "|028/03", "|067/01", "|069/05")
    }
    assert ends == {
        "|005/01": (1460, 1825),
        "|008/01": (19, 912.5),
        "|008/06": (10, 182.5),
        "|019/08": (1825, 2555),
        "|028/03": (10, 365),
        "|067/01": (2, 182.5),
        "|069/05": (10, 19),
    }


def test_low_central_high_are_in_order_for_every_offence() -> None:
    frame = CCHI.resolved()
    weighed = frame[frame.basis != "none"]
    assert (weighed.days_low <= weighed.days_high).all()
    assert (weighed.days_central.fillna(weighed.days_low) >= weighed.days_low).all()
    assert (weighed.days_central.fillna(weighed.days_high) <= weighed.days_high).all()
    assert frame[frame.basis == "none"][["days_low", "days_central", "days_high"]].isna().all().all()
    assert list(frame.offence_id) == list(range(len(offences().all)))


def test_a_chosen_central_is_a_row_of_the_offence() -> None:
    rows = {
        key: {row.days for pair in offences().possibilities(key) for row in CCHI.of_pair[pair]}
        for key in CCHI.choices
    }
    assert {key for key, choice in CCHI.choices.items() if choice.days not in rows[key]} == set()
    assert all(choice.reason for choice in CCHI.choices.values())


def test_only_these_ranges_have_no_choice() -> None:
    frame = CCHI.resolved()
    ranges = frame[frame.basis == "range"].offence_key
    open_codes = [key for key in ranges if not key.startswith(("police-uk:", "label:"))]
    assert open_codes == ["NFIB|", "NN|", "NN|810/90", "|810/90"]


def test_no_category_of_police_uk_has_a_central_weight_where_it_has_a_range() -> None:
    # The commonest offence of a category is far from what the category weighs on average, and a sum of
    # it would look like an estimate.
    frame = CCHI.resolved()
    categories = frame[frame.offence_key.str.startswith("police-uk:") & (frame.days_low < frame.days_high)]
    assert len(categories) >= 8
    assert categories.days_central.isna().all()


def test_the_reason_counts_possibilities_without_a_row() -> None:
    assert CCHI.weight("1/4.1/4.10/4.2|").reason.endswith("2 of 5 possible offences have no row")


def test_a_pair_falls_back_to_its_classification_then_stops() -> None:
    row = WeightRow("x", ("8N", "008/06"), "", 10.0, False, True)
    found = rows_of_pairs([row])
    assert found["8T", "008/06"] == (row,)
    assert found["8N", "008/01"] == ()


def test_the_resolved_table_cannot_be_changed_by_its_reader() -> None:
    mine = CCHI.resolved()
    mine.loc[:, "reason"] = ""
    assert (CCHI.resolved().reason != "").all()


def test_an_edition_says_what_its_weights_are() -> None:
    told = {
        one: (edition(one).kind, edition(one).unit_words, edition(one).label, edition(one).choices_version)
        for one in editions()
    }
    assert told == {
        "cchi-2020": ("days", "days of recommended sentence", "cchi-2020", 0),
        "unit-costs-2018": ("pounds", "pounds of unit cost", "unit-costs-2018", 0),
    }


def test_own_choices_stand_before_those_of_the_edition_and_say_whose_they_are() -> None:
    own = {"8N|": CentralChoice(19, "audit of 200 files", "A. Analyst")}
    chosen = CCHI.with_choices(own, version=3)
    assert chosen.label == "cchi-2020, local choices v3"
    assert chosen.weight("8N|").days_central == 19
    assert chosen.weight("8N|").reason == (
        "audit of 200 files (A. Analyst); 5 of 15 possible offences have no row"
    )
    others = [key for key in CCHI.choices if key != "8N|"]
    assert [chosen.weight(key) for key in others] == [CCHI.weight(key) for key in others]
    assert CCHI.weight("8N|").days_central == 10
    assert CCHI.with_choices({}, version=0) is CCHI


def test_a_choice_of_no_row_is_passed_over() -> None:
    # A rule for attempts, or a new edition, may leave out the row that a choice named.
    chosen = CCHI.with_choices({"13|": CentralChoice(7, "no row", "B")}, version=1)
    assert (chosen.weight("13|").days_central, chosen.weight("13|").basis) == (None, "range")


def test_editions_that_say_the_same_are_equal_and_others_are_not() -> None:
    again = make_edition(CCHI.about, CCHI.rows, CCHI.choices)
    assert (again == CCHI, hash(again) == hash(CCHI), again is CCHI) == (True, True, False)
    own = {"8N|": CentralChoice(19, "audit", "A")}
    different = [
        CCHI.with_choices(own, version=1),
        CCHI.with_attempts("as_completed"),
        make_edition(CCHI.about, CCHI.rows[1:], CCHI.choices),
    ]
    assert [one == CCHI for one in different] == [False, False, False]
    assert len({CCHI, again, *different}) == 4


def test_four_attempts_weigh_other_than_the_completed_offence_and_one_can_change() -> None:
    # harm_weights: 135 pairs of the same number, equal in all but murder twice, 79 079/05 and 28F.
    assert len(attempt_pairs(CCHI.rows)) == 135
    found = [
        (one.attempt.row_id, one.attempt.days, one.completed.days, one.changes)
        for one in unlike_attempts(CCHI.rows)
    ]
    assert found == [
        ("1.1.1.1A", 3285, 5475, False),
        ("1.1.2.0A", 3285, 5475, False),
        ("79.79.5.0A", 126, 42, True),
        ("28F.28.3.1A", 10, 19, False),
    ]


def test_attempts_as_completed_change_only_what_may_be_a_threatened_witness() -> None:
    changed = CCHI.with_attempts("as_completed")
    assert changed.label == "cchi-2020, attempts as completed"
    before, after = CCHI.resolved(), changed.resolved()
    ends = ["days_low", "days_central", "days_high"]
    differ = (before[ends].fillna(-1) != after[ends].fillna(-1)).any(axis=1)
    assert {
        key: (low, high)
        for key, low, high in after.loc[differ, ["offence_key", "days_low", "days_high"]].itertuples(
            index=False
        )
    } == {"79|": (42, 120), "79|079/05": (42, 42), "|079/05": (42, 42)}
    assert after.loc[differ, "basis"].tolist() == ["chosen", "exact", "exact"]
    # Attempts with a code of their own stay: no completed row stands under it.
    assert changed.weight("2|").days_low == 3285
    assert (changed.weight("28F|").days_low, changed.weight("28F|").days_high) == (10, 19)


def test_rules_for_attempts_are_named_and_not_undone() -> None:
    with pytest.raises(UsageError, match=r"no rule 'halved'.*listed, as_completed"):
        CCHI.with_attempts("halved")
    assert CCHI.with_attempts("listed") is CCHI
    with pytest.raises(UsageError, match="as it was published"):
        CCHI.with_attempts("as_completed").with_attempts("listed")


UNIT_COSTS = {
    "1/4.1/4.10/4.2|": 3_217_740,
    "1|": 3_217_740,
    "19C|": 39_360,
    "8N|": 14_050,
    "2|": 14_050,
    "34B|": 11_320,
    "48|": 10_290,
    "56A|": 8_420,
    "56B|": 8_420,
    "17A|": 6_520,
    "58C|": 1_350,
    "45|": 870,
}
"""Home Office Research Report 99, prices of 2015/16, as harm_weights has them verified."""


def test_unit_costs_stand_where_they_were_verified_and_nowhere_else() -> None:
    costs = edition("unit-costs-2018")
    assert {key: costs.weight(key).days_central for key in UNIT_COSTS} == UNIT_COSTS
    assert {costs.weight(key).basis for key in UNIT_COSTS} == {"exact"}
    without = ("105A|", "28E|", "39|", "34A|", "46|", "8Q|", "NFIB|", "10D|", "unmapped")
    assert {key: costs.weight(key).basis for key in without} == dict.fromkeys(without, "none")
    assert "actual crimes" in costs.notes[0]
    assert "2015/16" in costs.notes[1]


def test_a_table_of_costs_says_nothing_of_a_code_that_shares_a_classification() -> None:
    row = WeightRow("x", ("8N", "008/06"), "", 10.0, False, True)
    found = rows_of_pairs([row], by_classification=False)
    assert (found["8N", "008/06"], found["8T", "008/06"]) == ((row,), ())


REAL = os.environ.get("VRIN_REAL_DATA")


@pytest.mark.real
@pytest.mark.skipif(not REAL, reason="VRIN_REAL_DATA is not set")
def test_codes_of_2017_18_range_from_their_lowest_to_their_highest_row() -> None:
    """Independent of the offence tables: lowest and highest row of the source per code of the year."""
    folder = Path(str(REAL))
    days = defaultdict(list)
    with (folder / "harm/cchi_2020.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days[row["ho_code"]].append(float(row["days"]))
    with (folder / "home_office/prc-pfa-2017-18.csv").open(encoding="utf-8-sig") as file:
        codes = {row["Offence Code"] for row in csv.DictReader(file)}
    weights = {code: CCHI.weight(offences().parse(code).key) for code in sorted(codes)}
    read = {code: (each.days_low, each.days_high) for code, each in weights.items() if code in days}
    assert read == {code: (min(days[code]), max(days[code])) for code in read}
    assert len(read) == 113
    without = {code for code, each in weights.items() if each.basis == "none"}
    assert without == {"15", "4.6", "60", "72", "88D", "90", "AF", "CIFAS", "FFA UK", "UK Finance"}
