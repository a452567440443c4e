"""Why an incident cannot be told: an offence named too coarsely, or something that is not recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.ages import SPANS, spans_told
from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition
from vrin_data.contract.offence_words import classification_words
from vrin_data.contract.offences import UNMAPPED, offences
from vrin_data.contract.weights import Edition
from vrin_data.contract.worlds import Fit, worlds
from vrin_data.measures.counting import Numbers
from vrin_data.measures.profile_facts import ASKED_COLUMNS, COLUMN_WORDS, ProfileFacts, profile_facts
from vrin_data.measures.question import Question
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import Ruling, count_kinds
from vrin_data.measures.tally_cells import Tally
from vrin_data.store import Store

OFFENCE, WEIGHT = "offence", "weight"
AGE_COLUMNS = {
    "victim": ("victim_age_band",),
    "suspect": ("suspect_age_band",),
    "either": ("victim_age_band", "suspect_age_band"),
    "all": ("victim_age_band", "suspect_age_band"),
}
EVERY_PART = -1
SHOWN_OFFENCES = 2


@dataclass(frozen=True)
class Doubt:
    """One reason why incidents cannot be told; an incident may have several.

    `reason` is `offence` (named too coarsely), `weight` (whether it reaches a threshold), `unmapped`,
    `victim_age_band_group` or `suspect_age_band_group` (ages on both sides of a limit), or a column of a
    profile that is not recorded; `not_recorded_share` is then its share among the incidents that the
    definition asks it of, 1 where the feed does not carry it.
    """

    reason: str
    words: str
    incident_count: int
    not_recorded_share: float | None = None

    @property
    def is_never_recorded(self) -> bool:
        """Whether the feed carries nothing of what the definition asks for."""
        return self.not_recorded_share == 1


def doubts(store: Store, question: Question, ruling: Ruling, tally: Tally) -> list[Doubt]:
    """The reasons for which incidents of a tally cannot be told, the commonest first. Kept with the tally."""
    made = tally.made.setdefault(ruling, {})
    if "doubts" not in made:
        made["doubts"] = _doubts(store, question, ruling, tally)
    return cast("list[Doubt]", made["doubts"])


def _doubts(store: Store, question: Question, ruling: Ruling, tally: Tally) -> list[Doubt]:
    profiles = profile_facts(store, question.facts)
    counts = _by_profile(tally, len(profiles.offence_of))
    in_doubt = (ruling.each("possible") > ruling.each("sure"))[ruling.kind_of] & (counts != 0)
    if not in_doubt.any():
        return []
    open_to = _OpenTo(question)
    at = profiles.offence_of[in_doubt]
    unmapped = at == question.facts.offences.get(UNMAPPED, -1)
    found = [
        Doubt(UNMAPPED, "have an offence code that is not known", _total(counts[in_doubt], unmapped)),
        Doubt(
            OFFENCE,
            f"are named too coarsely{_examples(question, counts[in_doubt], at, open_to.coarse[at] & ~unmapped)}",
            _total(counts[in_doubt], open_to.coarse[at] & ~unmapped),
        ),
        Doubt(
            WEIGHT,
            "may or may not reach the threshold of harm",
            _total(counts[in_doubt], open_to.by_weight[at] & ~unmapped),
        ),
        *_blank(profiles, open_to, counts, in_doubt),
        *_grouped(profiles, open_to, counts, in_doubt),
    ]
    return sorted((one for one in found if one.incident_count), key=lambda one: -one.incident_count)


def _by_profile(tally: Tally, size: int) -> Numbers:
    """The most incidents that each profile may have."""
    counted = tally.counts()
    at_most = counted.get("most_added", tally.added) + counted.get("most_taken_back", 0)
    return np.bincount(tally.profile_at, weights=at_most, minlength=size).astype("float64", copy=False)


def _total(counts: Numbers, kept: Flags) -> int:
    return round(float(counts[kept].sum()))


class _OpenTo:
    """By offence_id which parts of a definition it may be in, and whether its name or weight leaves that open."""

    def __init__(self, question: Question) -> None:
        self.definition = question.counted
        self.narrowed = question.narrowed
        size = max(question.facts.offences.values(), default=0) + 1
        self.parts: npt.NDArray[np.int64] = np.zeros(size, dtype="int64")
        self.coarse: Flags = np.zeros(size, dtype=bool)
        self.by_weight: Flags = np.zeros(size, dtype=bool)
        fits = _fits(self.definition, question.edition, frozenset(question.facts.offences))
        for key, number in question.facts.offences.items():
            if self.definition.counts_crimes:
                own = fits.get(key, [])
                self.parts[number] = reduce(or_, (one.sure | one.maybe for one in own), 0)
                members = {one.member for one in own}
                self.coarse[number] = len(members) > 1
                self.by_weight[number] = any(one.sure != one.member for one in own)
            else:
                self.parts[number] = EVERY_PART
                self.coarse[number] = not key.partition(":")[2].strip()

    def asking(self, column: str) -> int:
        """The parts that ask about a column, as bits: all of them where the whole definition does."""
        own = {number for number, asked in self._asked() if column in asked}
        return EVERY_PART if EVERY_PART in own else sum(1 << number for number in own)

    def unsettled_spans(self, column: str) -> list[int]:
        """The spans of age bands that some clause on this age leaves open, the blank aside."""
        clauses = [*self.definition.ages, *(one for part in self.definition.all_parts() for one in part.ages)]
        clauses = [one for one in clauses if column in AGE_COLUMNS[one.whose]]
        told = [{*inside, *outside} for inside, outside in (spans_told(*one.bands()) for one in clauses)]
        return [span for span in range(1, len(SPANS) + 1) if any(span not in spans for spans in told)]

    def _asked(self) -> Iterator[tuple[int, set[str]]]:
        chosen = self.definition
        of_all = _columns(chosen.filters) | _columns(self.narrowed)
        yield EVERY_PART, of_all | {name for one in chosen.ages for name in AGE_COLUMNS[one.whose]}
        for number, part in enumerate(chosen.all_parts()):
            yield (
                number,
                _columns(part.filters) | {name for one in part.ages for name in AGE_COLUMNS[one.whose]},
            )


def _columns(filters: Filters) -> set[str]:
    return set(filters.blanks_matter())


def _fits(definition: Definition, edition: Edition, keys: frozenset[str]) -> dict[str, list[Fit]]:
    return {key: [one.fit for one in groups] for key, groups in worlds(definition, edition, keys).items()}


def _blank(profiles: ProfileFacts, open_to: _OpenTo, counts: Numbers, in_doubt: Flags) -> Iterator[Doubt]:
    parts_of = np.where(profiles.offence_of >= 0, open_to.parts[profiles.offence_of], 0)
    for column in ASKED_COLUMNS:
        if asking := open_to.asking(column):
            asked = (parts_of & asking != 0) & ~profiles.is_not_live
            blank = profiles.is_blank(column)
            all_asked = counts[asked].sum()
            share = float(counts[asked & blank].sum() / all_asked) if all_asked else 0.0
            words = f"have no record of: {COLUMN_WORDS[column]}"
            yield Doubt(column, words, _total(counts, asked & blank & in_doubt), share)


def _grouped(profiles: ProfileFacts, open_to: _OpenTo, counts: Numbers, in_doubt: Flags) -> Iterator[Doubt]:
    """Ages given as a group of years that lies on both sides of a limit."""
    for column, spans in profiles.age_spans.items():
        unsettled = np.isin(spans, open_to.unsettled_spans(column))
        words = f"give as a group of years, on both sides of a limit: {COLUMN_WORDS[column]}"
        yield Doubt(f"{column}_group", words, _total(counts, unsettled & in_doubt))


def _examples(question: Question, counts: Numbers, at: npt.NDArray[np.int32], coarse: Flags) -> str:
    """Such as: 8N may be 008/01, which counts, or 008/06, which does not."""
    if not coarse.any():
        return ""
    by_offence = pd.Series(counts[coarse]).groupby(at[coarse]).sum().sort_values(ascending=False)
    keys = {number: key for key, number in question.facts.offences.items()}
    shown = [_example(question, keys[int(number)]) for number in by_offence.index[:SHOWN_OFFENCES]]
    more = len(by_offence) - len(shown)
    return f" ({'; '.join(filter(None, shown))}{f'; and {more} more offences' if more else ''})"


def _example(question: Question, key: str) -> str:
    if key not in offences().by_key or not question.known.definition.counts_crimes:
        return ""
    one = offences().by_key[key]
    counted = question.counted.pairs()
    chosen = question.edition.weight(key).days_central
    ranked = sorted(
        one.possibilities,
        key=lambda pair: (all(row.days != chosen for row in question.edition.of_pair.get(pair, ())), pair),
    )
    inside = next((pair for pair in ranked if pair in counted), None)
    outside = next((pair for pair in ranked if pair not in counted), None)
    name = key.strip("|").replace("|", " ").replace("police-uk:", "").replace("label:", "")
    if inside is None or outside is None:
        return name
    return f"{name} may be {_pair(inside)}, which counts, or {_pair(outside)}, which does not"


def _pair(pair: tuple[str, str]) -> str:
    # A code's label is that of all its classifications, and would set nothing apart.
    return classification_words(pair[1]) if pair[1] else f"{pair[0]} {offences().facts[pair].label}".strip()


def counted_in_doubt(ruling: Ruling, tally: Tally) -> tuple[int, int]:
    """Incidents that cannot be told, and all that are in or may be, of a tally."""
    counts = count_kinds(tally, ruling.kind_of, len(ruling.kinds)).most.sum(axis=0)
    possible, sure = ruling.each("possible"), ruling.each("sure")
    return round(float(counts @ (possible - sure))), round(float(counts @ possible))


def doubt_words(found: list[Doubt], feed_id: str) -> list[str]:
    """The reasons as notes for a stamp: what the feed does not carry at all, and the rest in one line."""
    never = [one for one in found if one.is_never_recorded]
    notes = [
        f"the feed {feed_id} does not carry {COLUMN_WORDS[one.reason]}: it is not recorded for any incident that "
        "the definition asks it of"
        for one in never
    ]
    rest = [f"{one.incident_count:,} {one.words}" for one in found if one not in never]
    return [*notes, *([f"why they cannot be told: {'; '.join(rest)}"] if rest else [])]


def doubt_notes(store: Store, question: Question, ruling: Ruling, tally: Tally) -> list[str]:
    """Notes for a stamp on the incidents of a tally that cannot be told: how many, and why."""
    doubtful, inside = counted_in_doubt(ruling, tally)
    if not doubtful:
        return []
    return [
        f"for {doubtful:,} of {inside:,} incidents the extract does not say enough to tell whether "
        "the definition includes them: they make the difference between low and high",
        *doubt_words(doubts(store, question, ruling, tally), question.feed_id),
    ]
