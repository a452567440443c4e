"""Events of uncertain time: an equal part to every hour they span, whatever day they run into."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.methods.aoristic import WEEK_HOURS, by_hour_of_week


def test_an_event_of_four_hours_adds_a_quarter_to_each():
    # The worked example of the method: a burglary between 13:00 and 17:00 is 0.25 in each of four hours (Ratcliffe
    # 2002, section "Aoristic signatures").
    found = by_hour_of_week(np.array([13]), np.array([4]), np.array([1.0]))
    assert found[12:18].tolist() == [0, 0.25, 0.25, 0.25, 0.25, 0]


def test_a_sunday_night_runs_into_monday():
    found = by_hour_of_week(np.array([WEEK_HOURS - 1]), np.array([2]), np.array([3.0]))
    assert (found[-1], found[0]) == (1.5, 1.5)
    assert found.sum() == 3


def test_several_sums_are_spread_alike():
    found = by_hour_of_week(np.array([0, 0]), np.array([1, 2]), np.array([[1.0, 10.0], [1.0, 4.0]]))
    assert found[:2].tolist() == [[1.5, 12.0], [0.5, 2.0]]


def test_nothing_is_a_week_of_nothing():
    none = np.array([], dtype="int64")
    assert by_hour_of_week(none, none, np.zeros((0, 5))).shape == (WEEK_HOURS, 5)


@given(
    st.lists(st.tuples(st.integers(0, WEEK_HOURS - 1), st.integers(1, 200), st.floats(-50, 50)), max_size=12)
)
def test_spreading_keeps_the_sum(events: list[tuple[int, int, float]]):
    first, spans, values = (np.array([one[at] for one in events]) for at in range(3))
    found = by_hour_of_week(first.astype("int64"), spans.astype("int64"), values.astype("float64"))
    assert np.isclose(found.sum(), values.sum() if len(events) else 0.0, atol=1e-6)
