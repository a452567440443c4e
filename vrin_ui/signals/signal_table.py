"""The signals as a table for reading."""

import pandas as pd

from vrin_data.report.signal_words import DIRECTIONS, FIGURES
from vrin_ui.wording import months_in_words


def signal_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a signal, the least likely first: what, where, which way, since when, by how much, and how likely."""
    return pd.DataFrame(
        {
            "Area": frame["area_name"],
            "Definition": frame["definition_name"],
            "Figure": frame["figure"].map(FIGURES),
            "Is": frame["direction"].map(DIRECTIONS),
            "Since": [f"{month:%B %Y}" for month in frame["since_month"]],
            "A month since": frame["recent_mean"],
            "A month before": frame["usual_mean"],
            "Chance (p)": frame["p_value"],
            "False share (q)": frame["q_value"],
            "Beside": [months_in_words(words) for words in frame["beside"]],
        }
    )
