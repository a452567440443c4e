"""What a definition says of one incident: the definition language read a second time, one incident at a time.

A definition is the table that its TOML gives, an incident a dict of plain values; nothing here is SQL, and
nothing comes from the reading under test. Truth has three values, as Kleene has them: True, False, and None
for cannot tell. An incident is looked at in every *world*: each pair of code and classification that its
offence may be, with each row of the edition that this pair may have. A pair that has none is taken to reach a
threshold as the others do that the offence may be and the definition takes in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.second.offence_meaning import (
    Pair,
    base_set,
    is_crime,
    may_mean,
    of_classification,
    of_code,
    register,
)
from tests.second.weight_rows import Weights

Truth = bool | None
Table = dict[str, Any]
Incident = dict[str, Any]
NOT_RECORDED = "not_recorded"
HEALTH_UNITS = ("attendance", "admission")


@dataclass(frozen=True)
class World:
    """One thing an incident may have been.

    `days` are held against thresholds, None where nobody can say; `weighs` is whether they are a row's own.
    """

    pair: Pair
    days: float | None
    weighs: bool


@dataclass(frozen=True)
class Judged:
    """The verdict on one incident and the days it adds; None where no row weighs it.

    `low` counts only where the incident is in; `is_central` says that the middle reading counts it.
    """

    verdict: str
    low: float | None = None
    central: float | None = None
    high: float | None = None
    is_central: bool = False


OUT = Judged("out")


def judge(definition: Table, incident: Incident, weights: Weights) -> Judged:
    """In, out or cannot tell, with the days of harm from low to high."""
    return Reading(definition, weights).judge(incident)


class Reading:
    """A definition with its weights, ready to judge any number of incidents."""

    def __init__(self, definition: Table, weights: Weights) -> None:
        self.definition = definition
        self.weights = weights
        self.parts = _parts(definition)
        self.taken_in = [
            {pair for pair in register() if _takes_in(part, pair, definition)} for part in self.parts
        ]

    def judge(self, incident: Incident) -> Judged:
        """In, out or cannot tell, with the days of harm from low to high."""
        if self.definition["unit"] in HEALTH_UNITS:
            return _judge_health(self.definition, incident)
        key = incident["offence_key"]
        if not is_crime(key):
            return OUT
        asked = [_asked(each, incident) for each in (self.definition, *self.parts)]
        worlds = {world: self.fits(world, asked) for world in self._worlds(key)}
        verdict = _settled(self.definition, worlds.values())
        if verdict == "out":
            return OUT
        days = [each.days for each, fit in worlds.items() if fit is not False and each.weighs]
        chosen = self.weights.chosen_days(key)
        central = chosen if chosen in days else None
        return Judged(
            verdict=verdict,
            low=min(days, default=None),
            central=central,
            high=max(days, default=None),
            is_central=verdict == "in" or self._only_the_weight_is_in_doubt(asked, worlds, central),
        )

    def fits(self, world: World, asked: list[Truth], *, thresholds: bool = True) -> Truth:
        """Whether an incident is in, were it this world; `asked` are filters and ages, of the whole and by part."""
        return all_of(
            [
                asked[0],
                not thresholds or _heavy_enough(self.definition, world),
                any_of(
                    all_of([world.pair in inside, truth, not thresholds or _heavy_enough(part, world)])
                    for part, inside, truth in zip(self.parts, self.taken_in, asked[1:], strict=True)
                ),
            ]
        )

    def _worlds(self, key: str) -> list[World]:
        days_of = {pair: [] if key == "unmapped" else self.weights.days_of(pair) for pair in may_mean(key)}
        lending = [days_of[pair] for pair in days_of if any(pair in inside for inside in self.taken_in)]
        lent: list[float | None] = [*sorted({days for found in lending for days in found})]
        return [
            *(World(pair, days, True) for pair, found in days_of.items() for days in found),
            *(
                World(pair, days, False)
                for pair, found in days_of.items()
                if not found
                for days in lent or [None]
            ),
        ]

    def _only_the_weight_is_in_doubt(
        self, asked: list[Truth], worlds: dict[World, Truth], chosen: float | None
    ) -> bool:
        """Whether nothing but a threshold leaves doubt and the chosen row passes it."""
        surely_in = all(self.fits(world, asked, thresholds=False) is True for world in worlds)
        return surely_in and any(
            fit is True and world.weighs and world.days == chosen for world, fit in worlds.items()
        )


def all_of(truths: Iterable[Truth]) -> Truth:
    """Three-valued and: one False settles it."""
    found = [*truths]
    return False if False in found else None if None in found else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Three-valued or: one True settles it."""
    found = [*truths]
    return True if True in found else None if None in found else False


def _settled(definition: Table, truths: Iterable[Truth]) -> str:
    found = {*truths}
    if found == {True}:
        return "in"
    if found == {False}:
        return "out"
    return {"range": "cannot_tell", "in": "in", "out": "out"}[definition.get("unknown", "range")]


