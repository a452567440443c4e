import pytest

from vrin_data.errors import UsageError
from vrin_data.methods.chart_settings import ChartSettings, settings_of

OTHER = ChartSettings(
    run_length=8,
    ties="pass",
    two_of_three="any",
    screen_ranges=False,
    trial_below=13,
    improvement="up",
)


def test_only_what_differs_from_the_default_is_written() -> None:
    assert ChartSettings().params() == {}
    assert ChartSettings(run_length=6, screen_ranges=False).params() == {
        "run_length": "6",
        "screen_ranges": "off",
    }


def test_what_was_written_is_read_back() -> None:
    assert settings_of(OTHER.params()) == OTHER
    assert settings_of({"page": "trends"}) == ChartSettings()


@pytest.mark.parametrize(
    "params",
    [
        {"run_length": "9"},
        {"run_length": "seven"},
        {"ties": "skip"},
        {"two_of_three": "both"},
        {"screen_ranges": "yes"},
        {"trial_below": "0"},
        {"improvement": "sideways"},
    ],
)
def test_what_is_no_setting_is_refused(params: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        settings_of(params)


def test_every_setting_stands_in_the_words_under_a_chart() -> None:
    assert OTHER.words() == (
        "8 points make a run or a trend; an equal value neither counts in a trend nor ends it; two of three: the two "
        "points beyond the near limit on one side, the third anywhere; all moving ranges stand in the limits; limits "
        "of fewer than 13 points are trial limits; higher is better"
    )
