"""What is not as its feed expects: an error or a rejected row with its reason, and no build harmed."""

import json
from typing import Any

import pytest

from vrin_data import measures, protect
from vrin_data.cli.commands import main
from vrin_data.intake import ingest

SHEET = (
    "file",
    "supplier",
    "feed",
    "period",
    "mode",
    "rows_in",
    "rows_kept",
    "rows_rejected",
    "incidents",
    "status",
)


def _counts(result: Any) -> list[tuple[Any, ...]]:
    """Each submission's period, rows in, kept and rejected, incidents and status."""
    return [
        (one.period, one.rows_in, one.rows_kept, one.rows_rejected, one.incidents, one.status)
        for one in result.submissions
    ]


def _assert_rules(desk: Any, expected: dict[int, str]) -> None:
    """These lines are rejected and no others, each for this rule at least, with the value shown."""
    rejected = desk.rejected()
    assert {line for line, *_ in rejected} == set(expected)
    assert set(expected.items()) <= {(line, rule) for line, _, _, rule in rejected}
    assert all(column and value for _, column, value, _ in rejected)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 132\n", "is a Git LFS pointer"),
        (b"\n<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
        (b"\xef\xbb\xbf<HTML>Error</HTML>", "is a web page"),
        (b'{"error": "not found"}', "is JSON"),
        (b"%PDF-1.4\n", "is a PDF, an archive or another binary file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cannot be read as a workbook"),
        (b"PAR1\x15\x04", "cannot be read as Parquet"),
        (b"<Crimes><Crime/></Crimes>", "holds no element that is a row"),
        (b"Borough,Month,Count\nCamden,202005,4\n", "no column for record_key"),
        (b"Crime extract, February 2024\n", "no column for recorded_at"),
        (b"A1,Derbyshire,8N,02/02/2024\n", "None of the 4 cells there is a heading that the feed knows"),
    ],
)
def test_what_is_no_extract_is_refused_with_the_reason(desk: Any, content: bytes, words: str) -> None:
    reason = desk.refusal(content)
    assert reason.startswith("extract.csv")
    assert words in reason


def test_a_header_without_rows_is_refused(desk: Any) -> None:
    for text in (desk.header, desk.header + "\n"):
        assert "has a header and no rows" in desk.refusal(text)


def test_two_headings_of_one_meaning_are_refused_and_unknown_ones_passed_over(desk: Any) -> None:
    twice = desk.text(desk.row() + ",8N", header=desk.header + ",Home Office code")
    assert "the headings 'HO code' and 'Home Office code' both mean offence_code" in desk.refusal(twice)
    desk.send(desk.text(desk.row("A2") + ",x,y", header=desk.header + ",note,note"))
    assert desk.kept() == [(2, "A2")]


def test_columns_in_another_order_with_other_spellings(desk: Any) -> None:
    header = "DATE_RECORDED, Victim Age ,Offence Code,crime ref no,Police Force"
    desk.send(
        desk.text("2024-02-02T10:00:00,17,8N,A2,derbyshire", "2024-02-30,17,8N,A3,DERBYSHIRE", header=header)
    )
    assert desk.kept() == [(2, "A2")]
    assert desk.rejected() == [(3, "DATE_RECORDED", "2024-02-30", "not_a_date")]


def test_a_file_for_another_feed_is_refused(desk: Any) -> None:
    assert "not a file of the feed police-uk" in desk.refusal(desk.text(desk.row()), feed="police-uk")
    assert "not a file of the feed police-offences" in desk.refusal(
        desk.text(desk.open_row(), header=desk.open_header)
    )


