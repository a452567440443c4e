"""Wards of one name in two districts are told apart by their district; all other names stay as they are."""

import pandas as pd

from vrin_data.measures.build_facts import _told_apart


def test_namesakes_have_their_district_behind_their_name():
    areas = pd.DataFrame(
        [
            ("D1", "Derby", "district", "2024", "D1"),
            ("D2", "Leicester", "district", "2024", "D2"),
            ("W1", "Abbey", "ward", "2025", "D1"),
            ("W2", "Abbey", "ward", "2025", "D2"),
            ("W3", "Abbey", "ward", "2025", None),
            ("W4", "Castle", "ward", "2025", "D2"),
            ("L1", "Abbey", "lsoa", "2021", "D1"),
        ],
        columns=["area_code", "area_name", "level", "vintage", "in_district"],
    )
    assert _told_apart(areas)["area_name"].tolist() == [
        "Derby",
        "Leicester",
        "Abbey (Derby)",
        "Abbey (Leicester)",
        "Abbey",
        "Castle",
        "Abbey",
    ]
    no_wards = areas[areas["level"] != "ward"]
    assert _told_apart(no_wards)["area_name"].tolist() == ["Derby", "Leicester", "Abbey"]
