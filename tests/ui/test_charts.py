"""What a trend draws: a line through whole months, gaps and months that came in part beside it."""

import json

import pandas as pd

from tests.ui.frames import by_month
from vrin_ui import charts, trend_months

WHOLE = (10, 10, 100.0, 100.0, 100.0)
HALF = (4, 4, 40.0, 40.0, 40.0)


def frame() -> pd.DataFrame:
    rows = by_month("2026-01", [WHOLE, HALF, (), WHOLE])
    rows.loc[1, ["is_partial", "months_covered"]] = [True, 0]
    return rows


def test_a_month_that_came_in_part_is_no_point_of_the_line():
    data, _ = trend_months.trend_data(frame(), "incidents")
    assert data["central"].astype(object).where(data["central"].notna(), None).tolist() == [
        10,
        None,
        None,
        10,
    ]
    assert data["part"].astype(object).where(data["part"].notna(), None).tolist() == [None, 4, None, None]
    assert data["words"].tolist() == [
        "10 incidents",
        "4 incidents in the part that came",
        "no submission",
        "10 incidents",
    ]


def test_the_text_alternative_names_gaps_and_parts():
    data, _ = trend_months.trend_data(frame(), "incidents")
    words = trend_months.trend_alt(data, "incidents", title="T")
    assert "No submission: March 2026." in words
    assert "Only a part came, left out of the line and of totals: February 2026." in words


def test_parts_are_drawn_in_stripes_and_gaps_whole(a_stamp):
    data, name = trend_months.trend_data(frame(), "incidents")
    spec = json.loads(charts.trend_chart(data, name, title="T", stamp=a_stamp).to_json())
    bands = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rect"]
    sizes = sorted(len(spec["datasets"][layer["data"]["name"]]) for layer in bands)
    assert sizes == [1, charts.STRIPES]
    texts = {layer["mark"]["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text"}
    assert texts == {trend_months.NO_SUBMISSION, trend_months.IN_PART}


def test_without_parts_there_are_no_stripes(a_stamp):
    data, name = trend_months.trend_data(by_month("2026-01", [WHOLE, WHOLE]), "harm")
    spec = json.loads(charts.trend_chart(data, name, title="T", stamp=a_stamp).to_json())
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line", "point"]
