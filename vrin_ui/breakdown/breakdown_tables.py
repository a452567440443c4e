"""The figures behind the charts of a harm total, as tables for reading."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vrin_data.measures.change_request import SMALL_BASE
from vrin_ui.breakdown.breakdown_words import share_words
from vrin_ui.breakdown.waterfall_chart import change_words
from vrin_ui.wording import DASH, counted, listed, number, sentence, span

SHOWN = 10
PINNED = 220
"""Pixels of the column that stays where it is, so that a narrow screen has room for another one."""
BASIS_REASONS = {
    "exact": "All that it may be, and that is within the definition, weighs the same.",
    "range": "Several rows are possible and none of those within the definition is chosen.",
    "none": "The edition has no row for it.",
}
LEAVES_OUT = {
    "chi": "crimes of an earlier calendar year, and crimes that police activity or a company’s security found",
    "ppi": "whatever anybody else reported, and crimes of an earlier calendar year",
    "cdchi": "whatever anybody else reported, and crimes of an earlier calendar year",
    "hochi": "crimes of the calendar year in which they were recorded",
}


def with_others(frame: pd.DataFrame, shown: int = SHOWN) -> pd.DataFrame:
    """The first offences of a breakdown, and all others in one row; offences without a weight are left out."""
    rows = frame[frame["harm_days_high"].notna()]
    if len(rows) <= shown + 1:
        return rows.reset_index(drop=True)
    rest = rows.iloc[shown:]
    figures = ["incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high"]
    others = rest[[*figures, "share_of_harm"]].sum(min_count=1).to_dict()
    others["offence_label"] = f"All {len(rest)} other offences"
    made = pd.DataFrame([others]).astype({name: rows[name].dtype for name in figures})
    return pd.concat([rows.iloc[:shown], made], ignore_index=True)


def is_small(frame: pd.DataFrame) -> bool:
    """Whether the incidents are too few for a percentage."""
    return bool(frame["incident_count_high"].sum() < SMALL_BASE)


def with_shares(words: Sequence[str], rows: pd.DataFrame, *, small: bool) -> list[str]:
    """The figures of each offence in words, with its share of the harm where the base is large enough."""
    if small:
        return [*words]
    of = "the harm" if rows["harm_days"].notna().any() else "the highest reading"
    return [
        one if pd.isna(share) else f"{share_words(share, 1)} of {of}: {one}"
        for one, share in zip(words, rows["share_of_harm"], strict=True)
    ]


def made_of_words(count: int, joined: Sequence[str]) -> str:
    """What the rows of the table are, and what the chart joins of them."""
    words = f"{counted(count, 'offence')} as the extract names them, which add up to the total. "
    if joined:
        words += (
            f"A code alone and a code with its classification stand apart here; in the chart they are one row "
            f"({listed(joined)}). "
        )
    return f"{words}“One weighs” is the weight that was chosen, in days."


def offences_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row an offence: what it adds, and what one of it weighs."""
    small, has_central = is_small(frame), bool(frame["harm_days"].notna().any())
    shares = [DASH if small or pd.isna(one) else share_words(one, 1) for one in frame["share_of_harm"]]
    return pd.DataFrame(
        {
            "Offence": frame["offence_label"],
            "Incidents": _spans(frame, "incident_count"),
            "Harm (days)": frame["harm_days"],
            "Harm, lowest to highest": _spans(frame, "harm_days"),
            "Share of harm" if has_central else "Share of the highest reading": shares,
            "One weighs": [amount(one) for one in frame["weight_central"]],
            "It may weigh": _weights(frame),
        }
    )


def weights_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row an offence: what one of it weighs, with what it may weigh, and why; few columns, for narrow screens."""
    return pd.DataFrame(
        {
            "Offence": frame["offence_label"],
            "One weighs": [
                _with_ends(central, ends)
                for central, ends in zip(map(amount, frame["weight_central"]), _weights(frame), strict=True)
            ],
            "Why this weight": [
                sentence(BASIS_REASONS.get(one.basis, one.weight_reason))
                for one in frame.itertuples(index=False)
            ],
        }
    )


def _with_ends(central: str, ends: str) -> str:
    """A weight with what it may be besides: '10 (2 to 1,460)'; the range alone where none was chosen."""
    if central in (ends, DASH):
        return ends
    return f"{central} ({ends})"


def _weights(frame: pd.DataFrame) -> list[str]:
    return [amounts(*ends) for ends in zip(frame["weight_low"], frame["weight_high"], strict=True)]


def amount(value: Any) -> str:
    """A weight without needless digits; a dash where there is none."""
    return DASH if pd.isna(value) else f"{float(value):,.1f}".removesuffix(".0")


def amounts(low: Any, high: Any) -> str:
    """A range of weights; one figure where both ends are the same."""
    first, last = amount(low), amount(high)
    return first if first == last else f"{first} to {last}"


def sureness_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a part of the total by how sure it is; parts of which there is nothing are left out."""
    rows = frame[(frame["incident_count_high"] != 0) | frame["harm_days_high"].fillna(0).ne(0)]
    return pd.DataFrame(
        {
            "How sure": [sentence(words) for words in rows["words"]],
            "Incidents": _spans(rows, "incident_count"),
            "Harm (days)": rows["harm_days"],
            "Harm, lowest to highest": _spans(rows, "harm_days"),
        }
    ).reset_index(drop=True)


