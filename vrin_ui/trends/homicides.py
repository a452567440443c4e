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
    rows = whole.loc[(count > 0).fillna(False), ["month"]].assign(count=count.dropna().astype(int))
    return pd.DataFrame(
        {
            "month": rows["month"].dt.strftime("%Y-%m-%d"),
            "count": rows["count"],
            "text": [f"●{number if number > 1 else ''}" for number in rows["count"]],
            "label": [month_words(one) for one in rows["month"]],
            "words": [counted(int(number), "homicide") for number in rows["count"]],
        }
    ).reset_index(drop=True)
