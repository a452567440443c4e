"""Context figures of a user's own file into a build: one figure of one year, whole or not at all."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.contract.codes import is_level
from vrin_data.contract.identifiers import identifier_of_column
from vrin_data.contract.indicators import AS_GIVEN, CLASS, MADE, PERCENT, IndicatorKind, indicator_kind
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake.areas import read_areas
from vrin_data.intake.indicator_columns import chosen_columns, familiarity
from vrin_data.intake.indicator_rows import Figures, Known, LeftOut, figures_of
from vrin_data.intake.reading.plain_table import PlainTable, read_plain
from vrin_data.places.indicators import with_larger_areas
from vrin_data.records import log_event
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import add_rows

ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
YEARS = range(1991, 2100)


@dataclass(frozen=True)
class IndicatorTerms:
    """What a person says of a file of figures; '' where the file or what VRIN knows of the id tells it.

    `where` keeps the rows whose cell under a heading is a value, for files with several rows an area.
    """

    indicator_id: str
    year: int
    name: str = ""
    unit: str = ""
    source: str = ""
    code_column: str = ""
    value_column: str = ""
    level: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class IndicatorImport:
    """What came of a file of figures: how it was understood, rows in, taken and left out, the build it made.

    `row_count` = `taken_count` + rows left out + rows that `where` did not choose. `build_id` is None where
    nothing was published.
    """

    file: str
    indicator_id: str
    indicator_name: str
    unit: str
    year: int
    level: str
    code_column: str
    value_column: str
    row_count: int
    not_chosen_count: int
    taken_count: int
    blank_count: int
    carried_count: int
    replaced_count: int
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    build_id: str | None = None

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows were left out for each reason, most first."""
        return dict(Counter(one.reason for one in self.left_out).most_common())


def import_indicator(
    store: Store, path: Path, terms: IndicatorTerms, *, by: str, at: datetime, is_dry_run: bool = False
) -> IndicatorImport:
    """Take one figure of one year in from a file, in place of what there was of it; or only say how it is read.

    Rows that cannot be used are left out with their reasons. Raises RefusedInput with every fault of the
    file and of what was said of it; nothing changes then. No incident is placed anew.
    """
    done, figures = understood(store, path, terms, by=by, is_dry_run=is_dry_run)
    return done if is_dry_run else _published(store, done, figures, terms, by=by, at=at)


def understood(
    store: Store, path: Path, terms: IndicatorTerms, *, by: str, is_dry_run: bool = False
) -> tuple[IndicatorImport, Figures]:
    """How a file is read, and its figures; nothing is published. Raises RefusedInput with every fault."""
    kind = indicator_kind(terms.indicator_id, terms.unit)
    kind = replace(kind, name=terms.name or kind.name, unit=terms.unit or kind.unit)
    faults = _faults_of(terms, kind, by, is_dry_run=is_dry_run)
    table = read_plain(path, familiarity)
    known = areas_by_code(store)
    chosen_rows, found = _chosen_rows(table, terms)
    read, figures, also = _read(chosen_rows, known, terms, kind)
    faults += [*found, *also]
    if faults or figures is None:
        raise RefusedInput("\n".join(["Nothing was taken in.", *(f"{path.name}: {one}." for one in faults)]))
    done = _told(path, table, chosen_rows, terms, kind, read, figures)
    replaced = _count_given(store, terms.indicator_id, terms.year)
    return replace(done, replaced_count=replaced), figures


def remove_indicator(store: Store, indicator_id: str, *, year: int | None, by: str, at: datetime) -> str:
    """Publish a build without a figure, of one year or of all; the build's id.

    Raises UsageError where the build has no such figure.
    """
    if not by.strip():
        raise UsageError("Say who removes it: --by NAME.")
    if not _count_given(store, indicator_id, year):
        of = f" of {year}" if year else ""
        raise UsageError(
            f"The build has no context figure {indicator_id!r}{of}. `indicators list` says what it has."
        )
    words = f"{indicator_id} {year or 'all years'}"
    with publish_build(store, reason=f"indicators remove: {words}", created_at=at) as draft:
        _delete(draft.connection, indicator_id, year)
    log_event(store.path, "indicator removed", words, happened_at=at, actor=by)
    return draft.build_id


