"""The command `definitions`: reading, checking, comparing, and the way from a draft to approved."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.cli import definitions as command
from vrin_data.cli.commands import main
from vrin_data.contract.definitions import built_in_versions, definitions
from vrin_data.contract.worksheet import Consideration, Worksheet
from vrin_data.records import definition_version, save_worksheet
from vrin_data.records import definitions as records

TEXT = """# asked for in March
id = "our-town"
name = "Knives in our town"
status = "local"
source = "Board minutes"
author = "Our partnership"
valid_from = 2026-04-01
unit = "offence"
reason = "The board asked for it."

[include]
codes = ["8N"]

[filters]
weapon = ["sharp"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(store: Path, *words: object) -> int:
    return main(["--store", str(store), "definitions", *map(str, words)])


def out(capsys: pytest.CaptureFixture[str], store: Path, *words: object) -> str:
    assert run(store, *words) == 0
    return capsys.readouterr().out


def err(capsys: pytest.CaptureFixture[str], store: Path, *words: object, code: int = 1) -> str:
    assert run(store, *words) == code
    return capsys.readouterr().err


def test_the_list_names_what_is_in_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys, tmp_path, "list").splitlines()
    assert [line.split()[1] for line in lines] == [one.ref for one in definitions().values()]
    assert next(line for line in lines if " london-duty@1 " in line).split(maxsplit=4) == [
        "D10",
        "london-duty@1",
        "built-in",
        "offence",
        "Serious violence, London",
    ]
    every = out(capsys, tmp_path, "list", "--all").splitlines()
    assert [line.split()[1] for line in every] == [one.ref for one, _ in built_in_versions()]


def test_the_list_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {one["ref"]: one for one in json.loads(out(capsys, tmp_path, "list", "--all", "--format", "json"))}
    assert found["leicestershire-vrn@1"]["is_in_force"] is False
    assert found["leicestershire-vrn@2"] == {
        "ref": "leicestershire-vrn@2",
        "definition_id": "leicestershire-vrn",
        "version": 2,
        "name": "Serious violence, Leicester, Leicestershire and Rutland",
        "state": "built-in",
        "author": "VRIN",
        "recorded_at": None,
        "number": "D13",
        "unit": "offence",
        "status": "our coding",
        "valid_from": "2023-01-31",
        "valid_to": None,
        "is_in_force": True,
    }


def test_one_definition_in_plain_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled_in = Worksheet(prevalence=Consideration("serious", "Twice the rate of the region"))
    save_worksheet(tmp_path, "most-serious-violence", 1, filled_in, by="A. Lead", at=datetime(2026, 11, 1))
    told = out(capsys, tmp_path, "show", "most-serious-violence")
    assert told.startswith("Most serious violence (most-serious-violence v1, built-in)\n\nWhat is counted:\n")
    lines = told.splitlines()
    first = lines.index("Offences, with days of recommended sentence (cchi-2020), the heaviest first:") + 1
    assert lines[first].split(maxsplit=3) == ["1", "001/01", "5,475", "murder of persons aged 1 yr or over"]
    assert "  and 4 others; --offences shows all" not in lines
    assert "Offences that may be in, by their weight:" in lines
    assert "  most-serious-violence@1: built-in, by VRIN" in lines
    assert lines[-6:] == [
        "Worksheet of section 13(6), by A. Lead, 2026-11-01 00:00:00 UTC:",
        "  The maximum penalty for any offence involved in the violence: no judgement was made.",
        "  The impact of the violence on any victim: no judgement was made.",
        "  The prevalence of the violence in the area: points to serious violence. Twice the rate of the",
        "    region",
        "  The impact of the violence on the community in the area: no judgement was made.",
    ]


def test_all_offences_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = out(capsys, tmp_path, "show", "violence-with-injury")
    whole = out(capsys, tmp_path, "show", "violence-with-injury", "--offences")
    assert "--offences shows all" in short
    assert "--offences shows all" not in whole
    assert "008/06" in whole
    assert len(whole.splitlines()) > len(short.splitlines())


