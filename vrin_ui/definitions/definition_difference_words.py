"""What sets two definitions apart, in sentences a board can read."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vrin_data.measures.differences import LEAST_TO_PLACE
from vrin_ui.definitions.definition_offences import offence_words
from vrin_ui.wording import DASH, counted, number, sentence, span

SMALL_BASE = LEAST_TO_PLACE
"""No share is given of fewer incidents than that."""
NAMED = 3
ENDS = ("incident_count_low", "incident_count_high", "harm_days_low", "harm_days_high")


def relation_words(first: str, second: str) -> dict[str, str]:
    """What each relation of the overlap is called."""
    return {
        "both": "Surely in both",
        "only_first": f"Only in {first}",
        "only_second": f"Only in {second}",
        "same": "In both or in neither",
        "cannot_tell": "Cannot be told: one alone may hold it",
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
    both, same, doubt = (int(rows.loc[name, "incident_count"]) for name in ("both", "same", "cannot_tell"))
    lines = [f"Of {total:,} {unit} that either may hold, {both:,}{_share(both, total)} are surely in both."]
    for name, own, other in (("only_first", first, second), ("only_second", second, first)):
        count = int(rows.loc[name, "incident_count"])
        if not count:
            lines.append(f"{sentence(own)} surely holds nothing that {other} leaves out.")
            continue
        harm = span(rows.loc[name, "harm_days_low"], rows.loc[name, "harm_days_high"])
        weight = f", with {harm} days of harm" if harm not in ("0", DASH) else ""
        lines.append(f"{sentence(own)} surely adds {count:,} that {other} leaves out{weight}.")
    if same:
        lines.append(f"{same:,}{_share(same, total)} are in both or in neither, so they make no difference.")
    if doubt:
        lines.append(
            f"Of {doubt:,}{_share(doubt, total)} it cannot be told whether one alone holds them, because the "
            "extract does not say enough."
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
    if all(_is_same(rated, end) for end in ("low", "high")):
        return ["The two give the same figures in every district."]
    return [_largest_words(rated, first, second), _places_words(rows, is_crime=is_crime)]


def _is_same(rows: pd.DataFrame, end: str) -> bool:
    first, second = (rows[f"{side}_incident_count_{end}"] for side in ("first", "second"))
    return bool(first.eq(second).fillna(True).all())


def _largest_words(rated: pd.DataFrame, first: str, second: str) -> str:
    """Where the difference is largest by what is surely in, and whether it could be elsewhere."""
    lows = [rated[f"{side}_incident_count_low"] for side in ("first", "second")]
    enough = rated[(lows[0].ge(SMALL_BASE) | lows[1].ge(SMALL_BASE)).fillna(False)]
    low = "incident_count_low_per_1000"
    change = (enough[f"second_{low}"] - enough[f"first_{low}"]).astype("Float64").abs()
    if not change.gt(0).fillna(False).any():
        return (
            f"Where {SMALL_BASE} incidents or more are surely in, what is surely in is the same under both."
        )
    top = enough.loc[change.idxmax()]
    other = "" if _is_surely_largest(rated, top.name) else " The ranges leave it open whether it is another."
    return (
        f"Measured against residents, and by what is surely in, the difference is largest in {top['area_name']}: "
        f"{_rate(top, 'first')} incidents for 1,000 under {first}, {_rate(top, 'second')} under {second}.{other}"
    )


def _is_surely_largest(rated: pd.DataFrame, top: Any) -> bool:
    """Whether the least that a district can differ for its residents is above the most that any other can."""
    ends = rated[["incident_count_change_low", "incident_count_change_high"]].astype("Float64")
    low, high = (ends[name] / rated["population"] for name in ends)
    most = pd.concat([low.abs(), high.abs()], axis=1).max(axis=1, skipna=False)
    least = pd.concat([low.abs(), high.abs()], axis=1).min(axis=1).where(low * high > 0, 0)
    others = most.drop(top)
    return bool(others.notna().all() and (others < least[top]).all())


def _places_words(rows: pd.DataFrame, *, is_crime: bool) -> str:
    """How many districts change their place among those that have one, and which moves furthest."""
    by_harm = is_crime and rows["places_moved"].notna().sum() > 1
    moved = rows["places_moved" if by_harm else "places_moved_by_count"].dropna().astype(int)
    needed = f"those with {SMALL_BASE} incidents or more surely in under both" + (
        " whose harm is a single figure" if by_harm else ""
    )
    if len(moved) < 2:
        return f"No order can be told: {len(moved)} of {counted(len(rows), 'district')} can be placed ({needed})."
    among = f"of the {len(moved)} districts (of {len(rows)}) that can be placed ({needed})"
    count = int(moved.ne(0).sum())
    by = "harm" if by_harm else "what is surely in"
    if not count:
        return f"By {by} for 1,000 residents, {among} none changes place."
    far = moved.abs().idxmax()
    way = "towards" if moved[far] < 0 else "away from"
    return (
        f"By {by} for 1,000 residents, {among} {count} {'changes' if count == 1 else 'change'} place; "
        f"{rows.loc[far, 'area_name']} moves furthest, {counted(abs(int(moved[far])), 'place')} {way} the highest rate."
    )


def is_placed(rows: pd.DataFrame) -> bool:
    """Whether any area holds anything under either definition."""
    sides = ["first_incident_count_high", "second_incident_count_high"]
    return bool(rows[sides].gt(0).any(axis=None))


def _rate(row: Any, side: str) -> str:
    return span(row[f"{side}_incident_count_low_per_1000"], row[f"{side}_incident_count_high_per_1000"], 2)


def steps_words(steps: pd.DataFrame, first: str, second: str) -> str:
    """What the table of clauses shows; that there is nothing where the two mean the same."""
    if steps.empty:
        return "The two say the same, clause by clause."
    count = int((steps["kind"] == "clause").sum())
    return (
        f"{sentence(counted(count, 'clause'))} set{'s' if count == 1 else ''} the two apart. Each line says by how "
        f"much the figures of {first} would move if that clause alone became that of {second}."
    )


def step_lines(steps: pd.DataFrame, *, is_crime: bool) -> list[str]:
    """What each clause moves, a line each, then what is left over, where anything is, and all together."""
    lines = []
    for one in steps.to_dict("records"):
        if one["kind"] == "together" and all(one[f"{figure}_change"] == 0 for figure in ENDS):
            continue
        count = both_words(one["incident_count_low_change"], one["incident_count_high_change"])
        harm = both_words(one["harm_days_low_change"], one["harm_days_high_change"])
        moved = f"count {count}" + (f"; days of harm {harm}" if is_crime and harm != DASH else "")
        lines.append(f"{one['words']}: {moved if count != DASH else 'no figure'}.")
    return lines


def why_words(overlap: pd.DataFrame, unit: str) -> str:
    """Why all changes move a count by another figure than what one definition adds and leaves out."""
    rows = overlap.set_index("relation")
    first, second = (int(rows.loc[f"only_{side}", "incident_count"]) for side in ("first", "second"))
    moved = [
        int((rows[f"second_incident_count_{end}"] - rows[f"first_incident_count_{end}"]).fillna(0).sum())
        for end in ("low", "high")
    ]
    net = second - first
    told = f"{change_words(net, net)} {unit} ({second:,} that only the second surely holds, less {first:,})"
    if moved == [net, net]:
        return f"All changes together come to what the summary says: {told}."
    rest = [each - net for each in moved]
    return (
        f"All changes together move the count by {both_words(*moved)}. The summary counts only what one surely holds "
        f"and the other surely leaves out: {told}. The rest, {both_words(*rest)}, is in doubt "
        "under one of the two or both."
    )


def both_words(low: object, high: object) -> str:
    """By how much the low end and the high end of a figure move."""
    if pd.isna(low) and pd.isna(high):
        return DASH
    first, last = change_words(low, low), change_words(high, high)
    return first if first == last else f"{first} at the lowest reading, {last} at the highest"


def change_words(low: object, high: object) -> str:
    """A change from its low to its high end with its sign; a dash where it cannot be told."""
    ends = [_signed(one) for one in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _signed(value: object) -> str:
    words = number(value)
    if words in (DASH, "0", "-0"):
        return words.lstrip("-")
    return words.replace("-", "−") if words.startswith("-") else f"+{words}"
