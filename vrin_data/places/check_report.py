"""What a set of areas holds and what it lacks, in words: the report that `areas check` and the screen show."""

from collections.abc import Iterator

import pandas as pd
import shapely

from vrin_data.contract.codes import LEVELS, OWN
from vrin_data.places.area_set import BY_VINTAGE, AreaSet, areas_in_force, level_closure
from vrin_data.places.checking import overlapping
from vrin_data.places.layers import boundaries_in_force
from vrin_data.places.messages import counted, shown
from vrin_data.places.register import SAMPLE
from vrin_data.places.wards import DERIVED

REPORT_COLUMNS = ["level", "subject", "message", "is_fault"]
NESTED_IN = ("msoa", "district", "csp", "force", "region")
MOST_APART = 0.005
"""Share by which small areas added up may differ from the published figure of their force."""
Row = tuple[str, str, str, bool]


def check_report(area_set: AreaSet) -> pd.DataFrame:
    """One finding a row: level, subject (what was looked at), message, is_fault (something to put right).

    Counts and vintages first, then each force's small areas and residents, what is missing, overlaps or has
    no neighbour, what nests in nothing, what became of older codes, layers, indicators, areas to come.
    """
    seen = _Seen(area_set)
    rows = [
        *_held(seen),
        *_forces(seen),
        *_missing(seen),
        *_overlaps(seen),
        *_alone(seen),
        *_loose(seen),
        *_older(seen),
        *_layers(seen),
        *_indicators(seen),
        *_dated(seen),
    ]
    return pd.DataFrame(rows, columns=REPORT_COLUMNS)


class _Seen:
    """An area set with what several of the checks ask of it."""

    def __init__(self, area_set: AreaSet) -> None:
        self.set = area_set
        self.areas = area_set.areas.drop_duplicates("area_code", keep="last")
        self.facts = self.areas.set_index("area_code")
        self.in_force = areas_in_force(area_set)
        self.closure = level_closure(area_set)
        self.shapes = {level: boundaries_in_force(area_set, level) for level in ("lsoa", "ward")}
        own = [level for level in self.areas["level"].unique() if level.startswith(OWN)]
        self.levels = [*LEVELS, *sorted(own)]

    def codes(self, level: str) -> list[str]:
        """Codes of the areas of a level that are in force, in order."""
        return sorted(set(self.facts.index[self.facts["level"] == level]) & self.in_force)

    def owners(self, level: str) -> pd.Series:
        """The area of a level in which each area lies, by code."""
        own = self.closure[self.closure["level"] == level]
        return own.set_index("area_code")["ancestor_code"]

    def named(self, codes: list[str]) -> str:
        """The first few of the codes with their names."""
        return shown([f"{self.facts.at[code, 'area_name']} ({code})" for code in codes])


def _held(seen: _Seen) -> Iterator[Row]:
    drawn = set(zip(seen.set.boundaries["area_code"], seen.set.boundaries["vintage"], strict=True))
    for level in seen.levels:
        own = seen.areas[seen.areas["level"] == level]
        for vintage, rows in own.groupby("vintage"):
            shapes = sum((code, vintage) in drawn for code in rows["area_code"])
            force = len(set(rows["area_code"]) & seen.in_force)
            message = f"{counted(len(rows), 'area')}, {force:,} in force, {shapes:,} with a boundary."
            yield level, f"vintage {vintage}", message, False
        beside = seen.set.boundaries[seen.set.boundaries["area_code"].isin(set(own["area_code"]))]
        older = beside[beside["vintage"] != beside["area_code"].map(seen.facts["vintage"])]
        for vintage, rows in older.groupby("vintage"):
            message = f"{len(rows):,} boundaries of {vintage} are kept beside the newer ones."
            yield level, f"vintage {vintage}", message, False


