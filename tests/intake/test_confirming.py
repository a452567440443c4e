"""A month that a check took for partial counts as whole once a named person says so."""

from datetime import date
from typing import Any

import pytest

from tests.intake.conftest import RECEIVED_AT
from vrin_data.errors import RefusedInput
from vrin_data.intake import confirm_whole, doubt_again
from vrin_data.records import overrides

DERBYSHIRE = "derbyshire-police"
HALF = "period start,01/02/2024\nperiod end,14/02/2024\n\n"


@pytest.fixture
def half(desk: Any) -> Any:
    desk.hand_in(HALF + desk.text(desk.row("A2")), supplier=DERBYSHIRE)
    return desk


def partial(desk: Any) -> list[tuple[Any, ...]]:
    return desk.rows(
        "select is_partial, confirmed_by from submission where period_start = '2024-02-01' and status = 'accepted'"
    )


def test_a_confirmed_month_is_whole_stays_so_and_can_be_doubted_again(half: Any):
    desk = half
    assert partial(desk) == [(True, None)]
    said = {"person": "A. Lead", "reason": "the force moved its year end", "at": RECEIVED_AT}
    confirm_whole(desk.store, DERBYSHIRE, "police-offences", date(2024, 2, 1), **said)
    assert partial(desk) == [(False, "A. Lead")]
    assert [(one.kind, one.person) for one in overrides(desk.store.path)] == [
        ("partial_confirmed", "A. Lead")
    ]
    desk.send(desk.text(desk.row("A3", recorded_date="05/03/2024")), name="march.csv")
    assert partial(desk) == [(False, "A. Lead")]
    doubt_again(desk.store, DERBYSHIRE, "police-offences", date(2024, 2, 1), at=RECEIVED_AT)
    assert partial(desk) == [(True, None)]


def test_a_later_version_is_judged_anew(half: Any):
    desk = half
    said = {"person": "A. Lead", "reason": "so it is", "at": RECEIVED_AT}
    confirm_whole(desk.store, DERBYSHIRE, "police-offences", date(2024, 2, 1), **said)
    desk.hand_in(HALF + desk.text(desk.row("A9")), name="again.csv", supplier=DERBYSHIRE)
    assert partial(desk) == [(True, None)]


def test_what_nobody_doubts_needs_no_confirmation(desk: Any):
    with pytest.raises(RefusedInput, match="nothing to confirm"):
        confirm_whole(
            desk.store,
            DERBYSHIRE,
            "police-offences",
            date(2024, 1, 1),
            person="A",
            reason="b",
            at=RECEIVED_AT,
        )
    with pytest.raises(RefusedInput, match="give both"):
        confirm_whole(
            desk.store, DERBYSHIRE, "police-offences", date(2024, 1, 1), person="", reason="b", at=RECEIVED_AT
        )
