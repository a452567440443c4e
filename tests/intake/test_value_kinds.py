"""What a value looks like: dates and their order, codes, identifiers of other systems."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.intake.reading.any_table import ColumnValues
from vrin_data.intake.suggesting.date_forms import date_form, dates_of
from vrin_data.intake.suggesting.value_kinds import KINDS, ValueKinds, is_snomed


def kinds(*values: str) -> ValueKinds:
    counts = {value: values.count(value) for value in values}
    return ValueKinds(ColumnValues(len(values), len(counts), counts))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("31/12/2025", "numbered"),
        ("12/31/2025 09:30", "numbered"),
        ("1.2.25", "numbered"),
        ("05/03/2025 2:30 PM", "numbered"),
        ("2025-03-05", "year_first"),
        ("2025-03-05T14:30:00+00:00", "year_first"),
        ("5 March 2025", "worded"),
        ("05-Mar-25 14:30", "worded"),
        ("20250305", "compact"),
        ("13/13/2025", None),
        ("32/01/2025", None),
        ("2025-13-01", None),
        ("20251305", None),
        ("2025", None),
        ("008/06", None),
        ("", None),
    ],
)
def test_the_form_of_a_date(text: str, form: str | None) -> None:
    assert date_form(text) == form


@given(st.dates(min_value=date(1900, 1, 1)), st.booleans())
def test_dates_of_any_day_tell_their_order_or_none(day: date, is_month_first: bool) -> None:
    text = f"{day:%m/%d/%Y}" if is_month_first else f"{day:%d/%m/%Y}"
    found = dates_of({text: 1})
    assert found is not None
    expected = None if day.day <= 12 else "month_first" if is_month_first else "day_first"
    assert (found.order, found.share) == (expected, 1.0)


def test_dates_are_told_by_share_and_time() -> None:
    found = dates_of({"13/02/2025 10:00": 3, "01/02/2025": 1, "unknown": 4})
    assert found is not None
    assert (found.share, found.order, found.has_time, found.is_mixed) == (0.5, "day_first", True, False)
    assert dates_of({"unknown": 4}) is None


# Identifiers from the SNOMED CT Release File Specification and from the reference sets named in the feeds.
@pytest.mark.parametrize(
    "text", ["22298006", "73211009", "276853009", "991431000000101", "900000000000003001"]
)
def test_a_snomed_identifier_has_its_check_digit(text: str) -> None:
    assert is_snomed(text)
    assert not is_snomed(text[:-1] + str((int(text[-1]) + 1) % 10))


@pytest.mark.parametrize("text", ["", "12345", "0" * 19, "2229800x", "22298036"])
def test_other_numbers_are_no_snomed_identifiers(text: str) -> None:
    assert not is_snomed(text)


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("month", ["2025-03", "202503", "Mar-25", "03/2025"], ["2025", "13/2025", "202513", "5"]),
        ("years", ["2017/18", "201718", "2017-2018"], ["2017/19", "2017"]),
        ("quarter", ["1", "Q2", "Quarter 3"], ["5", "Q0"]),
        ("age", ["0", "17", "120", "10-17", "under 10", "65+", "18 to 24"], ["121", "-1", "ten"]),
        ("easting", ["453000", "453000.5"], ["4530", "700001", "x"]),
        ("longitude", ["-1.476", "0.1234"], ["-1.4", "12.345", "1"]),
        ("latitude", ["52.922"], ["52", "-1.476"]),
        ("area", ["E01013453", "E06000016", "W01000123"], ["E0101345", "Leicester"]),
        ("ethnicity", ["White - British", "B2", "Mixed"], ["Derby", "8N"]),
        ("offence_code", ["8N", "105A", "HO 8N"], ["008/06", "8ZZ", ""]),
        ("classification", ["008/06", "00806"], ["8N", "999/99"]),
        ("icd10", ["X99", "X99.4", "Y040"], ["99X", "knife"]),
        ("reference", ["26000123", "CR/123/25"], ["no digits", "05/03/2025"]),
        ("count", ["12", "1,234", "-3", "0"], ["1.5", "many"]),
    ],
)
def test_values_of_each_kind(kind: str, yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not KINDS[kind](text)] == []
    assert [text for text in no if KINDS[kind](text)] == []


def test_shares_count_cells_and_not_distinct_values() -> None:
    assert kinds("8N", "8N", "8N", "x").of_kind("offence_code") == 0.75
    assert kinds().of_kind("offence_code") == 0.0


def test_a_key_is_a_reference_that_hardly_repeats() -> None:
    assert kinds(*(f"A{number}" for number in range(20))).is_key
    assert not kinds(*["A1"] * 10, *(f"B{number}" for number in range(10))).is_key
    assert not kinds("one", "two", "three").is_key
