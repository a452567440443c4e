"""Times on the hour exactly: a heap is what the hours beside it do not explain."""

import numpy as np
import pytest

from vrin_data.methods.heaps import expected_on_the_hour, is_heap


def hours(at_each: float, **others: float) -> np.ndarray:
    """The same number for each of 24 hours but those named (h0=90)."""
    found = np.full(24, float(at_each))
    for name, value in others.items():
        found[int(name[1:])] = value
    return found


def test_midnight_is_expected_to_be_as_the_hours_beside_it():
    # Of 100 at 23:00 and 100 at 01:00 20 stand on the hour: one for every nine that do not.
    expected = expected_on_the_hour(hours(10, h0=70), hours(100, h0=160))
    assert expected[0] == pytest.approx(10)
    assert is_heap(hours(10, h0=70), hours(100, h0=160)).nonzero()[0].tolist() == [0]


def test_a_busy_hour_is_no_heap():
    # Five times the incidents and five times those on the hour: more happened, nothing was filled in.
    assert not is_heap(hours(10, h22=50), hours(100, h22=500)).any()


def test_times_that_all_stand_on_the_hour_are_judged_by_their_number():
    assert expected_on_the_hour(hours(20, h0=200), hours(20, h0=200))[0] == 20
    assert is_heap(hours(20, h0=200), hours(20, h0=200)).nonzero()[0].tolist() == [0]
    assert not is_heap(hours(20), hours(20)).any()


def test_a_few_are_no_heap():
    assert not is_heap(hours(0, h12=9), hours(30, h12=39)).any()
    assert not is_heap(np.zeros(24), np.zeros(24)).any()
