"""What a build holds of areas: levels, vintages, boundaries, residents, context, layers; how they nest; outlines."""

import json
from datetime import date

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, LEVELS, OWN, PART
from vrin_data.errors import EmptyStore
from vrin_data.measures.answer import Answer
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

NO_AREAS = (
    "The store holds no areas yet. Load the sample with `python -m vrin_data sample`, take a first file in, or import "
    "official boundaries with `python -m vrin_data areas import FILE`."
)
HELD_SQL = """
    with standing as (
        select area_id from area_level where area_id = ancestor_id
    ),
    years as (
        select
            area.level,
            area.vintage,
            string_agg(distinct population.year::varchar, ', ' order by population.year::varchar) as years
        from area
        join population using (area_code)
        group by all
    ),
    shown as (
        select
            area.level,
            area.vintage,
            count(distinct indicator.indicator_id) as indicator_count
        from area
        join indicator using (area_code)
        group by all
    )
    select
        area.level,
        area.vintage,
        count(distinct area.area_id) as area_count,
        count(distinct standing.area_id) as in_force_count,
        count(distinct boundary.area_code) as boundary_count,
        count(distinct case when area.is_approximate then area.area_id end) as approximate_count,
        coalesce(any_value(years.years), '') as residents_years,
        coalesce(any_value(shown.indicator_count), 0) as indicator_count
    from area
    left join standing using (area_id)
    left join boundary on boundary.area_code = area.area_code and boundary.vintage = area.vintage
    left join years on years.level = area.level and years.vintage = area.vintage
    left join shown on shown.level = area.level and shown.vintage = area.vintage
    where area.level <> $part
    group by area.level, area.vintage
    order by area.level, area.vintage desc
"""
NESTING_SQL = """
    select
        area.area_code,
        area.area_name,
        area.level,
        up.level as up_level,
        ancestor.area_code as up_code
    from area
    join area_level as own on own.area_id = area.area_id and own.ancestor_id = area.area_id
    join area_level as up on up.area_id = area.area_id
    join area as ancestor on ancestor.area_id = up.ancestor_id
    where not starts_with(area.level, $own) and area.level <> $part
    order by area.area_code, up.level
"""


def areas_held(store: Store) -> Answer:
    """What the current build holds of areas, a row for each level and vintage, coarse first and newest first.

    Columns: level, level_name (in words), vintage, area_count, in_force_count (of them on the day of the
    nesting, which the stamp's notes say), boundary_count (official or own boundaries in full detail),
    approximate_count (outlines that were derived), residents_years (years of which residents are known, ''
    where none), indicator_count (context figures), basis (of a layer: boundaries, areas or best_fit; '' for
    areas that nest), source (of a layer). Raises EmptyStore where there is no build.
    """
    frame = _asked(store, "areas held", HELD_SQL, {"part": PART})
    layers = store.query("layers", "select * from layer").set_index("level")
    frame["level_name"] = [_words(level, layers) for level in frame["level"]]
    for column in ("basis", "source"):
        frame[column] = [layers[column].get(level, "") for level in frame["level"]]
    order = {level: at for at, level in enumerate(LEVELS)}
    frame = frame.sort_values("level", key=lambda one: one.map(order).fillna(len(order)), kind="stable")
    return Answer(frame.reset_index(drop=True), _stamp(store))


def area_nesting(store: Store) -> Answer:
    """The official areas in force with what each lies in, by code.

    Columns: area_code, area_name, level, and in_region ... in_lsoa (the code of the one area of that level, None
    where it lies in none or in several). Raises EmptyStore where there is no build.
    """
    pairs = _asked(store, "nesting of areas", NESTING_SQL, {"own": OWN, "part": PART})
    wide = pairs.pivot(index="area_code", columns="up_level", values="up_code")
    facts = pairs.drop_duplicates("area_code").set_index("area_code")[["area_name", "level"]]
    for level in LEVELS:
        held = facts.index.map(wide[level]) if level in wide else [None] * len(facts)
        # As objects: a missing parent stays None.
        codes = [code if isinstance(code, str) else None for code in held]
        facts[f"in_{level}"] = pd.Series(codes, index=facts.index, dtype=object)
    return Answer(facts.reset_index(), _stamp(store))


def outlines_held(store: Store) -> Answer:
    """The outlines to draw that the current build names, by level: level, file_name. Raises EmptyStore."""
    head = _asked(store, "outlines", "select outlines_json from build", {}).iloc[0]
    outlines: dict[str, str] = json.loads(head["outlines_json"] or "{}")
    frame = pd.DataFrame(sorted(outlines.items()), columns=["level", "file_name"])
    return Answer(frame, _stamp(store))


def _asked(store: Store, name: str, sql: str, values: dict[str, str]) -> pd.DataFrame:
    if store.current_build() is None:
        raise EmptyStore(NO_AREAS)
    return store.query(name, sql, values)


def _words(level: str, layers: pd.DataFrame) -> str:
    named = CODE_LISTS["level"].get(level)
    return str(named or layers["layer_name"].get(level, level))


def _stamp(store: Store) -> Stamp:
    head = store.query("build", "select * from build").iloc[0]
    on = head["areas_on"]
    day = pd.Timestamp(on).date() if pd.notna(on) else None
    return Stamp(
        build=head["build_id"],
        built_at=head["created_at"].to_pydatetime(),
        data_to=None,
        feed="none: areas alone",
        period=_day_words(day),
        notes=(f"areas and nesting {_day_words(day)}",),
        attribution=tuple(json.loads(head["attribution_json"] or "[]")),
    )


def _day_words(day: date | None) -> str:
    return f"as of {day.day} {day:%B %Y}" if day else "as last known"
