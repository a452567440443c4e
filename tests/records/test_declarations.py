"""Declarations, overrides, held files, variants and added suppliers, each with its way back."""

from datetime import date, datetime
from pathlib import Path

import pytest

from vrin_data.contract.suppliers import Supplier, suppliers
from vrin_data.errors import RefusedInput
from vrin_data.records import (
    add_supplier,
    added_suppliers,
    all_suppliers,
    decide_held,
    declare,
    declared,
    events,
    expectations,
    held_file,
    held_files,
    hold_file,
    overrides,
    record_override,
    retire_variant,
    save_variant,
    supplier_named,
    variants,
    withdraw,
)

NOON = datetime(2026, 11, 1, 12)
LATER = datetime(2026, 11, 2, 12)
LEICS, FEED = "leicestershire-police", "police-offences"


def say(store: Path, state: str, first: date, last: date | None = None) -> int:
    return declare(
        store,
        LEICS,
        FEED,
        state=state,
        from_month=first,
        to_month=last,
        reason="System change",
        recorded_by="Data lead",
        recorded_at=NOON,
    ).expectation_id


def test_the_last_declaration_of_a_month_counts(tmp_path: Path) -> None:
    say(tmp_path, "withheld", date(2026, 1, 15))
    say(tmp_path, "not_due", date(2026, 3, 1), date(2026, 4, 30))
    found = expectations(tmp_path)
    days = [
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 5, 1),
    ]
    states = [one and one.state for one in (declared(found, LEICS, FEED, day) for day in days)]
    assert states == [None, "withheld", "withheld", "not_due", "not_due", "withheld"]
    assert declared(found, "derbyshire-police", FEED, date(2026, 3, 1)) is None
    assert declared(found, LEICS, "police-uk", date(2026, 3, 1)) is None


def test_a_declaration_taken_back_stays_on_record(tmp_path: Path) -> None:
    number = say(tmp_path, "held_by_partner", date(2026, 1, 1))
    withdraw(tmp_path, number, withdrawn_by="Data lead", withdrawn_at=LATER)
    assert expectations(tmp_path) == []
    (kept,) = expectations(tmp_path, with_withdrawn=True)
    assert (kept.withdrawn_by, kept.withdrawn_at, kept.state) == ("Data lead", LATER, "held_by_partner")
    with pytest.raises(RefusedInput, match="No declaration 1 stands"):
        withdraw(tmp_path, number, withdrawn_by="Data lead", withdrawn_at=LATER)
    assert [one.action for one in events(tmp_path)] == ["declare", "withdraw declaration"]


def test_a_faulty_declaration_is_refused_with_every_fault(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput) as caught:
        declare(
            tmp_path,
            "nobody",
            "nothing",
            state="late",
            from_month=date(2026, 2, 1),
            to_month=date(2026, 1, 1),
            reason=" ",
            recorded_by="",
            recorded_at=NOON,
        )
    named = [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]]
    assert named == ["supplier", "feed", "reason", "by", "state", "to"]
    assert expectations(tmp_path) == []


def test_an_override_needs_a_person_and_a_reason(tmp_path: Path) -> None:
    made = record_override(
        tmp_path,
        "no_agreement",
        f"{LEICS} {FEED}",
        person="A. Lead",
        reason="Signed on paper",
        recorded_at=NOON,
    )
    record_override(
        tmp_path, "stopped_submission", "file 1", person="A. Lead", reason="True", recorded_at=NOON
    )
    assert overrides(tmp_path, "no_agreement") == [made]
    assert len(overrides(tmp_path)) == 2
    with pytest.raises(RefusedInput) as caught:
        record_override(tmp_path, "no_agreement", "x", person="", reason=" ", recorded_at=NOON)
    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == ["person", "reason"]


def hold(store: Path, file: Path, supplier_id: str | None = LEICS) -> int:
    return hold_file(
        store,
        file,
        feed_id=FEED,
        supplier_id=supplier_id,
        period="2026-03",
        findings=[{"check": "volume", "evidence": "half the usual rows"}],
        held_at=NOON,
    ).held_id


