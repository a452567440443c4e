"""The same incidents read in other ways: by series of the method, part of the definition, edition and rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.series import ALL_SERIES, SERIES, SOURCE
from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.filling import add_rates, fill, has_central
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.residents import residents_in_total
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

CANNOT_TELL = "cannot_tell"
CANNOT_TELL_WORDS = "the extract does not say who reported it, or when it happened, so it is in none for sure"
SEVERAL_PARTS = "an incident may be in several parts of the definition, so the parts do not sum to the whole"


@dataclass(frozen=True)
class EditionsRequest:
    """A selection and the editions to read it under, one beside the other."""

    selection: Selection
    editions: tuple[str, ...]


def by_series(store: Store, selection: Selection) -> Answer:
    """The total of a selection told apart by the series of the method, with what can be put in none for sure.

    Rows: chi, ppi, cdchi, hochi and cannot_tell. Columns: series, series_name, words, source,
    incident_count_low and _high, harm_days_low, harm_days and harm_days_high (days) of the incidents that are
    in the series for sure, which sum over the rows to `harm` by nothing of all series (harm_days being
    what the row adds); incident_count_at_most and harm_days_at_most: were all that cannot be told in it.
    The selection's own series is left aside. Raises what `harm` raises.
    """
    question = _asked(store, replace(selection, series=ALL_SERIES))
    tally = tally_of_whole_periods(store, question)
    each = [ruling_of(store, _asked(store, replace(selection, series=one))) for one in SERIES]
    possible = np.array([one.each("possible")[one.kind_of] == 1 for one in each])
    found = sums(tally.regrouped(_only_one(possible), len(each) + 1), ruling_of(store, question))
    rows = [(one.series_id, one.name, one.words, SOURCE) for one in SERIES.values()]
    rows.append((CANNOT_TELL, "Cannot tell", CANNOT_TELL_WORDS, ""))
    frame = pd.DataFrame(rows, columns=["series", "series_name", "words", "source"])
    gap = _gap(question, len(frame))
    fill(frame, found, gap)
    told = pd.Series(found["harm_days"], dtype="Float64")
    frame["harm_days"] = told.where(frame["harm_days_high"].notna() & has_central(found), pd.NA)
    most = [sums(tally, one) for one in each]
    for name in ("incident_count", "harm_days"):
        at_most = [float(one[f"{name}_high"][0]) for one in most]
        frame[f"{name}_at_most"] = pd.array([*at_most, pd.NA], dtype="Float64")
        frame.loc[gap, f"{name}_at_most"] = pd.NA
    return Answer(frame, question_stamp(question, harm_notes(store, question)))


def by_part(store: Store, selection: Selection) -> Answer:
    """Each part of the definition alone, and the whole last; an incident may be in several parts.

    Columns: part (its place, from 1; NULL for the whole), part_name, and the figures of `harm` by
    nothing with their rates. A definition in short form is its only part. Raises what `harm` raises.
    """
    whole = _asked(store, selection)
    chosen = whole.known.definition
    parts = chosen.all_parts()
    alone = [
        question_of(store, selection, chosen=chosen.narrowed_to_part(number)) for number in range(len(parts))
    ]
    frame = pd.DataFrame(
        {
            "part": pd.array([*range(1, len(parts) + 1), pd.NA], dtype="Int64"),
            "part_name": [*(part.name for part in parts), "All parts together"],
        }
    )
    return _beside(store, whole, [*alone, whole], frame, note=SEVERAL_PARTS if len(parts) > 1 else "")


def by_edition(store: Store, request: EditionsRequest) -> Answer:
    """The same incidents under several editions, in the order in which these were asked for.

    Columns: edition, edition_name, published, and the figures of `harm` by nothing with their rates;
    unweighted_count says what each edition leaves out. All editions must weigh in days: cost and severity
    are other things. Raises what `harm` raises.
    """
    if not request.editions:
        raise UsageError("No edition was named. Choose at least one of `weights list`.")
    asked = [_asked(store, replace(request.selection, weights=one)) for one in request.editions]
    rows = [(one.edition.label, one.edition.name, one.edition.published) for one in asked]
    frame = pd.DataFrame(rows, columns=["edition", "edition_name", "published"])
    answer = _beside(
        store, asked[0], asked, frame, note=f"editions beside each other: {'; '.join(frame['edition'])}"
    )
    credit = dict.fromkeys([*answer.stamp.attribution, *(one.edition.attribution for one in asked)])
    return replace(answer, stamp=replace(answer.stamp, attribution=tuple(credit)))


def by_rule(store: Store, selection: Selection) -> Answer:
    """What each rule of the method changes: the total as the selection asks, and with one rule the other way.

    Rows: as_asked, then a row for each of series, attempts and homicide. Columns: rule, words, source, and the
    figures of `harm` by nothing with their rates. Raises what `harm` raises.
    """
    rules = _rules(selection)
    asked = [_asked(store, one) for _, one, _, _ in rules]
    rows = [(rule, words, source) for rule, _, words, source in rules]
    frame = pd.DataFrame(rows, columns=["rule", "words", "source"])
    return _beside(store, asked[0], asked, frame)


def _rules(selection: Selection) -> Iterable[tuple[str, Selection, str, str]]:
    in_index, as_completed = selection.series == "chi", selection.attempts == "as_completed"
    return [
        ("as_asked", selection, "as asked", ""),
        (
            "series",
            replace(selection, series=ALL_SERIES if in_index else "chi"),
            "with all recorded crimes, those outside the index included"
            if in_index
            else f"only {SERIES['chi'].words}",
            SOURCE,
        ),
        (
            "attempts",
            replace(selection, attempts="listed" if as_completed else "as_completed"),
            "with the attempts that the edition lists apart at their own weights"
            if as_completed
            else "with attempts weighed as the completed offence, where the edition has both under one offence",
            "Cambridge Crime Harm Index 2020 update",
        ),
        (
            "homicide",
            replace(selection, without_homicide=not selection.without_homicide),
            "with homicide" if selection.without_homicide else "without homicide",
            "",
        ),
    ]


def _beside(
    store: Store, first: Question, asked: Sequence[Question], frame: pd.DataFrame, *, note: str = ""
) -> Answer:
    """The totals of several questions on the same incidents, a row each, with the stamp of the first."""
    totals = [sums(tally_of_whole_periods(store, one), ruling_of(store, one)) for one in asked]
    together = {name: np.concatenate([one[name] for one in totals]) for name in totals[0]}
    fill(frame, together, _gap(first, len(frame)))
    add_rates(frame, [residents_in_total(first)] * len(frame))
    return Answer(frame, question_stamp(first, (*filter(None, [note]), *harm_notes(store, first))))


def _asked(store: Store, selection: Selection) -> Question:
    question = question_of(store, selection)
    require_kind(question.edition, "days")
    return question


def _gap(question: Question, rows: int) -> npt.NDArray[np.bool_]:
    return np.full(rows, not came_of_all(question).whole.any())


def _only_one(possible: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """By profile the only series it may be in, else the number after the last: it may be in several."""
    return np.where(possible.sum(axis=0) == 1, possible.argmax(axis=0), len(possible)).astype("int32")
