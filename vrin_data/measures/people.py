"""Who: the victims, patients or suspects of incidents by age, sex and ethnicity, always with what is not recorded."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from vrin_data.contract.ages import OLDEST
from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.events import in_total, shares, total_of
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.person_rows import Persons, persons_read
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import Selection
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.store import Store

BY = ("age", "sex", "age-sex", "ethnicity")
ROLES = (*CODE_LISTS["role"],)
AGE_LOWS = (0, 10, 14, 16, 18, 25, 35, 45, 55, 65)
"""Least ages of the groups that persons are shown in: those of youth justice and definitions up to 25, then decades."""
WIDER = "wider"
SEXES = ("female", "male", "other", NOT_RECORDED)
COUNTS = ("person_count_low", "person_count_high")
NO_ETHNICITY = "not recorded"


@dataclass(frozen=True)
class PeopleRequest:
    """The persons of one part (`role`) in the incidents of a selection, by age, sex, age-sex or ethnicity.

    Without a role it is the one that most of the feed's persons have.
    """

    selection: Selection
    by: str = "age-sex"
    role: str | None = None

    def __post_init__(self) -> None:
        if self.by not in BY:
            raise UsageError(f"Persons are given by {', '.join(BY)}, not by {self.by!r}.")
        if self.role is not None and self.role not in ROLES:
            raise UsageError(f"There is no role {self.role!r}. Roles: {', '.join(ROLES)}.")


def people(store: Store, request: PeopleRequest) -> Answer:
    """Persons of one part in the incidents of a selection; persons are counted, and an incident may have several.

    Rows by age: the groups of ages from the youngest on, last "wider" (an age given as a group of years that lies in
    several of them, where there is any) and "not_recorded"; where most ages are given as groups of years, those groups.
    By sex: female, male, other, not_recorded. By age-sex: each age group with each sex. By ethnicity: as recorded, by
    scheme, never taken together between schemes, and last not recorded. Columns: age_group, age_low_years,
    age_high_years, sex, ethnicity_scheme, ethnicity (those of the division asked for), is_recorded, person_count_low
    (of certain incidents) and person_count_high, share (0 to 1, of all persons of certain incidents, those not recorded
    among them; NULL below 10). Empty where the feed has no such person. `people_basis` says of which incidents.
    Months that did not come whole are left out. Raises UsageError, and what `harm` raises.
    """
    question = people_question(store, request)
    found = persons_read(store, question)
    role = request.role or commonest(found)
    rows = found.rows[found.rows["role"] == role]
    frame = DIVISIONS[request.by](rows) if len(rows) else _empty(request.by)
    frame["share"] = shares(frame["person_count_low"], float(frame["person_count_low"].sum()))
    notes = (*_notes(rows, role), *harm_notes(store, question))
    return Answer(
        _whole(frame, COUNTS),
        question_stamp(question, notes),
    )


def people_basis(store: Store, request: PeopleRequest) -> Answer:
    """For each part that persons have in a selection's incidents: how many persons, of how many incidents.

    Rows: one for each role that any has, the commonest first. Columns: role, words, person_count_low and _high,
    incident_count_low and _high (incidents with such a person), without_count_low and _high (incidents without one:
    both together are `harm` in total for the selection). Raises what `people` raises.
    """
    question = people_question(store, request)
    found = persons_read(store, question)
    total = total_of(store, question)
    frame = found.rows.groupby("role", as_index=False)[[*COUNTS]].sum().merge(found.incidents, on="role")
    for end in ("low", "high"):
        of_all = float(total[f"incident_count_{end}"]) if pd.notna(total[f"incident_count_{end}"]) else 0.0
        frame[f"without_count_{end}"] = of_all - frame[f"incident_count_{end}"]
    frame.insert(1, "words", frame["role"].map(CODE_LISTS["role"]))
    numbers = [name for name in frame.columns if name.endswith(("_low", "_high"))]
    frame = frame.sort_values(["person_count_high", "role"], ascending=[False, True], ignore_index=True)
    return Answer(_whole(frame, numbers), question_stamp(question, harm_notes(store, question)))


def people_question(store: Store, request: PeopleRequest) -> Question:
    """The question of a request, asked of the whole."""
    question = in_total(question_of(store, request.selection))
    require_kind(question.edition, "days")
    return question


def _whole(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The frame with these columns as whole numbers."""
    return frame.assign(**{name: frame[name].astype("float64").round().astype("Int64") for name in names})


def commonest(found: Persons) -> str:
    """The role that most persons have."""
    by_role = found.rows.groupby("role")["person_count_high"].sum()
    return str(by_role.idxmax()) if len(by_role) else ROLES[0]


def _by_age(rows: pd.DataFrame) -> pd.DataFrame:
    return _summed(rows, _groups_of(rows), None)


def _by_age_sex(rows: pd.DataFrame) -> pd.DataFrame:
    return _summed(rows, _groups_of(rows), SEXES)


def _by_sex(rows: pd.DataFrame) -> pd.DataFrame:
    frame = rows.groupby("sex")[[*COUNTS]].sum().reindex([*SEXES], fill_value=0.0)
    frame = frame.reset_index(names="sex")
    frame.insert(1, "is_recorded", frame["sex"] != NOT_RECORDED)
    return frame