def test_a_stopped_file_waits_once_and_is_removed_when_decided(tmp_path: Path) -> None:
    file = tmp_path / "leics 2026-03.csv"
    file.write_text("a,b\n1,2\n")
    store = tmp_path / "store"
    number = hold(store, file)
    assert hold(store, file) == number
    file.write_text("a,b\n1,3\n")
    assert hold(store, file) != number
    one = held_file(store, number)
    assert one.path(store).read_text() == "a,b\n1,2\n"
    assert (one.path(store).name, one.findings[0]["check"]) == ("leics 2026-03.csv", "volume")
    decide_held(store, number, state="discarded", decided_by="A. Lead", decided_at=LATER, reason="Sent anew")
    assert not one.path(store).parent.exists()
    assert [each.held_id for each in held_files(store)] == [number + 1]
    decided = held_files(store, with_decided=True)[0]
    assert (decided.state, decided.decided_by, decided.reason) == ("discarded", "A. Lead", "Sent anew")
    with pytest.raises(RefusedInput, match="No file 1 waits"):
        decide_held(store, number, state="accepted", decided_by="A. Lead", decided_at=LATER, reason="x")


def test_a_decision_without_a_reason_leaves_the_file_waiting(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a\n")
    number = hold(tmp_path, file, supplier_id=None)
    with pytest.raises(RefusedInput, match="reason: is empty"):
        decide_held(tmp_path, number, state="accepted", decided_by="A. Lead", decided_at=LATER, reason="")
    assert held_file(tmp_path, number).path(tmp_path).is_file()


def test_variants_are_numbered_and_retired(tmp_path: Path) -> None:
    def save(text: str) -> int:
        return save_variant(tmp_path, LEICS, FEED, text, recorded_by="A. Lead", recorded_at=NOON).variant_id

    first, second = save("a = 1"), save("a = 2")
    assert save("a = 1") == first
    assert [(one.variant_id, one.version) for one in variants(tmp_path)] == [(second, 2), (first, 1)]
    retire_variant(tmp_path, first, retired_by="A. Lead", retired_at=LATER)
    assert [one.toml for one in variants(tmp_path, supplier_id=LEICS, feed_id=FEED)] == ["a = 2"]
    assert variants(tmp_path, feed_id="police-uk") == []
    assert [one.retired_at for one in variants(tmp_path, with_retired=True)] == [None, LATER]
    assert save("a = 1") > second
    assert variants(tmp_path)[0].version == 3
    with pytest.raises(RefusedInput, match="No variant 1 is in use"):
        retire_variant(tmp_path, first, retired_by="A. Lead", retired_at=LATER)
    with pytest.raises(RefusedInput, match="text: not TOML"):
        save("a = ")


def test_an_added_supplier_is_found_by_any_spelling(tmp_path: Path) -> None:
    one = Supplier("east-trust", "East & West Trust", "police", "E23000021", "force", ("EWT", "E.W. Trust"))
    add_supplier(tmp_path, one, recorded_by="A. Lead", recorded_at=NOON)
    assert added_suppliers(tmp_path) == [one]
    assert all_suppliers(tmp_path) == {**suppliers(), "east-trust": one}
    assert supplier_named(tmp_path, "EAST and WEST trust.") == one
    assert supplier_named(tmp_path, "ewt") == one
    assert supplier_named(tmp_path, LEICS) == suppliers()[LEICS]
    assert supplier_named(tmp_path, "nobody") is None


def test_a_supplier_that_is_taken_or_faulty_is_refused(tmp_path: Path) -> None:
    faulty = Supplier("East Trust", "Leicestershire Police", "circus", "E1", None, ())
    with pytest.raises(RefusedInput) as caught:
        add_supplier(tmp_path, faulty, recorded_by="", recorded_at=NOON)
    starts = [line.strip().split(" ")[0] for line in str(caught.value).splitlines()[1:]]
    assert starts == ["by:", "id:", "kind:", "area:", "'Leicestershire"]
    assert added_suppliers(tmp_path) == []


def test_what_was_found_is_told_in_words_whoever_held_the_file(tmp_path: Path) -> None:
    file = tmp_path / "y.csv"
    file.write_text("a\n")
    found = [
        {"said": {"period": ["2026-03-01", "2026-04-01"]}},
        {"period": "2026-03", "findings": ["3 where about 80 are usual (stop)", "no age (warn)"]},
        {"period": "2026-04", "findings": ["no age (warn)"]},
        {"check": "dates", "evidence": "all dates in one year"},
    ]
    one = hold_file(
        tmp_path / "store", file, feed_id=FEED, supplier_id=LEICS, period="2026-03", findings=found, held_at=NOON
    )
    assert one.found == ("3 where about 80 are usual (stop)", "no age (warn)", "all dates in one year")
