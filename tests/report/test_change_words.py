"""A change in words: a range as a range, a small number without a percentage, nothing where nothing can be told."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.report.change_words import (
    basis_words,
    change_words,
    check_words,
    headline,
    range_words,
)
from vrin_data.report.changed import Changed, changes_of

NOTHING = Changed(
    area_code="", area_name="all areas", figure="incidents", before=None, before_low=None, before_high=None, now=None,
    now_low=None, now_high=None, months_compared=12, months_asked=12, months_left_out="", difference_low=None,
    difference_high=None, ratio_low=None, ratio_high=None, p_value=None, root_z=None, dispersion=None,
    fewest_incidents=100, is_small_base=False, break_titles="", verdict="within", verdict_reason="", total=None,
    total_low=None, total_high=None, months_whole=12, unweighted_count=0,
)  # fmt: skip


def counts(before: tuple[float, float], now: tuple[float, float], **terms: object) -> Changed:
    low, high = terms.pop("ratio", (0.9, 1.1))  # type: ignore[misc]
    return replace(
        NOTHING, before=before[0], before_low=before[0], before_high=before[1], now=now[0], now_low=now[0],
        now_high=now[1], ratio_low=low, ratio_high=high, **terms,
    )  # fmt: skip


def days(
    before: tuple[float, float | None, float], now: tuple[float, float | None, float], **terms: object
) -> Changed:
    return replace(
        NOTHING, figure="harm", before_low=before[0], before=before[1], before_high=before[2], now_low=now[0],
        now=now[1], now_high=now[2], difference_low=-50.0, difference_high=80.0, **terms,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            counts((1200, 1200), (1440, 1440), verdict="rise", ratio=(1.11, 1.3)),
            "1,200 to 1,440: 20% higher, more than usual variation explains (95% interval: 11% to 30% higher).",
        ),
        (
            counts((1440, 1440), (1200, 1200), verdict="fall", ratio=(0.75, 0.91)),
            "1,440 to 1,200: 17% lower, more than usual variation explains (95% interval: 25% to 9.0% lower).",
        ),
        (counts((1200, 1200), (1200, 1200)), "The same as before (1,200)."),
        (
            counts((30, 30), (9, 9), verdict="fall", ratio=(0.1, 0.7)),
            "30 to 9: 70% lower, more than usual variation explains (95% interval: 90% to 30% lower).",
        ),
        (
            counts((9, 9), (12, 12), is_small_base=True),
            "9 to 12: within usual variation; too few for a percentage.",
        ),
        (
            counts((0, 0), (30, 30), is_small_base=True, verdict="rise", ratio=(8.0, None)),
            "0 to 30: higher, more than usual variation explains; too few for a percentage.",
        ),
        (
            counts((3936, 3940), (4081, 4081), ratio=(0.99, 1.08)),
            "Within usual variation: 4,081 against 3,936 to 3,940 (95% interval: 1.0% lower to 8.0% higher).",
        ),
        (
            counts((3936, 3940), (4334, 4400), verdict="rise", ratio=(1.05, 1.17)),
            "Higher on every reading, by at least 10%, more than usual variation explains: 4,334 to 4,400 against "
            "3,936 to 3,940 (95% interval: 5.0% to 17% higher).",
        ),
        (
            counts((5, 8), (9, 9), is_small_base=True),
            "Within usual variation: 9 against 5 to 8; too few for a percentage.",
        ),
        (
            counts((100, 130), (120, 150), verdict="open"),
            "Whether it rose or fell cannot be told, because the ranges overlap: 120 to 150 against 100 to 130.",
        ),
        (
            counts((1000, 1000), (1200, 1200), verdict="rise", ratio=(1.1, 1.3), dispersion=2.5),
            "1,000 to 1,200: 20% higher, more than usual variation explains (95% interval: 10% to 30% higher). The "
            "months vary 2.5 times as much as chance alone would make them; the change is larger than that explains "
            "too.",
        ),
        (
            counts((200_000, 200_000), (186_800, 186_800), ratio=(0.928, 0.94), dispersion=30.64),
            "200,000 to 186,800: within usual variation here. The months vary 30.6 times as much as chance alone "
            "would make them, and that explains the difference.",
        ),
        (
            counts((1000, 1010), (1200, 1300), ratio=(1.1, 1.4), dispersion=12.0),
            "Within usual variation here: 1,200 to 1,300 against 1,000 to 1,010. The months vary 12.0 times as much "
            "as chance alone would make them, and that explains the difference.",
        ),
    ],
)
def test_counts(one: Changed, words: str) -> None:
    assert change_words(one) == words


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            days((500, 500, 500), (515, 515, 515)),
            "500 to 515 days: 3.0% higher, within usual variation (95% interval: 50 fewer to 80 more days).",
        ),
        (
            days((1080, 1200, 1560), (1320, 1440, 1800), verdict="open"),
            "Whether it rose or fell cannot be told, because the ranges overlap: 1,440 days (range 1,320 to 1,800) "
            "against 1,200 days (range 1,080 to 1,560).",
        ),
        (
            days((5000, 5000, 6000), (2000, 2100, 2250)),
            "Within usual variation: 2,100 days (range 2,000 to 2,250) against 5,000 days (range 5,000 to 6,000) (95% "
            "interval: 50 fewer to 80 more days).",
        ),
        (
            days(
                (5000, 5000, 6000), (2000, 2100, 2250), verdict="none", verdict_reason="few_cases", fewest_incidents=8
            ),
            "2,100 days (range 2,000 to 2,250) against 5,000 days (range 5,000 to 6,000), on at most 8 incidents in "
            "the smaller period: a few serious cases can make a difference of this size.",
        ),
        (
            days((0, None, 900), (100, None, 1000), verdict="open"),
            "Whether it rose or fell cannot be told, because the ranges overlap: 100 to 1,000 days against 0 to 900 "
            "days.",
        ),
        (
            days((0, 0, 0), (108, 108, 108)),
            "0 to 108 days: within usual variation.",
        ),
        (
            days((500, 500, 500), (515, 515, 515), verdict="none", verdict_reason="untold"),
            "What the incidents weigh cannot be told, so the two cannot be compared.",
        ),
    ],
)  # fmt: skip
def test_harm(one: Changed, words: str) -> None:
    assert change_words(one) == words


def test_the_headline_and_what_it_does_not_say() -> None:
    ranged = replace(NOTHING, total=410.0, total_low=410.0, total_high=455.0, months_whole=11)
    assert headline(ranged) == "410 to 455 incidents"
    assert range_words(ranged) == (
        "At least those that are certainly within the definition, at most with those that may be. Stands on 11 of 12 "
        "months."
    )
    harm = replace(ranged, figure="harm", total=420.0, unweighted_count=1)
    assert headline(harm) == "420 days"
    assert range_words(harm) == (
        "Range 410 to 455: the lightest and the heaviest reading. Without 1 incident whose offence has no weight. "
        "Stands on 11 of 12 months."
    )
    assert headline(replace(harm, total=None)) == "410 to 455 days"
    assert "No single figure can be given" in range_words(replace(harm, total=None))
    assert headline(replace(harm, total=None, total_high=None)) == "Cannot be told"
    assert headline(replace(ranged, months_whole=0)) == "No data"
    assert headline(replace(NOTHING, total_low=1.0, total_high=1.0)) == "1 incident"


def test_the_months_that_are_compared() -> None:
    assert basis_words(NOTHING, "the 12 months before") == "Compared with the 12 months before."
    assert basis_words(replace(NOTHING, months_compared=0), "x") == ""
    left = replace(NOTHING, months_compared=10, months_left_out="2025-04, 2025-05")
    assert basis_words(left, "x") == (
        "Only 10 of 12 months came whole in both periods and are compared; April 2025 and May 2025 are left out "
        "because a submission is missing or partial in one of them."
    )


def test_the_quick_check_names_the_readings_that_lie_closest() -> None:
    one = counts((3936, 3940), (4081, 4081), root_z=2.2266)
    assert check_words(one) == "Quick check: 2 × (√4,081 − √3,940) is 2.2, within ±3."
    assert check_words(replace(one, root_z=None)) == ""


ENDS = st.tuples(st.integers(10, 5000), st.integers(10, 5000)).map(sorted).map(tuple)


@given(ENDS, ENDS)
def test_at_least_is_never_more_than_it_is(before: tuple[int, int], now: tuple[int, int]) -> None:
    verdict = "rise" if now[0] > before[1] else "fall"
    said = re.search(r"by at least ([\d.]+)%", change_words(counts(before, now, verdict=verdict)))
    if said:
        near, far = (now[0], before[1]) if now[0] > before[1] else (now[1], before[0])
        assert float(said[1]) / 100 <= abs(near - far) / far + 1e-12


def test_what_is_null_in_an_answer_is_none_in_words() -> None:
    frame = pd.DataFrame([NOTHING.__dict__]).assign(before=pd.array([pd.NA], dtype="Float64"))
    assert next(changes_of(frame)) == NOTHING
