"""Two readings of one rule: what comes of a file in the build, and what a plain second validator says of it.

The second validator (`tests/second`) is written from the rules' words and shares no line of code with the
intake. Both judge the same generated files of every feed; they must agree on every row: kept or rejected
and why, its period, its counts, its ages and codes, and what is warned of.
"""

import random
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.second.built import differences, judged_of, rows_of
from tests.second.cells import RECEIVED, SEA
from tests.second.files import Made, as_workbook, make_file, written_anew
from tests.second.words import REFERENCE, Toml, feed_tomls
from vrin_data.intake import Batch, IngestResult, ingest_batches
from vrin_data.intake.terms import Acceptance

BY = Acceptance("A. Tester", "to see every row")
ROWS = 45
# Seeds do not shrink to anything simpler; a disagreement names its row and the row's cells.
SEEDED = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings(SEEDED, max_examples=2)
@given(seed=st.integers(0, 2**32))
def test_the_second_validator_agrees_on_every_row_of_every_feed(new_desk: Any, seed: int) -> None:
    desk = new_desk()
    files = [
        file_of(feed, seed, is_book=(at + seed) % 5 == 0) for at, feed in enumerate(feed_tomls().values())
    ]
    result = hand_in(desk, files)
    assert not result.is_refused, [one.reason for one in result.submissions if one.status == "refused"]
    apart = {made.feed_id: differences(desk.store, made, received_day=RECEIVED, sea=SEA) for made in files}
    assert {feed_id: words for feed_id, words in apart.items() if words} == {}
    assert sums(result) == {made.name: sums_of(made) for made in files}
    assert_every_reason_is_told(desk)
    assert_the_comparison_can_fail(desk, files, seed)
    desk.store.close()


def test_the_same_rows_in_another_order_and_dialect_are_unchanged(new_desk: Any) -> None:
    desk = new_desk()
    chosen = ("police-offences", "police-uk", "home-office-prc", "ambulance", "probation")
    files = [make_file(feed_tomls()[feed_id], 7, rows=20, is_ragged=False) for feed_id in chosen]
    first = hand_in(desk, files)
    assert not first.is_refused, first.submissions
    again = hand_in(desk, [written_anew(made, random.Random(made.feed_id)) for made in files])
    assert {one.status for one in again.submissions} == {"unchanged"}, again.submissions
    assert again.build_id is None
    desk.store.close()


def file_of(feed: Toml, seed: int, *, is_book: bool) -> Made:
    """A file of a feed as text, or now and then as a workbook."""
    made = make_file(feed, seed, rows=ROWS, is_ragged=not is_book)
    return as_workbook(made, "ods" if seed % 2 else "xlsx") if is_book else made


def hand_in(desk: Any, files: list[Made]) -> IngestResult:
    """Hand files of several feeds in with one call."""
    batches = [
        Batch(
            made.feed_id,
            (desk.write(made.name, made.book or made.content),),
            supplier=made.sender,
            accepted=BY,
        )
        for made in files
    ]
    return ingest_batches(desk.store, batches, received_at=desk.received_at)


def sums(result: IngestResult) -> dict[str, tuple[int, int, int]]:
    """Rows in, kept and rejected of every file, each submission's adding up."""
    found: dict[str, tuple[int, int, int]] = {}
    for one in result.submissions:
        assert one.rows_in == one.rows_kept + one.rows_rejected, one
        name = one.file.removesuffix("/S")
        rows_in, kept, rejected = found.get(name, (0, 0, 0))
        found[name] = rows_in + one.rows_in, kept + one.rows_kept, rejected + one.rows_rejected
    return found


def sums_of(made: Made) -> tuple[int, int, int]:
    """The same as the second validator counts them."""
    judged = judged_of(made, received_day=RECEIVED, sea=SEA)
    return judged.rows_in, len(judged.kept), len(judged.rejected)


def assert_every_reason_is_told(desk: Any) -> None:
    """A rejected row has a reason, a row with a reason is rejected, and each rule stands among the checks."""
    named = tomllib.loads((REFERENCE / "checks.toml").read_text(encoding="utf-8"))["checks"]
    rules = {one["id"]: one["level"] for one in named}
    told = rows_of(desk.store, "select rule, reason, file_name, line_number from rejected_row")
    assert all(rules[rule] == "reject" and reason and file and line > 1 for rule, reason, file, line in told)
    warned = rows_of(desk.store, "select distinct rule from intake_warning")
    assert {rules[rule] for (rule,) in warned} <= {"warn"}
    both = """
        select file_name, line_number
        from (select distinct feed_id, file_name, line_number from rejected_row) as bad
        join submission using (feed_id, file_name)
        join incident on incident.submission_id = submission.submission_id and source_line = line_number
    """
    assert rows_of(desk.store, both) == []


