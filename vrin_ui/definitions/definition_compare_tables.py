"""The figures behind the charts that set definitions side by side, as tables for reading."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vrin_ui.definitions.definition_difference_words import both_words, change_words
from vrin_ui.definitions.definition_offences import offence_words
from vrin_ui.wording import DASH, number, of_months, span


def totals_table(totals: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """One row a definition: Definition, Incidents, Harm (days), both per 1,000 residents, Months."""
    months = zip(totals["months_covered"], totals["months_expected"], strict=True)
    return pd.DataFrame(
        {
            "Definition": list(names),
            "Count, from low to high": _spans(totals, "incident_count"),
            "Harm in days, from low to high": _spans(totals, "harm_days"),
            "Harm at the chosen weights": [number(one) for one in totals["harm_days"]],
            "Count for 1,000 residents": _spans(totals, "incident_count", "_per_1000", 2),
            "Harm for 1,000 residents": _spans(totals, "harm_days", "_per_1000", 1),
            "Months": [of_months(int(had), int(due)) for had, due in months],
        }
    )


def months_table(months: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a month and definition, newest first: Month, Definition, Incidents, Harm, Received."""
    rows = months.sort_values("month", ascending=False, kind="stable")
    came = zip(rows["is_gap"], rows["is_partial"], strict=True)
    harm = "Harm in days, from low to high"
    return pd.DataFrame(
        {
            "Month": rows["month"].dt.strftime("%B %Y"),
            "Definition": rows["definition"].map(names),
            "Count, from low to high": _spans(rows, "incident_count"),
            **({harm: _spans(rows, "harm_days")} if "harm_days_low" in rows else {}),
            "Received": ["no submission" if gap else "in part" if part else "yes" for gap, part in came],
        }
    ).reset_index(drop=True)


def _spans(rows: pd.DataFrame, figure: str, rate: str = "", digits: int = 0) -> list[str]:
    ends = zip(rows[f"{figure}_low{rate}"], rows[f"{figure}_high{rate}"], strict=True)
    return [DASH if pd.isna(high) else span(low, high, digits) for low, high in ends]


def overlap_table(overlap: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a relation: Held by, Incidents, Harm."""
    return pd.DataFrame(
        {
            "Held by": overlap["relation"].map(names),
            "Count": overlap["incident_count"],
            "Harm in days, from low to high": _spans(overlap, "harm_days"),
        }
    )


IN_WORDS = {"in": "in", "out": "out", "cannot_tell": "may be in"}


def offences_table(found: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """One row an offence, the largest difference first: whether each holds it, and how many only one holds."""
    change = zip(found["harm_days_change_low"], found["harm_days_change_high"], strict=True)
    return pd.DataFrame(
        {
            "Offence": found["offence_key"].map(offence_words),
            f"Offence in {first}": found["in_first"].map(IN_WORDS),
            f"Offence in {second}": found["in_second"].map(IN_WORDS),
            f"Only in {first}": found["only_first_count"],
            f"Only in {second}": found["only_second_count"],
            "In both": found["both_count"],
            "In both or in neither": found["same_count"],
            "Cannot be told": found["cannot_tell_count"],
            "Harm that the second adds, in days": [change_words(*ends) for ends in change],
        }
    )


def areas_table(found: pd.DataFrame, first: str, second: str, *, is_crime: bool) -> pd.DataFrame:
    """One row an area by name, with the figures of both and how many places it moves; no league table."""
    rows = found.assign(last=~found["is_placed"].astype(bool)).sort_values(["last", "area_name"])
    table = pd.DataFrame({"Area": rows["area_name"]})
    for side, name in (("first", first), ("second", second)):
        table[f"Count, {name}"] = _spans(rows, f"{side}_incident_count")
        table[f"For 1,000 residents, {name}"] = _spans(rows, f"{side}_incident_count", "_per_1000", 2)
        if is_crime:
            table[f"Harm for 1,000, {name}"] = _spans(rows, f"{side}_harm_days", "_per_1000", 0)
    moved = [rows["places_moved_by_count"], *([rows["places_moved"]] if is_crime else [])]
    for words, column in zip(("Places moved by incidents", "Places moved by harm"), moved, strict=False):
        table[words] = [places_words(one) for one in column]
    covered = zip(rows["months_covered"], rows["months_expected"], strict=True)
    table["Months"] = [of_months(int(had), int(due)) if had else "no submission" for had, due in covered]
    return table.reset_index(drop=True)


def places_words(moved: Any) -> str:
    """By how many places an area moves among the others, and which way."""
    if pd.isna(moved):
        return DASH
    count = int(moved)
    way = "towards the highest" if count < 0 else "away from the highest"
    return f"{abs(count)} {way}" if count else "same place"


def steps_table(steps: pd.DataFrame, *, is_crime: bool) -> pd.DataFrame:
    """One row a clause, then what only all of them move together, and all: what changes, incidents, harm."""
    counts = zip(steps["incident_count_low_change"], steps["incident_count_high_change"], strict=True)
    table = pd.DataFrame({"What changes": steps["words"], "Count": [both_words(*one) for one in counts]})
    if is_crime:
        harm = zip(steps["harm_days_low_change"], steps["harm_days_high_change"], strict=True)
        table["Harm in days"] = [both_words(*one) for one in harm]
    return table


def parts_table(parts: pd.DataFrame) -> pd.DataFrame:
    """One row a part and last the whole: Part, Count, Harm, both for 1,000 residents."""
    return pd.DataFrame(
        {
            "Part": parts["part_name"],
            "Count, from low to high": _spans(parts, "incident_count"),
            "Harm in days, from low to high": _spans(parts, "harm_days"),
            "Count for 1,000 residents": _spans(parts, "incident_count", "_per_1000", 2),
            "Harm for 1,000 residents": _spans(parts, "harm_days", "_per_1000", 1),
        }
    )