def _forces(seen: _Seen) -> Iterator[Row]:
    """Small areas of each force, and whether their residents are those that are published of the force."""
    small = seen.codes("lsoa")
    force = seen.owners("force").reindex(small).dropna()
    people = seen.set.populations
    for code, codes in force.groupby(force).groups.items():
        own = people[people["area_code"].isin(set(codes))]
        counts = own.groupby(["year", "basis"])["person_count"].agg(["sum", "size"])
        words = [f"{len(codes):,} LSOAs"]
        is_fault = False
        for (year, basis), row in counts.iterrows():
            known = int(row["size"])
            published = people[(people["area_code"] == code) & (people["year"] == year)]
            told, is_wrong = _beside_published(int(row["sum"]), published, known, len(codes))
            words.append(f"{basis}: {told}")
            # Figures of an earlier year may be of codes that have changed since; the newest year must be whole.
            is_fault |= is_wrong and (known == len(codes) or year == own["year"].max())
        yield "force", f"{seen.facts.at[code, 'area_name']}", "; ".join(words) + ".", is_fault


def _beside_published(total: int, published: pd.DataFrame, known: int, wanted: int) -> tuple[str, bool]:
    if known < wanted:
        return f"residents of {known:,} of these LSOAs alone ({total:,})", True
    if published.empty:
        return f"{total:,} residents, nothing published to hold them against", False
    figure = int(published["person_count"].iloc[-1])
    if total == figure:
        return f"{total:,} residents, as published", False
    return f"{total:,} residents, published {figure:,}", abs(total - figure) > MOST_APART * figure


def _missing(seen: _Seen) -> Iterator[Row]:
    """Small areas without a boundary, and districts of the forces in view that have no small area."""
    small = set(seen.codes("lsoa"))
    bare = sorted(small - set(seen.shapes["lsoa"]["area_code"]))
    if bare:
        message = f"{len(bare):,} have no boundary: {shown(bare)}. Nothing can be placed in them by a point."
        yield "lsoa", "missing boundaries", message, True
    force, district = seen.owners("force"), seen.owners("district")
    held = set(force.reindex(sorted(small)).dropna())
    inside = {code for code in seen.codes("district") if force.get(code) in held}
    empty = sorted(inside - set(district.reindex(sorted(small)).dropna()))
    if empty and SAMPLE not in set(seen.facts.loc[sorted(small), "vintage"]):
        yield "district", "missing areas", f"{len(empty):,} have no small area: {seen.named(empty)}.", True
    if not bare and not empty and small:
        yield (
            "lsoa",
            "missing areas",
            "none: every district in view has its small areas and boundaries.",
            False,
        )


def _overlaps(seen: _Seen) -> Iterator[Row]:
    for level, shapes in seen.shapes.items():
        if shapes.empty:
            continue
        pairs, slivers = overlapping(shapes["area_code"], shapes.geometry)
        words = f"{len(pairs):,} pairs overlap: {shown(pairs)}. " if pairs else "no two areas overlap. "
        words += f"{slivers:,} pairs overlap by slivers under a metre wide." if slivers else ""
        yield level, "overlaps", words.strip(), bool(pairs)


def _alone(seen: _Seen) -> Iterator[Row]:
    """Areas that touch no other: islands, or a hole in the boundaries."""
    for level, frame in seen.shapes.items():
        shapes = frame.geometry.to_numpy()
        if len(shapes) < 2:
            continue
        one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        touching = set(one[one != other])
        alone = [code for place, code in enumerate(frame["area_code"]) if place not in touching]
        words = (
            f"{len(alone):,} touch no other: {seen.named(alone)}." if alone else "every area touches another."
        )
        yield level, "neighbours", words, False


def _loose(seen: _Seen) -> Iterator[Row]:
    """Small areas that lie in no one area of a level above."""
    small = [code for code in seen.codes("lsoa") if seen.facts.at[code, "vintage"] != SAMPLE]
    for level in NESTED_IN:
        loose = sorted(set(small) - set(seen.owners(level).index))
        if loose and (level != "region" or len(loose) < len(small)):
            message = f"{len(loose):,} of {len(small):,} lie in no one area of level {level}: {shown(loose)}."
            yield "lsoa", f"nesting in {level}", message, level != "region"
        elif small and not loose:
            yield (
                "lsoa",
                f"nesting in {level}",
                f"all {len(small):,} lie in one area of level {level}.",
                False,
            )
    for level in ("district", "csp"):
        force = set(seen.owners("force").index)
        outside = [code for code in seen.codes(level) if code not in force]
        if outside:
            message = (
                f"{len(outside):,} lie in no force area: {seen.named(outside)}. Import a lookup that says."
            )
            yield level, "nesting in force", message, True


