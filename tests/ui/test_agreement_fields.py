"""The fields of the form: all of an agreement's, there and back, and every fault in the words of its labels."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.contract.agreement_text import AgreementError, agreement_from
from vrin_data.contract.agreements import Agreement
from vrin_ui.agreements.agreement_fields import DUE_RULES, FIELDS, field_value, options, read_day, shown_value
from vrin_ui.agreements.agreement_form import labelled, values_of

NEEDED = {
    "agreement_id": "a-1",
    "name": "An agreement",
    "supplier_ids": ("leicestershire-police",),
    "feed_ids": ("police-offences",),
    "data_kind": "depersonalised",
    "legal_power": "cda-17a",
    "start_day": date(2025, 4, 1),
}
FULL = Agreement(
    **NEEDED,
    recipients=("The partnership", "The city"),
    cadence_every="month",
    due_rule="days:30",
    dpia_day=date(2025, 2, 28),
    smallest_cell=5,
    retention_months=60,
    identifiers_to_drop=("nhs number",),
    end_day=date(2028, 3, 31),
    permitted_audiences=("analyst", "board"),
    is_part_3=True,
)


def through_the_form(one: Agreement) -> Agreement:
    shown = {name: shown_value(field, getattr(one, name)) for name, field in FIELDS.items()}
    values, faults = values_of(shown)
    assert faults == []
    return agreement_from(values, "The form")


def test_the_form_has_every_field_of_an_agreement_but_its_version() -> None:
    assert set(FIELDS) == set(Agreement.model_fields) - {"version"}


@pytest.mark.parametrize("one", [FULL, Agreement(**NEEDED)], ids=["full", "only what is needed"])
def test_an_agreement_comes_out_of_the_form_as_it_went_in(one: Agreement) -> None:
    assert through_the_form(one) == one


@given(
    st.builds(
        lambda lead, end, months, rule: FULL.model_copy(
            update={"own_lead": lead.strip(), "end_day": end, "retention_months": months, "due_rule": rule}
        ),
        st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
        st.none() | st.dates(date(2025, 4, 1), date(2099, 12, 31)),
        st.none() | st.integers(1, 999),
        st.sampled_from(["", *DUE_RULES]),
    )
)
def test_whatever_it_says_comes_out_of_the_form_as_it_went_in(one: Agreement) -> None:
    assert through_the_form(one) == one


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.kind == "choice"])
def test_every_choice_of_a_box_is_one_that_the_agreement_takes(name: str) -> None:
    for choice in options(name):
        if (name, choice) not in {("status", "live"), ("status", "ended"), ("legal_power", "other")}:
            values, _ = values_of({name: choice})
            agreement_from({**NEEDED, **values}, "The form")


def test_an_empty_form_is_told_all_that_is_needed_in_the_words_of_its_labels() -> None:
    empty = {
        name: shown_value(field, None if field.is_needed else default(name)) for name, field in FIELDS.items()
    }
    values, faults = values_of({**empty, "review_day": "31/02/2026"})
    with pytest.raises(AgreementError) as caught:
        agreement_from(values, "The form", found=[*faults, "by: is empty; say it in words"])
    lines = labelled(str(caught.value)).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "The form",
        "Review by",
        "Your name",
        "Short name",
        "Title",
        "Suppliers",
        "Feeds",
        "Kind of data",
        "Legal power",
        "First day",
    ]
    assert lines[1] == "Review by: '31/02/2026' is not a day (expected dd/mm/yyyy)"


def default(name: str) -> Any:
    return Agreement.model_fields[name].get_default()


def test_fields_named_inside_a_fault_are_labels_as_well() -> None:
    with pytest.raises(AgreementError) as caught:
        agreement_from({**NEEDED, "status": "live"}, "The form")
    assert (
        labelled(str(caught.value))
        .splitlines()[1]
        .startswith(
            "Status: an agreement with the status live needs ‘Data items’, purpose, ‘Months for which rows may be kept’"
        )
    )


@pytest.mark.parametrize(
    ("text", "day"), [(" 1/4/2025 ", date(2025, 4, 1)), ("29/02/2024", date(2024, 2, 29)), ("", None)]
)
def test_days_are_read_as_they_are_written_here(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_lines_are_trimmed_and_empty_ones_left_out() -> None:
    assert field_value(FIELDS["signatories"], " Head \n\n Director ") == ("Head", "Director")
