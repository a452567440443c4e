"""A supplier's variant: what it changes of a feed, what is wrong with it, and its TOML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.contract.feeds import Feed, feed, fold
from vrin_data.contract.variant_text import as_toml, read_variant
from vrin_data.contract.variants import Variant, apply, fitting, in_date_order, merged, respelled
from vrin_data.errors import VrinError

POLICE = feed("police-offences")
TEXTS = st.dictionaries(st.text(), st.text(), max_size=4)
TABLES = st.dictionaries(st.text(), st.dictionaries(st.text(), st.text(), min_size=1, max_size=3), max_size=3)
VARIANTS = st.builds(
    Variant,
    feed=st.text(),
    supplier=st.text(),
    date_order=st.sampled_from(["day_first", "month_first"]),
    note=st.text(),
    columns=TEXTS,
    codes=TABLES,
    ignored=TABLES,
    not_used=TEXTS,
)


def variant(**parts: object) -> Variant:
    return Variant.model_validate({"feed": "police-offences", "supplier": "leicestershire-police", **parts})


def accepted(of: Feed, column: str) -> tuple[str, ...]:
    found = of.column(column)
    assert found is not None
    return found.accepted


@given(VARIANTS)
def test_a_variant_comes_back_from_its_toml(one: Variant) -> None:
    assert read_variant(as_toml(one), "test") == one


@given(VARIANTS, st.text())
def test_remarks_never_change_what_a_variant_says(one: Variant, remark: str) -> None:
    remarks = {("columns", key): remark for key in one.columns}
    remarks |= {(f"codes.{name}", raw): remark for name, raws in one.codes.items() for raw in raws}
    assert read_variant(as_toml(one, remarks=remarks), "test") == one


def test_the_toml_is_one_that_a_person_can_read() -> None:
    one = variant(
        note="confirmed on the telephone",
        columns={"recorded_at": "Logged Dt"},
        codes={"weapon": {"STAB IMP": "sharp"}},
        ignored={"weapon": {"TBC": "filled in later"}},
        not_used={"Beat": "local beats are not kept"},
    )
    assert as_toml(one, remarks={("columns", "recorded_at"): "dates,\nday first"}) == (
        'feed = "police-offences"\n'
        'supplier = "leicestershire-police"\n'
        'date_order = "day_first"\n'
        'note = "confirmed on the telephone"\n'
        "\n"
        "# VRIN's column = the heading in the file\n"
        "[columns]\n"
        'recorded_at = "Logged Dt"  # dates, day first\n'
        "\n"
        "# value in the file = VRIN's code\n"
        "[codes.weapon]\n"
        '"STAB IMP" = "sharp"\n'
        "\n"
        "# value in the file that is to be read as a blank = the reason\n"
        "[ignored.weapon]\n"
        'TBC = "filled in later"\n'
        "\n"
        "# heading that is left out = the reason\n"
        "[not_used]\n"
        'Beat = "local beats are not kept"\n'
    )


def test_a_chosen_heading_takes_the_place_of_all_others_of_its_column() -> None:
    changed = apply(POLICE, variant(columns={"recorded_at": "Logged Dt"}))
    assert accepted(changed, "recorded_at") == ("Logged Dt",)
    assert accepted(changed, "event_start_at") == accepted(POLICE, "event_start_at")


def test_a_heading_goes_to_the_column_it_was_chosen_for_alone() -> None:
    # The feed itself reads this heading as the offence in words.
    assert POLICE.headings()["crime type"] == "offence_text"
    changed = apply(POLICE, variant(columns={"offence_code": "Crime Type"}))
    assert changed.headings()["crime type"] == "offence_code"


def test_a_heading_that_is_not_used_is_none_of_the_feeds() -> None:
    changed = apply(POLICE, variant(not_used={"Source": "names the system, not who reported it"}))
    assert "source" not in changed.headings()
    assert "who reported" in changed.headings()


def test_raw_values_get_the_code_a_person_chose() -> None:
    changed = apply(
        POLICE, variant(codes={"weapon": {"STAB IMP": "sharp", "Vehicle": "blunt", "Other": "none"}})
    )
    weapon = changed.column("weapon")
    assert weapon is not None
    codes = weapon.raw_to_code()
    assert (codes["stab imp"], codes["vehicle"], codes["other"]) == ("sharp", "blunt", "none")
    assert codes["knife"] == "sharp"


def test_an_ignored_value_is_a_blank_whose_reason_is_kept() -> None:
    changed = apply(
        POLICE, variant(ignored={"weapon": {"Dog": "not a weapon here"}, "victim_age": {"TBC": "later"}})
    )
    weapon, age = changed.column("weapon"), changed.column("victim_age")
    assert weapon is not None
    assert age is not None
    assert weapon.raw_to_code()["dog"] == "not_recorded"
    assert (weapon.ignored, age.ignored) == ({"Dog": "not a weapon here"}, {"TBC": "later"})


def test_offences_and_suppliers_get_another_spelling() -> None:
    changed = apply(
        POLICE,
        variant(codes={"offence_code": {"AOABH": "8N"}, "supplier": {"Leics": "leicestershire-police"}}),
    )
    code, supplier = changed.column("offence_code"), changed.column("supplier")
    assert code is not None
    assert supplier is not None
    assert [respelled(code, raw) for raw in ("aoabh", "8N", "9A")] == ["8N", "8N", "9A"]
    assert respelled(supplier, "LEICS") == "leicestershire-police"
    ignoring = apply(POLICE, variant(ignored={"offence_code": {"AOABH": "their own code"}})).column(
        "offence_code"
    )
    assert ignoring is not None
    assert [respelled(ignoring, raw) for raw in ("AOABH", "8N")] == [None, "8N"]


def test_a_variant_that_says_nothing_changes_nothing() -> None:
    assert apply(POLICE, variant()) == POLICE


def test_every_fault_of_a_variant_is_told_at_once() -> None:
    wrong = variant(
        columns={"colour": "Colour", "recorded_at": "Date", "event_start_at": "DATE", "hate": "?"},
        codes={
            "weapon": {"Spoon": "cutlery", "--": "none"},
            "offence_text": {"x": "y"},
            "offence_code": {"AOABH": "8ZZ"},
            "supplier": {"Leics": "nobody"},
        },
        ignored={"weapon": {"spoon": "no weapon"}, "shape": {"round": "why"}},
        not_used={"Beat": " "},
    )
    with pytest.raises(VrinError) as caught:
        apply(POLICE, wrong)
    told = str(caught.value).splitlines()
    assert told[0] == "The variant of police-offences for leicestershire-police has 11 error(s):"
    for place, words in (
        ("columns.colour", "has no such column"),
        ("columns.recorded_at, columns.event_start_at", "used twice"),
        ("columns.hate", "needs a letter"),
        ("codes.weapon", "'cutlery', which is not one of"),
        ("codes.weapon", "neither letter nor digit"),
        ("codes.offence_text", "no such column of codes"),
        ("codes.offence_code", "'8ZZ', which is no offence"),
        ("codes.supplier", "'nobody', which is no supplier"),
        ("ignored.weapon", "is mapped to a code as well"),
        ("ignored.shape", "has no such column"),
        ("not_used", "'Beat' needs a reason"),
    ):
        assert any(place in line and words in line for line in told), (place, words)


def test_a_needed_column_may_not_lose_its_last_heading() -> None:
    one = apply(POLICE, variant(columns={"recorded_at": "Logged"}))
    with pytest.raises(VrinError, match=r"columns\.recorded_at: is needed, and no heading"):
        apply(one, variant(not_used={"logged": "wrong date"}))


def test_a_variant_of_another_feed_is_not_taken() -> None:
    with pytest.raises(VrinError, match="is a variant of police-uk, not of police-offences"):
        apply(POLICE, variant(feed="police-uk"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("feed = ", "is not TOML that can be read"),
        ('supplier = "x"', "feed: Field required"),
        ('feed = "a"\ncolour = "red"', "colour: Extra inputs"),
        ('feed = "a"\ndate_order = "ymd"', "date_order: Input should be 'day_first' or 'month_first'"),
    ],
)
def test_a_toml_that_is_none_says_where(text: str, words: str) -> None:
    with pytest.raises(VrinError, match=r"mine\.toml") as caught:
        read_variant(text, "mine.toml")
    assert words in str(caught.value)


def test_the_fitting_variant_is_the_one_whose_headings_are_all_there() -> None:
    old = variant(columns={"recorded_at": "Logged Dt"}, note="old")
    new = variant(columns={"recorded_at": "Logged Dt", "weapon": "Wpn"}, note="new")
    codes = variant(codes={"weapon": {"Spoon": "other"}}, note="codes")
    other = variant(feed="police-uk", columns={})
    known = [codes, old, new, other]
    assert fitting(POLICE, ["LOGGED_DT", "Wpn", "X"], known) is new
    assert fitting(POLICE, ["Logged Dt", "X"], known) is old
    assert fitting(POLICE, ["Recorded date"], known) is codes
    assert fitting(POLICE, ["Recorded date"], [old, new, other]) is None


def test_of_equal_variants_the_first_fits_as_the_newest_is_listed_first() -> None:
    newer, older = (variant(columns={"recorded_at": "Logged"}, note=note) for note in ("newer", "older"))
    assert fitting(POLICE, ["logged"], [newer, older]) is newer


def test_a_later_decision_stands_where_two_variants_are_merged() -> None:
    first = variant(
        date_order="month_first",
        columns={"recorded_at": "Logged", "weapon": "Wpn"},
        codes={"weapon": {"Spoon": "other", "Fork": "sharp"}},
        not_used={"Beat": "not kept"},
    )
    second = variant(
        columns={"event_start_at": "logged"},
        codes={"weapon": {"FORK": "other"}},
        ignored={"weapon": {"spoon": "no weapon"}},
        not_used={"Wpn": "not filled in"},
    )
    both = merged(first, second)
    assert both.columns == {"event_start_at": "logged"}
    assert both.codes == {"weapon": {"FORK": "other"}}
    assert both.ignored == {"weapon": {"spoon": "no weapon"}}
    assert both.not_used == {"Beat": "not kept", "Wpn": "not filled in"}
    assert both.date_order == "month_first"


@given(VARIANTS, VARIANTS)
def test_merging_keeps_every_later_decision(first: Variant, second: Variant) -> None:
    both = merged(first, second)
    assert second.columns.items() <= both.columns.items()
    assert second.not_used.items() <= both.not_used.items()
    for name, values in second.codes.items():
        assert values.items() <= both.codes[name].items()
    headings = [fold(heading) for heading in (*second.columns.values(), *second.not_used)]
    assert (
        not {fold(one) for one in first.columns.values()}
        & set(headings)
        & {fold(heading) for name, heading in both.columns.items() if name not in second.columns}
    )


def test_formats_turn_with_the_order_of_the_date() -> None:
    formats = ("%d/%m/%Y %H:%M", "%Y-%m-%d", "%d-%b-%Y", "%d.%m.%Y")
    assert in_date_order(formats, "day_first") == formats
    assert in_date_order(formats, "month_first") == ("%m/%d/%Y %H:%M", "%Y-%m-%d", "%d-%b-%Y", "%m.%d.%Y")
