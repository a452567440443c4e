"""What the data say of the four considerations of section 13(6), for those who judge which violence is serious."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.measures.answer import Answer
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.harm import figures
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.offence_figures import offence_figures
from vrin_data.measures.penalties import greatest_penalty, incidents_by_penalty
from vrin_data.measures.profile_facts import profile_facts
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.ruling import ruling_of, sums
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.tally import tally_of_whole_periods
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

ALL_VIOLENCE = "serious-violence-duty-candidates"
"""The definition that stands for all recorded violence: what the Act means by it, serious or not."""
PUBLIC_PLACES = ("street", "park", "transport", "licensed", "shop")
NOT_OF_CRIMES = "not asked of what hospitals count"
NOT_CARRIED = "the feed does not say, of any of these incidents"
JUDGEMENT = "a judgement: no data say what the violence means to those who live there"
COLUMNS = ("consideration", "item", "words", "value_low", "value", "value_high", "unit", "text")


def worksheet_data(store: Store, selection: Selection) -> Answer:
    """Figures for the worksheet of section 13(6) on a selection, a row an item, in the order of the Act.

    Columns: consideration (maximum_penalty, victim_impact, prevalence, community_impact), item, words, value_low,
    value and value_high (value is NULL where there is only a range), unit (incidents, days, per 1,000
    residents, share of 0 to 1), text (what is no number). Shares of an injury or a place are of the
    incidents that are surely in: low as recorded, high were every blank one too. The share of all recorded
    violence is of the candidates of the duty. Figures stand on the months that came whole from all and are
    NULL where none did. Raises what `harm` raises.
    """
    question = question_of(store, replace(selection, by=()))
    require_kind(question.edition, "days")
    total = figures(store, question).iloc[0]
    rows = [
        *_penalty_rows(store, question),
        *_impact_rows(store, question, total),
        *_prevalence_rows(store, question, total),
        *_community_rows(store, question),
    ]
    frame = pd.DataFrame(rows, columns=[*COLUMNS])
    for name in ("value_low", "value", "value_high"):
        frame[name] = frame[name].astype("Float64")
    if total["is_gap"]:
        frame.loc[frame["unit"] != "", ["value_low", "value", "value_high"]] = pd.NA
    return Answer(frame, question_stamp(question, harm_notes(store, question)))


def _row(
    consideration: str,
    item: str,
    words: str,
    low: Any = pd.NA,
    high: Any = pd.NA,
    *,
    value: Any = None,
    unit: str = "",
    text: str = "",
) -> tuple[Any, ...]:
    """A row of the worksheet; where low and high are one, so is the value."""
    told = value if value is not None else low if pd.notna(low) and low == high else pd.NA
    return consideration, item, words, low, told, high, unit, text


def _penalty_rows(store: Store, question: Question) -> Iterable[tuple[Any, ...]]:
    chosen = question.counted
    name = "maximum_penalty"
    if not chosen.counts_crimes:
        return [_row(name, "greatest", "greatest maximum penalty", text=NOT_OF_CRIMES)]
    greatest, offence = greatest_penalty(chosen)
    by_offence = offence_figures(store, question, tally_of_whole_periods(store, question))
    bands = incidents_by_penalty(by_offence, chosen)
    return [
        _row(
            name,
            "greatest",
            "greatest maximum penalty of any offence it may count",
            text=f"{greatest}: {offence}" if greatest else "not known",
        ),
        *(
            _row(
                name,
                f"band_{number}",
                f"incidents with a maximum penalty {band}",
                low,
                high,
                unit="incidents",
            )
            for number, (band, low, high) in enumerate(bands.itertuples(index=False), start=1)
        ),
    ]


def _impact_rows(store: Store, question: Question, total: pd.Series) -> Iterable[tuple[Any, ...]]:
    name = "victim_impact"
    harm = _row(
        name,
        "harm",
        "harm, days of recommended sentence",
        total["harm_days_low"],
        total["harm_days_high"],
        value=total["harm_days"],
        unit="days",
    )
    injuries = ((code, f"injury: {words}") for code, words in CODE_LISTS["injury"].items())
    return [harm, *_share_rows(store, question, name, "injury", dict(injuries))]


def _prevalence_rows(store: Store, question: Question, total: pd.Series) -> Iterable[tuple[Any, ...]]:
    name, count = "prevalence", "incident_count"
    rows = [
        _row(name, "count", "incidents", total[f"{count}_low"], total[f"{count}_high"], unit="incidents"),
        _row(
            name,
            "rate",
            "incidents per 1,000 residents",
            total[f"{count}_low_per_1000"],
            total[f"{count}_high_per_1000"],
            unit="per 1,000",
        ),
        _row(
            name,
            "chance",
            "incidents, 95% limits of chance",
            total[f"{count}_interval_low"],
            total[f"{count}_interval_high"],
            unit="incidents",
        ),
    ]
    low, high, text = _share_of_violence(store, question)
    words = "share of all recorded violence (the candidates of the duty)"
    return [*rows, _row(name, "share_of_violence", words, low, high, unit="share", text=text)]


def _community_rows(store: Store, question: Question) -> Iterable[tuple[Any, ...]]:
    name = "community_impact"
    public = dict.fromkeys(PUBLIC_PLACES, "in a place open to the public")
    return [
        *_share_rows(
            store,
            question,
            name,
            "location_type",
            {**public, NOT_RECORDED: "place not recorded"},
            item="public_place",
        ),
        *_share_rows(
            store,
            question,
            name,
            "hate",
            {"yes": "recorded as hate crime", NOT_RECORDED: "hate crime: not recorded"},
        ),
        _row(name, "judgement", "impact on the community", text=JUDGEMENT),
    ]


def _share_rows(
    store: Store, question: Question, name: str, column: str, words: dict[str, str], *, item: str = ""
) -> list[tuple[Any, ...]]:
    """For every meaning the share of the incidents that are surely in: as recorded, and with all blanks too."""
    codes = [*CODE_LISTS[PROFILE_CODES[column]]]
    values = _values_of(store, question.facts, column)
    found = sums(
        tally_of_whole_periods(store, question).regrouped(values, len(codes)), ruling_of(store, question)
    )
    count = dict(zip(codes, found["incident_count_low"], strict=True))
    whole = sum(count.values())
    rows = []
    for meaning in dict.fromkeys(words.values()):
        meant = [code for code, text in words.items() if text == meaning]
        is_blank = meant == [NOT_RECORDED]
        low = sum(count[code] for code in meant)
        high = low if is_blank else low + count[NOT_RECORDED]
        shares = (low / whole, high / whole) if whole > 0 and not question.is_uncertain else (pd.NA, pd.NA)
        text = NOT_CARRIED if whole > 0 and count[NOT_RECORDED] == whole else ""
        own = f"{item or column}_{'yes' if item and not is_blank else meant[0]}"
        rows.append(_row(name, own, f"share of incidents, {meaning}", *shares, unit="share", text=text))
    return rows


def _share_of_violence(store: Store, question: Question) -> tuple[Any, Any, str]:
    """The least and the greatest share of all recorded violence that the definition can be, and why there is none."""
    if not question.known.definition.counts_crimes:
        return pd.NA, pd.NA, NOT_OF_CRIMES
    if question.is_uncertain:
        return (
            pd.NA,
            pd.NA,
            "no share: corrections and suppressed counts do not tell which violence they were of",
        )
    violence = question_of(store, replace(question.selection, definition=ALL_VIOLENCE))
    if violence.known.definition == question.known.definition:
        return 1.0, 1.0, ""
    sure, may_be = _told(store, question)
    all_sure, all_may_be = _told(store, violence)
    tally = tally_of_whole_periods(store, question)

    def count(chosen: npt.NDArray[np.bool_]) -> float:
        return float(tally.added[chosen[tally.profile_at]].sum())

    least, most = count(sure & all_sure), count(may_be & all_may_be)
    low, high = least + count(all_may_be & ~sure), most + count(all_sure & ~may_be)
    return least / low if low else pd.NA, most / high if high else pd.NA, ""


def _told(store: Store, question: Question) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """By profile whether it is surely in, and whether it may be."""
    ruling = ruling_of(store, question)
    sure, may_be = ((ruling.each(column) == 1)[ruling.kind_of] for column in ("sure", "possible"))
    return sure, may_be


@lru_cache(maxsize=8)
def _values_of(store: Store, facts: BuildFacts, column: str) -> npt.NDArray[np.int32]:
    """By profile_id the place that its value of a coded column has in the code list."""
    found = store.query(
        f"{column} of profiles",
        f"select profile_id, list_position($codes, {column}) - 1 as value_at from profile",
        {"codes": [*CODE_LISTS[PROFILE_CODES[column]]]},
        build_id=facts.build_id,
    )
    values = np.zeros(len(profile_facts(store, facts).offence_of), dtype="int32")
    values[found["profile_id"].to_numpy()] = found["value_at"].to_numpy()
    return values
