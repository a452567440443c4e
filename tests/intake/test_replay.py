"""Laws of submissions: in whatever order files and resends come, the same rows stand; replayed, the same build.

Held for each of the three modes, on generated deliveries that say when they were drawn.
"""

import csv
import io
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.second.built import rows_of
from vrin_data.contract.feeds import feeds
from vrin_data.intake import Batch, IngestResult, ingest_batches

MODES = ("replace_period", "net_change", "snapshot")
SEEDED = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FIRST_DRAWN = datetime(2024, 5, 1, 8)
RECEIVED = datetime(2024, 6, 1, 8)

_FACTS = """
    select feed_id, month_number, area_code, incident_count, further_count,
        profile.* exclude (profile_id, profile_key, offence_id), offence_key
    from fact
    join profile using (profile_id)
    join offence using (offence_id)
    left join area using (area_id)
    order by all
"""
_INCIDENTS = """
    select feed_id, supplier_id, file_name, period_start, area_code,
        incident.* exclude (incident_id, submission_id, profile_id, area_id),
        profile.* exclude (profile_id, profile_key, offence_id), offence_key,
        (select list(people order by people)::varchar from (
            select concat_ws('/', role, age_years, age_low_years, age_high_years, sex, ethnicity_raw) as people
            from person
            where person.incident_id = incident.incident_id
        )) as persons,
        (select list(came order by came)::varchar from (
            select concat(source_line, outcome_raw) as came
            from outcome
            where outcome.incident_id = incident.incident_id
        )) as outcomes
    from incident
    join submission using (submission_id)
    join profile using (profile_id)
    join offence using (offence_id)
    left join area using (area_id)
    order by all
"""
"""What stands, without numbers that a store gives and without times of receipt."""
_SUBMISSIONS = """
    select * exclude (submission_id, replaces_id, build_id), (select file_name from submission as earlier
        where earlier.submission_id = submission.replaces_id) as replaces
    from submission
    order by all
"""
_OF_SUBMISSIONS = """
    select {table}.* exclude (submission_id), submission.file_name, submission.period_start
    from {table}
    left join submission using (submission_id)
    order by all
"""


@dataclass(frozen=True)
class Delivery:
    """A file as it came: its name and text, and when it was drawn and received."""

    feed_id: str
    name: str
    content: str
    supplier: str
    drawn_at: datetime
    received_at: datetime