def areas_by_code(store: Store) -> Known:
    """The areas of the current build by code. Raises EmptyStore where there is no build."""
    areas = store.query(
        "areas known",
        """
        select area.area_code, any_value(area.level) as level, count(own.area_id) > 0 as is_in_force
        from area
        left join area_level as own
            on own.area_id = area.area_id and own.level = area.level and own.ancestor_id = area.area_id
        where area.level <> 'part'
        group by area.area_code
        """,
    )
    went = store.query(
        "areas that became others",
        """
        select
            child_code,
            any_value(parent_code) as parent_code,
            bool_or(relation = 'split') or count(distinct parent_code) > 1 as is_split
        from area_link
        where relation in ('same', 'split')
        group by child_code
        """,
    )
    whole = went[~went["is_split"].astype(bool)]
    alone = whole.groupby("parent_code")["child_code"].transform("nunique") == 1
    in_force = frozenset(areas.loc[areas["is_in_force"].astype(bool), "area_code"])
    merged = frozenset(whole.loc[~alone, "child_code"])
    became = dict(whole.loc[alone, ["child_code", "parent_code"]].itertuples(index=False, name=None))
    return Known(
        levels=dict(zip(areas["area_code"], areas["level"], strict=True)),
        in_force=in_force,
        became={old: new for old, new in became.items() if new in in_force},
        split=frozenset(went.loc[went["is_split"].astype(bool), "child_code"]),
        merged=merged,
    )


def _faults_of(terms: IndicatorTerms, kind: IndicatorKind, by: str, *, is_dry_run: bool) -> list[str]:
    """What is wrong with what was said of the file."""
    faults = []
    if not ID_FORM.fullmatch(terms.indicator_id):
        faults.append(
            f"{terms.indicator_id!r} is no id (expected small letters, digits and hyphens: school-meals)"
        )
    if terms.year not in YEARS:
        faults.append(f"{terms.year} is not the year of a figure (expected {YEARS[0]} to {YEARS[-1]})")
    if not kind.unit:
        faults.append(
            "its unit is not known: say --unit, such as '%', 'per 1,000 residents', 'count' or 'class'"
        )
    if terms.level and not is_level(terms.level):
        faults.append(f"there is no level {terms.level!r}")
    if not by.strip() and not is_dry_run:
        faults.append("who takes it in is not said: --by NAME")
    return faults


def _chosen_rows(table: PlainTable, terms: IndicatorTerms) -> tuple[PlainTable, list[str]]:
    """The table with the rows that `where` chooses."""
    rows, faults = table.rows, []
    for heading, value in terms.where:
        if heading not in table.headings:
            faults.append(f"there is no column {heading!r} to choose rows by")
            continue
        rows = rows[rows[f"c{table.headings.index(heading)}"].str.casefold() == value.strip().casefold()]
    if not faults and terms.where and rows.empty:
        faults.append("no row is as --where says")
    return replace(table, rows=rows.reset_index(drop=True)), faults


def _read(
    table: PlainTable, known: Known, terms: IndicatorTerms, kind: IndicatorKind
) -> tuple[tuple[str, str], Figures | None, list[str]]:
    """The columns that were chosen, their figures, and every fault."""
    is_class = kind.unit == CLASS
    chosen = chosen_columns(
        table,
        dict(known.levels),
        code=terms.code_column,
        value=terms.value_column,
        level=terms.level,
        words=(terms.indicator_id, kind.name),
        is_class=is_class,
    )
    faults = list(chosen.faults)
    if not chosen.code or not chosen.value:
        return (chosen.code, chosen.value), None, faults
    personal = identifier_of_column(table.column(chosen.value)) if is_class else None
    if personal:
        faults.append(
            f"{chosen.value}: holds {personal} in most rows. Context figures are of areas, never of people"
        )
    figures = figures_of(
        table,
        known,
        code=chosen.code,
        value=chosen.value,
        level=terms.level,
        unit=kind.unit,
        is_class=is_class,
    )
    return (chosen.code, chosen.value), figures, [*faults, *figures.faults]


