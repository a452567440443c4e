"""A proposal for files nobody prepared: columns, codes, what is hidden, and the first rows before and after."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vrin_data.contract.feeds import Feed, feed, fold
from vrin_data.contract.offences import offences
from vrin_data.contract.variants import Variant, apply
from vrin_data.errors import RefusedInput
from vrin_data.intake import Batch, ingest_batches
from vrin_data.intake.suggesting.headings import HIDDEN
from vrin_data.intake.suggesting.preview import Preview, looking_at, preview
from vrin_data.intake.suggesting.suggest import Suggestion, suggest, variant_of

from . import unfamiliar
from .conftest import Desk
from .unfamiliar import Unfamiliar

POLICE = feed("police-offences")
NOW = datetime(2026, 6, 1)


def proposed(path: Path, of: Feed = POLICE) -> Suggestion:
    with looking_at(path) as (connection, files):
        return suggest(connection, files[0], of)


def shown(path: Path, variant: Variant, of: Feed = POLICE) -> Preview:
    with looking_at(path) as (connection, files):
        return preview(connection, files[0], of, variant, received_at=NOW)


def table(path: Path, headings: str, *rows: str) -> Path:
    path.write_text("\n".join([headings, *rows, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("one", unfamiliar.ALL, ids=lambda one: one.name)
def test_every_heading_of_a_file_nobody_prepared_gets_its_column(tmp_path: Path, one: Unfamiliar) -> None:
    found = proposed(one.write(tmp_path))
    assert {each.heading: each.column for each in found.proposals} == one.truth
    assert found.missing == ()


@pytest.mark.parametrize("one", unfamiliar.ALL, ids=lambda one: one.name)
def test_its_rows_come_in_whole_under_the_proposal(new_desk: object, tmp_path: Path, one: Unfamiliar) -> None:
    desk: Desk = new_desk()  # type: ignore[operator]
    path = one.write(tmp_path)
    variant = variant_of(proposed(path), POLICE, supplier="leicestershire-police")
    batch = Batch("police-offences", (path,), supplier="leicestershire-police", variant=variant)
    result = ingest_batches(desk.store, [batch], received_at=NOW)
    assert {each.status for each in result.submissions} == {"accepted"}
    kept = desk.rows(
        "select count(*), count(event_start_at), count(*) filter (weapon <> 'not_recorded'), count(easting_m) "
        "from incident join profile using (profile_id) where record_key <> 'BASE'"
    )
    blank_weapons = sum(row["weapon"] == "" for row in _rows(path, one))
    assert kept == [(unfamiliar.ROWS, unfamiliar.ROWS, unfamiliar.ROWS - blank_weapons, unfamiliar.ROWS)]


def _rows(path: Path, one: Unfamiliar) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()[len(one.above) :]
    names = list(one.headings)
    return [
        dict(zip(names, row, strict=True)) for row in list(csv.reader(lines, delimiter=one.delimiter))[1:]
    ]


def test_the_why_names_the_likeness_and_the_values(tmp_path: Path) -> None:
    (start,) = (
        one
        for one in proposed(unfamiliar.SHOUTING.write(tmp_path)).proposals
        if one.column == "event_start_at"
    )
    assert start.why == (
        "named like 'occurred from date'; 100% of the values are dates, day first, in the order of a row's other dates"
    )
    assert (start.how_sure, start.runners_up[0][0]) == ("sure", "recorded_at")


def test_a_fire_is_recorded_when_it_begins(tmp_path: Path) -> None:
    rows = (f"26-{n},2026-03-{n:02d} 10:00,2026-03-{n:02d} 11:00,Primary fire" for n in range(1, 29))
    path = table(tmp_path / "x.csv", "IRS ref,Call taken,Crew clear,Incident class", *rows)
    found = proposed(path, feed("fire")).columns
    assert (found["recorded_at"], found["event_end_at"]) == ("Call taken", "Crew clear")


def test_a_name_that_the_values_contradict_is_not_believed(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv",
        "reference,ho code,date recorded,easting",
        *(f"A{n},8N,{n}/3/2025,none" for n in range(1, 9)),
    )
    one = proposed(path).proposals[3]
    assert (one.heading, one.column) == ("easting", None)


def test_what_tells_who_a_person_is_is_never_used_and_never_shown(tmp_path: Path) -> None:
    one = Unfamiliar(
        "identified",
        ",",
        "%d/%m/%Y",
        {
            "key": ("Crime No", "record_key"),
            "code": ("HO Code", "offence_code"),
            "recorded": ("Date Crime Recorded", "recorded_at"),
            "name": ("Victim Surname", None),
            "number": ("Local ID 2", None),
            "born": ("Date 2", None),
        },
    )
    path = one.write(tmp_path)
    found = proposed(path)
    assert {each.heading: each.column for each in found.proposals} == one.truth
    hidden = {each.heading: each.why.partition(":")[0] for each in found.proposals if each.is_forbidden}
    assert hidden == {
        "Victim Surname": "looks like a person's name",
        "Local ID 2": "looks like an NHS number",
        "Date 2": "looks like dates of birth",
    }
    assert all(each.samples == () for each in found.proposals if each.is_forbidden)
    assert [words.partition(":")[0] for words in found.remarks[-3:-1]] == [
        "The file holds what would tell who a person is (Victim Surname)",
        "Values of Local ID 2, Date 2 would tell who a person is; they are left out. Ask for the file without.",
    ]
    first = shown(path, variant_of(found, POLICE)).rows[0]
    assert [first.before[name] for name in ("Victim Surname", "Local ID 2")] == [HIDDEN, HIDDEN]


def test_identifiers_inside_other_columns_are_masked(tmp_path: Path) -> None:
    notes = [f"call {n}" for n in range(7)] + ["ring someone@example.org"]
    path = table(
        tmp_path / "x.csv",
        "reference,ho code,date recorded,notes",
        *(f"A{n},8N,05/03/2025,{text}" for n, text in enumerate(notes)),
    )
    found = proposed(path)
    assert all("example" not in sample for one in found.proposals for sample in one.samples)
    assert shown(path, variant_of(found, POLICE)).rows[7].before["notes"] == HIDDEN


def test_values_of_coded_columns_are_known_alike_or_open(tmp_path: Path) -> None:
    weapons = ["knife", "KNIFE", "Kitchen knife (large)", "no knife seen", "spoon", "unknown"]
    path = table(
        tmp_path / "x.csv",
        "reference,ho code,date recorded,weapon",
        *(f"A{n},8N,05/03/2025,{text}" for n, text in enumerate(weapons)),
    )
    found = [one for one in proposed(path).codes if one.column == "weapon"]
    assert [(one.raw, one.count, one.code, one.is_known) for one in found] == [
        ("KNIFE", 2, "sharp", True),
        ("Kitchen knife (large)", 1, "sharp", False),
        ("no knife seen", 1, None, False),
        ("spoon", 1, None, False),
        ("unknown", 1, None, True),
    ]
    assert [one.raw for one in found if one.is_open] == ["no knife seen", "spoon"]


def test_unknown_offences_are_listed_with_their_rows_and_never_guessed(tmp_path: Path) -> None:
    codes = ["8N", "8N", "8Ñ", "AOABH", "AOABH"]
    path = table(
        tmp_path / "x.csv",
        "reference,ho code,date recorded",
        *(f"A{n},{code},05/03/2025" for n, code in enumerate(codes)),
    )
    found = [
        (one.raw, one.count, one.code)
        for one in proposed(path).codes
        if one.column == "offence_code" and one.is_open
    ]
    assert found == [("AOABH", 2, None), ("8Ñ", 1, None)]


@pytest.mark.parametrize(
    ("dates", "order", "words"),
    [
        (("13/02/2025", "01/02/2025"), "day_first", ""),
        (("02/13/2025", "02/01/2025"), "month_first", "Dates have the month first."),
        (("02/03/2025", "04/05/2025"), "day_first", "No day is beyond 12"),
        (("13/02/2025", "02/13/2025"), "day_first", "Some dates have the day first and some the month"),
    ],
)
def test_the_order_of_dates_is_told_from_days_beyond_12(
    tmp_path: Path, dates: tuple[str, ...], order: str, words: str
) -> None:
    path = table(
        tmp_path / "x.csv",
        "reference,ho code,date recorded",
        *(f"A{n},8N,{day}" for n, day in enumerate(dates)),
    )
    found = proposed(path)
    assert variant_of(found, POLICE).date_order == order
    assert any(remark.startswith(words) for remark in found.remarks if words) == bool(words)


def test_what_the_feed_needs_and_no_heading_gives_is_named(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "colour,shape", "red,round", "blue,square")
    found = proposed(path)
    assert [words.partition(":")[0] for words in found.missing] == [
        "record_key",
        "recorded_at",
        "offence_code or classification",
    ]
    refused = shown(path, variant_of(found, POLICE))
    assert "this is not a file of the feed police-offences" in refused.refusal
    assert [row.after for row in refused.rows] == [None, None]


def test_a_file_that_fits_already_needs_no_variant(tmp_path: Path, desk: Desk) -> None:
    path = table(tmp_path / "x.csv", desk.header, desk.row("A1"), desk.row("A2"))
    assert variant_of(proposed(path), POLICE) == Variant(feed="police-offences")


def test_a_heading_that_stands_twice_is_used_for_nothing(tmp_path: Path) -> None:
    path = table(
        tmp_path / "x.csv", "reference,ho code,date recorded,weapon,weapon", "A1,8N,05/03/2025,knife,none"
    )
    found = proposed(path)
    assert [(one.heading, one.column) for one in found.proposals[3:]] == [("weapon", None), ("weapon", None)]
    assert "stands more than once" in found.proposals[3].why
    assert "both mean weapon" in shown(path, variant_of(found, POLICE)).refusal


def test_two_headings_for_one_column_leave_the_likelier(tmp_path: Path) -> None:
    rows = (f"A{n},8N,{n}/3/2025,1{n}/3/2025" for n in range(1, 9))
    path = table(tmp_path / "x.csv", "reference,ho code,date reported,recorded date", *rows)
    variant = variant_of(proposed(path), POLICE)
    assert variant.columns["recorded_at"] == "recorded date"
    assert apply(POLICE, variant).headings()["recorded date"] == "recorded_at"
    assert shown(path, variant).rows_kept == 8


def test_the_preview_shows_rows_before_and_after_and_why_some_are_rejected(tmp_path: Path) -> None:
    rows = ["A1;8N;03/05/2025 14:30;KNIFE", "A2;8N;32/05/2025;NONE", "A3;105A;04/05/2025;spoon"]
    path = table(tmp_path / "x.csv", "Nr;HO;Logged;Wpn", *rows)
    variant = Variant(
        feed="police-offences",
        columns={"record_key": "Nr", "offence_code": "HO", "recorded_at": "Logged", "weapon": "Wpn"},
    )
    found = shown(path, variant)
    assert (found.rows_tried, found.rows_kept, found.refusal) == (3, 2, "")
    assert [row.line for row in found.rows] == [2, 3, 4]
    assert found.rows[0].before == {"Nr": "A1", "HO": "8N", "Logged": "03/05/2025 14:30", "Wpn": "KNIFE"}
    assert found.rows[0].after == {
        "record_key": "A1",
        "recorded_at": "2025-05-03 14:30",
        "weapon": "sharp",
        "offence": offences().by_key["8N|"].label,
    }
    assert found.rows[1].after is None
    assert "is not a date that exists" in found.rows[1].reasons[0]
    assert any("'spoon' is not known" in words for words in found.noticed)


def test_the_month_stands_first_where_the_variant_says_so(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "reference,ho code,date recorded", "A1,8N,02/03/2025")
    read = [
        shown(path, Variant(feed="police-offences", date_order=order)).rows[0].after["recorded_at"]  # type: ignore[arg-type, index]
        for order in ("day_first", "month_first")
    ]
    assert read == ["2025-03-02", "2025-02-03"]


def test_lines_above_the_header_are_read_as_they_are_on_the_way_in(tmp_path: Path) -> None:
    path = tmp_path / "ed.csv"
    path.write_text(
        "Reporting period start,2025-01-01\nReporting period end,2025-01-31\nSite code,SIMLE\n\n"
        "Arrived At,Assaulted At,Weapon / Method\n02/01/2025 10:00,02/01/2025 09:00,Knife\n"
        "02/02/2025 10:00,02/02/2025 09:00,Fist\n",
        encoding="utf-8",
    )
    of = feed("ed-assaults")
    found = proposed(path, of)
    assert found.columns == {
        "recorded_at": "Arrived At",
        "event_start_at": "Assaulted At",
        "weapon": "Weapon / Method",
    }
    seen = shown(path, variant_of(found, of), of)
    assert (seen.rows_tried, seen.rows_kept) == (2, 1)
    assert [row.line for row in seen.rows] == [6, 7]


@pytest.mark.parametrize("content", ["", "\n\n\n", "1,2\n3,4\n"])
def test_what_is_no_table_with_headings_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RefusedInput, match=r"x\.csv"):
        proposed(path)


def test_a_header_without_rows_is_proposed_by_its_names(tmp_path: Path) -> None:
    found = proposed(table(tmp_path / "x.csv", "Crm Ref No,HO Cd,Dt Recorded"))
    assert found.columns == {
        "record_key": "Crm Ref No",
        "offence_code": "HO Cd",
        "recorded_at": "Dt Recorded",
    }


def test_nothing_is_taken_in_by_looking(tmp_path: Path, desk: Desk) -> None:
    path = unfamiliar.SHOUTING.write(tmp_path)
    shown(path, variant_of(proposed(path), POLICE))
    desk.assert_untouched()


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "feed_id"),
    [
        ("mps/mps_borough_24m_to_202005.csv", "monthly-counts"),
        ("home_office/prc-pfa-2017-18.csv", "home-office-prc"),
    ],
)
def test_published_files_need_nothing_beyond_their_feed(real_data: Path, name: str, feed_id: str) -> None:
    of = feed(feed_id)
    found = proposed(real_data / name, of)
    assert (variant_of(found, of), found.missing) == (Variant(feed=feed_id), ())
    seen = shown(real_data / name, variant_of(found, of), of)
    assert seen.rows_kept == seen.rows_tried == 1_000


def test_values_that_are_mapped_or_ignored_later_are_read_anew_from_the_same_file(desk: Desk) -> None:
    text = "reference,force,ho code,date recorded,weapon,victim age\nA1,Derbys,AOABH,05/03/2024,spoon,tbc\n"
    spelt = {"supplier": {"Derbys": "derbyshire-police"}}
    plain = Variant(feed="police-offences", codes=spelt)
    mapped = Variant(
        feed="police-offences",
        codes=spelt | {"weapon": {"Spoon": "other"}, "offence_code": {"aoabh": "8N"}},
        ignored={"victim_age": {"TBC": "filled in later"}},
    )
    ignored = Variant(
        feed="police-offences",
        codes=spelt,
        ignored={
            "weapon": {"Spoon": "no weapon"},
            "offence_code": {"AOABH": "own code"},
            "victim_age": {"TBC": "filled in later"},
        },
    )
    found = []
    for variant in (plain, mapped, mapped, ignored):
        (result,) = desk.hand_in(text, name="derbyshire.csv", variant=variant).submissions
        question = (
            "select weapon, offence_key, offence_raw from incident join profile using (profile_id) "
            "join offence using (offence_id) where record_key = 'A1'"
        )
        found.append((result.status, len(result.warnings), *desk.rows(question)))
    assert found == [
        ("accepted", 3, ("not_recorded", "unmapped", "AOABH")),
        ("accepted", 0, ("other", "8N|", "AOABH")),
        ("unchanged", 0, ("other", "8N|", "AOABH")),
        ("accepted", 0, ("not_recorded", "unmapped", "AOABH")),
    ]


NAMES = "reference|ho code|HO CODE|date recorded|weapon|Wpn|easting|x|force||?|Victim Name|id|St|Dt|occurred from|a\nb"
HEADINGS = st.lists(st.sampled_from(NAMES.split("|")), min_size=1, max_size=9)
CELLS = st.sampled_from(
    [
        "",
        "8N",
        "A1",
        "A2",
        "13/02/2025",
        "2025-03-01 10:00",
        "knife",
        "453000",
        "M",
        "Y",
        "17",
        "1e400",
        "\x1b",
        '"',
        "-",
    ]
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADINGS, st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=6))
def test_a_proposal_can_always_be_tried(tmp_path: Path, headings: list[str], rows: list[list[str]]) -> None:
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([headings, *(row[: len(headings)] for row in rows)])
    try:
        found = proposed(path)
    except RefusedInput:
        return
    variant = variant_of(found, POLICE)
    assert set(apply(POLICE, variant).headings()) >= {fold(heading) for heading in variant.columns.values()}
    seen = shown(path, variant)
    assert seen.rows_kept <= seen.rows_tried == (0 if seen.refusal else found.row_count)
    assert not [one for one in found.proposals if one.is_forbidden and (one.column or one.samples)]