@pytest.fixture
def feed_of_mode(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that says which feed has a mode; a feed of snapshots is made of another, since none is one."""

    def feed_of(mode: str) -> str:
        if mode == "snapshot":
            monkeypatch.setitem(feeds(), "fire", feeds()["fire"].model_copy(update={"mode": "snapshot"}))
        return {"replace_period": "police-offences", "net_change": "probation", "snapshot": "fire"}[mode]

    return feed_of


@pytest.mark.parametrize("mode", MODES)
def test_replaying_all_submissions_rebuilds_the_same_build(
    new_desk: Any, feed_of_mode: Any, mode: str
) -> None:
    sent = deliveries(feed_of_mode(mode), seed=5)
    with two_desks(new_desk) as (first, second):
        for one in sent:
            hand_in(first, [one])
        for one in sent:
            hand_in(second, [one])
        tables = ("rejected_row", "intake_warning", "submission_check", "submission_change")
        questions = [
            _INCIDENTS,
            _FACTS,
            _SUBMISSIONS,
            *(_OF_SUBMISSIONS.format(table=table) for table in tables),
        ]
        for question in questions:
            assert rows_of(first.store, question) == rows_of(second.store, question)
        assert len(rows_of(first.store, _INCIDENTS)) > 2


@pytest.mark.parametrize("mode", MODES)
@settings(SEEDED, max_examples=2)
@given(seed=st.integers(0, 2**16), order=st.permutations(range(4)), is_one_call=st.booleans())
def test_the_order_of_files_and_of_resends_does_not_change_what_stands(
    new_desk: Any, feed_of_mode: Any, mode: str, seed: int, order: list[int], is_one_call: bool
) -> None:
    sent = deliveries(feed_of_mode(mode), seed)
    with two_desks(new_desk) as (together, apart):
        hand_in(together, sent)
        reordered = [sent[number] for number in order]
        for call in [reordered] if is_one_call else [[one] for one in reordered]:
            hand_in(apart, call)
        for question in (_INCIDENTS, _FACTS):
            assert set(rows_of(together.store, question)) ^ set(rows_of(apart.store, question)) == set()
            assert rows_of(together.store, question) == rows_of(apart.store, question)
        assert len(rows_of(together.store, _INCIDENTS)) > 2


def test_of_a_version_and_none_the_version_stands_whichever_came_first(new_desk: Any) -> None:
    texts = ("CRN,ROW_VERSION,Offence Code,Conviction Date\nX1,,00501,05/02/2024\n",) * 2
    texts = texts[0], texts[1].replace("X1,,00501", "X1,7,00806")
    sent = [
        Delivery("probation", f"{number}.csv", text, "east-midlands-probation", FIRST_DRAWN, RECEIVED)
        for number, text in enumerate(texts)
    ]
    with two_desks(new_desk) as desks:
        for desk, order in zip(desks, (sent, sent[::-1]), strict=True):
            for one in order:
                hand_in(desk, [one])
        versions = [desk.rows("select row_version from incident where record_key = 'X1'") for desk in desks]
    assert versions == [[(7,)], [(7,)]]


def hand_in(desk: Any, sent: Sequence[Delivery]) -> IngestResult:
    """Hand deliveries in with one call, each with when it was drawn and received."""
    batches = [
        Batch(
            one.feed_id,
            (desk.write(one.name, one.content),),
            supplier=one.supplier,
            extracted_at=one.drawn_at,
            received_at=one.received_at,
        )
        for one in sent
    ]
    result = ingest_batches(desk.store, batches, received_at=RECEIVED)
    assert not result.is_refused, [one.reason for one in result.submissions]
    assert all(one.rows_in == one.rows_kept + one.rows_rejected for one in result.submissions)
    return result


@contextmanager
def two_desks(new_desk: Any) -> Iterator[tuple[Any, Any]]:
    """Two desks with stores of their own, swept away afterwards."""
    desks = (new_desk(), new_desk())
    try:
        yield desks
    finally:
        for desk in desks:
            desk.store.close()
            shutil.rmtree(desk.folder.parent)


def deliveries(feed_id: str, seed: int) -> list[Delivery]:
    """Four files of one supplier over two months: resends that restate, later versions, deletions, bad rows."""
    draw = random.Random(f"{feed_id} {seed}")
    make = {"police-offences": _offences, "probation": _cases, "fire": _fires}[feed_id]
    suppliers = {
        "police-offences": "derbyshire-police",
        "probation": "east-midlands-probation",
        "fire": "derbyshire-fire",
    }
    return [
        Delivery(
            feed_id,
            f"{number}.csv",
            _text(make(draw, number)),
            suppliers[feed_id],
            FIRST_DRAWN + timedelta(days=draw.randint(0, 1), hours=number),
            RECEIVED - timedelta(days=10 - number),
        )
        for number in range(4)
    ]


def _offences(draw: random.Random, number: int) -> Iterator[tuple[object, ...]]:
    yield "Crime reference", "HO code", "Recorded date", "Victim age", "Weapon", "Outcome"
    for row in range(draw.randint(4, 9)):
        month = draw.choice(("02", "03"))
        day = draw.choice(("02", "17", "29", "31"))
        yield (
            f"A{row}",
            draw.choice(("8N", "1", "34B", "999Z")),
            f"{day}/{month}/2024",
            draw.choice((20, "", "old")),
            draw.choice(("knife", "odd", "")),
            f"o{number}",
        )


def _cases(draw: random.Random, number: int) -> Iterator[tuple[object, ...]]:
    yield "CRN", "Event Number", "ROW_VERSION", "SOFT_DELETED", "Offence Code", "Conviction Date", "Age"
    seen: set[tuple[int, int]] = set()
    for _ in range(draw.randint(4, 9)):
        record = draw.randint(1, 6), draw.randint(1, 2)
        if record in seen:
            continue
        seen.add(record)
        version = draw.choice((number, number, 1, 2, 7))
        yield (
            f"X{record[0]}",
            record[1],
            version,
            draw.choice((0, 0, 1)),
            draw.choice(("00806", "00501")),
            f"0{draw.randint(1, 9)}/02/2024",
            draw.choice((20, 30)),
        )


def _fires(draw: random.Random, number: int) -> Iterator[tuple[object, ...]]:
    yield "Incident Number", "Time of Call", "Incident Type", "Property Type", "Outcome"
    for _ in range(draw.randint(5, 9)):
        day = draw.choice(("02", "17", "31"))
        yield (
            f"F{draw.randint(1, 9)}",
            f"{day}/0{draw.randint(1, 4)}/2024 10:{number}0",
            "Fire",
            draw.choice(("Bin", "House")),
            draw.choice(("", "put out")),
        )


def _text(rows: Iterator[tuple[object, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