def test_dates_that_do_not_exist_and_dates_to_come(desk: Any) -> None:
    good = [desk.row("A2", recorded_date="29/02/2024"), desk.row("A3", recorded_date="30/06/2024 23:59")]
    bad = ["29/02/2023", "31/04/2024", "2024-13-01", "45321", "02/02/24", "01/07/2024", "", "yesterday"]
    result = desk.send(desk.text(*good, *(desk.row("X", recorded_date=text) for text in bad)))
    assert desk.kept() == [(2, "A2"), (3, "A3")]
    rules = ["not_a_date"] * 5 + ["in_the_future", "missing", "not_a_date"]
    assert desk.rejected() == [
        (line, "Recorded date", text or None, rule)
        for line, text, rule in zip(range(4, 12), bad, rules, strict=True)
    ]
    assert _counts(result) == [
        ("2024-02", 1, 1, 0, 1, "accepted"),
        ("2024-06", 1, 1, 0, 1, "accepted"),
        (None, 8, 0, 8, 0, "accepted"),
    ]


def test_coordinates_that_cannot_be(desk: Any) -> None:
    bad = [
        ("0", "0", "outside_the_country"),
        ("435000", "", "half_a_coordinate"),
        ("", "336000", "half_a_coordinate"),
        ("somewhere", "336000", "not_a_number"),
        ("nan", "nan", "not_a_number"),
        ("-435000", "336000", "outside_the_country"),
        ("600000", "400000", "in_the_sea"),
    ]
    good = [desk.row(f"A{line}") for line in range(9, 18)]
    nowhere = desk.row("A18", easting="", northing="")
    desk.send(desk.text(*(desk.row("X", easting=e, northing=n) for e, n, _ in bad), *good, nowhere))
    _assert_rules(desk, dict(enumerate((rule for _, _, rule in bad), start=2)))
    assert desk.rows("select source_line, place_precision from incident where record_key = 'A18'") == [
        (18, "force")
    ]
    assert [line for line, _ in desk.kept()] == list(range(9, 19))


def test_degrees_that_cannot_be(desk: Any) -> None:
    header = desk.header.replace("Easting,Northing", "Longitude,Latitude")
    bad = [("0", "0"), ("52.92", "-14.7"), ("2", "53.5"), ("", "52.9"), ("x", "52.9")]
    rules = ["outside_the_country", "outside_the_country", "in_the_sea", "half_a_coordinate", "not_a_number"]
    good = [desk.row(f"A{line}", easting="-1.47", northing="52.92") for line in range(7, 13)]
    rows = [desk.row("X", easting=longitude, northing=latitude) for longitude, latitude in bad]
    desk.send(desk.text(*rows, *good, header=header))
    _assert_rules(desk, dict(enumerate(rules, start=2)))
    assert desk.rows("select distinct place_precision from incident where record_key <> 'BASE'") == [
        ("exact",)
    ]


def test_an_offence_code_nobody_knows_is_kept_as_unmapped_and_counted_in_the_stamp(desk: Any) -> None:
    result = desk.send(desk.text(desk.row("A2", ho_code="999Z"), desk.row("A3", ho_code=""), desk.row("A4")))
    assert _counts(result) == [("2024-02", 3, 3, 0, 3, "accepted")]
    sql = """
        select record_key, mapping_status = 'unmapped' as is_unmapped
        from incident join profile using (profile_id)
        where record_key <> 'BASE'
        order by record_key
    """
    assert desk.rows(sql) == [("A2", True), ("A3", True), ("A4", False)]
    month = measures.parse_month("2024-02")
    chosen = measures.Selection(level="force", from_month=month, to_month=month)
    shown = protect.present(measures.harm(desk.store, chosen), protect.Viewer.analyst())
    notes = [note for note in shown.stamp.notes if "unmapped" in note or "no known" in note]
    assert any("2" in note for note in notes), shown.stamp.notes


