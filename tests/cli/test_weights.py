"""`weights`, as words in and words out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vrin_data.cli.commands import main

Say = Callable[..., str]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs one command on a new store and gives what it printed, or what it refused with."""

    def said(*words: object, code: int = 0) -> str:
        assert main(["--store", str(tmp_path / "store"), "weights", *map(str, words)]) == code
        printed = capsys.readouterr()
        return (printed.err if code else printed.out).rstrip("\n")

    return said


@pytest.fixture
def ours(tmp_path: Path, say: Say) -> Path:
    """The built-in edition as a CSV with one weight changed, one row left out and one added."""
    lines = say("export", "cchi-2020").splitlines()
    assert lines[0] == "offence_code,classification,qualifier,days,is_attempt,is_notifiable,row_id"
    lines = [line.replace("8N,008/06,,10,no", "8N,008/06,,12,no") for line in lines]
    file = tmp_path / "ours.csv"
    file.write_text("\n".join([*lines[:-1], "8N,008/77,,730,no,yes,strangulation"]) + "\n", encoding="utf-8")
    return file


DIFFERENCES = [
    "Against cchi-2020 (698 rows): 1 changed weight, 1 new row, 1 gone row:",
    "  changed weight: 8N.8.6.0 (8N 008/06) from 10 to 12",
    "  new row: strangulation (8N 008/77) at 730",
    "  gone row: NN.195.79.0 (NN 195/79) at 0.1",
]


def test_the_built_in_editions_are_listed(say: Say) -> None:
    assert say("list").splitlines() == [
        "cchi-2020  days  698 rows  2020  Cambridge Crime Harm Index 2020",
        "unit-costs-2018  pounds  292 rows  July 2018  Unit costs of crime, Home Office 2018 (prices of 2015/16)",
    ]
    listed = json.loads(say("list", "--format", "json"))
    assert [(one["edition_id"], one["kind"], one["unit"]) for one in listed] == [
        ("cchi-2020", "days", "days of recommended sentence"),
        ("unit-costs-2018", "pounds", "pounds of unit cost"),
    ]


def test_an_own_table_is_tried_then_taken_in_and_never_twice(say: Say, ours: Path) -> None:
    tried = say("import", ours, "--edition", "local-1", "--dry-run").splitlines()
    assert tried[-1] == "Dry run: nothing was recorded."
    assert [line for line in tried if line in DIFFERENCES] == DIFFERENCES
    taken = say("import", ours, "--edition", "local-1", "--name", "Ours", "--by", "A. Analyst").splitlines()
    assert taken[:-1] == tried[:-1]
    assert taken[-1] == "Recorded as local-1: Ours."
    assert say("list").splitlines()[-1] == "local-1  days  698 rows  not said  Ours"
    assert say("diff", "cchi-2020", "local-1").splitlines() == DIFFERENCES
    # The choice of 8N's ordinary line follows the line to its new weight.
    assert ", central 12 (chosen: 008/06: ordinary line" in say("show", "local-1", "--offence", "8N")
    again = say("import", ours, "--edition", "local-1", "--by", "A. Analyst", code=1)
    assert "an edition never changes; take another id" in again


def test_an_import_is_told_as_json(say: Say, ours: Path) -> None:
    told = json.loads(say("import", ours, "--edition", "local-1", "--dry-run", "--format", "json"))
    assert (told["against"], told["row_count"], told["is_recorded"]) == ("cchi-2020", 698, False)
    assert [one["change"] for one in told["differences"]] == ["changed weight", "new row", "gone row"]
    assert (told["carried_choices"], told["left_to_choose"]) == (124, [])


def test_an_import_without_a_name_of_who_does_it_is_refused(say: Say, ours: Path) -> None:
    assert "by: is empty" in say("import", ours, "--edition", "local-1", code=1)


def test_editions_of_different_kinds_are_not_compared(say: Say) -> None:
    assert "cannot be compared row by row" in say("diff", "cchi-2020", "unit-costs-2018", code=2)
    assert "No weight edition is called" in say("show", "cchi-1999", code=2)


