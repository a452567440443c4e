"""What a definition of serious violence consists of, as a checked model: nothing here is SQL or code."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from vrin_data.contract.definition_clauses import (
    AgeClause,
    Clause,
    HarmClause,
    LiveFilters,
    LocalSet,
    OffenceClause,
    Part,
)
from vrin_data.contract.offence_sets import pairs_of
from vrin_data.contract.offences import Pair

HEALTH_UNITS = ("attendance", "admission")


class Definition(Clause):
    """One version of a definition of serious violence.

    In short form `include` and `within` say what is counted; in long form any of `parts`. `exclude`,
    `filters`, `ages` and `harm` narrow the whole of either.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(ge=1)
    number: str = ""
    name: str = Field(min_length=1)
    summary: str = ""
    status: Literal["published wording", "our coding", "legacy", "local"]
    source: str = Field(min_length=1)
    author: str = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None
    unit: Literal["offence", "victim", "incident", "attendance", "admission"]
    reason: str = Field(min_length=1)
    cannot_say: tuple[str, ...] = ()
    approval: str = ""
    is_universe: bool = False
    unknown: Literal["range", "in", "out"] = "range"
    sets: tuple[LocalSet, ...] = ()
    include: OffenceClause = OffenceClause()
    within: OffenceClause | None = None
    exclude: OffenceClause = OffenceClause()
    filters: LiveFilters = LiveFilters()
    ages: tuple[AgeClause, ...] = ()
    harm: HarmClause | None = None
    parts: tuple[Part, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_age(cls, values: Any) -> Any:
        """The table `age` of an earlier form is read as the only one of `ages`."""
        if isinstance(values, dict) and "age" in values and "ages" not in values:
            kept = {name: value for name, value in values.items() if name != "age"}
            return kept if values["age"] is None else {**kept, "ages": [values["age"]]}
        return values

    @model_validator(mode="after")
    def _is_sound(self) -> "Definition":
        faults = [
            *self._form_faults(),
            *(self._crime_faults() if self.counts_crimes else self._health_faults()),
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def label(self) -> str:
        """Id and version as a stamp prints them."""
        return f"{self.id} v{self.version}"

    @property
    def ref(self) -> str:
        """Id and version as they are asked for."""
        return f"{self.id}@{self.version}"

    @property
    def counts_crimes(self) -> bool:
        """Whether it counts recorded crimes, and not attendances or admissions."""
        return self.unit not in HEALTH_UNITS

    def all_parts(self) -> tuple[Part, ...]:
        """What is counted: the parts, or the one part that the short form amounts to."""
        return self.parts or (Part(name=self.name, include=self.include, within=self.within),)

    def members(self, part: Part) -> frozenset[Pair]:
        """The pairs that a part takes in, without what it or the whole definition leaves out."""
        inside = self._pairs(part.include)
        if part.within is not None:
            inside &= self._pairs(part.within)
        return inside - self._pairs(part.exclude) - self._pairs(self.exclude)

    def threshold(self, part: Part) -> float | None:
        """The days that a part's offences must weigh at least, None where it asks for none."""
        asked = [one.at_least_days for one in (self.harm, part.harm) if one is not None]
        return max(asked, default=None)

    @property
    def asks_for_days(self) -> bool:
        """Whether any part takes in only what weighs at least so many days."""
        return any(self.threshold(part) is not None for part in self.all_parts())

    def pairs(self) -> frozenset[Pair]:
        """Every pair that any part may take in."""
        return frozenset().union(*(self.members(part) for part in self.all_parts()))

    def narrowed_to_part(self, number: int) -> "Definition":
        """The same definition with one of its parts alone, counted from 0."""
        part = self.all_parts()[number]
        return self.model_copy(
            update={
                "name": f"{self.name}: {part.name}",
                "include": OffenceClause(),
                "within": None,
                "parts": (part,),
            }
        )

    def without_offences(self, sets: Iterable[str]) -> "Definition":
        """The same definition without the offences of these base sets."""
        left_out = tuple(dict.fromkeys([*self.exclude.sets, *sets]))
        return self.model_copy(update={"exclude": self.exclude.model_copy(update={"sets": left_out})})

    def _pairs(self, clause: OffenceClause) -> frozenset[Pair]:
        own = {one.id: one for one in self.sets}
        found = pairs_of(
            sets=[name for name in clause.sets if name not in own],
            codes=clause.codes,
            classifications=clause.classifications,
        )
        for one in (own[name] for name in clause.sets if name in own):
            found |= pairs_of(sets=one.sets, codes=one.codes, classifications=one.classifications)
        return found

    def _form_faults(self) -> list[str]:
        faults = []
        says_include = self.include.names_offences or self.include.names_injuries or self.within is not None
        if self.parts and says_include:
            faults.append("give either include or parts, not both")
        names = [part.name for part in self.parts]
        faults += [
            f"parts: two are called '{name}'" for name in sorted({n for n in names if names.count(n) > 1})
        ]
        own = [one.id for one in self.sets]
        faults += [f"sets: two are called '{name}'" for name in sorted({n for n in own if own.count(n) > 1})]
        if self.valid_to is not None and self.valid_to < self.valid_from:
            faults.append(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        return faults

    def _crime_faults(self) -> list[str]:
        faults = []
        for part in self.all_parts():
            where = f"parts, '{part.name}': " if self.parts else ""
            if any(one.names_injuries for one in self._clauses(part)):
                faults.append(f"{where}icd10 and everything are for the units attendance and admission")
            elif not part.include.names_offences:
                faults.append(f"{where}include names no offence: give sets, codes or classifications")
            elif not self.members(part):
                faults.append(f"{where}no offence is left by within and exclude, so nothing would be counted")
        return faults

    def _health_faults(self) -> list[str]:
        faults = []
        for part in self.all_parts():
            where = f"parts, '{part.name}': " if self.parts else ""
            if any(one.names_offences for one in self._clauses(part)):
                faults.append(
                    f"{where}sets, codes and classifications are those of recorded crimes; use icd10"
                )
            elif not part.include.names_injuries:
                faults.append(f"{where}include names nothing: give icd10 codes, or everything = true")
            if self.harm or part.harm:
                faults.append(
                    f"{where}harm is a threshold on the weights of crimes, and this counts {self.unit}s"
                )
        return faults

    def _clauses(self, part: Part) -> tuple[OffenceClause, ...]:
        within = () if part.within is None else (part.within,)
        return (part.include, part.exclude, self.exclude, *within)
