"""All that is known of one area: what it lies in and holds, what it was and became, residents, indicators."""

from dataclasses import dataclass

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.places.area_set import AreaSet, areas_in_force, level_closure


@dataclass(frozen=True)
class OneArea:
    """One area with its surroundings.

    `above` and `below` have a row per area: relation, level, area_code, area_name, valid_from, valid_to; below
    are the areas in force that lie wholly in it and those with a part in it. `before` and `after` are its
    predecessors and successors, with the same columns. `residents`: year, person_count, basis, source.
    `indicators`: indicator_id, year, value, class_name, unit, basis, source.
    """

    code: str
    name: str
    level: str
    vintage: str
    is_in_force: bool
    valid_from: pd.Timestamp | None
    valid_to: pd.Timestamp | None
    source: str
    boundaries: tuple[str, ...]
    above: pd.DataFrame
    below: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    residents: pd.DataFrame
    indicators: pd.DataFrame


COLUMNS = ["relation", "level", "area_code", "area_name", "valid_from", "valid_to"]


def one_area(area_set: AreaSet, code: str) -> OneArea:
    """All that is known of the area with this code. Raises UsageError where there is none."""
    facts = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")
    if code not in facts.index:
        raise UsageError(
            f"There is no area {code[:40]!r} in the build. `areas list --level LEVEL` shows those there are."
        )
    own = facts.loc[code]
    links = area_set.links
    ups = _named(links[links["child_code"] == code], "parent_code", facts)
    downs = _named(links[links["parent_code"] == code], "child_code", facts)
    shapes = area_set.boundaries
    people = area_set.populations
    known = area_set.indicators
    return OneArea(
        code=code,
        name=str(own["area_name"]),
        level=str(own["level"]),
        vintage=str(own["vintage"]),
        is_in_force=code in areas_in_force(area_set),
        valid_from=_day(own["valid_from"]),
        valid_to=_day(own["valid_to"]),
        source=str(own["source"]),
        boundaries=tuple(sorted(shapes.loc[shapes["area_code"] == code, "vintage"])),
        above=_with_inferred(area_set, code, ups[ups["level"] != own["level"]], facts),
        below=_inside(area_set, code, facts),
        before=downs[downs["level"] == own["level"]].reset_index(drop=True),
        after=ups[ups["level"] == own["level"]].reset_index(drop=True),
        residents=people[people["area_code"] == code]
        .drop(columns="area_code")
        .sort_values("year")
        .reset_index(drop=True),
        indicators=known[known["area_code"] == code]
        .drop(columns="area_code")
        .sort_values(["indicator_id", "year"])
        .reset_index(drop=True),
    )


def _day(value: object) -> pd.Timestamp | None:
    return None if pd.isna(value) else pd.Timestamp(value)


def _named(links: pd.DataFrame, end: str, facts: pd.DataFrame) -> pd.DataFrame:
    frame = links.rename(columns={end: "area_code"})[["relation", "area_code", "valid_from", "valid_to"]]
    frame = frame.assign(
        area_name=frame["area_code"].map(facts["area_name"]), level=frame["area_code"].map(facts["level"])
    )
    return frame[COLUMNS].drop_duplicates().sort_values(["level", "area_code"]).reset_index(drop=True)


def _with_inferred(area_set: AreaSet, code: str, stated: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """The areas above that links state, and those that it lies in through others."""
    closure = level_closure(area_set)
    held = closure[(closure["area_code"] == code) & (closure["ancestor_code"] != code)]
    further = held[~held["ancestor_code"].isin(set(stated["area_code"]))]
    rows = pd.DataFrame(
        {
            "relation": "within",
            "level": further["level"],
            "area_code": further["ancestor_code"],
            "area_name": further["ancestor_code"].map(facts["area_name"]),
            "valid_from": pd.NaT,
            "valid_to": pd.NaT,
        }
    )
    both = pd.concat([stated, rows], ignore_index=True) if len(stated) and len(rows) else stated
    both = rows if stated.empty else both
    return both[COLUMNS].sort_values(["level", "area_code"]).reset_index(drop=True)


def _inside(area_set: AreaSet, code: str, facts: pd.DataFrame) -> pd.DataFrame:
    """The areas in force that lie in it, wholly or in part."""
    in_force = areas_in_force(area_set) - {code}
    closure = level_closure(area_set)
    whole = sorted(set(closure.loc[closure["ancestor_code"] == code, "area_code"]) & in_force)
    links = area_set.links
    is_part = (
        (links["parent_code"] == code) & (links["relation"] == "part") & links["child_code"].isin(in_force)
    )
    part = sorted(set(links.loc[is_part, "child_code"]) - set(whole))
    frame = pd.DataFrame(
        {"relation": ["within"] * len(whole) + ["part"] * len(part), "area_code": [*whole, *part]}
    )
    frame["area_name"] = frame["area_code"].map(facts["area_name"])
    frame["level"] = frame["area_code"].map(facts["level"])
    return frame.assign(valid_from=pd.NaT, valid_to=pd.NaT)[COLUMNS].reset_index(drop=True)
