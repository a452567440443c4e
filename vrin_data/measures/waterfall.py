"""What made the harm of one period another than that of an earlier one, offence by offence."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.cells import FIGURES, HARM_FIGURES
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.joined_offences import joined_by_code, joined_note
from vrin_data.measures.offence_figures import OFFENCE_WORDS, offence_figures
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.received import Flags, month_runs
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_by_period
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

SHOWN = 10
ALL_OTHERS = "all-others"


@dataclass(frozen=True)
class BetweenRequest:
    """A selection, and the earlier period of as many months to compare it with; both months are included.

    `is_joined` puts an offence that came both with a classification and as a code alone in one row.
    """

    selection: Selection
    before_from: date
    before_to: date
    is_joined: bool = True


def waterfall(store: Store, request: BetweenRequest) -> Answer:
    """The change of harm between two periods by offence, the ten largest changes first and all others last.

    Only months that came whole from all in both periods are compared, the first of one with the first
    of the other and so on; the note says which. An offence that came both with a classification and as a code alone
    is one row under its code, which a second note says (`is_joined`). Columns: offence_key (`all-others` for the rest),
    offence_label, class_name, offence_count (offences in the row, as suppliers name them); incident_count_low,
    incident_count_high, harm_days_low, harm_days and harm_days_high each with _before and _now;
    incident_count_change_low and _high, harm_days_change_low, harm_days_change, harm_days_change_high: the least the
    change can be, the central one, the most. Columns sum to the totals of the months compared; a central figure is
    what the row adds, NULL where its total has none. Empty where no month can be compared. Raises what
    `harm` raises, and UsageError for periods of unlike length.
    """
    now, before = _questions(store, request)
    both: Flags = came_of_all(now).whole & came_of_all(before).whole
    each = {name: _by_key(store, one, both) for name, one in (("before", before), ("now", now))}
    frame = _changes(each["before"], each["now"])
    codes: tuple[str, ...] = ()
    if request.is_joined:
        frame, codes = joined_by_code(frame)
    notes = (_compared(now, before, both), *joined_note(codes), *harm_notes(store, now))
    return Answer(_with_others(frame), question_stamp(now, notes))


def _questions(store: Store, request: BetweenRequest) -> tuple[Question, Question]:
    now = question_of(store, request.selection)
    require_kind(now.edition, "days")
    earlier = replace(request.selection, from_month=request.before_from, to_month=request.before_to)
    before = question_of(store, earlier)
    if len(earlier.months) != len(request.selection.months) or len(before.asked) != len(now.asked):
        raise UsageError(
            f"The periods are not alike: {len(request.selection.months)} months now and {len(earlier.months)} before. "
            "Choose an earlier period of as many months."
        )
    return now, before


def _by_key(store: Store, question: Question, both: Flags) -> pd.DataFrame:
    return offence_figures(store, question, tally_by_period(store, question).within(both).by_profile())


def _changes(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Every offence of either period, with the figures of both and the change."""
    words = (
        pd.concat([before, now])[[*OFFENCE_WORDS]].drop_duplicates("offence_key").sort_values("offence_key")
    )
    frame = words.reset_index(drop=True).assign(offence_count=1)
    for name, own in (("before", before), ("now", now)):
        figures = own.set_index("offence_key").reindex(frame["offence_key"])
        for figure in FIGURES:
            frame[f"{figure}_{name}"] = figures[figure].array
    _fill_absent(frame, before, now)
    for figure in ("incident_count", "harm_days"):
        frame[f"{figure}_change_low"] = frame[f"{figure}_low_now"] - frame[f"{figure}_high_before"]
        if figure == "harm_days":
            frame["harm_days_change"] = frame["harm_days_now"] - frame["harm_days_before"]
        frame[f"{figure}_change_high"] = frame[f"{figure}_high_now"] - frame[f"{figure}_low_before"]
    return frame


def _fill_absent(frame: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> None:
    """An offence that one period has not counts 0 there; its harm too, where it has a weight."""
    for own, name, other in ((before, "before", "now"), (now, "now", "before")):
        absent = ~frame["offence_key"].isin(own["offence_key"])
        weighed = frame[f"harm_days_high_{other}"].notna()
        has_central = own.empty or bool(own["harm_days"].notna().any())
        for figure in FIGURES:
            counts = absent if figure not in HARM_FIGURES else absent & weighed
            if figure != "harm_days" or has_central:
                frame.loc[counts, f"{figure}_{name}"] = 0


def _with_others(frame: pd.DataFrame) -> pd.DataFrame:
    """The largest changes, by the central reading where there is one, and one row for the rest."""
    size = frame["harm_days_change"].abs()
    if size.isna().all():
        size = np.maximum(frame["harm_days_change_low"].abs(), frame["harm_days_change_high"].abs())
    order = (-size.fillna(-1)).argsort(kind="stable")
    shown, rest = frame.iloc[order[:SHOWN]], frame.iloc[order[SHOWN:]]
    if rest.empty:
        return shown.reset_index(drop=True)
    figures = [name for name in frame.columns if name not in OFFENCE_WORDS]
    others = rest[figures].sum(min_count=1).to_dict() | {
        "offence_key": ALL_OTHERS,
        "offence_label": f"All {len(rest)} other offences" if len(rest) > 1 else "The other offence",
        "class_name": "",
    }
    row = pd.DataFrame([others])[[*frame.columns]].astype(frame.dtypes.to_dict())
    return pd.concat([shown, row], ignore_index=True)


def _compared(now: Question, before: Question, both: Flags) -> str:
    period = f"{before.selection.from_month:%B %Y} to {before.selection.to_month:%B %Y}"
    months = [
        month
        for one, is_compared in zip(now.asked, both, strict=True)
        if not is_compared
        for month in one.months()
    ]
    left = (
        f"; left out, with the months of {period} they stand against: {', '.join(month_runs(months))}"
        if months
        else ""
    )
    count = int(both.sum()) * now.width
    return f"compared with {period}, on the {count} of {len(now.selection.months)} months that both have whole{left}"