def _asked(clauses: Table, incident: Incident) -> Truth:
    """Whether the filters and ages of a definition or a part hold. Only live crimes count unless it says so."""
    of_whole = {"status": ("live",)} if "id" in clauses else {}
    return all_of(
        [*_filtered({**of_whole, **clauses.get("filters", {})}, incident), *_aged(clauses, incident)]
    )


def _parts(definition: Table) -> list[Table]:
    """The parts of the long form, or the one part that the short form is."""
    if "parts" in definition:
        return list(definition["parts"])
    return [{name: definition[name] for name in ("include", "within") if name in definition}]


def _takes_in(part: Table, pair: Pair, definition: Table) -> bool:
    """Whether a part's offences are among those taken in, whatever else is asked of them."""
    within = "within" not in part or _is_named(part["within"], pair, definition)
    excluded = any(_is_named(each.get("exclude"), pair, definition) for each in (part, definition))
    return _is_named(part["include"], pair, definition) and within and not excluded


def _is_named(clause: Table | None, pair: Pair, definition: Table) -> bool:
    """Whether a clause names a pair by a set, a code or a classification."""
    clause = clause or {}
    own = {each["id"]: each for each in definition.get("sets", ())}
    return (
        any(pair in of_code(code) for code in clause.get("codes", ()))
        or any(pair in of_classification(each) for each in clause.get("classifications", ()))
        or any(
            _is_named(own[name], pair, {}) if name in own else pair in base_set(name)
            for name in clause.get("sets", ())
        )
    )


def _filtered(filters: Table, incident: Incident) -> list[Truth]:
    """One truth a filter; an empty filter is none."""
    return [_among(name, values, incident[name]) for name, values in filters.items() if values]


def _among(name: str, values: Iterable[str], value: str) -> Truth:
    left_out = [one.removeprefix("not ") for one in values if one.startswith("not ")]
    if left_out:
        # What is not recorded is not among what is left out; a blank status stands as live.
        return ("live" if name == "status" and value == NOT_RECORDED else value) not in left_out
    # A crime whose status nobody recorded stands as live.
    if name == "status" and value == NOT_RECORDED:
        value = "live"
    return None if value == NOT_RECORDED else value in values


def _aged(clauses: Table, incident: Incident) -> list[Truth]:
    """One truth an age clause; the old key of one clause is still read."""
    found = [*clauses.get("ages", ()), *([clauses["age"]] if "age" in clauses else [])]
    return [_age_fits(clause, incident) for clause in found]


def _age_fits(clause: Table, incident: Incident) -> Truth:
    least, greatest = clause.get("min", 0), clause.get("max", 1000)
    told = {whose: _lies_in(incident[f"{whose}_age"], least, greatest) for whose in ("victim", "suspect")}
    if clause["whose"] in told:
        return told[clause["whose"]]
    return {"either": any_of, "all": all_of}[clause["whose"]](told.values())


def _lies_in(age: int | tuple[int, int] | None, least: int, greatest: int) -> Truth:
    """Whether an age, or a group of ages from first to last year, lies within bounds."""
    if age is None:
        return None
    low, high = age if isinstance(age, tuple) else (age, age)
    if least <= low and high <= greatest:
        return True
    return False if high < least or greatest < low else None


def _heavy_enough(clauses: Table, world: World) -> Truth:
    least = clauses.get("harm", {}).get("at_least_days")
    if least is None:
        return True
    return None if world.days is None else world.days >= least


def _judge_health(definition: Table, incident: Incident) -> Judged:
    """Attendances and admissions have no weights; one of another grain is out."""
    if incident.get("grain") != definition["unit"]:
        return OUT
    verdict = _settled(
        definition,
        [
            all_of(
                [
                    _asked(definition, incident),
                    _negated(_caused_by(definition.get("exclude", {}), incident)),
                    any_of(_health_part(part, incident) for part in _parts(definition)),
                ]
            )
        ],
    )
    return Judged(verdict, is_central=verdict == "in")


def _health_part(part: Table, incident: Incident) -> Truth:
    return all_of(
        [
            _caused_by(part["include"], incident),
            "within" not in part or _caused_by(part["within"], incident),
            _negated(_caused_by(part.get("exclude", {}), incident)),
            _asked(part, incident),
        ]
    )


def _negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _caused_by(clause: Table, incident: Incident) -> Truth:
    """Whether the code given is among those named: X99.4 is an X99, and Y04 lies in X85-Y09."""
    if clause.get("everything"):
        return True
    if not clause.get("icd10"):
        return False
    given = _plain_code(incident["offence_key"].partition(":")[2])
    return None if not given else any(_is_cause(given, named) for named in clause["icd10"])


def _is_cause(given: str, named: str) -> bool:
    first, _, last = named.partition("-")
    low, high = _plain_code(first), _plain_code(last or first)
    return low <= given[: len(low)] and given[: len(high)] <= high


def _plain_code(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
