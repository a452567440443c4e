"""How long after an event it was recorded: told from the dates of a row, and kept by whatever happens to it."""

from datetime import datetime
from typing import Any

import pytest

from tests.intake.conftest import RECEIVED_AT
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.intake import correct
from vrin_data.intake.facts import place_again
from vrin_data.intake.profiles import BITS, KEY_BITS
from vrin_data.store import publish_build

OFFENCES = "Crime reference,Force,HO code,Occurred from,Occurred to,Recorded date,Weapon"


def offence(key: str, began: str, ended: str, recorded: str) -> str:
    return f"{key},Derbyshire Constabulary,8N,{began},{ended},{recorded},knife"


def told(desk: Any) -> dict[str, str]:
    """The lag of every record of the test's own files."""
    return dict(
        desk.rows(
            """
            select record_key, recorded_lag
            from incident
            join profile using (profile_id)
            where record_key <> 'BASE'
            order by record_key
            """
        )
    )


@pytest.mark.parametrize(
    ("began", "ended", "recorded", "lag"),
    [
        ("02/02/2024", "", "02/02/2024", "same_year"),
        ("01/01/2024", "", "31/05/2024", "same_year"),
        ("31/12/2023 23:55", "", "01/01/2024", "earlier_year"),
        ("01/03/2023", "", "29/02/2024", "earlier_year"),
        ("01/03/2023 18:00", "", "01/03/2024", "over_a_year"),
        ("29/02/2020", "", "28/02/2021", "over_a_year"),
        ("29/02/2020", "", "27/02/2021", "earlier_year"),
        ("01/01/1990", "", "02/02/2024", "over_a_year"),
        # What lasted is as old as its end.
        ("01/01/1990", "31/12/2023", "02/02/2024", "earlier_year"),
        ("01/01/1990", "03/01/2024", "02/02/2024", "same_year"),
        ("", "01/01/2022", "02/02/2024", "over_a_year"),
        ("", "", "02/02/2024", "not_recorded"),
        # An event cannot have ended in a year after that of its recording: the dates settle nothing.
        ("01/12/2023", "02/01/2024", "31/12/2023", "not_recorded"),
    ],
)
def test_the_dates_of_a_row_tell_its_lag(desk: Any, began: str, ended: str, recorded: str, lag: str):
    desk.send(desk.text(offence("A2", began, ended, recorded), header=OFFENCES))
    assert told(desk) == {"A2": lag}


def test_a_feed_without_dates_of_the_event_tells_nothing(desk: Any):
    desk.send(desk.text(desk.row("A2")), name="without.csv")
    assert told(desk) == {"A2": "not_recorded"}
    desk.send(desk.text(desk.open_row("a1"), header=desk.open_header), name="open.csv", feed="police-uk")
    assert set(told(desk).values()) == {"not_recorded"}


def test_a_recording_known_to_its_month_tells_what_every_day_of_it_would(desk: Any):
    rows = ["E1,,01/01/2024", "E2,,15/02/2023", "E3,,01/03/2023", "E4,,31/01/2023", "E5,,15/12/2023"]
    rows = [f"{row},Assault" for row in rows]
    content = "\n".join(["Period,2024-02", "Reference,Incident date,Incident end,Category", *rows]) + "\n"
    result = desk.hand_in(content, feed="generic-incidents", supplier="derbyshire-police")
    assert not result.is_refused, result.submissions
    # Between the first and the last of February lies the day from which it was a year.
    assert told(desk) == {
        "E1": "same_year",
        "E2": "not_recorded",
        "E3": "earlier_year",
        "E4": "over_a_year",
        "E5": "earlier_year",
    }


def test_a_month_that_is_the_event_s_own_tells_nothing_of_its_recording(desk: Any):
    content = "Reference,Incident date,Category\nE1,01/02/2024,Assault\nE2,05/02/2024,Assault\n"
    result = desk.hand_in(content, feed="generic-incidents", supplier="derbyshire-police")
    assert not result.is_refused, result.submissions
    assert told(desk) == {"E1": "not_recorded", "E2": "not_recorded"}


def test_a_resend_that_restates_a_date_restates_the_lag_and_says_so(desk: Any):
    rows = [offence("A2", "01/01/2019", "", "02/02/2024"), offence("A3", "01/01/2024", "", "02/02/2024")]
    desk.send(desk.text(*rows, header=OFFENCES), name="first.csv")
    assert told(desk) == {"A2": "over_a_year", "A3": "same_year"}
    rows[0] = offence("A2", "01/01/2024", "", "02/02/2024")
    desk.send(desk.text(*rows, header=OFFENCES), name="second.csv")
    assert told(desk) == {"A2": "same_year", "A3": "same_year"}
    assert desk.rows("select changed_count, same_count from submission_change") == [(1, 1)]


def test_a_corrected_row_has_the_lag_of_its_corrected_dates(desk: Any):
    bad = offence("A3", "01/01/2019", "", "31/02/2024")
    desk.send(desk.text(offence("A2", "01/01/2024", "", "02/02/2024"), bad, header=OFFENCES))
    path = desk.folder / "corrected.csv"
    mended = bad.replace("31/02/2024", "28/02/2024")
    path.write_text(f"vrin_file,vrin_line,{OFFENCES}\nextract.csv,3,{mended}\n", encoding="utf-8")
    assert correct(desk.store, path, person="A. Lead", at=RECEIVED_AT).taken == 1
    assert told(desk) == {"A2": "same_year", "A3": "over_a_year"}


def test_a_record_that_changes_has_the_lag_of_its_last_version(desk: Any):
    header = "CRN,Event Number,ROW_VERSION,Offence Code,Offence Date,Conviction Date"
    for version, happened in ((1, "01/06/2023"), (2, "01/06/2021")):
        content = f"{header}\nX1,1,{version},00806,{happened},05/01/2024\n"
        drawn = datetime(2024, version, 1)
        desk.hand_in(
            content,
            name=f"{version}.csv",
            feed="probation",
            supplier="east-midlands-probation",
            extracted_at=drawn,
        )
    assert told(desk) == {"X1 | 1": "over_a_year"}


def test_placing_anew_keeps_the_lag(desk: Any):
    rows = [offence("A2", "01/01/2019", "", "02/02/2024"), offence("A3", "01/01/2024", "", "02/02/2024")]
    desk.send(desk.text(*rows, header=OFFENCES))
    before = told(desk)
    with publish_build(desk.store, reason="placed anew", created_at=RECEIVED_AT) as draft:
        draft.connection.execute(
            """
            create temp table sent as
            select incident.* exclude (area_id, place_precision), supplier_id
            from incident join submission using (submission_id)
            """
        )
        draft.connection.execute(
            "create temp view placed as select *, 1 as area_id, 'force' as place_precision from sent"
        )
        place_again(draft.connection)
        draft.connection.execute("drop view placed; drop table sent")
    assert told(desk) == before == {"A2": "over_a_year", "A3": "same_year"}


def test_a_profile_s_key_has_room_for_every_code():
    assert KEY_BITS == 60 < 64
    assert [name for name, codes in PROFILE_CODES.items() if len(CODE_LISTS[codes]) > 1 << BITS[name]] == []
