"""The effect of a draft in words and tables, beside the definition it is set against."""

from typing import Any

import pandas as pd

from vrin_data.contract.definitions import Definition
from vrin_ui.definitions.definition_offences import offence_words
from vrin_ui.definitions.definition_total import count_words
from vrin_ui.wording import DASH, counted, number, of_months, span

SMALL_BASE = 10
BEFORE_AND_NOW = {"Before": "beside_", "Now": ""}
"""What a column is headed, with how the figures of it begin; few columns, since the editor leaves them little room."""


def beside_words() -> str:
    """What the definition beside the draft is called on a chart."""
    return "Before: what it is set against"


def total_lines(row: Any, one: Definition) -> list[str]:
    """Count and harm of the draft, each with what they were before."""
    if row["is_gap"]:
        return ["Nothing came in whole in this period, so nothing can be counted."]
    before = span(row["beside_incident_count_low"], row["beside_incident_count_high"])
    now = count_words(row["incident_count_low"], row["incident_count_high"], one)
    is_same = before == span(row["incident_count_low"], row["incident_count_high"])
    lines = [f"**{now}** ({'as before' if is_same else f'before: {before}'})."]
    if one.counts_crimes:
        lines.append(_harm_line(row))
    if row["months_covered"] < row["months_expected"]:
        lines.append(f"That stands on {of_months(int(row['months_covered']), int(row['months_expected']))}.")
    return lines


def _harm_line(row: Any) -> str:
    if pd.isna(row["harm_days_high"]):
        return "Harm cannot be told: none of these offences has a weight."
    now, before = (span(row[f"{own}harm_days_low"], row[f"{own}harm_days_high"]) for own in ("", "beside_"))
    told, earlier = _reading(now, row["harm_days"]), _reading(before, row["beside_harm_days"])
    is_same = (now, told) == (before, earlier)
    return f"Harm **{now} days**{told} ({'as before' if is_same else f'before: {before}{earlier}'})."


def _reading(ends: str, central: object) -> str:
    """The single figure within a range, or that there is none; nothing where the range is one figure."""
    if pd.isna(central):
        return "; no single figure can be given"
    return f"; at the chosen weights {number(central)}" if " to " in ends else ""


def reason_lines(reasons: pd.DataFrame) -> list[str]:
    """Why incidents cannot be told, the commonest first; a flag that the feed does not carry is named so."""
    return [_reason_line(one) for one in reasons.to_dict("records")]


def _reason_line(one: dict[str, Any]) -> str:
    count = counted(int(one["incident_count"]), "incident")
    share = one["not_recorded_share"]
    words = f"{count} {one['label']}."
    if pd.isna(share):
        return words
    if share >= 1:
        return f"{words} This feed does not carry it."
    return (
        f"{words} It is not recorded for {share:.0%} of those asked."
        if one["incident_count"] >= SMALL_BASE
        else words
    )


def offence_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The offences of the data, what comes in and goes out first: Offence, Before and Now; out, or how many."""
    rank = rows["change"].map({"comes_in": 0, "goes_out": 1, "changed": 2, "same": 3})
    rows = rows.assign(rank=rank).sort_values("rank", kind="stable")
    table = pd.DataFrame({"Offence": rows["key"].map(offence_words)})
    for when, own in BEFORE_AND_NOW.items():
        verdict, *ends = (
            rows[f"{own}{name}"] for name in ("is_in", "incident_count_low", "incident_count_high")
        )
        table[when] = [
            "out" if told == "out" else span(low, high)
            for told, low, high in zip(verdict, *ends, strict=True)
        ]
    return table.reset_index(drop=True)


def area_table(rows: pd.DataFrame, figure: str) -> pd.DataFrame:
    """One row an area: Area, Before and Now, from low to high."""
    table = pd.DataFrame({"Area": rows["label"]})
    for when, own in BEFORE_AND_NOW.items():
        ends = zip(rows[f"{own}{figure}_low"], rows[f"{own}{figure}_high"], strict=True)
        table[when] = [DASH if pd.isna(high) else span(low, high) for low, high in ends]
    return table.reset_index(drop=True)


def months_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The months of draft and definition one below the other, as a comparison of months has them."""
    common = {
        "month": pd.to_datetime(rows["key"] + "-01"),
        "is_gap": rows["is_gap"].astype(bool),
        "is_partial": rows["is_partial"].astype(bool),
    }
    frames = [
        pd.DataFrame(
            {
                "definition": name,
                **common,
                "incident_count_low": rows[f"{own}incident_count_low"].astype("Int64"),
                "incident_count_high": rows[f"{own}incident_count_high"].astype("Int64"),
            }
        )
        for name, own in (("draft", ""), ("beside", "beside_"))
    ]
    return pd.concat(frames, ignore_index=True)
