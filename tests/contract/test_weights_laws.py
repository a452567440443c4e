"""Laws of weights for any rows and choices: a middle is a row between the ends, and less choice never widens."""

from hypothesis import given
from hypothesis import strategies as st

from vrin_data.contract.edition_diff import carried_choices, differences
from vrin_data.contract.offences import offences
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence, weigh
from vrin_data.contract.weight_rows import WeightRow, as_completed, rows_of_pairs
from vrin_data.contract.weights import About, Edition, make_edition

VIOLENCE = [
    offences().by_key[key] for key in ("8N|", "8N|008/01", "|008/06", "5|", "label:rape", "unmapped", "79|")
]
PAIRS = sorted({pair for one in VIOLENCE if one.offence_key != "unmapped" for pair in one.possibilities})
DAYS = st.sampled_from([0.3, 2.0, 10.0, 19.0, 182.5, 547.5, 1460.0])
ROWS = st.lists(
    st.builds(
        WeightRow,
        row_id=st.integers(1, 60).map(str),
        pair=st.sampled_from(PAIRS),
        qualifier=st.just(""),
        days=DAYS,
        is_attempt=st.booleans(),
        is_notifiable=st.booleans(),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda row: row.row_id,
).map(tuple)
CHOICES = st.dictionaries(
    st.sampled_from([one.offence_key for one in VIOLENCE]),
    st.builds(CentralChoice, days=DAYS, reason=st.just("why"), chosen_by=st.just("who")),
)


def made(name: str, rows: tuple[WeightRow, ...], choices: dict[str, CentralChoice] | None = None) -> Edition:
    return make_edition(About(name, name, "2030", "nobody", "a test"), rows, choices)


@given(ROWS, CHOICES)
def test_a_central_weight_is_a_row_between_the_lowest_and_the_highest(
    rows: tuple[WeightRow, ...], choices: dict[str, CentralChoice]
) -> None:
    of_pair = rows_of_pairs(rows)
    for offence in VIOLENCE:
        days = {row.days for row in rows_of_offence(offence, of_pair)}
        weight = weigh(offence, of_pair, choices)
        assert (weight.days_low, weight.days_high) == (min(days, default=None), max(days, default=None))
        assert weight.days_central is None or weight.days_central in days
        assert (weight.basis == "none") == (not days)
        assert (weight.basis == "exact") == (len(days) == 1)
        assert (weight.basis == "range") == (len(days) > 1 and weight.days_central is None)


@given(ROWS)
def test_attempts_as_completed_never_widen_a_range_and_leave_no_offence_without_a_weight(
    rows: tuple[WeightRow, ...],
) -> None:
    listed, completed = rows_of_pairs(rows), rows_of_pairs(as_completed(rows))
    for offence in VIOLENCE:
        before = {row.days for row in rows_of_offence(offence, listed)}
        after = {row.days for row in rows_of_offence(offence, completed)}
        assert after <= before
        assert bool(after) == bool(before)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: tuple[WeightRow, ...], random: object) -> None:
    turned = list(rows)
    random.shuffle(turned)  # type: ignore[attr-defined]
    first, second = rows_of_pairs(rows), rows_of_pairs(turned)
    assert [weigh(one, first, {}) for one in VIOLENCE] == [weigh(one, second, {}) for one in VIOLENCE]


@given(ROWS, ROWS, CHOICES)
def test_differences_lead_from_one_edition_to_the_other(
    rows: tuple[WeightRow, ...], others: tuple[WeightRow, ...], choices: dict[str, CentralChoice]
) -> None:
    before, after = made("a", rows, choices), made("b", others)
    changed = {one.row_id: one.after for one in differences(before, after)}
    now = {row.row_id: changed.get(row.row_id, row) for row in rows} | changed
    assert {row for row in now.values() if row is not None} == set(others)
    for key, choice in carried_choices(before, after)[0].items():
        possible = {row.days for row in rows_of_offence(offences().by_key[key], after.of_pair)}
        assert choice.days in possible
