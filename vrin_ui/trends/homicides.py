"""Homicides as annotations: the months in which the definition counts some, where the line is drawn without them."""

from dataclasses import replace

import pandas as pd

from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.trends.trend_choice import TrendChoice, selection
from vrin_ui.wording import counted, month_words


def homicide_marks(chosen: Filters, choice: TrendChoice) -> pd.DataFrame | None:
    """Months with homicides: month, count, text, label, words; None where the line has them, or is not of harm."""
    if not (choice.is_harm and choice.is_without_homicide) or chosen.without_homicide:
        return None
    asked = selection(chosen, choice)
    whole, rest = (
        ask("harm", replace(asked, without_homicide=is_without)).frame for is_without in (False, True)
    )
    count = whole["incident_count_low"].astype("Float64") - rest["incident_count_low"].astype("Float64")
    is_some = (count > 0).fillna(False).to_numpy(dtype=bool)
    months, counts = whole.loc[is_some, "month"], [int(one) for one in count[is_some]]
    return pd.DataFrame(
        {
            "month": [f"{one:%Y-%m-%d}" for one in months],
            "count": counts,
            "text": [f"●{one if one > 1 else ''}" for one in counts],
            "label": [month_words(one) for one in months],
            "words": [counted(one, "homicide") for one in counts],
        }
    )
