"""Context figures of areas: deprivation, exclusions, a survey of one's own. They stand beside harm, never in it."""

from dataclasses import dataclass

import pandas as pd

from vrin_data.contract.codes import LEVELS, is_level
from vrin_data.contract.indicators import ASSOCIATION, CLASS, MADE, indicator_kind
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import BuildFacts, areas_in_view, areas_of_level, build_facts
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

NONE_YET = "The store holds no data yet, so there is no context figure in it."
VALUES_SQL = """
    select area_code, value, class_name, unit, year, basis, source, indicator_name
    from indicator
    where indicator_id = $id
    order by area_code, year
"""
LIST_SQL = """
    with placed as (
        select indicator.*, area.level
        from indicator
        join (select distinct area_code, level from area) as area using (area_code)
    )
    select
        indicator_id,
        arg_max(indicator_name, year) as indicator_name,
        list(distinct year order by year) as years,
        list(distinct level) as levels,
        coalesce(arg_max(unit, year) filter (where not starts_with(basis, $made)), arg_max(unit, year)) as unit,
        arg_max(source, year) as source,
        bool_or(class_name is not null) as has_classes
    from placed
    group by indicator_id
    order by indicator_name, indicator_id
"""


@dataclass(frozen=True)
class IndicatorRequest:
    """Which figure, at which level; `year` None for the latest there is, `area_code` for areas in that one."""

    indicator_id: str
    level: str = "lsoa"
    year: int | None = None
    area_code: str | None = None

    def __post_init__(self) -> None:
        if not is_level(self.level):
            raise UsageError(
                f"There is no level {self.level!r}. Levels: {', '.join(LEVELS)}, and own-... layers."
            )


def indicators(store: Store, request: IndicatorRequest) -> Answer:
    """One context figure of every area in view at a level, by name; NULL where an area has none.

    Columns: area_code, area_name, value (NULL for a class and for a blank), class_name, unit (of larger areas
    another one where the figure is a decile: the share of residents in the most deprived tenth), year, basis
    (published, calculated, as given, or made of smaller areas, and how), source. Raises UsageError where no
    such figure is in the build, at this level or of this year.
    """
    facts = build_facts(store)
    values = store.query("indicator", VALUES_SQL, {"id": request.indicator_id}, build_id=facts.build_id)
    if values.empty:
        raise UsageError(_unknown(store, request.indicator_id))
    areas = _areas(facts, request)
    values = values[values["area_code"].isin(set(areas["area_code"]))]
    year = _year(values, request)
    frame = areas[["area_code", "area_name"]].merge(
        values[values["year"] == year].drop(columns="indicator_name"), how="left", on="area_code"
    )
    frame["unit"] = frame["unit"].fillna(values["unit"].iloc[-1])
    frame["year"] = year
    columns = ["area_code", "area_name", "value", "class_name", "unit", "year", "basis", "source"]
    return Answer(
        frame[columns].reset_index(drop=True),
        _stamp(facts, request, values, year),
    )


def indicator_list(store: Store) -> Answer:
    """The context figures that the current build holds, by name.

    Columns: indicator_id, indicator_name, years (tuple, oldest first), levels (tuple of the levels that have
    values, coarse first), unit, direction (what a high value means, '' where not told), source, caveat (''
    where none is known), is_class (bool: its figures are classes and no numbers).
    """
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore(NONE_YET)
    frame = store.query("indicator list", LIST_SQL, {"made": MADE}, build_id=build_id)
    kinds = [indicator_kind(*one) for one in zip(frame["indicator_id"], frame["unit"], strict=True)]
    frame["years"] = [tuple(int(year) for year in years) for years in frame["years"]]
    frame["levels"] = [_in_order(levels) for levels in frame["levels"]]
    frame["direction"] = [kind.direction for kind in kinds]
    frame["caveat"] = [" ".join(kind.caveats) for kind in kinds]
    frame["is_class"] = frame.pop("has_classes").astype(bool) | (frame["unit"] == CLASS)
    columns = ["indicator_id", "indicator_name", "years", "levels", "unit", "direction", "source", "caveat"]
    return Answer(frame[[*columns, "is_class"]], _list_stamp(store, build_id, frame))


def _areas(facts: BuildFacts, request: IndicatorRequest) -> pd.DataFrame:
    areas = areas_of_level(facts, request.level)
    if request.area_code is None:
        return areas
    known = areas_in_view(facts)
    own = known[known["area_code"] == request.area_code]
    if own.empty:
        raise UsageError(f"No area in view has the code {request.area_code!r}.")
    column = f"in_{own['level'].iloc[0]}"
    return areas[areas[column] == request.area_code] if column in areas else areas.iloc[:0]


def _year(values: pd.DataFrame, request: IndicatorRequest) -> int:
    years = sorted(set(values["year"].astype(int)))
    if not years:
        raise UsageError(f"{request.indicator_id} has no figure for areas of level {request.level} here.")
    if request.year is None:
        return years[-1]
    if request.year not in years:
        known = ", ".join(map(str, years))
        raise UsageError(f"{request.indicator_id} has no figure of {request.year}. Years: {known}.")
    return request.year


def _unknown(store: Store, indicator_id: str) -> str:
    found = store.query("indicators known", "select distinct indicator_id from indicator order by all")
    known = ", ".join(found["indicator_id"]) or "none yet"
    return f"There is no context figure {indicator_id!r} in this build. Known: {known}."


def _in_order(levels: list[str]) -> tuple[str, ...]:
    order = {level: number for number, level in enumerate(LEVELS)}
    return tuple(sorted(levels, key=lambda level: (order.get(level, len(order)), level)))


def _stamp(facts: BuildFacts, request: IndicatorRequest, values: pd.DataFrame, year: int) -> Stamp:
    chosen = values[values["year"] == year]
    kind = indicator_kind(request.indicator_id, str(chosen["unit"].iloc[0]))
    sources = sorted(set(chosen["source"]))
    return Stamp(
        build=facts.build_id,
        built_at=facts.built_at,
        data_to=None,
        feed="context",
        period=str(year),
        terms=(f"{chosen['indicator_name'].iloc[0]} {year}",),
        level=request.level,
        notes=(*kind.caveats, ASSOCIATION),
        attribution=(*sources, *facts.attribution),
        is_simulated=is_simulated(sources),
        is_dated=False,
    )


def _list_stamp(store: Store, build_id: str, frame: pd.DataFrame) -> Stamp:
    head = store.query("build", "select created_at from build", build_id=build_id).iloc[0]
    return Stamp(
        build=build_id,
        built_at=head["created_at"].to_pydatetime(),
        data_to=None,
        feed="context",
        period="all years",
        notes=(ASSOCIATION,),
        is_simulated=is_simulated(frame["source"].tolist()),
        is_dated=False,
    )


def is_simulated(sources: list[str]) -> bool:
    """Whether a source says of itself that its figures are simulated."""
    return any("simulated" in source.casefold() for source in sources)