def assert_the_comparison_can_fail(desk: Any, files: list[Made], seed: int) -> None:
    """A file that is another one than was sent is told apart: a check of the comparison itself."""
    made = files[seed % len(files)]
    other = make_file(feed_tomls()[made.feed_id], seed + 1, rows=ROWS)
    assert differences(desk.store, replace(made, content=other.content), received_day=RECEIVED, sea=SEA)


# What is known to be wrong, each with the smallest file that shows it.

OFFENCES = "Crime reference,Force,HO code,Recorded date,Location,Outcome\n"
PROBATION = "CRN,Event Number,ROW_VERSION,Offence Code,Conviction Date,Disposal,Age\n"


@pytest.fixture
def apart(desk: Any) -> Any:
    """A function that sends a file and says where the two readings differ."""

    def of(feed_id: str, text: str, sender: str | None = None) -> list[str]:
        made = Made(feed_id, f"{feed_id}.csv", text.encode(), sender)
        result = hand_in(desk, [made])
        assert not result.is_refused, result.submissions
        return differences(desk.store, made, received_day=RECEIVED, sea=SEA)

    return of


@pytest.mark.parametrize("feed_id", ["police-offences", "fire"])
def test_a_mark_for_a_blank_is_a_blank_in_a_text(apart: Any, feed_id: str) -> None:
    header = "Incident Number,FRS,Time of Call,Incident Type,Outcome\n"
    fires = "N/A,Derbyshire,02/02/2024,Fire,\nN/A,Derbyshire,03/02/2024,Fire,unknown\n"
    offence = "A2,Derbyshire,NULL,02/02/2024,unknown,n/a\n"
    texts = {"police-offences": OFFENCES + offence, "fire": header + fires}
    assert apart(feed_id, texts[feed_id]) == []


def test_a_replaced_version_leaves_no_outcome(desk: Any) -> None:
    rows = "X1,1,1,00806,05/01/2024,Caution,34\nX1,1,2,00806,05/01/2024,Prison,34\n"
    send_cases(desk, rows)
    assert rows_of(desk.store, "select outcome_raw from outcome") == [("Prison",)]


def test_a_value_of_an_older_record_is_warned_of(desk: Any) -> None:
    rows = "X1,1,1,00806,05/01/2024,,old\nX2,1,1,00806,05/02/2024,,34\n"
    send_cases(desk, rows)
    assert rows_of(desk.store, "select rule, raw_value, row_count from intake_warning") == [
        ("not_an_age", "old", 1)
    ]


def send_cases(desk: Any, rows: str) -> None:
    """Hand rows of a probation region in."""
    content = (PROBATION + rows).encode()
    result = hand_in(desk, [Made("probation", "probation.csv", content, "east-midlands-probation")])
    assert not result.is_refused, result.submissions


@pytest.mark.parametrize(
    "heading", ["Dispatch Code", "Mechanism", "Ethnicity", "LSOA", "District", "Call ID", "Age"]
)
def test_no_column_of_a_health_feed_keeps_an_identifier(desk: Any, heading: str) -> None:
    text = (
        f"Incident Number,Ambulance Service,Call Date Time,{heading}\n"
        "A1,EMAS,02/03/2024,A Person 943 476 5919\nA2,EMAS,31/02/2024,A Person 943 476 5919\nA3,EMAS,02/03/2024,x\n"
    )
    hand_in(desk, [Made("ambulance", "ambulance.csv", text.encode(), None)])
    tables = (
        "incident",
        "person",
        "outcome",
        "rejected_row",
        "intake_warning",
        "offence",
        "submission_change",
    )
    held = [
        table
        for table in tables
        if rows_of(desk.store, f"select 1 from {table} where {table}::varchar like '%943 476 5919%'")
    ]
    assert held == []


def test_a_code_that_passes_for_an_nhs_number_by_chance_is_kept(desk: Any) -> None:
    header = "EC_Ident,Site_Code_of_Treatment,Arrival_Date,EC_Injury_Mechanism_SNOMED_CT\n"
    rows = "".join(f"{code}-1,SIMDE,2024-03-02,{code}\n" for code in ("9434765919", "283545005", "4"))
    hand_in(desk, [Made("ed-assaults-ecds", "ecds.csv", (header + rows).encode(), None)])
    assert rows_of(desk.store, "select 1 from rejected_row") == []
