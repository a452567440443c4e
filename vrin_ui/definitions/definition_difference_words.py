"""What sets two definitions apart, in sentences a board can read."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vrin_ui.definitions.definition_offences import offence_words
from vrin_ui.wording import DASH, counted, number, sentence, span

SMALL_BASE = 10
"""No share is given of fewer incidents than that."""
NAMED = 3


def relation_words(first: str, second: str) -> dict[str, str]:
    """What each relation of the overlap is called."""
    return {
        "both": "Surely in both",
        "only_first": f"Only in {first}",
        "only_second": f"Only in {second}",
        "cannot_tell": "Cannot be told: one of them may hold it",
    }


def totals_words(totals: pd.DataFrame, names: Sequence[str], *, unit: str) -> list[str]:
    """What each definition counts in all, a sentence each."""
    lines = []
    for name, row in zip(names, totals.to_dict("records"), strict=True):
        if pd.isna(row["incident_count_high"]):
            continue
        harm = span(row["harm_days_low"], row["harm_days_high"])
        weight = f", with {harm} days of harm" if harm not in ("0", DASH) else ""
        count = span(row["incident_count_low"], row["incident_count_high"])
        lines.append(f"{sentence(name)} counts {count} {unit}{weight}.")
    return lines


def overlap_words(overlap: pd.DataFrame, first: str, second: str, *, unit: str) -> list[str]:
    """How the two lie to each other, a sentence each."""
    rows = overlap.set_index("relation")
    total = int(rows["incident_count"].sum())
    both, doubt = (int(rows.loc[name, "incident_count"]) for name in ("both", "cannot_tell"))
    lines = [f"Of {total:,} {unit} that either may hold, {both:,}{_share(both, total)} are surely in both."]
    for name, own, other in (("only_first", first, second), ("only_second", second, first)):
        count = int(rows.loc[name, "incident_count"])
        if not count:
            lines.append(f"{sentence(own)} surely holds nothing that {other} leaves out.")
            continue
        harm = span(rows.loc[name, "harm_days_low"], rows.loc[name, "harm_days_high"])
        weight = f", with {harm} days of harm" if harm not in ("0", DASH) else ""
        lines.append(f"{sentence(own)} adds {count:,} that {other} leaves out{weight}.")
    if doubt:
        lines.append(
            f"Of {doubt:,}{_share(doubt, total)} it cannot be told, because the extract does not say enough."
        )
    further = int(rows["further_count"].fillna(0).sum())
    if further:
        lines.append(f"Up to {further:,} more may stand behind small counts that the supplier does not give.")
    return lines


def _share(count: int, total: int) -> str:
    if total < SMALL_BASE:
        return ""
    share = count / total
    return " (less than 1%)" if 0 < share < 0.01 else f" ({share:.0%})"


def offences_words(moved: pd.DataFrame, first: str, second: str) -> list[str]:
    """Which offences only one of the two holds, the ones with most first."""
    if moved.empty:
        return ["Both count the same offences on these data."]
    lines = []
    for column, own in (("only_first_count", first), ("only_second_count", second)):
        rows = moved[moved[column] > 0].sort_values(column, ascending=False, kind="stable")
        if len(rows):
            named = [
                f"{offence_words(one.offence_key)}, {getattr(one, column):,}"
                for one in rows.head(NAMED).itertuples()
            ]
            rest = len(rows) - len(named)
            more = f" and {counted(rest, 'other offence')}" if rest else ""
            lines.append(f"Only {own} counts: {'; '.join(named)}{more}.")
    doubts = moved[moved["cannot_tell_count"] > 0].sort_values(
        "cannot_tell_count", ascending=False, kind="stable"
    )
    if len(doubts):
        named = [
            f"{offence_words(one.offence_key)}, {one.cannot_tell_count:,}"
            for one in doubts.head(NAMED).itertuples()
        ]
        lines.append(f"It cannot be told most often for: {'; '.join(named)}.")
    return lines


def areas_words(rows: pd.DataFrame, first: str, second: str, *, is_crime: bool) -> list[str]:
    """Which district the difference touches most, for its residents, and how far places move."""
    if not is_placed(rows):
        return ["Nothing of this could be placed in a district."]
    rated = rows[rows["population"].gt(0).fillna(False)]
    change = _middle_change(rated)
    if rated.empty or not change.abs().gt(0).any():
        return ["The two give the same figures in every district."]
    top = rated.loc[change.abs().idxmax()]
    lines = [
        f"Measured against residents the difference is largest in {top['area_name']}: "
        f"{_rate(top, 'first')} incidents for 1,000 under {first}, {_rate(top, 'second')} under {second}."
    ]
    moved = "places_moved" if is_crime and rated["places_moved"].notna().any() else "places_moved_by_count"
    places = rated[moved].abs()
    if places.gt(0).fillna(False).any():
        far = rated.loc[places.astype("Float64").idxmax()]
        by = "harm" if moved == "places_moved" else "incidents"
        way = "up" if far[moved] < 0 else "down"
        count = int((places > 0).sum())
        lines.append(
            f"By {by} for 1,000 residents, {counted(count, 'district')} {'changes' if count == 1 else 'change'} place; "
            f"{far['area_name']} moves furthest, {way} {counted(abs(int(far[moved])), 'place')}."
        )
    else:
        lines.append("No district changes its place among the others.")
    return lines


def is_placed(rows: pd.DataFrame) -> bool:
    """Whether any area holds anything under either definition."""
    sides = ["first_incident_count_high", "second_incident_count_high"]
    return bool(rows[sides].gt(0).any(axis=None))


def _middle_change(rows: pd.DataFrame) -> pd.Series:
    """The change of incidents for 1,000 residents, at the middle of the range of each."""
    first, second = (
        rows[f"{side}_incident_count_low_per_1000"] + rows[f"{side}_incident_count_high_per_1000"]
        for side in ("first", "second")
    )
    return (second - first).astype("Float64").fillna(0) / 2


def _rate(row: Any, side: str) -> str:
    return span(row[f"{side}_incident_count_low_per_1000"], row[f"{side}_incident_count_high_per_1000"], 1)


def steps_words(steps: pd.DataFrame, first: str, second: str) -> str:
    """What the table of clauses shows; that there is nothing where the two mean the same."""
    if steps.empty:
        return "The two say the same, clause by clause."
    count = int((steps["kind"] == "clause").sum())
    return (
        f"{sentence(counted(count, 'clause'))} set{'s' if count == 1 else ''} the two apart. Each line says what would "
        f"move in the figures of {first} if that clause alone became that of {second}: first at the low end, then at "
        "the high end."
    )


def step_lines(steps: pd.DataFrame, *, is_crime: bool) -> list[str]:
    """What each clause moves, a line each, then what only all of them move together."""
    lines = []
    for one in steps.to_dict("records"):
        count = both_words(one["incident_count_low_change"], one["incident_count_high_change"])
        harm = both_words(one["harm_days_low_change"], one["harm_days_high_change"])
        moved = f"count {count}" + (f"; harm {harm} days" if is_crime and harm != DASH else "")
        lines.append(f"{one['words']}: {moved if count != DASH else 'no figure'}.")
    return lines


def both_words(low: object, high: object) -> str:
    """By how much the low end and the high end of a figure move."""
    if pd.isna(low) and pd.isna(high):
        return DASH
    first, last = change_words(low, low), change_words(high, high)
    return first if first == last else f"{first} and {last}"


def change_words(low: object, high: object) -> str:
    """A change from its low to its high end with its sign; a dash where it cannot be told."""
    ends = [_signed(one) for one in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _signed(value: object) -> str:
    words = number(value)
    if words in (DASH, "0", "-0"):
        return words.lstrip("-")
    return words.replace("-", "−") if words.startswith("-") else f"+{words}"
