"""What must be said beside a change between two periods: which months, which breaks, and what the limits assume."""

from dataclasses import replace

import pandas as pd

from vrin_data.contract.breaks import Break
from vrin_data.measures.break_concerns import concerned_areas
from vrin_data.measures.breaks import breaks_of, definition_changes
from vrin_data.measures.change_request import INCIDENTS, ChangeRequest
from vrin_data.measures.harm_intervals import CORRECTED
from vrin_data.measures.period_pair import PeriodPair
from vrin_data.measures.selection import MONTHS_PER_YEAR, month_number
from vrin_data.store import Store

LEAST_OF_MANY = 10
INDEPENDENCE = (
    "intervals are 95% limits of chance, as if incidents were independent of each other: the exact conditional "
    "interval of the ratio for incidents; for harm the difference with the variance of its weights, widened by as "
    "much as the paired months vary more than that"
)


def changes_of_definition(store: Store, request: ChangeRequest, pair: PeriodPair) -> pd.Series:
    """By row the titles of the breaks after which its figures count different things, '' where there are none."""
    first, last = request.base.from_month, request.selection.to_month
    found = definition_changes(store, pair.now, first, last)
    codes = [*pair.areas["area_code"]]
    titles: dict[str, list[str]] = {code: [] for code in codes}
    for one in found:
        for code in concerned_areas(pair.now, one, codes):
            titles[code].append(_titled(one))
    return pd.Series(["; ".join(titles[code]) for code in codes])


def _titled(one: Break) -> str:
    return f"{one.title} ({one.happened_on.day} {one.happened_on:%B %Y})"


def period_notes(
    store: Store, request: ChangeRequest, pair: PeriodPair, frame: pd.DataFrame
) -> tuple[str, ...]:
    now, base = request.selection, request.base
    spanning = replace(pair.now, asked=(*pair.before.asked, *pair.now.asked))
    others = [one for one in breaks_of(store, spanning) if not one.is_definition_change]
    moved = (month_number(now.from_month) - month_number(base.from_month)) % MONTHS_PER_YEAR
    return (
        f"{now.from_month:%B %Y} to {now.to_month:%B %Y} against {base.from_month:%B %Y} to {base.to_month:%B %Y}: "
        "only months that came whole in both are compared, a missing month never counts as zero",
        *(
            ("the periods are of different months of the year: season alone may tell them apart",)
            if moved
            else ()
        ),
        CORRECTED if pair.now.is_uncertain else INDEPENDENCE,
        *_of_many(frame),
        *(f"a break lies between or within the periods: {_titled(one)}" for one in others),
        *(
            ("what cannot be told apart from a change of definition is not compared",)
            if _is_refused(frame)
            else ()
        ),
    )


def _of_many(frame: pd.DataFrame) -> tuple[str, ...]:
    """How many areas chance alone would call changed, where there are several."""
    judged = int(((frame["figure"] == INCIDENTS) & (frame["verdict_reason"] == "")).sum())
    by_chance = max(round(judged / 20), 1)
    words = f"each area is judged by itself: of {judged:,}, chance alone puts about {by_chance:,} beyond its interval"
    return (words,) if judged >= LEAST_OF_MANY else ()


def _is_refused(frame: pd.DataFrame) -> bool:
    return not bool(frame["is_comparable"].all())
