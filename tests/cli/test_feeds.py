"""`feeds`: the ledger as table, CSV and JSON, and the exit code that a scheduler reads."""

import argparse
import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.measures.builds import LEICS_POLICE, Build
from vrin_data.cli import feeds
from vrin_data.contract.agreements import Agreement
from vrin_data.errors import UnknownFeed
from vrin_data.records import save_agreement
from vrin_data.store import Store

Run = Callable[..., tuple[int, str]]
BAD = "2025-05-05"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """January in time and sent twice, February partial, March missing, under an agreement."""
    build = Build()
    first = build.sent(LEICS_POLICE, "2025-01", status="superseded", received_at=datetime(2025, 2, 3))
    second = build.sent(LEICS_POLICE, "2025-01", received_at=datetime(2025, 2, 9), replaces_id=first)
    half = build.sent(LEICS_POLICE, "2025-02", received_at=datetime(2025, 3, 9), is_partial=True)
    build.found(half, "volume", "partial", "45% of the usual number")
    build.changes = [
        {
            "submission_id": second,
            "replaces_id": first,
            "month": date(2025, 1, 1),
            "offence_group": "Robbery",
            "added_count": 1,
            "vanished_count": 0,
            "changed_count": 2,
            "same_count": 7,
            "quantity_before_count": 9,
            "quantity_after_count": 10,
        }
    ]
    made = build.publish(tmp_path / "store")
    one = Agreement(
        agreement_id="leics",
        name="Leicestershire",
        supplier_ids=(LEICS_POLICE,),
        feed_ids=("police-offences",),
        data_items="all",
        data_kind="depersonalised",
        purpose="the duty",
        legal_power="cda-17a",
        cadence_every="month",
        due_rule="days:15",
        retention_months=12,
        review_day=date(2027, 1, 1),
        start_day=date(2025, 1, 1),
        signatories=("Head",),
        status="live",
    )
    save_agreement(made.path, one, recorded_by="lead", recorded_at=datetime(2025, 1, 1))
    yield made
    made.close()


@pytest.fixture
def run(store: Store, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs `feeds` with words and gives its exit code and what it printed."""

    def call(*words: str) -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        feeds.add_parser(parser.add_subparsers(dest="command"))
        code = feeds.run(parser.parse_args(["feeds", *words]), store)
        return code, capsys.readouterr().out

    return call


def test_the_exit_code_says_whether_anything_is_to_be_seen_to(run: Run) -> None:
    assert run("--as-of", "2025-02-28")[0] == 0
    assert run("--as-of", "2025-03-10")[0] == 3
    assert run("--as-of", BAD, "--to", "2025-01")[0] == 0


def test_the_table_says_state_days_and_why(run: Run) -> None:
    code, out = run("--as-of", BAD)
    assert code == 3
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[:5] == [
        "supplier feed period state due received days late lag rows rejected versions agreement why",
        "leicestershire-police police-offences 2025-01 received 2025-02-15 2025-02-03 0 3 10 0 1 leics",
        "leicestershire-police police-offences 2025-02 partial 2025-03-15 2025-03-09 0 9 10 0 0 leics "
        "45% of the usual number",
        "leicestershire-police police-offences 2025-03 overdue 2025-04-15 - 20 - - - - leics",
        "leicestershire-police police-offences 2025-04 due 2025-05-15 - 0 - - - - leics",
    ]
    assert lines[6] == "5 periods: 1 due, 1 not due, 1 overdue, 1 partial, 1 received"
    assert "RESTRICTED" in out
    assert "RESTRICTED" not in run("--as-of", BAD, "--no-stamp")[1]


def test_only_problems_are_those_of_the_exit_code(run: Run) -> None:
    code, out = run("--as-of", BAD, "--only-problems", "--format", "csv", "--no-stamp")
    assert code == 3
    found = [*csv.DictReader(io.StringIO(out))]
    assert [(row["period"], row["state"]) for row in found] == [("2025-02", "partial"), ("2025-03", "overdue")]
    code, out = run("--as-of", "2025-02-28", "--only-problems", "--format", "csv", "--no-stamp")
    assert (code, [*csv.DictReader(io.StringIO(out))]) == (0, [])


def test_json_has_days_as_text_and_blanks_as_null(run: Run) -> None:
    _, out = run("--as-of", BAD, "--from", "2025-03", "--to", "2025-03", "--format", "json")
    content = json.loads(out)
    row = content["rows"][0]
    assert (row["due_on"], row["received_on"], row["row_count"]) == ("2025-04-15", None, None)
    assert (row["period_start"], row["period_end"]) == ("2025-03-01", "2025-04-01")
    assert content["stamp"]["feed"] == "every feed"


def test_a_supplier_and_a_feed_can_be_chosen_before_or_after_an_action(run: Run) -> None:
    for words in (["--as-of", BAD, "chase"], ["chase", "--as-of", BAD]):
        code, out = run(*words)
        assert code == 0
        assert "Subject: Data for the partnership: Leicestershire Police, 2 periods" in out
    assert "nothing to ask" in run("--as-of", BAD, "--feed", "police-uk", "chase")[1]
    with pytest.raises(UnknownFeed):
        run("--feed", "no-such")


def test_timeliness_versions_and_comparison(run: Run) -> None:
    rows = json.loads(run("timeliness", "--as-of", BAD, "--by", "all", "--format", "json")[1])["rows"]
    assert [(row["due_count"], row["whole_count"]) for row in rows] == [(3, 1)]
    table = run("timeliness", "--as-of", BAD)[1].splitlines()[1]
    assert " ".join(table.split()).endswith("2025 3 1 1 6.00 9.00 0.33 0.33")
    _, out = run("versions", LEICS_POLICE, "police-offences", "2025-01", "--format", "json")
    assert [row["status"] for row in json.loads(out)["rows"]] == ["superseded", "accepted"]
    assert json.loads(out)["rows"][1]["received_at"] == "2025-02-09 00:00"
    _, out = run("compare", "1", "2", "--format", "csv")
    assert out.splitlines()[-1] == "2025-01,Robbery,1,0,2,7,9,10"
    assert "Robbery" in run("compare", "1", "2")[1]


def test_declarations_are_actions_of_feeds(run: Run) -> None:
    march = ["--from", "2025-03", "--to", "2025-03"]
    run("declare", LEICS_POLICE, "police-offences", *march, "--state", "withheld", "--reason", "said so", "--by", "me")
    assert "withheld" in run("declared")[1]
    assert "withheld" in run("--as-of", "2100-01-01", *march)[1]
