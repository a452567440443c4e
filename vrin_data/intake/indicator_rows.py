"""Rows of a file of context figures: those that can be used, and those left out, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from vrin_data.contract.indicators import PERCENT
from vrin_data.intake.indicator_columns import is_blank, numbers
from vrin_data.intake.reading.plain_table import PlainTable

MOST_REPEATED_SHARE = 0.3
NO_CODE = "no area code"
UNKNOWN = "no area of the store has this code"
OTHER_LEVEL = "an area of another level"
SPLIT = "a code of an older vintage that was split: a figure of the whole does not tell those of its parts"
MERGED = (
    "a code of an older vintage that was merged with others: a figure of a part is not known of the whole"
)
NO_LONGER = "a code that is no longer used, and nothing says what became of it"
TWICE = "the area stands in several rows with different figures"
REPEATED = "the row repeats another one"
NOT_A_NUMBER = "not a number"
NOT_A_PERCENT = "not between 0 and 100, as a percentage is"
BROKEN = "the line cannot be split into cells"


@dataclass(frozen=True)
class LeftOut:
    """One row that was not used: its line, the area code it gave, the cell in question, and why."""

    line: int
    area_code: str
    raw_value: str
    reason: str


@dataclass(frozen=True)
class Known:
    """The areas that a store knows, by code: their level, those in force, and what older ones became.

    `became` gives the one newer area that an area passed into unchanged; `split` and `merged` are those
    of which a figure cannot be carried.
    """

    levels: Mapping[str, str]
    in_force: frozenset[str]
    became: Mapping[str, str]
    split: frozenset[str]
    merged: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """The figures of a file: area_code, value, class_name; rows left out; how many were blank and carried.

    `faults` are those for which the file cannot be used as a whole.
    """

    frame: pd.DataFrame
    level: str
    left_out: tuple[LeftOut, ...]
    blank_count: int
    carried_count: int
    faults: tuple[str, ...] = ()


def figures_of(
    table: PlainTable, known: Known, *, code: str, value: str, level: str, unit: str, is_class: bool
) -> Figures:
    """The figures under two headings. `level` is the one wanted, '' for the only one that there is."""
    rows = pd.DataFrame({"line": table.rows["line"], "code": table.column(code), "raw": table.column(value)})
    rows["code"] = rows["code"].where(rows["code"].isin(set(known.levels)), rows["code"].str.upper())
    rows["level"] = rows["code"].map(known.levels)
    there = rows["level"].dropna().value_counts()
    wanted, faults = _level(there, level)
    rows["reason"] = ""
    _mark(rows, rows["code"] == "", NO_CODE)
    _mark(rows, rows["level"].isna(), UNKNOWN)
    _mark(rows, rows["level"] != wanted, OTHER_LEVEL)
    carried = _carry(rows, known)
    _mark_values(rows, unit, is_class=is_class)
    faults += _mark_repeats(rows)
    good = rows[rows["reason"] == ""]
    if not len(good) and not faults:
        faults.append(f"none of its {len(rows):,} rows can be used: {_reasons(rows)}")
    broken = [LeftOut(one.line_number, "", "", BROKEN) for one in table.broken]
    bad = rows[rows["reason"] != ""]
    left = [
        LeftOut(int(line), c, raw, why) for line, c, raw, why in bad[["line", "code", "raw", "reason"]].values
    ]
    frame = good.set_axis(good.index)[["code", "value", "class_name"]].rename(columns={"code": "area_code"})
    return Figures(
        frame=frame.reset_index(drop=True),
        level=wanted,
        left_out=tuple(sorted([*left, *broken], key=lambda one: one.line)),
        blank_count=int((good["value"].isna() & good["class_name"].isna()).sum()),
        carried_count=int((carried & (rows["reason"] == "")).sum()),
        faults=tuple(faults),
    )


def _level(there: pd.Series, wanted: str) -> tuple[str, list[str]]:
    """The level of the rows, and what is wrong with it."""
    if wanted and wanted not in there:
        found = ", ".join(f"{one} ({count:,})" for one, count in there.items()) or "none that is known"
        return wanted, [f"no row has a code of level {wanted}. Levels of its codes: {found}"]
    if not wanted and len(there) > 1:
        found = ", ".join(f"{one} ({count:,} rows)" for one, count in there.items())
        return str(there.index[0]), [
            f"areas of several levels are mixed: {found}. Say which is meant by --level"
        ]
    return wanted or (str(there.index[0]) if len(there) else ""), []


def _mark(rows: pd.DataFrame, which: pd.Series, reason: str) -> None:
    """Leave rows out for a reason, unless they are left out already."""
    rows.loc[which & (rows["reason"] == ""), "reason"] = reason


def _carry(rows: pd.DataFrame, known: Known) -> pd.Series:
    """Put codes of older vintages onto the areas they became; the rows for which that was done."""
    is_older = ~rows["code"].isin(known.in_force) & (rows["reason"] == "")
    newer = rows["code"].map(dict(known.became))
    carried = is_older & newer.notna()
    _mark(rows, is_older & rows["code"].isin(known.split), SPLIT)
    _mark(rows, is_older & rows["code"].isin(known.merged), MERGED)
    _mark(rows, is_older & ~carried, NO_LONGER)
    rows.loc[carried, "code"] = newer[carried]
    return carried


def _mark_values(rows: pd.DataFrame, unit: str, *, is_class: bool) -> None:
    """Read the cells as figures or classes, blanks as NULL."""
    blank = is_blank(rows["raw"])
    rows["class_name"] = rows["raw"].where(~blank, None).astype(object) if is_class else None
    rows["value"] = float("nan") if is_class else numbers(rows["raw"])
    if is_class:
        return
    _mark(rows, rows["value"].isna() & ~blank, NOT_A_NUMBER)
    if unit == PERCENT:
        _mark(rows, (rows["value"] < 0) | (rows["value"] > 100), NOT_A_PERCENT)


def _mark_repeats(rows: pd.DataFrame) -> list[str]:
    """Leave out areas that stand in several rows; a fault where that is how the file is built."""
    good = rows[rows["reason"] == ""]
    figure = good["class_name"].fillna("").astype(str) + "|" + good["value"].astype(str)
    kinds = figure.groupby(good["code"]).transform("nunique")
    unlike = good.index[kinds > 1]
    alike = good.index[(kinds == 1) & good["code"].duplicated()]
    rows.loc[unlike, "reason"] = TWICE
    rows.loc[alike, "reason"] = REPEATED
    if len(good) and len(unlike) > MOST_REPEATED_SHARE * len(good):
        areas = good.loc[unlike, "code"].nunique()
        return [
            f"{areas:,} areas stand in several rows with different figures, as where years or groups stand below each "
            "other. Choose rows by --where COLUMN=VALUE"
        ]
    return []


def _reasons(rows: pd.DataFrame) -> str:
    counts = rows.loc[rows["reason"] != "", "reason"].value_counts()
    return "; ".join(f"{reason} ({count:,})" for reason, count in counts.items())
