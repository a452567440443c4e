"""The areas of a comparison as a table, in name order."""

import pandas as pd

from vrin_data.measures.change_request import HARM, INCIDENTS
from vrin_data.report.change_words import change_words
from vrin_data.report.changed import changes_of
from vrin_ui.compare_areas.compare_words import CLASSES
from vrin_ui.wording import DASH, number, span


def areas_table(rows: pd.DataFrame, figure: str, digits: int) -> pd.DataFrame:
    """A row an area, by name: a click on a heading sorts it."""
    what = "Harm (days)" if figure == "harm-rate" else "Incidents"
    table = pd.DataFrame(
        {
            "Area": rows["area_name"],
            "Where": rows["class"].map(CLASSES),
            "Rate per 1,000 a year": rows["value"].round(digits),
            "95% limits": _limits(rows, "95", digits),
            "99.8% limits": _limits(rows, "998", digits),
            what: rows["observed"].round(0),
            "Expected": rows["expected"].round(1 if digits else 0),
            "At most": _most(rows),
            "Distance": rows["z_adjusted"].round(2),
            "Months": [
                f"{had} of {due}" if had else "none"
                for had, due in zip(rows["months_whole"], rows["months_expected"], strict=True)
            ],
            "Residents": rows["residents"],
            "Place on the list": rows["comparator_rank"],
        }
    )
    return table.reset_index(drop=True)


def _limits(rows: pd.DataFrame, name: str, digits: int) -> list[str]:
    ends = zip(rows[f"lower{name}"], rows[f"upper{name}"], strict=True)
    return [DASH if pd.isna(low) else span(low, high, digits) for low, high in ends]


def _most(rows: pd.DataFrame) -> pd.Series:
    """What may be in at most, where that is more than what is certain."""
    most = rows["observed_most"].astype("Float64")
    seen = rows["observed"].astype("Float64").fillna(-1)
    return most.where(most > seen + 0.5).round(0)


def changes_table(changes: pd.DataFrame, rows: pd.DataFrame, figure: str) -> pd.DataFrame:
    """A row an area that is compared, by name: whether its figure changed on the year before, in words."""
    wanted = INCIDENTS if figure == "incidents-rate" else HARM
    own = changes[changes["area_code"].isin(rows["area_code"]) & (changes["figure"] == wanted)]
    return pd.DataFrame(
        {
            "Area": own["area_name"],
            "The year before": own["before"].round(0),
            "Now": own["now"].round(0),
            "Change": [change_words(one) for one in changes_of(own)],
        }
    ).reset_index(drop=True)


def months_table(frame: pd.DataFrame, digits: int) -> pd.DataFrame:
    """A row a month, newest first: the area, and its comparators from lowest to highest."""
    own = frame[frame["is_chosen"]].sort_values("month", ascending=False)
    states = {"whole": "yes", "partial": "in part", "missing": "no submission", "untold": "range alone"}
    return pd.DataFrame(
        {
            "Month": own["month"].dt.strftime("%B %Y"),
            str(own["area_name"].iloc[0]): [number(one, digits) for one in own["value"]],
            "Received": own["state"].map(states),
            "Comparators, lowest": [number(one, digits) for one in own["comparator_low"]],
            "Middle": [number(one, digits) for one in own["comparator_median"]],
            "Highest": [number(one, digits) for one in own["comparator_high"]],
            "Comparators that came whole": own["comparator_count"],
        }
    ).reset_index(drop=True)
