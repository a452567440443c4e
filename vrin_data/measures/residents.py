"""Residents that figures are divided by: of an area, and of a whole selection."""

from typing import Any

import pandas as pd

from vrin_data.measures.areas_came import senders
from vrin_data.measures.build_facts import areas_of_level, population_of_level
from vrin_data.measures.question import Question


def residents_of(question: Question, level: str) -> pd.Series:
    """Residents by area; of a region, those of the forces that sent, since only their crimes are counted."""
    if level != "region":
        return population_of_level(question.facts, level)[0]
    forces = areas_of_level(question.facts, "force")
    forces = forces[forces["area_code"].isin(senders(question))]
    people = forces["area_code"].map(population_of_level(question.facts, "force")[0]).astype("Int64")
    return people.groupby(forces["in_region"]).sum(min_count=1)


def residents_of_areas(question: Question, areas: pd.DataFrame) -> pd.Series:
    """Residents of each of the areas of the question's level, and NA last, for what is not placed in any."""
    people = areas["area_code"].map(residents_of(question, question.selection.level)).astype("Int64")
    return pd.concat([people, pd.Series([pd.NA], dtype="Int64")])


def residents_in_total(question: Question) -> Any:
    """Residents of the area asked for, or of every force that ever sent the feed; NA where one is not known."""
    code = question.selection.area_code
    own = question.facts.areas[question.facts.areas["area_code"] == code]
    if len(own) and own["level"].iloc[0] != "region":
        return residents_of(question, str(own["level"].iloc[0])).get(code, pd.NA)
    people = residents_of(question, "force").reindex(sorted(senders(question)))
    return people.sum() if len(people) and people.notna().all() else pd.NA
