"""Context figures of small areas brought to every larger area and to a partnership's own.

What a file states of an area stays as it is. A larger area that nothing is stated of gets a figure made of
the finest areas that have one, each weighing as its residents do.
"""

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from vrin_data.contract.codes import LEVELS, OWN
from vrin_data.contract.indicators import MADE, TENTH_UNIT, indicator_kind
from vrin_data.places.area_set import INDICATOR_COLUMNS, AreaSet, areas_in_force, level_closure
from vrin_data.places.layers import boundaries_in_force, shares_of

COVERED = 0.8
"""Share of a larger area's residents that must live in areas with a figure, for it to be given one."""
ALL_COVERED = 0.98
MOST_DEPRIVED = 1
SMALL = "lsoa"
KEY = ["indicator_id", "year"]
_WORDS = {
    "mean": "mean weighted by residents",
    "sum": "added up",
    "tenth": "share of residents in the most deprived tenth",
    "class": "the class that most residents live in",
}


def with_larger_areas(area_set: AreaSet) -> AreaSet:
    """The area set with figures of larger areas made of smaller ones' anew, where nothing is stated of them."""
    given = stated_figures(area_set.indicators)
    if given.empty:
        return replace(area_set, indicators=given)
    made = _made(area_set, given)
    known = pd.MultiIndex.from_frame(given[["area_code", *KEY]])
    made = made[~pd.MultiIndex.from_frame(made[["area_code", *KEY]]).isin(known)]
    parts = [part for part in (given, made) if len(part)]
    return replace(area_set, indicators=pd.concat(parts, ignore_index=True))


def stated_figures(indicators: pd.DataFrame) -> pd.DataFrame:
    """The figures that a file stated, without those that were made of them."""
    is_made = indicators["basis"].astype(str).str.startswith(MADE)
    return indicators.loc[~is_made, [*INDICATOR_COLUMNS]].reset_index(drop=True)


def _made(area_set: AreaSet, given: pd.DataFrame) -> pd.DataFrame:
    in_force = areas_in_force(area_set)
    facts = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")
    base = given[given["area_code"].isin(in_force)]
    base = base.assign(level=base["area_code"].map(facts["level"]))
    base = base[base["level"].isin(LEVELS)]
    finest = base["level"].map(LEVELS.index).groupby([base[name] for name in KEY]).transform("max")
    base = base[base["level"].map(LEVELS.index) == finest]
    people = _residents(area_set.populations, in_force)
    closure = level_closure(area_set)
    found = [pd.DataFrame(columns=[*INDICATOR_COLUMNS])]
    for level, rows in base.groupby("level"):
        own = facts.index[(facts["level"] == level) & facts.index.isin(in_force)]
        for pairs in _memberships(area_set, closure[closure["area_code"].isin(own)], str(level)):
            found += _combined(rows, pairs, people, str(level))
    return pd.concat([one for one in found if len(one)] or found, ignore_index=True)


def _residents(populations: pd.DataFrame, codes: set[str]) -> pd.Series:
    """Residents by area code in the year that most areas in force have a figure of, the later of two."""
    own = populations[populations["area_code"].isin(codes)]
    if own.empty:
        return pd.Series(dtype="float64")
    covered = own.groupby("year")["area_code"].nunique()
    year = covered[covered == covered.max()].index.max()
    chosen = own[own["year"] == year].drop_duplicates("area_code", keep="last")
    return chosen.set_index("area_code")["person_count"].astype("float64")


def _memberships(area_set: AreaSet, closure: pd.DataFrame, level: str) -> list[pd.DataFrame]:
    """For every level above, which of the areas lie in which larger one: area_code, parent_code, share of area."""
    above = [
        *LEVELS[: LEVELS.index(level)],
        *(one for one in closure["level"].unique() if one.startswith(OWN)),
    ]
    drawn = set(area_set.layers.loc[area_set.layers["basis"] == "boundaries", "level"])
    pairs = [
        closure.loc[closure["level"] == one, ["area_code", "ancestor_code"]]
        .set_axis(["area_code", "parent_code"], axis=1)
        .assign(share=1.0)
        for one in above
        if one not in drawn
    ]
    if level == SMALL:
        base = boundaries_in_force(area_set, SMALL)
        pairs += [_by_area(base, boundaries_in_force(area_set, one)) for one in sorted(drawn)]
    return [one for one in pairs if len(one)]


