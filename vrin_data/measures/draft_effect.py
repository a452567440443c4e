"""A definition that is being written, against the one it is to replace: everything its editor shows, in one pass."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vrin_data.contract.definitions import definition_from_toml
from vrin_data.measures.answer import Answer
from vrin_data.measures.cells import FIGURES
from vrin_data.measures.compared import comparison_stamp, require_same_feed
from vrin_data.measures.differences import offence_names, verdicts
from vrin_data.measures.doubts import doubts
from vrin_data.measures.figure_frames import area_figures, month_figures, total_figures
from vrin_data.measures.filling import fill
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.selection import Selection
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

TEXTS = ("part", "key", "label", "is_in", "beside_is_in", "change")
BESIDE = tuple(f"beside_{name}" for name in FIGURES)
FLAGS = ("months_covered", "months_expected", "is_gap", "is_partial")


@dataclass(frozen=True)
class DraftRequest:
    """A draft as TOML text, put to a selection beside a definition: an id, or id@version."""

    selection: Selection
    toml: str
    beside: str


def draft_effect(store: Store, request: DraftRequest) -> Answer:
    """What a draft counts, and what it changes against the definition beside it.

    Rows by `part`: `total` (one), `offence` (every offence key of the build that either may hold,
    largest harm first), `area` (of the selection's level, by name, and what is not placed), `month` (oldest
    first) and `reason` (why incidents cannot be told, commonest first). Columns: part, key (offence_key,
    area_code, month as yyyy-mm, or the reason), label, is_in and beside_is_in (offences: in, out or
    cannot_tell as decided on the offence alone), change (offences: same, comes_in, goes_out, or changed
    where it becomes more or less certain), the figures incident_count_low, incident_count_high, harm_days_low,
    harm_days and harm_days_high, the same with beside_ before them, months_covered, months_expected,
    is_gap, is_partial (total, area, month), incident_count (reason: incidents in doubt for it) and
    not_recorded_share (reason: share of the incidents that the draft asks it of of which it is not
    recorded, 1 where the feed does not carry it). Figures are those of `harm`.
    Raises DefinitionError for a text that is no definition, and what `harm` raises.
    """
    draft, beside = _questions(store, request)
    frames = [
        _with_beside("total", total_figures(store, (draft, beside))),
        _offences(store, draft, beside),
        _with_beside("area", area_figures(store, (draft, beside)), key="area_code", label="area_name"),
        _with_beside("month", _named(month_figures(store, (draft, beside))), key="key", label="key"),
        _reasons(store, draft),
    ]
    columns = [*TEXTS, *FIGURES, *BESIDE, *FLAGS, "incident_count", "not_recorded_share"]
    frame = pd.concat([one.reindex(columns=columns) for one in frames], ignore_index=True)
    return Answer(frame, comparison_stamp(store, (draft, beside)))


def _questions(store: Store, request: DraftRequest) -> tuple[Question, Question]:
    chosen = definition_from_toml(request.toml, "the draft")
    draft = question_of(store, request.selection, chosen=chosen)
    beside = question_of(store, replace(request.selection, definition=request.beside))
    require_same_feed((draft, beside))
    require_kind(draft.edition, "days")
    return draft, beside


def _with_beside(part: str, rows: pd.DataFrame, *, key: str = "", label: str = "") -> pd.DataFrame:
    """The rows of the draft with the figures of the definition beside it, whose rows follow them."""
    count = len(rows) // 2
    own, other = rows.iloc[:count].reset_index(drop=True), rows.iloc[count:].reset_index(drop=True)
    found = pd.concat(
        [own[[*FIGURES, *FLAGS]], other[[*FIGURES]].add_prefix("beside_")],
        axis=1,
    )
    found.insert(0, "part", part)
    if key:
        found["key"], found["label"] = own[key], own[label]
    return found


def _named(months: pd.DataFrame) -> pd.DataFrame:
    return months.assign(key=months["month"].dt.strftime("%Y-%m"))


def _offences(store: Store, draft: Question, beside: Question) -> pd.DataFrame:
    """Every offence of the build that either may hold, with its figures and what becomes of it."""
    keys = pd.Series([*draft.facts.offences], dtype=object)
    frame = pd.DataFrame([offence_names(key) for key in keys])
    frame["is_in"], frame["beside_is_in"] = verdicts(draft, keys), verdicts(beside, keys)
    figures = [_offence_figures(store, one, [*draft.facts.offences.values()]) for one in (draft, beside)]
    frame = pd.concat([frame, figures[0], figures[1].add_prefix("beside_")], axis=1)
    frame["change"] = _change(frame)
    counted = (frame["incident_count_high"] != 0) | (frame["beside_incident_count_high"] != 0)
    frame = frame[counted & ~((frame["is_in"] == "out") & (frame["beside_is_in"] == "out"))]
    most = frame[["harm_days_high", "beside_harm_days_high"]].max(axis=1).fillna(-1)
    frame = frame.assign(most=most).sort_values(
        ["most", "incident_count_high", "offence_key"], ascending=[False, False, True], kind="stable"
    )
    return frame.assign(part="offence").rename(columns={"offence_key": "key", "offence_label": "label"})


def _offence_figures(store: Store, question: Question, numbers: list[int]) -> pd.DataFrame:
    offence_of = profile_facts(store, question.facts).offence_of
    tally = tally_of_whole_periods(store, question).regrouped(offence_of, max(numbers) + 1)
    found = {name: values[numbers] for name, values in sums(tally, ruling_of(store, question)).items()}
    frame = pd.DataFrame(index=range(len(numbers)))
    fill(frame, found, np.zeros(len(numbers), dtype=bool))
    return frame[[*FIGURES]]


def _change(frame: pd.DataFrame) -> np.ndarray:
    """What becomes of each offence when the draft takes the place of the definition beside it."""
    now, before = frame["is_in"], frame["beside_is_in"]
    kinds = [now == before, before == "out", now == "out"]
    return np.select(kinds, ["same", "comes_in", "goes_out"], default="changed")


def _reasons(store: Store, draft: Question) -> pd.DataFrame:
    found = doubts(store, draft, ruling_of(store, draft), tally_of_whole_periods(store, draft))
    rows = [
        {
            "part": "reason",
            "key": one.reason,
            "label": one.words,
            "incident_count": one.incident_count,
            "not_recorded_share": one.not_recorded_share,
        }
        for one in found
    ]
    return pd.DataFrame(rows, columns=["part", "key", "label", "incident_count", "not_recorded_share"])
