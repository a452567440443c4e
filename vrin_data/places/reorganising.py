"""A reorganisation of areas, stated in a table: new areas from a day on, which areas they replace, nothing in code.

The table is a CSV with the columns area_code, area_name, level, valid_from (2028-04-01), predecessors (codes
with a semicolon between) and, where an area that ends is shared out among several, members (the codes of the
small areas that go to each).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from vrin_data.contract.codes import LEVELS
from vrin_data.places.area_set import WHOLE, AreaSet, Finding, areas_in_force
from vrin_data.places.messages import shown
from vrin_data.places.nesting import LINK_COLUMNS
from vrin_data.places.reading import read_csv

COLUMNS = {"area_code", "area_name", "level", "valid_from", "predecessors"}
CHANGING = ("force", "csp", "district", "ward")
"""Levels whose areas are made and ended one by one; small areas come as a whole list, for a census."""


@dataclass(frozen=True)
class NewArea:
    """An area that begins on a day, the areas that end with its beginning, and the small areas that go to it."""

    code: str
    name: str
    level: str
    begins: date
    predecessors: tuple[str, ...]
    members: tuple[str, ...]
    source: str


def is_reorganisation(path: Path) -> bool:
    """Whether a file is a table of new areas by its headings."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        heading = file.readline(4_096).decode("utf-8-sig", errors="replace")
    return COLUMNS.issubset(name.strip().strip('"').lower() for name in heading.split(","))


def reorganised(area_set: AreaSet, path: Path) -> tuple[AreaSet, list[Finding]]:
    """The area set with the new areas of a table from their day on; as it was where the findings hold an error.

    An area that is known already with the same first day is left as it is.
    """
    frame = read_csv(path).rename(columns=lambda name: name.strip().lower())
    frame = frame.apply(lambda column: column.str.strip())
    faults = list(_value_faults(frame))
    if not faults:
        areas = [_new_area(row, path.name) for _, row in frame.iterrows()]
        plan = _Plan(area_set, tuple(areas))
        faults = list(plan.faults())
    if faults:
        return area_set, [Finding("error", path.name, fault) for fault in faults]
    return plan.result(), list(plan.told(path.name))


def _value_faults(frame: pd.DataFrame) -> Iterator[str]:
    """What cannot be read in the rows, with the line of the file."""
    for place, row in enumerate(frame.to_dict("records")):
        where = f"line {place + 2}"
        if not pd.Series([row["area_code"]]).str.fullmatch(r"[EW]\d{8}")[0]:
            yield f"{where}, area_code: {row['area_code'][:20]!r} is no area code (expected E or W and eight digits)."
        if row["level"] not in CHANGING:
            words = ", ".join(CHANGING)
            yield f"{where}, level: {row['level'][:20]!r} has no areas that change one by one (expected {words})."
        try:
            date.fromisoformat(row["valid_from"])
        except ValueError:
            yield f"{where}, valid_from: {row['valid_from'][:20]!r} is not a day (expected such as 2028-04-01)."
        if not _codes(row["predecessors"]):
            yield f"{where}, predecessors: empty. Expected the codes of the areas that it replaces, with ; between."
    for code in frame.loc[frame["area_code"].duplicated(), "area_code"].unique():
        yield f"area_code: {code} stands there twice. Expected one row an area."


def _new_area(row: pd.Series, file: str) -> NewArea:
    return NewArea(
        row["area_code"],
        row["area_name"] or row["area_code"],
        row["level"],
        date.fromisoformat(row["valid_from"]),
        _codes(row["predecessors"]),
        _codes(row.get("members", "")),
        f"Imported from {file}",
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(";") if code.strip())


