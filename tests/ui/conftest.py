"""A stamp for charts that are drawn from frames written by hand."""

from datetime import date, datetime

import pytest

from vrin_data.measures import Stamp


@pytest.fixture
def a_stamp() -> Stamp:
    """The stamp of a figure by month."""
    return Stamp(
        build="000001",
        built_at=datetime(2026, 5, 1),
        data_to=date(2026, 4, 1),
        feed="police-offences",
        period="January to April 2026",
    )