def _by_ethnicity(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows.assign(is_recorded=rows["ethnicity_raw"].notna())
    told["ethnicity"] = told["ethnicity_raw"].fillna(NO_ETHNICITY)
    scheme = told["ethnicity_scheme"].fillna("a scheme that the feed does not name")
    told["ethnicity_scheme"] = scheme.where(told["is_recorded"], "")
    keys = ["ethnicity_scheme", "ethnicity", "is_recorded"]
    frame = told.groupby(keys, as_index=False)[[*COUNTS]].sum()
    if frame["is_recorded"].all():
        none = pd.DataFrame([("", NO_ETHNICITY, False, 0.0, 0.0)], columns=frame.columns)
        frame = pd.concat([frame, none], ignore_index=True)
    return frame.sort_values(
        ["is_recorded", "ethnicity_scheme", "person_count_high", "ethnicity"],
        ascending=[False, True, False, True],
        ignore_index=True,
    )


DIVISIONS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "age": _by_age,
    "sex": _by_sex,
    "age-sex": _by_age_sex,
    "ethnicity": _by_ethnicity,
}


@dataclass(frozen=True)
class _AgeGroup:
    """A group of ages: both ends included."""

    low: int
    high: int

    @property
    def name(self) -> str:
        if self.high >= OLDEST:
            return f"{self.low} and over"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


def _groups_of(rows: pd.DataFrame) -> list[_AgeGroup]:
    """The groups to show: the usual ones, or where most ages are given as groups of years those that are given."""
    told = rows[rows["age_low"].notna()]
    in_years = told.loc[told["is_years"], "person_count_high"].sum()
    if len(told) and in_years * 2 < told["person_count_high"].sum():
        given = told.loc[~told["is_years"], ["age_low", "age_high"]].drop_duplicates()
        ends = sorted((int(one.age_low), int(one.age_high)) for one in given.itertuples())
        if all(before[1] < after[0] for before, after in pairwise(ends)):
            return [_AgeGroup(low, high) for low, high in ends]
    return [
        _AgeGroup(low, high)
        for low, high in zip(AGE_LOWS, (*(n - 1 for n in AGE_LOWS[1:]), OLDEST), strict=True)
    ]


def _summed(rows: pd.DataFrame, groups: list[_AgeGroup], sexes: tuple[str, ...] | None) -> pd.DataFrame:
    """Persons by group of ages, and by sex where asked, with what lies in no one group and what is not recorded."""
    names = [*(one.name for one in groups), WIDER, NOT_RECORDED]
    rows = rows.assign(age_group=_group_names(rows, groups))
    by = ["age_group"] if sexes is None else ["age_group", "sex"]
    every: pd.Index = (
        pd.Index(names, name="age_group")
        if sexes is None
        else pd.MultiIndex.from_product([names, sexes], names=by)
    )
    frame = rows.groupby(by)[[*COUNTS]].sum().reindex(every, fill_value=0.0).reset_index()
    ends = {one.name: (one.low, one.high) for one in groups}
    for at, name in enumerate(("age_low_years", "age_high_years")):
        values = [ends[group][at] if group in ends else None for group in frame["age_group"]]
        frame.insert(1 + at, name, pd.array(values, dtype="Int64"))
    is_told = frame["age_group"] != NOT_RECORDED
    frame.insert(
        len(by) + 2, "is_recorded", is_told if sexes is None else is_told & (frame["sex"] != NOT_RECORDED)
    )
    has_wider = frame.loc[frame["age_group"] == WIDER, COUNTS[1]].sum() > 0
    return frame if has_wider else frame[frame["age_group"] != WIDER].reset_index(drop=True)


def _group_names(rows: pd.DataFrame, groups: list[_AgeGroup]) -> list[str]:
    lows = [one.low for one in groups]
    return [
        _group_name(low, high, groups, lows)
        for low, high in zip(rows["age_low"], rows["age_high"], strict=True)
    ]


def _group_name(low: float, high: float, groups: list[_AgeGroup], lows: list[int]) -> str:
    """The group that an age, or a group of years, lies wholly in."""
    if np.isnan(low):
        return NOT_RECORDED
    at = bisect_right(lows, low) - 1
    return groups[at].name if at >= 0 and high <= groups[at].high else WIDER


def _empty(by: str) -> pd.DataFrame:
    columns = {
        "age": ["age_group", "age_low_years", "age_high_years"],
        "sex": ["sex"],
        "age-sex": ["age_group", "age_low_years", "age_high_years", "sex"],
        "ethnicity": ["ethnicity_scheme", "ethnicity"],
    }[by]
    return pd.DataFrame({name: pd.Series(dtype="object") for name in (*columns, "is_recorded", *COUNTS)})


def _notes(rows: pd.DataFrame, role: str) -> tuple[str, ...]:
    if rows.empty:
        return ("no incident here has a person on record, so that nothing is known of who they were",)
    low, high = (float(rows[name].sum()) for name in COUNTS)
    said = f"{round(low):,}" if low == high else f"{round(low):,} to {round(high):,}"
    return (
        f"persons are counted and not incidents: {said} of the role {role} ({CODE_LISTS['role'][role]}); an incident "
        "with two of them counts two, and one person in two incidents counts twice",
    )
