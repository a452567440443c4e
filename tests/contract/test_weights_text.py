"""VRIN's own form of a weight table: what a line may stand for, its faults, and its way out and back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.contract.offences import offences
from vrin_data.contract.weight_import import Wording, own_lines, read_weights
from vrin_data.contract.weight_rows import Kind, WeightRow
from vrin_data.contract.weight_text import amount_text, read_amount, read_rows, rows_as_csv
from vrin_data.contract.weights import edition, editions
from vrin_data.errors import RefusedInput

HEADINGS = "offence_code,classification,qualifier,days,is_attempt,is_notifiable,row_id"


def read(*lines: str, kind: Kind = "days") -> tuple[WeightRow, ...]:
    return read_rows(own_lines("\n".join([HEADINGS.replace("days", kind), *lines])), kind, where="own.csv")


def test_a_line_is_a_row_with_flags_that_may_be_left_blank() -> None:
    assert read("8N,008/06,,182.5,,,", "8n,008/01,serious,547.5,yes,no,our 7") == (
        WeightRow("8N 008/06", ("8N", "008/06"), "", 182.5, False, True),
        WeightRow("our 7", ("8N", "008/01"), "serious", 547.5, True, False),
    )


@pytest.mark.parametrize("classification", ["*", ""])
def test_a_line_without_a_classification_stands_for_every_one_of_its_code(classification: str) -> None:
    rows = read(f"34B,{classification},,365,,,robbery")
    assert [(row.row_id, row.pair, row.days) for row in rows] == [
        ("robbery 34B|034/01", ("34B", "034/01"), 365),
        ("robbery 34B|034/02", ("34B", "034/02"), 365),
    ]


def test_an_old_code_without_classifications_is_one_row() -> None:
    assert [row.pair for row in read("8H,,,357,,,")] == [("8H", "")]


def test_a_line_may_name_a_base_set() -> None:
    assert {row.pair[0] for row in read("set:HOM,,,5475,,,")} == {"1", "4.1", "4.2", "4.10"}


def test_a_classification_alone_is_a_row_of_days_and_every_code_of_other_kinds() -> None:
    assert [row.pair for row in read(",008/06,,10,,,")] == [("", "008/06")]
    assert [row.pair[0] for row in read(",008/06,,10,,,", kind="score")] == ["8N", "8S", "8T"]


def test_every_fault_of_a_table_is_said_at_once() -> None:
    with pytest.raises(RefusedInput) as refused:
        read(
            "8N,008/06,,ten,,,",
            "8N,8/6,,10,maybe,,",
            ",,,10,,,",
            "set:KNIVES,,,10,,,",
            "77X,*,,-1,,,",
            "8N,008/06,,10,,,twice",
            "8N,008/01,,10,,,twice",
        )
    assert str(refused.value).splitlines() == [
        "own.csv, line 2, days: 'ten' is not a number of days (expected 0 or more).",
        "own.csv, line 3, classification: '8/6' is not a Home Office classification, such as 008/06.",
        "own.csv, line 3, is_attempt: 'maybe' is neither yes nor no.",
        "own.csv, line 4, offence_code and classification: both are blank; an offence must be named.",
        "own.csv, line 5, offence_code: no base set is called 'KNIVES'.",
        "own.csv, line 6, offence_code: '77X' is not a Home Office offence code, such as 8N or 4.10.",
        "own.csv, line 6, days: '-1' is not a number of days (expected 0 or more).",
        "own.csv: row_id 'twice' stands twice. Give each row its own.",
    ]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(RefusedInput, match="has no row"):
        read()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("10", 10.0), ("1,460", 1460.0), ("£3,217,740", 3217740.0), ("0", 0.0), (" 0.3 ", 0.3)]
    + [(text, None) for text in ("", "nan", "inf", "-0.1", "1e12", "ten")],
)
def test_amounts(text: str, amount: float | None) -> None:
    assert read_amount(text) == amount


@given(st.floats(min_value=0, max_value=1e9))
def test_an_amount_reads_back_as_it_was(amount: float) -> None:
    assert read_amount(amount_text(amount)) == amount


PAIRS = sorted(pair for pair in offences().facts if pair[1])
ROWS = st.lists(
    st.builds(
        WeightRow,
        row_id=st.text("ABC.019 ,\"'", min_size=1).map(str.strip).filter(bool),
        pair=st.sampled_from(PAIRS),
        qualifier=st.sampled_from(["", "serious", "minor, attempt"]),
        days=st.floats(min_value=0, max_value=1e6),
        is_attempt=st.booleans(),
        is_notifiable=st.booleans(),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row.row_id,
)


@given(ROWS, st.sampled_from(["days", "score", "pounds"]))
def test_rows_written_out_read_back_as_they_were(rows: list[WeightRow], kind: Kind) -> None:
    assert read_rows(own_lines(rows_as_csv(rows, kind)), kind, where="x") == tuple(rows)


def test_a_built_in_edition_exported_and_imported_is_the_same(tmp_path: Path) -> None:
    for name in editions():
        built_in = edition(name)
        file = tmp_path / f"{name}.csv"
        file.write_text(rows_as_csv(built_in.rows, built_in.kind), encoding="utf-8")
        made, found = read_weights(file, Wording("local-copy"))
        assert (made.rows, made.kind, made.of_pair) == (built_in.rows, built_in.kind, built_in.of_pair)
        assert (found.form, made.name) == ("own", "local-copy")


def test_a_table_of_two_kinds_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "both.csv"
    file.write_text("offence_code,classification,days,pounds\n8N,,10,100\n", encoding="utf-8")
    with pytest.raises(RefusedInput, match="has columns days, pounds; an edition has one of them"):
        read_weights(file, Wording("both"))
