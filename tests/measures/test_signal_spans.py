"""Since when a series stands out, or when it did last."""

import pandas as pd
import pytest

from vrin_data.measures.signal_spans import earlier_signals, first_signal


def rows(causes: str) -> pd.DataFrame:
    """A month a letter: h and l are signals high and low, a point is none."""
    return pd.DataFrame(
        {
            "month": pd.date_range("2024-01-01", periods=len(causes), freq="MS"),
            "cause": ["" if one == "." else "run" for one in causes],
            "direction": [{"h": "high", "l": "low"}.get(one, "") for one in causes],
            "reading": [{"h": "concern", "l": "improvement"}.get(one, "common") for one in causes],
        }
    )


@pytest.mark.parametrize(
    ("causes", "since"),
    [("", None), ("..", None), ("hh.", None), (".hh", "2024-02"), ("llhh", "2024-03"), ("hhh", "2024-01")],
)
def test_signals_that_reach_the_last_month(causes: str, since: str | None) -> None:
    found = first_signal(rows(causes))
    assert (None if pd.isna(found) else f"{found:%Y-%m}") == since


@pytest.mark.parametrize(
    ("causes", "told"),
    [
        ("", None),
        ("..hh", None),
        ("hhh..", ("2024-01", "2024-03", "concern", "high")),
        ("llhh.", ("2024-03", "2024-04", "concern", "high")),
        ("h.l....", ("2024-03", "2024-03", "improvement", "low")),
        # Twelve months on it is history.
        ("h" + "." * 11, ("2024-01", "2024-01", "concern", "high")),
        ("h" + "." * 12, None),
    ],
)
def test_the_last_signals_of_a_series_that_is_as_usual_now(causes: str, told: tuple[str, ...] | None) -> None:
    first, last, reading, direction = earlier_signals(rows(causes)).values()
    if told is None:
        assert pd.isna(first)
    else:
        assert (f"{first:%Y-%m}", f"{last:%Y-%m}", reading, direction) == told
