"""What came whole and in time by the month it was due: shares, words, and a chart that needs no colour."""

from datetime import date, datetime

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.feeds.timely_chart import ON_TIME, WHOLE, timely_alt, timely_data, timely_spec

FRAME = pd.DataFrame(
    {
        "due_month": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-02-01", "2025-09-01"]),
        "due_count": [2, 1, 4, 1],
        "whole_count": [2, 0, 4, 1],
        "on_time_count": [1, 0, 4, 1],
    }
)
DATA = timely_data(FRAME, date(2025, 1, 1), date(2025, 8, 1))


def test_shares_are_of_all_feeds_due_in_a_month_and_months_outside_are_left_off() -> None:
    assert DATA.to_numpy().tolist() == [
        ["2025-01-01", "January 2025", WHOLE, 66.7, "2 of 3"],
        ["2025-02-01", "February 2025", WHOLE, 100.0, "4 of 4"],
        ["2025-01-01", "January 2025", ON_TIME, 33.3, "1 of 3"],
        ["2025-02-01", "February 2025", ON_TIME, 100.0, "4 of 4"],
    ]


def test_nothing_due_draws_nothing() -> None:
    assert timely_data(FRAME, date(2020, 1, 1), date(2020, 2, 1)).empty


def test_the_lines_differ_by_dash_and_point_as_well_as_by_colour() -> None:
    stamp = Stamp(build="1", built_at=datetime(2025, 3, 1), data_to=None, feed="x", period="y")
    line, point = timely_spec(DATA, heading="Share", stamp=stamp)["layer"]
    dashes, shapes = line["encoding"]["strokeDash"]["scale"], point["encoding"]["shape"]["scale"]
    assert dashes["domain"] == shapes["domain"] == [WHOLE, ON_TIME]
    assert dashes["range"][0] != dashes["range"][1]
    assert shapes["range"][0] != shapes["range"][1]


def test_the_chart_in_words() -> None:
    assert timely_alt(DATA, heading="Share") == (
        "Line chart. Share. whole and in time: 4 of 4 of those due in February 2025; lowest 1 of 3 in January 2025. "
        "whole by now: 4 of 4 of those due in February 2025; lowest 2 of 3 in January 2025. "
        "The table below has each feed."
    )
