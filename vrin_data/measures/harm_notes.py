"""What must be said beside a harm figure: unmapped and unweighted offences, unplaced incidents, doubt."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.offences import offences
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.build_facts import population_of_level
from vrin_data.measures.counting import Numbers
from vrin_data.measures.doubts import doubt_notes
from vrin_data.measures.profile_facts import ProfileFacts, profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import Ruling, ruling_of
from vrin_data.measures.sure_parts import sureness_of, sureness_words
from vrin_data.measures.tally import tally_by_placing, tally_of_whole_periods
from vrin_data.measures.tally_cells import Tally
from vrin_data.measures.weight_kinds import NOUN_OF_KIND
from vrin_data.store import Store

SHOWN_OFFENCES = 8
OTHER_MONTHS = (
    "the counts in these notes are of all months that came; each area's total stands on the months that came whole "
    "from its own force, so the areas need not add up to a total over several forces"
)


@dataclass(frozen=True)
class _Counted:
    """The incidents of a selection, whatever came whole, by cell of a tally; `inside` are in or may be."""

    question: Question
    ruling: Ruling
    tally: Tally
    profiles: ProfileFacts

    @property
    def net(self) -> Numbers:
        """Incidents as counted, what was taken back included."""
        return self.tally.added + self.tally.counts().get("taken_back", 0)

    @property
    def inside(self) -> Flags:
        """Which cells are in, or may be."""
        return self.each("possible") == 1

    def each(self, column: str) -> Numbers:
        """What one incident of each cell counts for."""
        return self.ruling.each(column)[self.ruling.kind_of[self.tally.profile_at]]

    def by_offence(self, counts: Numbers) -> dict[str, int]:
        """Counts of cells by offence key, where they are not 0."""
        at = self.profiles.offence_of[self.tally.profile_at]
        summed = np.bincount(at, weights=counts, minlength=1)
        keys = {number: key for key, number in self.question.facts.offences.items()}
        return {keys[int(number)]: round(float(summed[number])) for number in np.flatnonzero(summed)}


# Answers that a screen lays beside each other have the same notes; they stand on the question and its build alone.
@lru_cache(maxsize=16)
def harm_notes(store: Store, question: Question) -> tuple[str, ...]:
    """Notes for the stamp of a harm answer, from the same rows as its figures."""
    counted = _Counted(
        question,
        ruling_of(store, question),
        _tally(store, question),
        profile_facts(store, question.facts),
    )
    # Nothing that hospitals count has a weight, and nothing of it is a recorded crime.
    of_crimes = question.known.definition.counts_crimes
    sure = sureness_words(sureness_of(store, question), question.edition.kind)
    is_total = not question.selection.by or bool(came_of_all(question).whole.all())
    return (
        *((OTHER_MONTHS,) if "area" in question.selection.by and not is_total else ()),
        *(_weight_notes(counted) if of_crimes else ()),
        *doubt_notes(store, question, counted.ruling, counted.tally),
        *(
            [sure if is_total else f"of the total over months that came whole from all, {sure}"]
            if sure
            else ()
        ),
        *_unplaced_notes(counted),
        *_uncertain_notes(counted),
        *(_left_out_notes(counted) if of_crimes else ()),
        *population_note(question),
    )


def _tally(store: Store, question: Question) -> Tally:
    """The incidents that the notes count: of a total those that stand in it, else all that came."""
    if question.selection.by:
        return tally_by_placing(store, question)
    return tally_of_whole_periods(store, question)


def _unplaced_notes(counted: _Counted) -> list[str]:
    unplaced = round(float(counted.net[counted.inside & (counted.tally.group_at == 0)].sum()))
    if not unplaced or "area" not in counted.question.selection.by:
        return []
    level = counted.question.selection.level
    words = CODE_LISTS["level"].get(level, "area of this layer")
    return [f"{unplaced:,} incidents could not be placed in a {words} and stand in a row of their own"]


def _uncertain_notes(counted: _Counted) -> list[str]:
    """What suppressed counts may hide, and what corrections take back."""
    counts, inside = counted.tally.counts(), counted.inside
    if "taken_back" not in counts:
        return []
    further = counts["most_added"] + counts["most_taken_back"] - counted.net
    words = {
        "there may be up to {:,} more incidents, where the supplier suppressed small counts": further,
        "corrections take back {:,} incidents, so a count can be less than zero": -counts["taken_back"],
    }
    totals = {text: round(float(values[inside].sum())) for text, values in words.items()}
    return [text.format(total) for text, total in totals.items() if total]


def _left_out_notes(counted: _Counted) -> list[str]:
    """Incidents of the feed that no definition counts: no recorded crimes, cancelled and transferred ones."""
    profiles, at = counted.profiles, counted.tally.profile_at
    not_crime = profiles.is_not_crime[at]
    words = {
        "incidents of this feed are not recorded crimes (such as anti-social behaviour)": not_crime,
        "crimes were cancelled or transferred": profiles.is_not_live[at] & ~not_crime,
    }
    totals = {text: round(float(counted.net[kept].sum())) for text, kept in words.items()}
    return [f"{total:,} {text} and are not counted" for text, total in totals.items() if total]


def _weight_notes(counted: _Counted) -> list[str]:
    by_key = counted.by_offence(counted.net * counted.each("possible"))
    unmapped = by_key.get("unmapped", 0)
    notes: list[str] = []
    if unmapped:
        notes.append(
            f"{unmapped:,} incidents have an offence code that is not known (unmapped): "
            "counted where the definition may include them, and without a weight"
        )
    unweighted = counted.by_offence(counted.net * counted.each("is_unweighted"))
    bare = {key: count for key, count in unweighted.items() if key != "unmapped"}
    if bare:
        ranked = sorted(bare.items(), key=lambda item: -item[1])
        shown = ", ".join(f"{_label(key)} ({count:,})" for key, count in ranked[:SHOWN_OFFENCES])
        more = f" and {len(ranked) - SHOWN_OFFENCES} more offences" if len(ranked) > SHOWN_OFFENCES else ""
        notes.append(
            f"{sum(bare.values()):,} incidents are of offences that this edition does not weigh, "
            f"so the {NOUN_OF_KIND[counted.question.edition.kind]} leaves them out: {shown}{more}"
        )
    return notes


def population_note(question: Question) -> tuple[str, ...]:
    """The year of the residents that rates are of, where there are any."""
    _, year = population_of_level(question.facts, question.selection.level)
    return (f"rates use the residents of {year}",) if year is not None else ()


def _label(key: str) -> str:
    offence = offences().by_key.get(key)
    label = offence.label if offence else key
    return f"{key.strip('|').replace('|', ' ')} {label}".strip()