def test_values_outside_a_code_list_and_impossible_ages_are_kept_and_said(desk: Any) -> None:
    ages = ["abc", "999", "-1", "nan", "24-18"]
    rows = [desk.row(f"A{line}", victim_age=age) for line, age in enumerate(ages, start=3)]
    result = desk.send(desk.text(desk.row("A2", weapon="spoon"), *rows, desk.row("A8", victim_age="34.0")))
    assert _counts(result) == [("2024-02", 7, 7, 0, 7, "accepted")]
    said = {
        words.removesuffix(" is not known and was kept as not recorded")
        for words in result.submissions[0].warnings
    }
    assert said == {"weapon: 'spoon'", *(f"victim_age: {age!r}" for age in ages)}
    sql = "select record_key, weapon from incident join profile using (profile_id) where record_key in ('A2', 'A3')"
    assert sorted(desk.rows(sql)) == [("A2", "not_recorded"), ("A3", "sharp")]
    sql = "select record_key, age_years from person join incident using (incident_id) where record_key <> 'BASE'"
    assert sorted(desk.rows(sql)) == [("A2", 34), ("A8", 34)]


def test_equal_rows_and_a_reference_used_twice_are_all_kept(desk: Any) -> None:
    result = desk.send(desk.text(*[desk.row("A")] * 3, desk.row("A", ho_code="8L")))
    assert _counts(result) == [("2024-02", 4, 4, 0, 4, "accepted")]
    assert desk.kept() == [(2, "A"), (3, "A"), (4, "A"), (5, "A")]


def test_a_total_row_is_rejected(desk: Any) -> None:
    result = desk.send(desk.text(desk.row("A2"), desk.row("A3"), "Total,,,,,,,2"))
    assert _counts(result) == [("2024-02", 3, 2, 1, 2, "accepted")]
    assert desk.rejected() == [(4, "Force", None, "unknown_supplier"), (4, "Recorded date", None, "missing")]


def test_a_row_of_an_unknown_supplier_is_rejected_and_a_file_of_them_refused(desk: Any) -> None:
    assert "names no supplier VRIN knows" in desk.refusal(desk.text(desk.row(force="Nobody")))
    result = desk.send(desk.text(desk.row("A2"), desk.row("A3"), desk.row("A4", force="Nobody")))
    assert _counts(result) == [("2024-02", 3, 2, 1, 2, "accepted")]
    assert desk.rejected() == [(4, "Force", "Nobody", "unknown_supplier")]


def test_a_file_that_is_bad_in_most_rows_is_refused_whole(desk: Any) -> None:
    rows = [desk.row("X", recorded_date="31/02/2024")] * 60 + [desk.row(f"A{number}") for number in range(50)]
    reason = desk.refusal(desk.text(*rows))
    assert reason.startswith("extract.csv: 60 of 110 rows cannot be used")


def test_one_crime_with_several_outcomes_is_one_incident(desk: Any) -> None:
    rows = (
        desk.open_row("a", outcome="Under investigation"),
        desk.open_row("b"),
        desk.open_row("a", outcome="Offender sent to prison"),
        desk.open_row(""),
        desk.open_row(""),
    )
    result = desk.send(desk.text(*rows, header=desk.open_header), feed="police-uk")
    assert _counts(result) == [("2024-02", 5, 5, 0, 4, "accepted")]
    assert desk.kept() == [(2, "a"), (3, "b"), (5, None), (6, None)]
    sql = """
        select record_key, outcome.source_line, outcome_raw
        from outcome join incident using (incident_id)
        order by all
    """
    assert desk.rows(sql) == [("a", 2, "Under investigation"), ("a", 4, "Offender sent to prison")]


def test_months_that_are_none(desk: Any) -> None:
    bad = ["2024-13", "spring", "", "2024-07", "0001-01"]
    rows = [desk.open_row(f"x{line}", month=month) for line, month in enumerate(bad, start=2)]
    good = [desk.open_row(f"a{line}") for line in range(7, 14)]
    desk.send(desk.text(*rows, *good, header=desk.open_header), feed="police-uk")
    assert [(line, column, value) for line, column, value, _ in desk.rejected()] == [
        (line, "Month", month or None) for line, month in enumerate(bad, start=2)
    ]


