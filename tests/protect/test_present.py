"""The one way out."""

from datetime import datetime

import pandas as pd
import pytest

from vrin_data.errors import VrinError
from vrin_data.measures import Answer, Stamp
from vrin_data.protect import Viewer, present

STAMP = Stamp(
    build="000001",
    built_at=datetime(2026, 11, 1),
    data_to=None,
    definition="all v1",
    definition_name="All",
    edition="cchi-2020",
    edition_name="Cambridge",
    feed="police-offences",
    period="March 2026",
    level="district",
)


def test_the_analyst_sees_exact_figures_marked_as_restricted() -> None:
    answer = Answer(pd.DataFrame({"incident_count_low": [3]}), STAMP)
    shown = present(answer, Viewer.analyst())
    assert shown.frame["incident_count_low"].tolist() == [3]
    assert "RESTRICTED" in shown.stamp.disclosure
    assert "RESTRICTED" in "\n".join(shown.stamp.lines())


def test_an_unprotected_stamp_says_so() -> None:
    assert STAMP.disclosure == "not yet protected"


def test_what_is_shown_is_a_copy() -> None:
    answer = Answer(pd.DataFrame({"incident_count_low": [3]}), STAMP)
    shown = present(answer, Viewer.analyst()).frame
    shown.loc[0, "incident_count_low"] = 99
    assert present(answer, Viewer.analyst()).frame["incident_count_low"].tolist() == [3]


def test_a_viewer_without_a_rule_sees_nothing() -> None:
    with pytest.raises(VrinError, match="nothing is shown"):
        present(Answer(pd.DataFrame(), STAMP), Viewer("public"))  # type: ignore[arg-type]
