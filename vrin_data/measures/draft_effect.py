"""A definition that is being written, against the one it is to replace: everything its editor shows, in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vrin_data.contract.definitions import definition_from_toml
from vrin_data.measures.answer import Answer
from vrin_data.measures.cells import FIGURES, SUMS
from vrin_data.measures.compared import comparison_stamp, require_same_feed
from vrin_data.measures.differences import offence_names, verdicts
from vrin_data.measures.doubts import doubts
from vrin_data.measures.figure_frames import Rows, area_rows, joined, month_rows, total_rows
from vrin_data.measures.filling import fill
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags
from vrin_data.measures.ruling import HELD, ruling_of, sums
from vrin_data.measures.selection import Selection
from vrin_data.measures.tally import tally_by_offence, tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

TEXTS = ("part", "key", "label", "is_in", "beside_is_in", "change")
BESIDE = tuple(f"beside_{name}" for name in FIGURES)
FLAGS = ("months_covered", "months_expected", "is_gap", "is_partial")
REASONS = ("incident_count", "not_recorded_share")
KINDS = {
    **dict.fromkeys(("months_covered", "months_expected", "incident_count"), "Int64"),
    **dict.fromkeys(("is_gap", "is_partial"), "boolean"),
    "not_recorded_share": "Float64",
}


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
    pair = (draft, beside)
    tables = {
        "total": total_rows(store, pair),
        "offence": _offence_rows(store, draft, beside),
        "area": _named(area_rows(store, pair), "area_code", "area_name"),
        "month": _named(month_rows(store, pair), "month", "month"),
        "reason": _reason_rows(store, draft),
    }
    return Answer(_with_figures(tables), comparison_stamp(store, pair))


def _questions(store: Store, request: DraftRequest) -> tuple[Question, Question]:
    chosen = definition_from_toml(request.toml, "the draft")
    draft = question_of(store, request.selection, chosen=chosen)
    beside = question_of(store, replace(request.selection, definition=request.beside))
    require_same_feed((draft, beside))
    require_kind(draft.edition, "days")
    return draft, beside


def _named(rows: Rows, key: str, label: str) -> Rows:
    """The rows of months and areas with a key and a label, as text."""
    about = rows.about
    text = {key: about[key].dt.strftime("%Y-%m") if key == "month" else about[key]}
    names = {"key": text[key], "label": text.get(label, about[label])}
    return replace(rows, about=about[[*FLAGS]].assign(**names))


def _offence_rows(store: Store, draft: Question, beside: Question) -> Rows:
    """The offences of the build that either may hold, the one of the largest harm first."""
    keys, numbers = pd.Series([*draft.facts.offences], dtype=object), [*draft.facts.offences.values()]
    tally = tally_by_offence(store, draft)
    found = [
        {name: values[numbers] for name, values in sums(tally, ruling_of(store, one)).items()}
        for one in (draft, beside)
    ]
    held = (found[0][HELD] > 0) | (found[1][HELD] > 0)
    most = np.maximum(found[0]["harm_days_high"], found[1]["harm_days_high"])
    count = np.maximum(found[0]["incident_count_high"], found[1]["incident_count_high"])
    order = np.lexsort((keys.to_numpy(str), -count, -most))
    kept = order[held[order]]
    about = pd.DataFrame(
        [offence_names(keys[at]) for at in kept], columns=["offence_key", "offence_label", "class_name"]
    )
    about = about.rename(columns={"offence_key": "key", "offence_label": "label"})
    about["is_in"], about["beside_is_in"] = verdicts(draft, about["key"]), verdicts(beside, about["key"])
    about["change"] = _change(about)
    none: Flags = np.zeros(len(kept), dtype=bool)
    return Rows(
        about, _no_residents, tuple({name: one[name][kept] for name in SUMS} for one in found), (none, none)
    )


def _change(frame: pd.DataFrame) -> np.ndarray:
    """What becomes of each offence when the draft takes the place of the definition beside it."""
    now, before = frame["is_in"], frame["beside_is_in"]
    kinds = [now == before, before == "out", now == "out"]
    return np.select(kinds, ["same", "comes_in", "goes_out"], default="changed")


def _reason_rows(store: Store, draft: Question) -> Rows:
    """Why incidents cannot be told; a reason has a count of its own and no figures."""
    found = doubts(store, draft, ruling_of(store, draft), tally_of_whole_periods(store, draft))
    about = pd.DataFrame(
        {
            "key": [one.reason for one in found],
            "label": [one.words for one in found],
            "incident_count": [one.incident_count for one in found],
            "not_recorded_share": [one.not_recorded_share for one in found],
        }
    )
    none = {name: np.zeros(len(found)) for name in SUMS}
    open_: Flags = np.ones(len(found), dtype=bool)
    return Rows(about, _no_residents, (none, none), (open_, open_))


def _no_residents() -> pd.Series:
    return pd.Series(dtype="Int64")


def _with_figures(tables: Mapping[str, Rows]) -> pd.DataFrame:
    """All rows with the figures of both definitions, filled in at once."""
    found: dict[str, Any] = {name: _column(tables, name) for name in (*TEXTS, *FLAGS, *REASONS)}
    lengths = [len(rows.about) for rows in tables.values()]
    found["part"] = np.repeat([*tables], lengths)
    filled, count = pd.DataFrame(index=range(2 * sum(lengths))), sum(lengths)
    sums_of = [rows.sums[side] for side in (0, 1) for rows in tables.values()]
    gaps = [rows.gaps[side] for side in (0, 1) for rows in tables.values()]
    fill(filled, joined(sums_of), np.concatenate(gaps))
    for name in FIGURES:
        figure = filled[name].array
        found[name], found[f"beside_{name}"] = figure[:count], figure[count:]
    return pd.DataFrame({name: found[name] for name in (*TEXTS, *FIGURES, *BESIDE, *FLAGS, *REASONS)})


def _column(tables: Mapping[str, Rows], name: str) -> Any:
    """One column of all rows, NULL where a table has none of its name."""
    values = [
        rows.about[name].to_numpy(object) if name in rows.about else np.full(len(rows.about), None)
        for rows in tables.values()
    ]
    return pd.array(np.concatenate(values), dtype=KINDS.get(name, "object"))
