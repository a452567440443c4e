"""The mapping help: from a proposal and a person's choices to the supplier's variant."""

from typing import Any

from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import suppliers
from vrin_data.contract.variants import Variant, apply
from vrin_ui.upload.mapping import IGNORED, Mapped, faults, mapped_of, named_supplier, variant_of
from vrin_ui.upload.mapping_choices import column_choices, value_choices

POLICE = feeds()["police-offences"]


def heading(name: str, column: str | None, **more: Any) -> dict[str, Any]:
    usual = {"how_sure": "sure", "why": "named alike", "samples": ["x"], "is_forbidden": False}
    return {"heading": name, "column": column} | usual | more


def code(column: str, raw: str, proposed: str | None = None) -> dict[str, Any]:
    return {"column": column, "raw": raw, "count": 3, "code": proposed, "why": "like it"}


def content(*headings: dict[str, Any], codes: tuple[dict[str, Any], ...] = (), **more: Any) -> dict[str, Any]:
    usual = {"missing": [], "remarks": [], "own_variant": None, "variant": {"date_order": "day_first"}}
    return {"headings": headings, "codes": codes} | usual | more


def proposed() -> Mapped:
    return mapped_of(
        content(
            heading("Ref", "record_key"),
            heading("When", "recorded_at"),
            heading("force", "supplier"),
            heading("NHS", None, is_forbidden=True),
            heading("TEAM", None),
            codes=(code("weapon", "Blade", "sharp"), code("weapon", "Odd")),
        )
    )


def test_a_proposal_becomes_a_variant_of_what_the_feed_does_not_do_itself():
    mapped = proposed()
    assert variant_of(mapped, POLICE, "kent-police") == Variant(
        feed="police-offences",
        supplier="kent-police",
        columns={"record_key": "Ref", "recorded_at": "When"},
        codes={"weapon": {"Blade": "sharp"}},
    )
    assert (mapped.is_tried, mapped.open_count) == (True, 1)


def test_a_choice_has_to_be_tried_again_and_a_look_changes_nothing():
    mapped = proposed()
    mapped.choose_column("Ref", "record_key")
    mapped.choose_code(("weapon", "Blade"), "sharp")
    mapped.choose_order("day_first")
    assert mapped.is_tried
    mapped.choose_column("Ref", "")
    assert not mapped.is_tried
    mapped.tried(content(codes=(code("weapon", "Blade", "sharp"), code("status", "New"))))
    assert mapped.is_tried
    assert mapped.columns["Ref"] == ""
    assert mapped.codes[("status", "New")] == ""


def test_a_heading_that_the_feed_knows_can_be_left_out():
    mapped = mapped_of(
        content(heading("Weapon", "weapon"), heading("Ref", "record_key"), heading("When", "recorded_at"))
    )
    mapped.choose_column("Weapon", "")
    made = variant_of(mapped, POLICE, "kent-police")
    assert list(made.not_used) == ["Weapon"]
    assert "weapon" in POLICE.headings()
    assert "weapon" not in apply(POLICE, made).headings()


def test_a_chosen_heading_displaces_the_one_that_the_feed_would_take():
    mapped = mapped_of(content(heading("Recorded date", "recorded_at"), heading("Entered", None)))
    mapped.choose_column("Recorded date", "")
    mapped.choose_column("Entered", "recorded_at")
    made = variant_of(mapped, POLICE, "kent-police")
    assert made.columns == {"recorded_at": "Entered"}
    assert apply(POLICE, made).headings()["entered"] == "recorded_at"
    assert "recorded date" not in apply(POLICE, made).headings()


def test_values_are_mapped_ignored_with_a_reason_or_left_open():
    mapped = proposed()
    mapped.choose_code(("weapon", "Odd"), IGNORED)
    assert faults(mapped, POLICE) == ["'Odd' in Weapon is to be read as a blank; say why"]
    mapped.reasons[("weapon", "Odd")] = " a typing error "
    assert faults(mapped, POLICE) == []
    made = variant_of(mapped, POLICE, "kent-police")
    assert made.ignored == {"weapon": {"Odd": "a typing error"}}
    assert apply(POLICE, made).column("weapon").raw_to_code()["blade"] == "sharp"


def test_values_of_a_column_that_is_no_longer_used_are_dropped():
    mapped = proposed()
    mapped.tried(content(codes=()))
    assert variant_of(mapped, POLICE, "kent-police").codes == {}


def test_faults_name_what_is_chosen_twice_and_what_is_lacking():
    mapped = proposed()
    mapped.choose_column("TEAM", "record_key")
    mapped.choose_column("When", "")
    assert faults(mapped, POLICE) == [
        "Record key is chosen for 2 headings; keep one",
        "Recorded at is needed, and no heading is chosen for it",
    ]


def test_codes_alone_come_on_top_of_the_variant_on_record():
    own = Variant(
        feed="police-offences",
        supplier="kent-police",
        columns={"recorded_at": "When"},
        codes={"weapon": {"A": "blunt"}},
    )
    mapped = mapped_of(content(codes=(code("weapon", "Odd", "other"),), own_variant=own.model_dump()))
    made = variant_of(mapped, POLICE, "kent-police")
    assert made.columns == {"recorded_at": "When"}
    assert made.codes == {"weapon": {"A": "blunt", "Odd": "other"}}


def test_remarks_do_not_speak_of_the_command_line():
    mapped = mapped_of(
        content(
            missing=["weapon: needed"], remarks=["name it with --supplier.", "Dates have the month first."]
        )
    )
    assert mapped.remarks == ("Missing: weapon: needed", "Dates have the month first.")


def test_the_supplier_that_the_values_name():
    one = mapped_of(content(heading("FORCE", "supplier", samples=["Leicestershire Police"])))
    two = mapped_of(content(heading("FORCE", "supplier", samples=["Leicestershire Police", "Kent Police"])))
    assert named_supplier(one, suppliers()) == "leicestershire-police"
    assert named_supplier(two, suppliers()) == ""
    assert named_supplier(proposed(), suppliers()) == ""


def test_what_can_be_chosen():
    columns = column_choices(POLICE)
    assert next(iter(columns)) == ""
    assert columns["record_key"] == "Record key (needed)"
    weapons = value_choices(POLICE, "weapon", suppliers())
    assert list(weapons)[:3] == ["", IGNORED, "not_recorded"]
    assert value_choices(POLICE, "offence_code", suppliers())["8N"].startswith("8N Assault with injury")
    assert "008/06" in value_choices(POLICE, "classification", suppliers())
    assert "Kent Police" in value_choices(POLICE, "supplier", suppliers())
    assert "Burglary" in value_choices(feeds()["police-uk"], "offence_raw", suppliers())