def _by_area(base: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    if not len(base) or not len(shapes):
        return pd.DataFrame(columns=["area_code", "parent_code", "share"])
    return shares_of(base, shapes).rename(columns={"child_code": "area_code"})


def _combined(rows: pd.DataFrame, pairs: pd.DataFrame, people: pd.Series, level: str) -> list[pd.DataFrame]:
    """The figures of the larger areas of one level, by the rule that each indicator combines under."""
    pairs = pairs.assign(weight=pairs["area_code"].map(people).fillna(0.0) * pairs["share"])
    sizes = pairs.groupby("parent_code")["weight"].sum()
    own = people.reindex(sizes.index).fillna(0.0)
    # What is known of a larger area itself counts as well: areas that lie in it only in part are no pairs.
    pairs = pairs.assign(whole=pairs["parent_code"].map(np.maximum(sizes, own)))
    held = rows.merge(pairs, on="area_code")
    rule = _rules(held)
    made = []
    for name, combine in _RULES.items():
        chosen = held[rule == name]
        if len(chosen):
            made.append(_described(combine(chosen), chosen, name, level))
    return made


def _rules(held: pd.DataFrame) -> pd.Series:
    """By row the rule that its indicator combines under."""
    kinds = held[["indicator_id", "unit"]].drop_duplicates("indicator_id")
    rules = {one: indicator_kind(one, unit).combine for one, unit in kinds.itertuples(index=False)}
    return held["indicator_id"].map(rules)


def _described(values: pd.DataFrame, held: pd.DataFrame, rule: str, level: str) -> pd.DataFrame:
    """Combined figures as rows of the table indicator; those that too few residents stand behind are left out."""
    first = held.sort_values("source").groupby(KEY)[["indicator_name", "unit", "source"]].first()
    frame = values.join(first, on=KEY).reset_index(drop=True)
    frame = frame[frame["covered"] >= (ALL_COVERED if rule == "sum" else COVERED)]
    short = frame["covered"] < ALL_COVERED
    share = (frame["covered"] * 100).round().astype(int).astype(str)
    words = f"{MADE}: {_WORDS[rule]} ({level})"
    basis = np.where(short, words + ", of " + share + "% of residents", words)
    frame = frame.assign(basis=basis, area_code=frame["parent_code"])
    if rule == "tenth":
        frame = frame.assign(unit=TENTH_UNIT)
    return frame[[*INDICATOR_COLUMNS]]


def _mean(held: pd.DataFrame) -> pd.DataFrame:
    return _weighted(held, held["value"])


def _tenth(held: pd.DataFrame) -> pd.DataFrame:
    return _weighted(held, (held["value"] == MOST_DEPRIVED).where(held["value"].notna()) * 100.0)


def _weighted(held: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    given = held.assign(figure=values.astype("float64"))
    given = given[given["figure"].notna() & (given["weight"] > 0)]
    given = given.assign(product=given["figure"] * given["weight"])
    sums = given.groupby(["parent_code", *KEY], as_index=False).agg(
        product=("product", "sum"), weight=("weight", "sum"), whole=("whole", "first")
    )
    return sums.assign(
        value=sums["product"] / sums["weight"], class_name=None, covered=sums["weight"] / sums["whole"]
    )


def _sum(held: pd.DataFrame) -> pd.DataFrame:
    """Added up, each area by the share of it that lies there."""
    given = held[held["value"].notna()]
    given = given.assign(part=given["value"] * given["share"])
    sums = given.groupby(["parent_code", *KEY], as_index=False).agg(
        value=("part", "sum"), weight=("weight", "sum"), whole=("whole", "first")
    )
    return sums.assign(class_name=None, covered=sums["weight"] / sums["whole"])


def _class(held: pd.DataFrame) -> pd.DataFrame:
    given = held[held["class_name"].notna() & (held["weight"] > 0)]
    by_class = given.groupby(["parent_code", *KEY, "class_name"], as_index=False).agg(
        weight=("weight", "sum"), whole=("whole", "first")
    )
    told = by_class.groupby(["parent_code", *KEY])["weight"].transform("sum")
    by_class = by_class.assign(covered=told / by_class["whole"], value=np.nan)
    order = by_class.sort_values(["weight", "class_name"], ascending=[False, True], kind="stable")
    return order.drop_duplicates(["parent_code", *KEY])


_RULES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "mean": _mean,
    "sum": _sum,
    "tenth": _tenth,
    "class": _class,
}