def _older(seen: _Seen) -> Iterator[Row]:
    """What became of the codes of older lists: unchanged, renamed, merged, split, or shared out."""
    links = seen.set.links
    for level in ("lsoa", "msoa"):
        went = links[
            (links["parent_level"] == level) & (links["child_code"].map(seen.facts["level"]) == level)
        ]
        for vintage, rows in went.groupby(went["child_code"].map(seen.facts["vintage"])):
            whole = rows[rows["relation"] == "same"]
            sizes = whole.groupby("parent_code")["child_code"].transform("nunique")
            split = rows.loc[rows["relation"] == "split", "child_code"].nunique()
            part = rows.loc[rows["relation"] == "part", "child_code"].nunique()
            kept = seen.set.boundaries
            same = set(kept.loc[kept["vintage"] == vintage, "area_code"]) & set(seen.codes(level))
            message = (
                f"{len(same):,} are the same areas as now by their code, {int((sizes == 1).sum()):,} have another "
                f"code, {int((sizes > 1).sum()):,} were merged, {split:,} were split (only a point tells which "
                f"newer area is meant), {part:,} were shared out irregularly."
            )
            yield level, f"codes of {vintage}", message, False


def _layers(seen: _Seen) -> Iterator[Row]:
    small = seen.codes("lsoa")
    links = seen.set.links
    words = {"boundaries": "boundaries of its own", "areas": "lists of areas", "best_fit": "best fit"}
    for row in seen.set.layers.itertuples(index=False):
        codes = seen.codes(str(row.level))
        whole = seen.owners(str(row.level)).reindex(small).dropna()
        largest = set(whole) | set(links.loc[links["relation"] == "best_fit", "parent_code"])
        cut = links[(links["parent_level"] == row.level) & (links["relation"] == "part")]
        bare = [code for code in codes if code not in largest | set(cut["parent_code"])]
        message = (
            f"{row.layer_name}: {counted(len(codes), 'area')}, made of {words.get(str(row.basis), str(row.basis))}; "
            f"small areas that count whole in one: {len(whole):,}, that are cut: {cut['child_code'].nunique():,}."
        )
        yield str(row.level), "layer", message, False
        if bare:
            yield str(row.level), "layer", f"{len(bare):,} have no small area: {seen.named(bare)}.", False


def _indicators(seen: _Seen) -> Iterator[Row]:
    small = set(seen.codes("lsoa"))
    own = seen.set.indicators[seen.set.indicators["area_code"].isin(small)]
    counts = own.groupby(["year", "indicator_id"])["area_code"].nunique().reset_index(name="count")
    for (year, count), rows in counts.groupby(["year", "count"]):
        message = f"{count:,} of {len(small):,} small areas have {', '.join(rows['indicator_id'])}."
        yield "lsoa", f"indicators {year}", message, False
    people = seen.set.populations[seen.set.populations["area_code"].isin(small)]
    if small and people.empty:
        yield (
            "lsoa",
            "residents",
            "no small area has any: rates cannot be given. Import mid-year estimates.",
            True,
        )
    for level in seen.levels:
        made = seen.set.populations[seen.set.populations["source"].isin(DERIVED)]
        made = made[made["area_code"].isin(set(seen.codes(level)))]
        if len(made):
            yield (
                level,
                "residents",
                f"added up from small areas: {shown(sorted(made['basis'].unique()))}.",
                False,
            )


def _dated(seen: _Seen) -> Iterator[Row]:
    """Areas that begin or end on a day: what the set's own day shows, and what is still to come."""
    begins = seen.areas[seen.areas["valid_from"].notna() & ~seen.areas["level"].isin(BY_VINTAGE)]
    for day, rows in begins.groupby("valid_from"):
        state = (
            "in force" if set(rows["area_code"]) & seen.in_force else "not in force on the day that is shown"
        )
        for level, named in rows.groupby("level"):
            message = f"{seen.named(sorted(named['area_code']))}: from {day:%-d %B %Y}, {state}."
            yield str(level), "dated areas", message, False