def _told(
    path: Path,
    table: PlainTable,
    chosen_rows: PlainTable,
    terms: IndicatorTerms,
    kind: IndicatorKind,
    read: tuple[str, str],
    figures: Figures,
) -> IndicatorImport:
    return IndicatorImport(
        file=path.name,
        indicator_id=terms.indicator_id,
        indicator_name=kind.name,
        unit=kind.unit,
        year=terms.year,
        level=figures.level,
        code_column=read[0],
        value_column=read[1],
        row_count=table.rows_in,
        not_chosen_count=table.rows_in - chosen_rows.rows_in,
        taken_count=len(figures.frame),
        blank_count=figures.blank_count,
        carried_count=figures.carried_count,
        replaced_count=0,
        left_out=figures.left_out,
        warnings=tuple(_warnings(table, kind, figures)),
    )


def _warnings(table: PlainTable, kind: IndicatorKind, figures: Figures) -> list[str]:
    found = []
    if table.left_aside:
        found.append(f"Read {table.name}; left aside: {', '.join(table.left_aside)}.")
    values = figures.frame["value"].dropna()
    if kind.unit == PERCENT and len(values) and values.max() <= 1:
        found.append("No figure is above 1: they look like shares and not like percentages.")
    if len(values) > 1 and values.nunique() == 1:
        found.append("All areas have the same figure.")
    if figures.blank_count:
        found.append(
            f"{figures.blank_count:,} areas have a blank or a mark of suppression: no figure, not zero."
        )
    return found


def _published(
    store: Store, done: IndicatorImport, figures: Figures, terms: IndicatorTerms, *, by: str, at: datetime
) -> IndicatorImport:
    reason = f"indicators import: {done.indicator_id} {done.year} from {done.file}"[:300]
    with publish_build(store, reason=reason, created_at=at) as draft:
        put_figures(draft.connection, rows_of(done, figures, terms))
    detail = {"file": done.file, "rows_taken": done.taken_count, "rows_left_out": len(done.left_out)}
    words = f"{done.indicator_id} {done.year}"
    log_event(store.path, "indicator import", words, happened_at=at, detail=detail, actor=by)
    return replace(done, build_id=draft.build_id)


def rows_of(done: IndicatorImport, figures: Figures, terms: IndicatorTerms) -> pd.DataFrame:
    """The figures of a file as rows of the table indicator."""
    return figures.frame.assign(
        indicator_id=done.indicator_id,
        indicator_name=done.indicator_name,
        year=done.year,
        unit=done.unit,
        basis=AS_GIVEN,
        source=terms.source or done.file,
    )


def put_figures(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    """Put figures into a draft in place of those of the same id and year, and those of larger areas with them."""
    known = read_areas(connection)
    if known is None:
        raise RefusedInput("The store knows no areas yet. Import areas first: `areas import FILE...`.")
    made = with_larger_areas(replace(known, indicators=rows)).indicators
    # What stands of other levels under the same id and year was of the file before, so that it goes too.
    for indicator_id, year in rows[["indicator_id", "year"]].drop_duplicates().itertuples(index=False):
        _delete(connection, indicator_id, int(year))
    add_rows(connection, "indicator", made.astype({"value": "float64", "class_name": object}))


def _delete(connection: duckdb.DuckDBPyConnection, indicator_id: str, year: int | None) -> None:
    connection.execute(
        "delete from indicator where indicator_id = $id and ($year is null or year = $year)",
        {"id": indicator_id, "year": year},
    )


def _count_given(store: Store, indicator_id: str, year: int | None) -> int:
    """How many figures of areas stand in the build that a file stated."""
    found: pd.DataFrame = store.query(
        "figures there are",
        """
        select count(*) as figure_count
        from indicator
        where indicator_id = $id and ($year is null or year = $year) and not starts_with(basis, $made)
        """,
        {"id": indicator_id, "year": year, "made": MADE},
    )
    return int(found["figure_count"].iloc[0])