def change_table(frame: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    """One row an offence: its incidents and harm in both periods, and the change."""
    changes = frame[["harm_days_change_low", "harm_days_change", "harm_days_change_high"]].to_numpy(
        dtype=object
    )
    return pd.DataFrame(
        {
            "Offence": frame["offence_label"],
            f"Incidents, {before}": _spans(frame, "incident_count", "_before"),
            f"Incidents, {now}": _spans(frame, "incident_count", "_now"),
            f"Harm in days, {before}": _readings(frame, "_before"),
            f"Harm in days, {now}": _readings(frame, "_now"),
            "Change in days": [DASH if pd.isna(one[0]) else change_words(*one) for one in changes],
        }
    )


def series_table(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a series of the method: what is in it for sure, and what may be."""
    return pd.DataFrame(
        {
            "Series": frame["series_name"],
            "Incidents for sure": _spans(frame, "incident_count"),
            "Harm for sure, in days": _readings(frame),
            "Incidents at most": [number(one) for one in frame["incident_count_at_most"]],
            "Harm at most, in days": [number(one) for one in frame["harm_days_at_most"]],
        }
    )


def series_names(frame: pd.DataFrame) -> list[str]:
    """The series as the bars name them, which hold only what is in them for sure."""
    return [
        f"{one.series_name}, for sure" if one.series in LEAVES_OUT else str(one.series_name)
        for one in frame.itertuples(index=False)
    ]


def series_sum_words(frame: pd.DataFrame) -> str:
    """How the bars of the series are to be read, and why the first chart of the view reaches further."""
    words = (
        "The bars hold what is in a series for sure, and add up to the total of all series. “At most” in the table is "
        "a series with all that cannot be told."
    )
    rows = frame.set_index("series")
    sure, most = rows.loc["chi", "harm_days_high"], rows.loc["chi", "harm_days_at_most"]
    if pd.isna(sure) or pd.isna(most) or round(sure) == round(most):
        return words
    return (
        f"{words} That is why the Crime Harm Index ends at {number(sure)} days here, and at {number(most)} days where "
        "it is read alone: there what cannot be told is in it."
    )


def series_lines(frame: pd.DataFrame) -> list[str]:
    """What each series counts, and what it leaves out."""
    return [
        f"**{one.series_name}** counts {one.words}. It leaves out {LEAVES_OUT[one.series]}."
        if one.series in LEAVES_OUT
        else f"**{one.series_name}**: {one.words}."
        for one in frame.itertuples(index=False)
    ]


def readings_table(
    frame: pd.DataFrame, names: Sequence[str], heading: str, more: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """One row a reading of the same incidents: incidents, harm, harm per 1,000 residents, and what has no weight."""
    rates = frame[["harm_days_low_per_1000", "harm_days_per_1000", "harm_days_high_per_1000"]].to_numpy(
        dtype=object
    )
    table = pd.DataFrame(
        {
            heading: [*names],
            "Incidents": _spans(frame, "incident_count"),
            "Harm in days": _readings(frame),
            "Harm for 1,000 residents": [_reading(*one, digits=1) for one in rates],
            "Incidents without a weight": frame["unweighted_count"].array,
        }
    )
    for name, values in (more or {}).items():
        table[name] = [*values]
    return table


def _readings(frame: pd.DataFrame, end: str = "") -> list[str]:
    columns = [f"harm_days{which}{end}" for which in ("_low", "", "_high")]
    return [_reading(*one) for one in frame[columns].to_numpy(dtype=object)]


def _reading(low: Any, central: Any, high: Any, *, digits: int = 0) -> str:
    if pd.isna(high):
        return DASH
    ends = span(low, high, digits)
    shown = number(central, digits)
    return ends if pd.isna(central) or shown == ends else f"{shown} ({ends})"


def _spans(frame: pd.DataFrame, figure: str, end: str = "") -> list[str]:
    ends = zip(frame[f"{figure}_low{end}"], frame[f"{figure}_high{end}"], strict=True)
    return [DASH if pd.isna(high) else span(low, high) for low, high in ends]
