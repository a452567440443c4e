"""Which columns of a file hold an area's code and its figure: as a person says, else told by what they hold."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from vrin_data.contract.feeds import fold
from vrin_data.intake.reading.plain_table import PlainTable
from vrin_data.intake.suggesting.names import words_of

CODE_HEADING = re.compile(
    r"(?:OA|LSOA|MSOA|WD|LAD|LTLA|UTLA|CSP|PFA|CTYUA|CTY|RGN)\d*[ _]?(?:CD|CODE)|.*\bcode", re.IGNORECASE
)
YEAR = re.compile(r"(?:19|20)\d\d")
CODE_LIKE = re.compile(r"[EWSN]\d{8}")
BLANKS = frozenset(
    ("", "*", "c", "x", "z", "k", "u", "-", "--", "..", ".", ":", "n/a", "na", "null", "none", "low")
)
"""What publishers write in place of a figure that is suppressed, not applicable or not known."""
NO_FIGURES = (
    "year",
    "time period",
    "easting",
    "northing",
    "latitude",
    "longitude",
    "lat",
    "long",
    "fid",
    "objectid",
)
NUMERIC_FROM, CODES_FROM, LIKE_FROM = 0.5, 0.3, 85
_NUMBER = r"[-+]?(?:\d+(?:,\d{3})*|\d*)(?:\.\d+)?(?:e[-+]?\d+)?"


@dataclass(frozen=True)
class Chosen:
    """The columns chosen, '' for one that could not be told, and what is wrong in words."""

    code: str
    value: str
    faults: tuple[str, ...] = ()


def familiarity(headings: Iterable[str]) -> int:
    """How many headings look like those of area codes."""
    return sum(bool(CODE_HEADING.fullmatch(heading.strip())) for heading in headings)


def numbers(cells: pd.Series) -> pd.Series:
    """The cells as numbers, NULL where they are none; signs of percent and thousands do not matter."""
    plain = cells.str.replace(r"[£%\s]", "", regex=True)
    is_number = plain.str.fullmatch(_NUMBER, case=False) & (plain != "")
    return pd.to_numeric(plain.str.replace(",", "").where(is_number), errors="coerce")


def is_blank(cells: pd.Series) -> pd.Series:
    """Which cells stand for no figure."""
    return cells.str.casefold().isin(BLANKS)


def chosen_columns(
    table: PlainTable,
    levels: dict[str, str],
    *,
    code: str,
    value: str,
    level: str,
    words: Sequence[str],
    is_class: bool,
) -> Chosen:
    """The columns of codes and figures: those named, else the likeliest.

    `levels` are the levels of all areas known by code, `level` the one wanted ('' for any), `words` the
    figure's id and name.
    """
    found: dict[str, str] = {"code": "", "value": ""}
    faults = []
    for what, named in (("code", code), ("value", value)):
        found[what] = _named(table, named) if named else ""
        if named and not found[what]:
            faults.append(f"there is no column {named!r}. Columns: {_listed(table.headings)}")
    if not code:
        found["code"] = _code_column(table, levels, level)
        if not found["code"]:
            faults.append(
                "no column holds codes of areas known here (expected codes such as E01013453 or E06000016). "
                f"Name it by --code-column. Columns: {_listed(table.headings)}"
            )
    if not value:
        found["value"], fault = _value_column(table, found["code"], words, is_class=is_class)
        faults += [fault] if fault else []
    return Chosen(found["code"], found["value"], tuple(faults))


def _named(table: PlainTable, name: str) -> str:
    exact = [heading for heading in table.headings if heading == name]
    like = [heading for heading in table.headings if fold(heading) == fold(name)]
    return next(iter([*exact, *like]), "")


def _code_column(table: PlainTable, levels: dict[str, str], level: str) -> str:
    """The column that holds most codes; of several the one with an area a row."""
    known = {code for code, own in levels.items() if level in ("", own)}
    ranked = [
        (round(distinct, 1), round(share, 1), -position, heading)
        for position, heading in enumerate(table.headings)
        if (share := _code_share(table.column(heading), known)) >= CODES_FROM
        for distinct in [_distinct_share(table.column(heading))]
    ]
    return max(ranked)[-1] if ranked else ""


def _code_share(cells: pd.Series, known: Collection[str]) -> float:
    """Share of the filled cells that are known codes, or look like official ones where some are known."""
    filled = cells[cells != ""].str.upper()
    own = filled.isin(known) | cells[cells != ""].isin(known)
    if not own.any():
        return 0.0
    return float((own | filled.str.fullmatch(CODE_LIKE.pattern)).mean())


def _distinct_share(cells: pd.Series) -> float:
    filled = cells[cells != ""]
    return float(filled.nunique() / len(filled)) if len(filled) else 0.0


def _value_column(table: PlainTable, code: str, words: Sequence[str], *, is_class: bool) -> tuple[str, str]:
    """The column that holds the figure, or '' and what is wrong."""
    fitting = [
        heading for heading in table.headings if heading != code and _fits(table, heading, is_class=is_class)
    ]
    scores = {heading: max(_likeness(heading, one) for one in words) for heading in fitting}
    best = max(scores.values(), default=0)
    likest = [heading for heading, score in scores.items() if score == best]
    if best >= LIKE_FROM and len(likest) == 1:
        return likest[0], ""
    if len(fitting) == 1:
        return fitting[0], ""
    kind = "words" if is_class else "numbers"
    if not fitting:
        return "", f"no column holds {kind}. Name the column of figures by --value-column"
    return "", f"several columns hold {kind}: {_listed(fitting)}. Say which is meant by --value-column"


def _likeness(heading: str, words: str) -> float:
    """How like a heading is to what a figure is called, 0 to 100, whatever year stands in it."""
    plain = [" ".join(one for one in words_of(text) if not YEAR.fullmatch(one)) for text in (heading, words)]
    return float(fuzz.token_sort_ratio(*plain))


def _fits(table: PlainTable, heading: str, *, is_class: bool) -> bool:
    cells = table.column(heading)
    filled = cells[~is_blank(cells)]
    if filled.empty or fold(heading) in NO_FIGURES or CODE_HEADING.fullmatch(heading.strip()):
        return False
    is_numeric = numbers(filled).notna().mean() >= NUMERIC_FROM
    return not is_numeric if is_class else bool(is_numeric)


def _listed(names: Iterable[str], most: int = 15) -> str:
    every = [name for name in names if name]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