@dataclass(frozen=True)
class _Plan:
    """The new areas of one table on the areas known: what speaks against it, and what comes of it."""

    before: AreaSet
    areas: tuple[NewArea, ...]

    @cached_property
    def facts(self) -> pd.DataFrame:
        return self.before.areas.drop_duplicates("area_code", keep="last").set_index("area_code")

    @cached_property
    def small(self) -> set[str]:
        """Codes of the small areas in force."""
        return areas_in_force(self.before) & set(self.facts.index[self.facts["level"] == "lsoa"])

    @cached_property
    def fresh(self) -> list[NewArea]:
        """The areas that are not known yet."""
        return [area for area in self.areas if area.code not in self.facts.index]

    @cached_property
    def heirs(self) -> dict[str, list[NewArea]]:
        """By code of an area that ends, the new areas that it goes to."""
        found: dict[str, list[NewArea]] = {}
        for area in self.fresh:
            for code in area.predecessors:
                found.setdefault(code, []).append(area)
        return found

    @cached_property
    def whole(self) -> pd.DataFrame:
        """The links of the areas known that have not ended and say that all of a child lies in a parent."""
        links = self.before.links
        return links[links["relation"].isin([*WHOLE, "best_fit"]) & links["valid_to"].isna()]

    @cached_property
    def goes_to(self) -> dict[str, NewArea]:
        """By code of an area that lies in one that ends, the new area it goes to; none where it is cut."""
        found: dict[str, NewArea] = {}
        for code, heirs in self.heirs.items():
            level = heirs[0].level
            inside = self.whole[(self.whole["parent_code"] == code) & (self.whole["parent_level"] == level)]
            if len(heirs) == 1:
                found |= dict.fromkeys(inside["child_code"], heirs[0])
            else:
                found |= self._shared_out(set(inside["child_code"]), heirs)
        return found

    def faults(self) -> Iterator[str]:
        """What speaks against the plan, in words."""
        for area in self.areas:
            if area.code in self.facts.index and self._begins(area.code) != area.begins:
                name = f"{area.code} ({self.facts.at[area.code, 'area_name']})"
                yield f"{name} is known already, and from another day. Give the new area a code of its own."
        for code, heirs in self.heirs.items():
            yield from self._predecessor_faults(code, heirs)
        members = [(code, area) for area in self.fresh for code in area.members]
        unknown = sorted({code for code, _ in members} - set(self.facts.index))
        if unknown:
            yield f"members: not known here: {shown(unknown)}. Import the boundaries first, or correct the codes."
        codes = pd.Series([code for code, _ in members], dtype=object)
        twice = sorted(codes[codes.duplicated()].unique())
        if twice:
            yield f"members: given to two new areas: {shown(twice)}. Expected one."

    def result(self) -> AreaSet:
        """The areas with the new ones, dated: until the day before, everything is as it was."""
        if not self.fresh:
            return self.before
        return replace(
            self.before,
            areas=self._areas(),
            links=self._links(),
            populations=self._populations(),
        )

    def told(self, file: str) -> Iterator[Finding]:
        """What came of it, an area at a time."""
        for area in self.areas:
            if area not in self.fresh:
                yield Finding(
                    "note", file, f"{area.name} ({area.code}) was known already and was left as it is."
                )
                continue
            names = shown([f"{self.facts.at[code, 'area_name']} ({code})" for code in area.predecessors])
            small = sum(1 for code, heir in self.goes_to.items() if heir is area and code in self.small)
            message = (
                f"{area.name} ({area.code}) takes the place of {names} from {area.begins:%-d %B %Y}, "
                f"with {small:,} small areas."
            )
            yield Finding("note", file, message)

    def _predecessor_faults(self, code: str, heirs: list[NewArea]) -> Iterator[str]:
        if code not in self.facts.index:
            yield f"predecessors: {code} is no area known here. Correct the code."
            return
        name = f"{code} ({self.facts.at[code, 'area_name']})"
        if any(self._level(code) != area.level for area in heirs):
            yield f"predecessors: {name} is of level {self._level(code)}. Expected the new area's own level."
        ended = self.facts.at[code, "valid_to"]
        if pd.notna(ended):
            yield f"predecessors: {name} ended on {pd.Timestamp(ended):%-d %B %Y}. Name what took its place."
        if len({area.begins for area in heirs}) > 1:
            yield f"predecessors: {name} ends on two days. Expected one valid_from."
        if len(heirs) > 1:
            small = self._inside(code) & self.small
            left = sorted(small - {member for area in heirs for member in area.members})
            if left or not small:
                words = shown(left) if left else "none is known"
                yield f"members: {name} is shared out, and small areas of it are given to no new area: {words}."

    def _inside(self, code: str) -> set[str]:
        return set(self.whole.loc[self.whole["parent_code"] == code, "child_code"])

    def _shared_out(self, inside: set[str], heirs: list[NewArea]) -> dict[str, NewArea]:
        """Of an area that is shared out, each area inside it whose small areas all go to one new area."""
        by_member = {member: area for area in heirs for member in area.members}
        found = {code: by_member[code] for code in inside if code in by_member}
        small = self.whole[self.whole["child_code"].isin(set(by_member))]
        for code, rows in small[small["parent_code"].isin(inside)].groupby("parent_code"):
            owners = {by_member[child].code: by_member[child] for child in rows["child_code"]}
            if len(owners) == 1:
                found[str(code)] = next(iter(owners.values()))
        return found

    def _areas(self) -> pd.DataFrame:
        areas = self.before.areas.copy()
        ends = areas["area_code"].map(
            {code: pd.Timestamp(heirs[0].begins) for code, heirs in self.heirs.items()}
        )
        areas["valid_to"] = pd.to_datetime(areas["valid_to"]).fillna(pd.to_datetime(ends))
        rows = [
            (
                area.code,
                area.name,
                area.level,
                str(area.begins.year),
                False,
                pd.Timestamp(area.begins),
                area.source,
            )
            for area in self.fresh
        ]
        columns = ["area_code", "area_name", "level", "vintage", "is_approximate", "valid_from", "source"]
        fresh = pd.DataFrame(rows, columns=columns)
        fresh["valid_to"] = pd.Series(pd.NaT, index=fresh.index, dtype="datetime64[ns]")
        return pd.concat([areas, fresh[areas.columns]], ignore_index=True)

    def _links(self) -> pd.DataFrame:
        links = self.before.links.copy()
        begins = {code: pd.Timestamp(heirs[0].begins) for code, heirs in self.heirs.items()}
        # What an area that ended lay in stays known: incidents that came with its code are placed by it.
        day = pd.to_datetime(links["parent_code"].map(begins))
        links["valid_to"] = pd.to_datetime(links["valid_to"]).fillna(day)
        rows = [*self._downwards(), *self._upwards(), *self._successions(), *self._partnerships_kept()]
        columns = [name for name in LINK_COLUMNS if name != "valid_to"]
        fresh = pd.DataFrame(rows, columns=columns)
        fresh = fresh.drop_duplicates(["child_code", "parent_code"])
        fresh["valid_to"] = pd.Series(pd.NaT, index=fresh.index, dtype="datetime64[ns]")
        return pd.concat([links, fresh[LINK_COLUMNS]], ignore_index=True)

    def _downwards(self) -> Iterator[tuple[object, ...]]:
        """What lay in areas that end lies in the new ones."""
        for code, area in self.goes_to.items():
            yield self._row(code, area.code, area.level, "within", area)

    def _upwards(self) -> Iterator[tuple[object, ...]]:
        """The new areas lie in what the areas that end lay in: wholly where all of these lay in one."""
        links = self.before.links[self.before.links["valid_to"].isna()]
        for area in self.fresh:
            own = links[links["child_code"].isin(area.predecessors) & (links["parent_level"] != area.level)]
            for level, rows in own.groupby("parent_level"):
                parents = sorted({self._heir(code) for code in rows["parent_code"]})
                is_whole = (
                    len(parents) == 1
                    and rows["relation"].isin(WHOLE).all()
                    and set(rows["child_code"]) == set(area.predecessors)
                )
                for parent in parents:
                    yield self._row(area.code, parent, str(level), "within" if is_whole else "part", area)
                    if (area.level, level, is_whole) == ("district", "csp", False) and self._is_all_in(
                        parent, area
                    ):
                        yield self._row(parent, area.code, area.level, "within", area)

    def _is_all_in(self, partnership: str, area: NewArea) -> bool:
        """Whether every district that a partnership is made of goes to one new district."""
        made_of = {code for code in self._inside(partnership) if self._level(code) == "district"}
        return bool(made_of) and all(
            self.heirs.get(code) == [area] for code in made_of if self._is_in_force(code)
        )

    def _successions(self) -> Iterator[tuple[object, ...]]:
        """An area that ended lies from then on in the one that took its place, so that its code can still be placed."""
        for code, heirs in self.heirs.items():
            for area in heirs:
                yield self._row(code, area.code, area.level, "within" if len(heirs) == 1 else "part", area)

    def _partnerships_kept(self) -> Iterator[tuple[object, ...]]:
        """Small areas stay in the larger areas that they were in through an area that ends."""
        stated = set(zip(self.whole["child_code"], self.whole["parent_level"], strict=True))
        above = self.whole[self.whole["child_code"].isin(set(self.heirs))]
        by_child = dict(iter(above.groupby("child_code")))
        for code, heirs in self.heirs.items():
            rows = by_child.get(code)
            if rows is None:
                continue
            for child in self._inside(code):
                area = self.goes_to.get(child, heirs[0])
                for parent, level in zip(rows["parent_code"], rows["parent_level"], strict=True):
                    can_lie = level in LEVELS and LEVELS.index(level) < LEVELS.index(self._level(child))
                    is_new = (child, level) not in stated and level != area.level and parent != child
                    if can_lie and is_new and parent not in self.heirs:
                        yield self._row(child, parent, level, "within", area)

    def _populations(self) -> pd.DataFrame:
        """Residents of the new areas: of those they take the place of, or of their members, added up."""
        people = self.before.populations
        parts = [people]
        for area in self.fresh:
            is_shared = any(len(self.heirs[code]) > 1 for code in area.predecessors)
            parts_of = area.members if is_shared else area.predecessors
            own = people[people["area_code"].isin(parts_of)]
            sums = own.groupby(["year", "basis"])["person_count"].agg(["sum", "size"]).reset_index()
            sums = sums[sums["size"] == len(parts_of)].rename(columns={"sum": "person_count"})
            words = "Small areas that it was made of" if is_shared else "Areas that it took the place of"
            fresh = sums.assign(area_code=area.code, source=f"{words}, added up")
            if len(fresh):
                parts.append(fresh[people.columns])
        return pd.concat(parts, ignore_index=True)

    def _row(self, child: str, parent: str, level: str, relation: str, area: NewArea) -> tuple[object, ...]:
        return child, parent, level, relation, pd.Timestamp(area.begins), area.source

    def _heir(self, code: str) -> str:
        """The area that takes a parent's place in the same table, where there is one; else the parent."""
        heirs = self.heirs.get(code, [])
        return heirs[0].code if len(heirs) == 1 else code

    def _level(self, code: str) -> str:
        return str(self.facts.at[code, "level"]) if code in self.facts.index else ""

    def _is_in_force(self, code: str) -> bool:
        return bool(pd.isna(self.facts.at[code, "valid_to"]))

    def _begins(self, code: str) -> date | None:
        day = self.facts.at[code, "valid_from"]
        return None if pd.isna(day) else pd.Timestamp(day).date()