def test_one_definition_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(out(capsys, tmp_path, "show", "london-duty", "--format", "json"))
    assert found["state"] == "built-in"
    assert found["weights"] == "cchi-2020"
    assert found["words"]["What is counted"][1] == "Counts offences recorded by the police."
    verdicts = {one["offence_key"]: one for one in found["offences"]}
    assert verdicts["8N|008/01"]["days_low"] == 19
    assert verdicts["8N|008/01"]["days_high"] == 547.5
    assert "8N|008/21" not in verdicts
    assert [one["ref"] for one in found["versions"]] == ["london-duty@1"]


def test_a_definition_of_admissions_has_no_offences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Offences, with days" not in out(capsys, tmp_path, "show", "vru-knife-admissions")
    assert json.loads(out(capsys, tmp_path, "show", "vru-knife-admissions", "--format", "json"))["offences"] == []


def test_toml_goes_out_as_it_stands_on_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = next(text for one, text in built_in_versions() if one.id == "london-duty")
    assert out(capsys, tmp_path, "show", "london-duty", "--toml") == text
    assert out(capsys, tmp_path, "export", "london-duty") == text
    target = tmp_path / "out.toml"
    assert "was written to" in out(capsys, tmp_path, "export", "london-duty", target)
    assert target.read_text(encoding="utf-8") == text
    assert "exists already; nothing was written" in err(capsys, tmp_path, "export", "knife-enabled", target)
    assert target.read_text(encoding="utf-8") == text