def test_the_rows_of_an_offence_are_shown_from_the_lowest(say: Say) -> None:
    assert say("show", "cchi-2020", "--offence", "8S 008/01").splitlines() == [
        "8S 008/01 Assault with injury on a constable: 182.5 to 912.5 days of recommended sentence, central 182.5 "
        "(chosen: minor wound, the lower of its two lines; no published split, serious is the other reading "
        "(VRIN default))",
        "  182.5  8S 008/01, Assault with injury on a constable, minor",
        "  182.5  8S 008/01, Assault with injury on a constable, minor, attempt",
        "  912.5  8S 008/01, Assault with injury on a constable, serious",
        "  912.5  8S 008/01, Assault with injury on a constable, serious, attempt",
    ]
    assert say("show", "cchi-2020", "--offence", "60").endswith("no row of the edition covers this offence.")
    assert "is no offence that is known" in say("show", "cchi-2020", "--offence", "999Z", code=2)


def test_an_edition_is_shown_with_its_notes_and_how_sure_it_is(say: Say) -> None:
    shown = say("show", "unit-costs-2018").splitlines()
    assert shown[0] == "unit-costs-2018: Unit costs of crime, Home Office 2018 (prices of 2015/16)"
    assert shown[1] == "  292 rows in pounds of unit cost; published July 2018"
    assert shown[4].startswith("  Note: Unit costs are of actual crimes.")
    assert shown[-1].startswith("  Offences an extract may name: ")


def test_the_four_attempts_are_shown_with_what_the_rule_changes(say: Say) -> None:
    shown = say("show", "cchi-2020", "--attempts").splitlines()
    assert shown[0] == "cchi-2020: 4 attempts weigh other than the completed offence:"
    assert [(line.split(" ")[0], "its row leaves" in line) for line in shown[1:]] == [
        ("1.1.1.1A", False),
        ("1.1.2.0A", False),
        ("79.79.5.0A", True),
        ("28F.28.3.1A", False),
    ]
    told = json.loads(say("show", "cchi-2020", "--attempts", "--format", "json"))
    assert [one["changes"] for one in told] == [False, False, True, False]
    assert say("show", "unit-costs-2018", "--attempts").startswith("unit-costs-2018: no attempt weighs other")


def test_a_choice_is_made_shown_beside_the_published_one_and_taken_back(say: Say) -> None:
    person = ("--by", "A. Analyst", "--reason", "audit of 200 files")
    made = say("choose", "cchi-2020", "8N", "--days", "19", *person)
    assert made == "8N| of cchi-2020 weighs 19 in the central reading: choices v1."
    table = say("choices", "cchi-2020").splitlines()
    assert table[0] == "cchi-2020: 167 offences may have several weights; choices v1"
    assert [line for line in table if "OWN" in line] == [
        "8N|  10 of 2, 5, 10, 19, 84, 547.5, 1460: 008/06: ordinary line of this code: actual bodily harm (s.47) "
        "(VRIN default); 5 of 15 possible offences have no row  OWN 19: audit of 200 files (A. Analyst)"
    ]
    told = json.loads(say("choices", "cchi-2020", "--format", "json"))
    (own,) = [one for one in told["choices"] if one["own"] is not None]
    assert (told["version"], own["published"], own["own"], own["own_by"]) == (1, 10.0, 19.0, "A. Analyst")
    assert say("list").splitlines()[0].startswith("cchi-2020, local choices v1  days")
    back = say("withdraw", "cchi-2020", "8N|", *person)
    assert back == "The choice for 8N| of cchi-2020 is taken back: choices v2."
    assert "OWN" not in say("choices", "cchi-2020")


def test_a_choice_of_no_row_is_refused_with_the_rows_there_are(say: Say) -> None:
    refused = say("choose", "cchi-2020", "8N", "--days", "20", "--by", "A", "--reason", "x", code=1)
    assert "its rows are 2, 5, 10, 19, 84, 547.5, 1460" in refused


@pytest.mark.real
def test_the_published_workbook_is_read_from_the_command_line(say: Say, real_data: Path) -> None:
    file = real_data / "harm" / "cchi2020dataxls.xlsx"
    told = say("import", file, "--edition", "cchi-2020-again", "--by", "A. Analyst").splitlines()
    assert told[0].endswith("698 rows in days of recommended sentence")
    assert sum(line.startswith("  put right: ") for line in told) == 2
    assert "Against cchi-2020 (698 rows): no difference." in told
    assert "Central choices carried over from cchi-2020: 124" in told
    assert say("diff", "cchi-2020", "cchi-2020-again") == "Against cchi-2020 (698 rows): no difference."
