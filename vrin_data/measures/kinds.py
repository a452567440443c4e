"""Where and how: incidents and harm by kind of place, weapon, injury, always with what is not recorded."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.events import LEAST_BASE, SUMS, in_total, shares, told_as, total_of
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.profile_values import profile_values
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_by_period, tally_of_whole_periods
from vrin_data.measures.tally_cells import Tally
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

OF = ("location_type", "weapon", "weapon_use", "injury", "domestic", "hate", "alcohol", "gang", "reported_by")
PUBLIC = ("street", "park", "transport")
"""Kinds of place that are open to the public at all times: what is called public space here."""
PUBLIC_WORDS = "public space is a street, a park, or public transport and its stations"
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class KindsRequest:
    """The incidents of a selection by what is recorded of them: `of` is a coded column of a profile."""

    selection: Selection
    of: str = "location_type"

    def __post_init__(self) -> None:
        if self.of not in OF:
            raise UsageError(f"Incidents are given by {', '.join(OF)}, not by {self.of!r}.")

    @property
    def codes(self) -> dict[str, str]:
        """What may be recorded, with its meaning, what is not recorded last."""
        own = CODE_LISTS[PROFILE_CODES[self.of]]
        return {code: words for code, words in own.items() if code != NOT_RECORDED} | {
            NOT_RECORDED: own[NOT_RECORDED]
        }


def kinds(store: Store, request: KindsRequest) -> Answer:
    """Incidents and harm by what is recorded of them; the rows sum to `harm` in total for the selection.

    Rows: one for each code, in the order of the code list, and last not_recorded; 0 where there are none.
    Columns: code, words, is_recorded, incident_count_low and incident_count_high, harm_days_low, harm_days and
    harm_days_high (days), share (0 to 1, of all certain incidents, those not recorded among them), share_low and
    share_high (0 to 1: what it may be, whatever those are that are not recorded, and whether or not those in doubt
    are in; NULL of not_recorded), share_of_harm (of the central reading). Shares are NULL below 10 incidents. Months
    that did not come whole are left out. Raises what `harm` raises.
    """
    question = in_total(question_of(store, request.selection))
    require_kind(question.edition, "days")
    codes = [*request.codes]
    tally = tally_of_whole_periods(store, question).regrouped(_code_of(store, question, request), len(codes))
    frame = _described(request, [*codes])
    frame = frame.join(told_as(_figures(store, question, tally), total_of(store, question)))
    return Answer(
        _with_shares(frame), question_stamp(question, (*_notes(request, frame), *harm_notes(store, question)))
    )


def public_share(store: Store, selection: Selection) -> Answer:
    """How many incidents happened in public space, as a range: one row.

    Columns: incident_count_low and incident_count_high (in public space), not_recorded_count_low and _high, total_low
    and total_high (incidents), share_low and share_high (0 to 1, as in `kinds`), not_recorded_share (0 to 1, of all
    that are in or may be). Shares are NULL below 10 incidents. Raises what `harm` raises.
    """
    question = in_total(question_of(store, selection))
    request = KindsRequest(selection)
    codes = [*request.codes]
    tally = tally_of_whole_periods(store, question).regrouped(_code_of(store, question, request), len(codes))
    frame = _described(request, codes).join(_figures(store, question, tally))
    is_public = frame["code"].isin(PUBLIC).to_numpy()
    ends = share_range(frame, is_public) or (None, None)
    row: dict[str, float | None] = {}
    parts = {"incident_count": is_public, "not_recorded_count": ~frame["is_recorded"].to_numpy()}
    for name, kept in (*parts.items(), ("total", np.ones(len(frame), dtype=bool))):
        row |= {
            f"{name}_{end}": float(frame.loc[kept, f"incident_count_{end}"].sum()) for end in ("low", "high")
        }
    row |= {"share_low": ends[0], "share_high": ends[1]}
    most = row["total_high"] or 0.0
    row["not_recorded_share"] = (row["not_recorded_count_high"] or 0.0) / most if most >= LEAST_BASE else None
    found = pd.DataFrame([row]).astype("Float64")
    return Answer(found, question_stamp(question, (PUBLIC_WORDS, *harm_notes(store, question))))


def kinds_by_month(store: Store, request: KindsRequest) -> Answer:
    """The same by month, from the first month that came on: whether what is recorded has drifted.

    Rows: each month with each code, oldest first. Columns: month, state ("whole", "partial", "missing"), code, words,
    is_recorded, incident_count_low and incident_count_high (NULL where the month did not come), share (0 to 1 of the
    month's certain incidents; NULL below 10, and of a month that did not come whole). Raises what `harm` raises.
    """
    question = in_total(question_of(store, request.selection))
    require_kind(question.edition, "days")
    codes, months = [*request.codes], len(question.asked)
    tally, code_of = tally_by_period(store, question), _code_of(store, question, request)
    group_at = tally.group_at.astype("int64") * len(codes) + code_of[tally.profile_at]
    divided = replace(tally, group_at=group_at.astype("int32"), group_count=months * len(codes))
    frame = pd.DataFrame(
        {
            "month": np.repeat(pd.to_datetime([one.start for one in question.asked]), len(codes)),
            "state": np.repeat(_states(question), len(codes)),
        }
    )
    frame = frame.join(_described(request, codes * months)).join(_figures(store, question, divided))
    frame = frame.drop(columns=[name for name in SUMS if name.startswith("harm")])
    return Answer(_by_month(frame), question_stamp(question, harm_notes(store, question)))


def _code_of(store: Store, question: Question, request: KindsRequest) -> npt.NDArray[np.int32]:
    return profile_values(store, question.facts, request.of, tuple(request.codes))


def _figures(store: Store, question: Question, tally: Tally) -> pd.DataFrame:
    found = sums(tally, ruling_of(store, question))
    return pd.DataFrame({name: found[name] for name in SUMS})


def _described(request: KindsRequest, codes: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": codes,
            "words": [request.codes[code] for code in codes],
            "is_recorded": [code != NOT_RECORDED for code in codes],
        }
    )


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    low, recorded = frame["incident_count_low"], frame["is_recorded"]
    base = float(low.sum())
    frame["share"] = shares(low, base)
    ends = [share_range(frame, (frame["code"] == code).to_numpy()) for code in frame["code"]]
    for name, at in (("share_low", 0), ("share_high", 1)):
        values = [pd.NA if one is None else one[at] for one in ends]
        frame[name] = pd.array(values, dtype="Float64")
    # Whatever is not recorded may be of any code, but none of it is surely so.
    frame.loc[~recorded, ["share_low", "share_high"]] = pd.NA
    harm = float(frame["harm_days"].sum())
    frame["share_of_harm"] = shares(frame["harm_days"], harm if base >= LEAST_BASE else 0.0)
    return frame


def share_range(frame: pd.DataFrame, chosen: Flags) -> tuple[float, float] | None:
    """The least and the greatest share that the chosen codes may have of all, 0 to 1; None below 10 incidents.

    At least: none of those not recorded are of them, and of those in doubt only others are in. At most: the reverse.
    """
    low, high = (frame[f"incident_count_{end}"].to_numpy(dtype="float64") for end in ("low", "high"))
    unknown = ~frame["is_recorded"].to_numpy() & ~chosen
    if high.sum() < LEAST_BASE:
        return None
    least, others = low[chosen].sum(), high[~chosen].sum()
    most, known_others = high[chosen | unknown].sum(), low[~chosen & ~unknown].sum()
    return (
        least / (least + others) if least + others else 0.0,
        most / (most + known_others) if most + known_others else 0.0,
    )


def _by_month(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows from the first month that came on, with shares of each month that came whole."""
    counts = ["incident_count_low", "incident_count_high"]
    for name in counts:
        frame[name] = frame[name].astype("Float64").mask(frame["state"] == "missing")
    base = frame.groupby("month")["incident_count_low"].transform("sum")
    frame["share"] = (frame["incident_count_low"] / base).where(
        (frame["state"] == "whole") & (base >= LEAST_BASE)
    )
    return frame[(frame["state"] != "missing").cummax()].reset_index(drop=True)


def _states(question: Question) -> npt.NDArray[np.object_]:
    came = came_of_all(question)
    return np.select([~came.came, came.partial], ["missing", "partial"], "whole").astype(object)


def _notes(request: KindsRequest, frame: pd.DataFrame) -> tuple[str, ...]:
    told = float(frame["incident_count_low"].sum())
    unknown = float(frame.loc[~frame["is_recorded"], "incident_count_low"].sum())
    return (
        f"shares are of {round(told):,} certain incidents, the {round(unknown):,} of which it is not recorded among "
        "them, so that they add up to the whole" + ("; below 10 there are none" if told < LEAST_BASE else ""),
        *([PUBLIC_WORDS] if request.of == "location_type" else []),
    )
