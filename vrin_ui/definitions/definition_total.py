"""A definition's total in words: how many, how much harm, from the lowest to the highest reading."""

from typing import Any

import pandas as pd

from vrin_data.contract.definitions import Definition
from vrin_ui.definitions.definition_wording import unit_of
from vrin_ui.wording import number, of_months, sentence, span


def total_words(row: Any, one: Definition, where: str) -> list[str]:
    """Count, harm and what they stand on, a sentence each; `row` is one of an answer of harm."""
    if row["is_gap"]:
        return [f"{sentence(where)}: nothing came in whole, so nothing can be counted."]
    low, high = row["incident_count_low"], row["incident_count_high"]
    lines = [f"{sentence(where)}: **{count_words(low, high, one)}**.{doubt_words(low, high)}"]
    if one.counts_crimes and not one.is_universe:
        lines.append(harm_words(row))
    if row["months_covered"] < row["months_expected"]:
        lines.append(f"That stands on {of_months(row['months_covered'], row['months_expected'])}.")
    return lines


def count_words(low: object, high: object, one: Definition) -> str:
    """3,910 to 4,120 offences."""
    is_one = number(low) == number(high) == "1"
    return f"{span(low, high)} {unit_of(one, many=not is_one)}"


def doubt_words(low: Any, high: Any) -> str:
    """What the two ends of a count are; nothing where they agree."""
    if number(low) == number(high):
        return ""
    return " The lower figure is surely in; the higher one includes those that may be."


def harm_words(row: Any) -> str:
    """The harm as a range with the reading in its middle, as far as it can be told."""
    low, central, high = (row[name] for name in ("harm_days_low", "harm_days", "harm_days_high"))
    if pd.isna(high):
        return "Harm cannot be told: none of these offences has a weight."
    ends = span(low, high)
    if pd.isna(central):
        return f"Harm: **{ends} days**. No single figure can be given: the extract does not say enough."
    if number(low) == number(high):
        return f"Harm: **{ends} days**."
    return f"Harm: **{ends} days**; {number(central)} with the weight chosen for each offence."


def sure_lines(rows: pd.DataFrame, one: Definition) -> list[str]:
    """How sure the total is: each way in which incidents are sure or not, with what stands on it."""
    lines = []
    for row in rows.to_dict("records"):
        low, high = row["incident_count_low"], row["incident_count_high"]
        if pd.isna(high) or not (low or high):
            continue
        days = f", {span(row['harm_days_low'], row['harm_days_high'])} days"
        harm = "" if pd.isna(row["harm_days_high"]) else days
        lines.append(f"{sentence(row['words'])}: {count_words(low, high, one)}{harm}.")
    return lines