def test_the_same_archive_again_changes_nothing_and_a_changed_month_replaces_that_month_alone(
    desk: Any, zipped: Any
) -> None:
    def archive(*february: str) -> bytes:
        return zipped(
            {
                "2024-01/2024-01-derbyshire-street.csv": desk.text(
                    desk.open_row("j", month="2024-01"), header=desk.open_header
                ),
                "2024-02/2024-02-derbyshire-street.csv": desk.text(
                    *(desk.open_row(key) for key in february), header=desk.open_header
                ),
                "2024-02/2024-02-derbyshire-outcomes.csv": "Crime ID,Month\n",
            }
        )

    first = desk.send(archive("f", "g"), name="open.zip", feed="police-uk")
    assert (first.build_id, [one.status for one in first.submissions]) == ("000002", ["accepted", "accepted"])
    assert first.left_aside == ("open.zip/2024-02/2024-02-derbyshire-outcomes.csv",)
    again = desk.send(archive("f", "g"), name="open.zip", feed="police-uk")
    assert (again.build_id, [one.status for one in again.submissions]) == (None, ["unchanged", "unchanged"])
    other_order = desk.send(archive("g", "f"), name="renamed.zip", feed="police-uk")
    assert other_order.build_id is None
    changed = desk.send(archive("g"), name="open.zip", feed="police-uk")
    assert [(one.period, one.status, one.replaces_rows) for one in changed.submissions] == [
        ("2024-01", "unchanged", None),
        ("2024-02", "accepted", 2),
    ]
    assert (changed.build_id, desk.kept()) == ("000003", [(2, "g"), (2, "j")])


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("one/same.csv", "two/same.csv")])
def test_two_files_of_a_call_for_one_suppliers_month_are_refused(desk: Any, names: tuple[str, str]) -> None:
    first = desk.write(names[0], desk.text(desk.row("A2")))
    second = desk.write(names[1], desk.text(desk.row("B2")))
    result = desk.send_paths(first, second)
    assert [one.status for one in result.submissions] == ["stopped", "refused"]
    assert "Send one file for a supplier's month" in result.submissions[1].reason
    desk.assert_untouched()


def test_one_bad_file_among_good_ones_holds_all_of_them_back(desk: Any) -> None:
    good = desk.write("good.csv", desk.text(desk.row("A2")))
    bad = desk.write("bad.csv", "x,y\n1,2\n")
    later = desk.write("later.csv", desk.text(desk.row("A3", recorded_date="03/03/2024")))
    result = desk.send_paths(good, bad, later)
    assert [(one.file, one.status) for one in result.submissions] == [
        ("good.csv", "stopped"),
        ("bad.csv", "refused"),
        ("later.csv", "stopped"),
    ]
    desk.assert_untouched()


def test_a_month_rejected_whole_beside_good_months_is_told_again_and_again(desk: Any) -> None:
    months = [
        desk.row("A2", recorded_date="02/01/2024"),
        desk.row("A3"),
        desk.row("A4", recorded_date="03/03/2024"),
    ]
    desk.send(desk.text(*months))
    text = desk.text(*months[:2], desk.row("A4", recorded_date="03/03/2024", easting="x"))
    second = desk.send(text)
    assert _counts(second)[-1] == ("2024-03", 1, 0, 1, 0, "stopped")
    _assert_rules(desk, {4: "not_a_number"})
    third = desk.send(text)
    assert (third.build_id, {one.status for one in third.submissions}) == (None, {"unchanged"})


def test_hundreds_of_values_nobody_knows_in_every_coded_column(desk: Any) -> None:
    headings = (
        "HO code,HO classification,Location type,Weapon,Weapon use,Domestic,Hate,Alcohol,Gang,Injury,Victim sex,"
        "Suspect sex,Status,Reported by"
    )
    rows = [
        ",".join(
            [
                f"R{row}",
                "Derbyshire",
                "02/02/2024",
                *(f"v{column}x{(row * column) % 701}" for column in range(1, 15)),
            ]
        )
        for row in range(700)
    ]
    result = desk.send(desk.text(*rows, header=f"Crime reference,Force,Recorded date,{headings}"))
    assert _counts(result) == [("2024-02", 700, 700, 0, 700, "accepted")]


