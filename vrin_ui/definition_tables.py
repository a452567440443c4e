"""The figures behind the charts that set definitions side by side, as tables for reading."""

from collections.abc import Mapping, Sequence

import pandas as pd

from vrin_ui.wording import DASH, number, of_months, span


def totals_table(totals: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """One row a definition: Definition, Incidents, Harm (days), both per 1,000 residents, Months."""
    months = zip(totals["months_covered"], totals["months_expected"], strict=True)
    return pd.DataFrame(
        {
            "Definition": list(names),
            "Incidents, from low to high": _spans(totals, "incident_count"),
            "Harm in days, from low to high": _spans(totals, "harm_days"),
            "Central reading of harm": [number(one) for one in totals["harm_days"]],
            "Incidents for 1,000 residents": _spans(totals, "incident_count", "_per_1000", 2),
            "Harm for 1,000 residents": _spans(totals, "harm_days", "_per_1000", 1),
            "Months": [of_months(int(had), int(due)) for had, due in months],
        }
    )


def months_table(months: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a month and definition, newest first: Month, Definition, Incidents, Harm, Received."""
    rows = months.sort_values("month", ascending=False, kind="stable")
    came = zip(rows["is_gap"], rows["is_partial"], strict=True)
    return pd.DataFrame(
        {
            "Month": rows["month"].dt.strftime("%B %Y"),
            "Definition": rows["definition"].map(names),
            "Incidents, from low to high": _spans(rows, "incident_count"),
            "Harm in days, from low to high": _spans(rows, "harm_days"),
            "Received": ["no submission" if gap else "in part" if part else "yes" for gap, part in came],
        }
    ).reset_index(drop=True)


def _spans(rows: pd.DataFrame, figure: str, rate: str = "", digits: int = 0) -> list[str]:
    ends = zip(rows[f"{figure}_low{rate}"], rows[f"{figure}_high{rate}"], strict=True)
    return [DASH if pd.isna(high) else span(low, high, digits) for low, high in ends]
