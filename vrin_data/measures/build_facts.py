"""What a build holds beside its incidents: areas, populations, months received; read once a build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

import pandas as pd

from vrin_data.contract.codes import LEVELS, PART
from vrin_data.contract.definitions import Definition
from vrin_data.contract.feeds import feeds
from vrin_data.errors import EmptyStore
from vrin_data.places.area_set import holds_on
from vrin_data.store import Store

NO_DATA = (
    "The store holds no incidents yet. Load the sample with `python -m vrin_data sample`, or your own file "
    "with `python -m vrin_data ingest FEED FILE`."
)
NO_CRIMES = (
    "The store holds no feed of recorded crimes yet, and harm is that of crimes: what did come stands in the "
    "ledger (`python -m vrin_data feeds`). Load a police extract with `python -m vrin_data ingest FEED FILE`."
)

# Of several submissions that stand side by side (changes to single records) one may be partial: the month is.
RECEIVED_SQL = """
    with covered as (
        select
            *,
            date_trunc('month', period_start)::date as first_month,
            unnest(
                generate_series(
                    date_trunc('month', period_start)::timestamp,
                    date_trunc('month', period_end - interval 1 day)::timestamp,
                    interval 1 month
                )
            )::date as month
        from submission
        where status = 'accepted'
    )
    select
        covered.supplier_id,
        coalesce(supplier.supplier_name, covered.supplier_id) as supplier_name,
        supplier.home_area_code,
        feed_id,
        month,
        sum(incident_count) filter (month = first_month) as incident_count,
        bool_or(is_partial) as is_partial,
        bool_and(is_nil) as is_nil,
        bool_or(is_simulated) as is_simulated
    from covered
    left join supplier on supplier.supplier_id = covered.supplier_id
    group by all
    order by covered.supplier_id, feed_id, month