def test_json_says_what_became_of_each_submission(desk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write("a.csv", desk.text(desk.row("A2"), desk.row("A3", recorded_date="31/02/2024")))
    store = ["--store", str(desk.store.path)]
    code = main([*store, "ingest", "police-offences", str(path), "--format", "json"])
    (told,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {name: told[name] for name in SHEET} == {
        "file": "a.csv",
        "supplier": "derbyshire-police",
        "feed": "police-offences",
        "period": "2024-02",
        "mode": "replace_period",
        "rows_in": 2,
        "rows_kept": 1,
        "rows_rejected": 1,
        "incidents": 1,
        "status": "accepted",
    }
    assert main([*store, "ingest", "police-offences", str(path), "--format", "json"]) == 0
    assert [one["status"] for one in json.loads(capsys.readouterr().out)] == ["unchanged"]


def test_refused_input_exits_1_and_says_that_nothing_was_changed(
    desk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = desk.write("good.csv", desk.text(desk.row("A2"))), desk.write("bad.csv", "")
    arguments = ["--store", str(desk.store.path), "ingest", "police-offences", str(good), str(bad)]
    assert main(arguments) == 1
    told = capsys.readouterr().out
    assert "refused: bad.csv: is empty" in told
    assert "Refused: nothing was changed." in told
    assert main([*arguments, "--format", "json"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["status"]) for one in listed] == [
        ("good.csv", "stopped"),
        ("bad.csv", "refused"),
    ]
    assert all(set(SHEET) <= set(one) for one in listed)
    desk.assert_untouched()


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest", "no-such-feed", "FILE"],
        ["ingest", "police-offences", "FILE", "--supplier", "nobody"],
        ["ingest", "police-offences"],
        ["ingest", "police-offences", "FILE", "--format", "xml"],
        ["swallow", "FILE"],
    ],
)
def test_wrong_usage_exits_2(desk: Any, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = str(desk.write("a.csv", desk.text(desk.row())))
    code = main(["--store", str(desk.store.path), *(path if part == "FILE" else part for part in arguments)])
    assert (code, bool(capsys.readouterr().err)) == (2, True)
    desk.assert_untouched()


def test_a_file_that_does_not_say_who_sent_it(desk: Any) -> None:
    header = "Crime reference,HO code,Recorded date"
    text = desk.text("A2,8N,02/02/2024", header=header)
    assert "does not say who sent it" in desk.refusal(text)
    assert (
        desk.send(text, name="leicestershire-2024-02.csv").submissions[0].supplier == "leicestershire-police"
    )
    named = ingest(
        desk.store,
        "police-offences",
        [desk.write("x.csv", text)],
        received_at=desk.received_at,
        supplier="Derbyshire Constabulary",
    )
    assert named.submissions[0].supplier == "derbyshire-police"


def test_a_coded_column_that_is_blank_throughout(desk: Any) -> None:
    result = desk.send(desk.text(desk.row("A2", weapon=""), desk.row("A3", weapon="")))
    assert _counts(result) == [("2024-02", 2, 2, 0, 2, "accepted")]
    sql = "select distinct weapon from incident join profile using (profile_id) where record_key <> 'BASE'"
    assert desk.rows(sql) == [("not_recorded",)]


def test_a_rejected_value_is_shown_as_it_stood_whatever_its_neighbours_hold(desk: Any) -> None:
    rows = (desk.row("A2"), desk.row("X\x1fY", weapon="a\x1fb", recorded_date="31/02/2024"), desk.row("A4"))
    desk.send(desk.text(*rows))
    assert desk.rejected() == [(3, "Recorded date", "31/02/2024", "not_a_date")]