def test_a_file_is_checked_and_nothing_recorded(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = out(capsys, tmp_path, "check", file)
    assert told.startswith("ours.toml is a definition: Knives in our town (our-town). Nothing was put on record.")
    assert "  Counted: assault with injury (8N)." in told.splitlines()
    assert "our-town" not in out(capsys, tmp_path, "list", "--all")
    file.write_text(TEXT.replace('"sharp"', '"sword"').replace('"8N"', '"99Z"'), encoding="utf-8")
    told = err(capsys, tmp_path, "check", file)
    assert "ours.toml: the definition has 2 error(s):" in told
    assert "'99Z' is not a Home Office offence code" in told
    assert "'sword' is not in its code list" in told
    file.write_bytes(TEXT.replace("town", "tôwn").encode("latin-1"))
    assert "not UTF-8 text" in err(capsys, tmp_path, "check", file)
    assert "No such file" in err(capsys, tmp_path, "check", tmp_path / "none.toml")


def test_two_definitions_clause_by_clause(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = out(capsys, tmp_path, "diff", "leicestershire-vrn@1", "leicestershire-vrn")
    assert "  include: Adds rape." in told.splitlines()
    assert "  in use from: “2019-04-01” becomes “2023-01-31”" in told.splitlines()
    told = json.loads(out(capsys, tmp_path, "diff", "violence-with-injury", file, "--format", "json"))
    assert told["clauses"] == [
        {"clause": "filters.weapon", "words": "Only where the weapon was a knife or other sharp instrument"},
        {"clause": "include", "words": "Takes out violence with injury, all but assault with injury (8N)"},
    ]
    assert out(capsys, tmp_path, "diff", file, file) == "The two count the same.\n"
    assert "No definition is called 'nonsense'" in err(capsys, tmp_path, "diff", "nonsense", file, code=2)


def test_a_file_becomes_a_draft_and_is_approved(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "our-town v1 stands on record as a draft" in out(capsys, tmp_path, "import", file, "--by", "A. Author")
    assert definition_version(tmp_path, "our-town@1").toml == "version = 1\n" + TEXT
    assert "draft" in next(line for line in out(capsys, tmp_path, "list").splitlines() if "our-town@1" in line)
    assert "No version of our-town is in force" in out(capsys, tmp_path, "submit", "our-town", "--by", "A. Author")
    alone = ("approve", "our-town", "--by", "A. Author", "--reason", "Board")
    assert "a second person is needed" in err(capsys, tmp_path, *alone)
    told = out(capsys, tmp_path, "approve", "our-town", "--by", "B. Second", "--reason", "Board, item 4")
    assert told == "our-town v1 is approved. In force: our-town v1.\n"
    shown = out(capsys, tmp_path, "show", "our-town").splitlines()
    assert sum(line.endswith(" approve by B. Second: Board, item 4") for line in shown) == 1


def test_a_draft_of_another_person_is_replaced_only_on_request(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out(capsys, tmp_path, "import", file, "--by", "A. Author")
    again = out(capsys, tmp_path, "import", file, "--by", "A. Author")
    assert again == "our-town v1 stands on record with this text already; nothing was changed.\n"
    file.write_text(TEXT.replace("our town", "their town"), encoding="utf-8")
    assert "an open draft our-town@1 of A. Author; nothing was saved" in err(
        capsys, tmp_path, "import", file, "--by", "B. Other"
    )
    assert definition_version(tmp_path, "our-town@1").toml == "version = 1\n" + TEXT
    told = out(capsys, tmp_path, "import", file, "--by", "B. Other", "--replace")
    assert "It takes the place of the draft of A. Author." in told


def test_who_decides_alone_says_why(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out(capsys, tmp_path, "import", file, "--by", "A. Author")
    out(capsys, tmp_path, "submit", "our-town@1", "--by", "A. Author", "--reason", "Ready")
    told = ("approve", "our-town@1", "--by", "A. Author", "--reason", "Board", "--alone", "Only analyst")
    assert out(capsys, tmp_path, *told) == "our-town v1 is approved. In force: our-town v1.\n"
    assert "(decided alone: Only analyst)" in out(capsys, tmp_path, "show", "our-town")


def test_back_out_and_away(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ("--by", "B. Second", "--reason", "Because")
    out(capsys, tmp_path, "import", file, "--by", "A. Author")
    assert "No version of 'our-town' is submitted. There is: our-town@1 (draft)" in err(
        capsys, tmp_path, "send-back", "our-town", *who, code=2
    )
    out(capsys, tmp_path, "submit", "our-town", "--by", "A. Author")
    assert out(capsys, tmp_path, "send-back", "our-town", *who).startswith("our-town v1 is a draft again.")
    assert out(capsys, tmp_path, "discard", "our-town", *who).startswith("our-town v1 is discarded.")
    assert "our-town" not in out(capsys, tmp_path, "list")
    assert "discarded" in out(capsys, tmp_path, "list", "--all")
    told = out(capsys, tmp_path, "retire", "leicestershire-vrn", *who)
    assert told == "leicestershire-vrn v2 is retired. In force: leicestershire-vrn v1.\n"
    assert "leicestershire-vrn@1 " in out(capsys, tmp_path, "list")


def test_an_old_text_that_cannot_be_read_does_not_stop_the_list(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out(capsys, tmp_path, "import", file, "--by", "A. Author")
    readable = records._read

    def read(toml: str, label: str) -> object:
        return readable(toml.replace('"8N"', '"99Z"') if label == "our-town v1" else toml, label)

    monkeypatch.setattr(records, "_read", read)
    line = next(line for line in out(capsys, tmp_path, "list").splitlines() if "our-town@1" in line)
    assert line.endswith("Knives in our town (its text cannot be read any more)")
    assert "'99Z' is not a Home Office offence code" in err(capsys, tmp_path, "show", "our-town@1")


def test_every_step_has_a_state_to_start_from() -> None:
    assert {state for _, states, _ in command._STEPS.values() for state in states} <= set(records.STATES)


def test_a_person_and_a_reason_are_asked_for(tmp_path: Path) -> None:
    assert run(tmp_path, "retire", "knife-enabled", "--by", "B. Second") == 2
    assert run(tmp_path, "retire", "knife-enabled", "--reason", "Old") == 2
