"""Harm weights: every row kept, ranges where rows differ, a chosen row and never an average."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from vrin_data.contract.offences import offences
from vrin_data.contract.weights import WeightRow, edition, editions, rows_of_pairs
from vrin_data.errors import UnknownEdition

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
