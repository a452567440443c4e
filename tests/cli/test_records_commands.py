"""`agreements`, `suppliers` and what is declared of feeds, as words in and words out."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vrin_data.cli import agreements as agreement_words
from vrin_data.cli import declarations, suppliers
from vrin_data.cli.options import add_actions
from vrin_data.contract.agreement_text import AgreementError, read_agreement, template
from vrin_data.errors import RefusedInput
from vrin_data.records import agreement, expectations, save_agreement
from vrin_data.store import Store

LIVE = (
    template()
    .replace('status = "draft"', 'status = "live"')
    .replace("signatories = []", 'signatories = ["Chief Constable"]')
)
Say = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


@pytest.fixture
def say(store: Store, capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs one command and gives what it printed."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    agreement_words.add_parser(commands)
    suppliers.add_parser(commands)
    declarations.add_parser(add_actions(commands.add_parser("feeds")))
    run = {"agreements": agreement_words.run, "suppliers": suppliers.run, "feeds": declarations.run}

    def said(*words: object) -> str:
        options = parser.parse_args([str(word) for word in words])
        assert run[options.command](options, store) == 0
        return capsys.readouterr().out.rstrip("\n")

    return said


def test_the_template_can_be_recorded_shown_and_ended(say: Say, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "leics.toml"
    file.write_text(say("agreements", "template"), encoding="utf-8")
    recorded = say("agreements", "add", file, "--by", "A. Lead")
    assert recorded == "example-police-2026 stands on record as version 1, draft."
    file.write_text(LIVE.replace("end_day = 2029-03-31", "end_day = 2999-03-31"), encoding="utf-8-sig")
    recorded = say("agreements", "add", file, "--by", "A. Lead", "--reason", "signed").splitlines()
    assert recorded[0] == "example-police-2026 stands on record as version 2, live."
    ended = say(
        "agreements", "end", "example-police-2026", "--on", "2998-12-31", "--by", "B", "--reason", "moved"
    )
    assert ended == "example-police-2026 ends on 2998-12-31; that is version 3."
    shown = say("agreements", "show", "example-police-2026")
    assert read_agreement(shown, "shown") == agreement(store.path, "example-police-2026").model_copy(
        update={"version": 0}
    )
    assert "# version 1, draft, " in shown
    assert "UTC, A. Lead: signed" in shown
    assert "UTC, B: moved" in shown


def test_a_faulty_file_is_refused_with_its_name(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "faulty.toml"
    file.write_text("name = 'x'", encoding="utf-8")
    with pytest.raises(AgreementError, match=r"faulty\.toml: the agreement has 6 errors"):
        say("agreements", "add", file, "--by", "A. Lead")
    file.write_bytes(b"name = '\xff'")
    with pytest.raises(RefusedInput, match=r"faulty\.toml: not UTF-8"):
        say("agreements", "add", file, "--by", "A. Lead")


def test_the_list_has_licences_and_warnings(say: Say, store: Store) -> None:
    one = read_agreement(LIVE.replace("2029-03-31", "2026-04-30").replace("2027-04-01", "2026-04-30"), "x")
    save_agreement(store.path, one, recorded_by="A. Lead", recorded_at=agreement_words.now())
    lines = say("agreements", "list").splitlines()
    assert lines[0] == (
        "example-police-2026 v1  live  from 2026-04-01 to 2026-04-30  cda-17a  leicestershire-police: police-offences"
    )
    assert any("licence  police-uk: " in line for line in lines)
    listed = json.loads(say("agreements", "list", "--format", "json"))
    assert (listed[0]["id"], listed[0]["end_day"]) == ("example-police-2026", "2026-04-30")
    assert {each["kind"] for each in listed} == {"agreement", "licence"}


def test_powers_say_what_they_do_not_authorise(say: Say) -> None:
    text = say("agreements", "powers")
    assert "pcsc-16: Section 16" in text
    assert "Does not: It does not authorise patient information" in text
    assert "A power, not a duty" in text
    found = json.loads(say("agreements", "powers", "--format", "json"))
    assert next(one for one in found if one["id"] == "cda-17a")["is_duty"] is True


def test_a_declaration_is_made_listed_and_taken_back(say: Say, store: Store) -> None:
    assert say("feeds", "declared") == "Nothing is declared."
    about = ("leicestershire-police", "police-offences", "--from", "2026-03", "--by", "A. Lead")
    made = say("feeds", "declare", *about, "--state", "withheld", "--reason", "New system")
    assert made.startswith(
        "Declared: 1  leicestershire-police police-offences  from 2026-03 until further  withheld"
    )
    assert [one.from_month for one in expectations(store.path)] == [date(2026, 3, 1)]
    (listed,) = json.loads(say("feeds", "declared", "--format", "json"))
    assert (listed["from_month"], listed["to_month"], listed["reason"]) == ("2026-03-01", None, "New system")
    assert say("feeds", "withdraw", 1, "--by", "A. Lead") == "Declaration 1 is taken back."
    assert expectations(store.path) == []


def test_a_supplier_is_added_and_listed(say: Say) -> None:
    added = say(
        "suppliers",
        "add",
        "east-force",
        "--name",
        "East Force",
        "--kind",
        "police",
        "--alias",
        "EF",
        "--by",
        "A",
    )
    assert added == "east-force is added: East Force, police."
    assert "east-force  police  East Force" in say("suppliers", "list").splitlines()
    assert say("suppliers", "list", "--kind", "circus") == ""
    found = json.loads(say("suppliers", "list", "--format", "json"))
    assert next(one for one in found if one["supplier_id"] == "east-force")["aliases"] == ["EF"]


@pytest.mark.parametrize("written", ["31/03/2026", "2026-02-30"])
def test_a_day_nobody_can_read_is_wrong_usage(
    say: Say, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        say("agreements", "end", "x", "--on", written, "--by", "A", "--reason", "r")
    assert stop.value.code == 2
    assert f"'{written}' is not a day (expected YYYY-MM-DD)" in capsys.readouterr().err