"""


@dataclass(frozen=True, eq=False)
class BuildFacts:
    """Reference tables of one build.

    `areas`: area_id, area_code, area_name, level, vintage, is_approximate, valid_from, valid_to, and for every
    level the code of the area it lies in (columns in_region ... in_lsoa and in_own-..., None where it has none);
    parts of small areas are among them. `areas_on` is the day whose areas are in force, None the last there is.
    `layers`: a row for each level that lies across the small areas: level, layer_name, basis, source.
    `forces_of_layers`: by code the force areas that an area of a layer has a share of.
    `received`: one row per supplier, feed and month that a submission covers, oldest first: supplier_id,
    supplier_name, feed_id, month (date), incident_count (NULL for the later months of a quarter or year),
    is_partial, is_nil, is_simulated, force_code (the police force area the supplier's own area lies in).
    `uncertain_feeds` have counts that corrections take back or that were suppressed.
    """

    build_id: str
    built_at: datetime
    areas: pd.DataFrame
    areas_on: date | None
    layers: pd.DataFrame
    forces_of_layers: Mapping[str, frozenset[str]]
    received: pd.DataFrame
    populations: pd.DataFrame
    offences: dict[str, int]
    outlines: dict[str, str]
    attribution: tuple[str, ...]
    simulated_feeds: frozenset[str]
    uncertain_feeds: frozenset[str]

    @cached_property
    def all_feeds(self) -> list[str]:
        """Feeds that have a submission, by id."""
        return sorted(set(self.received["feed_id"]))

    @cached_property
    def feeds_with_data(self) -> list[str]:
        """Feeds of crimes that have a submission, the finest coded first: those that harm can be asked of."""
        known = feeds()
        crimes = [one for one in self.all_feeds if one in known and known[one].is_crime]
        return sorted(crimes, key=lambda feed_id: (known[feed_id].fineness, feed_id))

    def feeds_of(self, definition: Definition) -> list[str]:
        """Feeds with a submission that a definition can be asked of: crimes, or those of its hospital unit."""
        if definition.counts_crimes:
            return self.feeds_with_data
        known = feeds()
        return [one for one in self.all_feeds if one in known and known[one].grain == definition.unit]

    def months(self, feed_id: str) -> tuple[date, date]:
        """First and last month of a feed."""
        months = self.received.loc[self.received["feed_id"] == feed_id, "month"]
        return months.min(), months.max()


def build_facts(store: Store) -> BuildFacts:
    """The facts of the current build. Raises EmptyStore where it holds no submission."""
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore(NO_DATA)
    facts = _read(store, build_id)
    if facts.received.empty:
        raise EmptyStore(NO_DATA)
    return facts


@lru_cache(maxsize=4)
def _read(store: Store, build_id: str) -> BuildFacts:
    head = store.query("build", "select * from build", build_id=build_id).iloc[0]
    areas = _areas(store, build_id)
    received = _received(store, build_id, areas)
    offences = store.query("offences", "select offence_key, offence_id from offence", build_id=build_id)
    populations = store.query(
        "populations", "select area_code, year, person_count, basis from population", build_id=build_id
    )
    outlines = head["outlines_json"]
    return BuildFacts(
        build_id=build_id,
        built_at=head["created_at"].to_pydatetime(),
        areas=areas,
        areas_on=None if pd.isna(head["areas_on"]) else pd.Timestamp(head["areas_on"]).date(),
        layers=store.query("layers", "select * from layer order by level", build_id=build_id),
        forces_of_layers=_forces_of_layers(store, build_id),
        received=received,
        populations=populations,
        offences=dict(zip(offences["offence_key"], offences["offence_id"].astype(int), strict=True)),
        outlines=json.loads(outlines) if isinstance(outlines, str) else {},
        attribution=tuple(json.loads(head["attribution_json"])),
        simulated_feeds=frozenset(received.loc[received["is_simulated"], "feed_id"]),
        uncertain_feeds=_uncertain_feeds(store, build_id),
    )


def _areas(store: Store, build_id: str) -> pd.DataFrame:
    areas = store.query(
        "areas",
        """
        select area_id, area_code, area_name, level, vintage, is_approximate, valid_from, valid_to
        from area
        order by area_name, area_code
        """,
        build_id=build_id,
    )
    above = store.query(
        "areas above",
        """
        select area_level.area_id, area_level.level, ancestor.area_code
        from area_level
        join area as ancestor on ancestor.area_id = area_level.ancestor_id
        """,
        build_id=build_id,
    )
    wide = above.pivot(index="area_id", columns="level", values="area_code").astype(object)
    levels = [*LEVELS, *sorted(set(wide.columns) - set(LEVELS))]
    wide = wide.reindex(index=areas["area_id"], columns=levels)
    wide = wide.where(wide.notna(), None).add_prefix("in_").reset_index(drop=True)
    return _told_apart(pd.concat([areas, wide], axis=1))


def _told_apart(areas: pd.DataFrame) -> pd.DataFrame:
    """The areas, the district's name after that of a ward which has a namesake elsewhere."""
    alike = (areas["level"] == "ward") & areas.duplicated(["level", "vintage", "area_name"], keep=False)
    names = areas.drop_duplicates("area_code", keep="last").set_index("area_code")["area_name"]
    district = areas.loc[alike, "in_district"].map(names)
    told = areas.loc[alike, "area_name"] + " (" + district.astype(object) + ")"
    return areas.assign(area_name=areas["area_name"].mask(alike & told.reindex(areas.index).notna(), told))


def _forces_of_layers(store: Store, build_id: str) -> dict[str, frozenset[str]]:
    found = store.query(
        "forces of layers",
        """
        select distinct area_link.parent_code, force.area_code as force_code
        from area_link
        join layer on layer.level = area_link.parent_level
        join area as child on child.area_code = area_link.child_code
        join area_level on area_level.area_id = child.area_id and area_level.level = 'force'
        join area as force on force.area_id = area_level.ancestor_id
        where (area_link.relation = 'best_fit') = (layer.basis = 'best_fit')
        """,
        build_id=build_id,
    )
    return {code: frozenset(own) for code, own in found.groupby("parent_code")["force_code"]}


def _received(store: Store, build_id: str, areas: pd.DataFrame) -> pd.DataFrame:
    frame = store.query("months received", RECEIVED_SQL, build_id=build_id)
    frame["month"] = pd.to_datetime(frame["month"]).dt.date
    for name in ("is_partial", "is_nil", "is_simulated"):
        frame[name] = frame[name].astype(bool)
    force_of = areas.drop_duplicates("area_code", keep="last").set_index("area_code")["in_force"]
    force = frame.pop("home_area_code").map(force_of)
    frame["force_code"] = force.astype(object).where(force.notna(), None)
    return frame


def _uncertain_feeds(store: Store, build_id: str) -> frozenset[str]:
    found = store.query(
        "uncertain counts",
        "select distinct feed_id from fact where incident_count < 0 or further_count > 0",
        build_id=build_id,
    )
    return frozenset(found["feed_id"])


@lru_cache(maxsize=32)
def areas_in_view(facts: BuildFacts) -> pd.DataFrame:
    """The areas a partnership looks at: those of forces that have sent anything, and of their regions.

    An area whose force never sent is in view as a gap; the rest of the country is not.
    """
    areas = facts.areas[holds_on(facts.areas, facts.areas_on) & (facts.areas["level"] != PART)]
    supplied = set(facts.received["force_code"].dropna())
    regions = set(areas.loc[areas["area_code"].isin(supplied), "in_region"].dropna())
    across = {code for code, forces in facts.forces_of_layers.items() if forces & supplied}
    is_near = areas["in_force"].isin(supplied) | areas["in_region"].isin(regions)
    return areas[is_near | areas["area_code"].isin(across)]


@lru_cache(maxsize=32)
def areas_of_level(facts: BuildFacts, level: str) -> pd.DataFrame:
    """The areas in view that stand at a level in their current vintage, by name."""
    areas = areas_in_view(facts)
    if f"in_{level}" not in areas:
        return areas.iloc[:0]
    return areas[areas[f"in_{level}"] == areas["area_code"]].sort_values(["area_name", "area_code"])


@lru_cache(maxsize=32)
def population_of_level(facts: BuildFacts, level: str) -> tuple[pd.Series, int | None]:
    """Residents by area code, and the year: the latest year that every area in view has a figure for."""
    codes = areas_of_level(facts, level)["area_code"]
    table = facts.populations[facts.populations["area_code"].isin(set(codes))]
    if table.empty:
        return pd.Series(dtype="Int64"), None
    covered = table.groupby("year")["area_code"].nunique()
    year = int(covered[covered == covered.max()].index.max())
    chosen = table[table["year"] == year].drop_duplicates("area_code", keep="last")
    return chosen.set_index("area_code")["person_count"].astype("Int64"), year
