"""The tables of persons whom police and health saw."""

import pandas as pd

from vrin_data.report.triangulation_words import window_words
from vrin_ui.wording import DASH, span


def matched_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a feed and window."""
    shares = zip(
        *(frame[f"health_only_share{end}"] for end in ("", "_low", "_high")),
        strict=True,
    )
    return pd.DataFrame(
        {
            "Health feed": frame["source_name"],
            "Window": [window_words(one) for one in frame["window_days"]],
            "Health events": frame["health_count"],
            "With a key": frame["health_keyed_count"],
            "Seen by health alone": frame["health_only_count"],
            "Share of those with a key": [
                DASH if pd.isna(one) else f"{one:.0%} ({low:.0%} to {high:.0%})" for one, low, high in shares
            ],
            "Recorded crimes": frame["police_count"],
            "Crimes with a key": frame["police_keyed_count"],
            "Persons, both": frame["matched_person_count"],
            "Persons, health alone": frame["health_only_person_count"],
            "Persons, police alone": frame["police_only_person_count"],
            "Secret": frame["key_ids"],
        }
    ).reset_index(drop=True)


def estimate_table(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a feed and window: persons known, and the bound with its limits."""
    ends = zip(frame["estimate_low"], frame["estimate_high"], strict=True)
    return pd.DataFrame(
        {
            "Health feed": frame["source_name"],
            "Window": [window_words(one) for one in frame["window_days"]],
            "Persons known to either": frame["known_person_count"],
            "At least": frame["estimate"].round(0),
            "95% interval": [DASH if pd.isna(low) else span(low, high) for low, high in ends],
        }
    ).reset_index(drop=True)
