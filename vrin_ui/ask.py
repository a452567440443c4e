"""The pages' only way to figures: every answer has passed the protector."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from vrin_data import measures, protect
from vrin_data.measures import Answer, Catalogue
from vrin_data.protect import Presented, Viewer
from vrin_data.records import last_event_id
from vrin_data.store import Store
from vrin_ui import clock

STORE = Path(__file__).resolve().parents[1] / "store"


@dataclass(frozen=True)
class VersionsOf:
    """The versions asked for: those of a supplier's feed that are about a month."""

    supplier_id: str
    feed_id: str
    month: date


@dataclass(frozen=True)
class Between:
    """Two submissions of one period, the earlier one first."""

    earlier_id: int
    later_id: int


def _versions(store: Store, of: VersionsOf) -> Answer:
    return measures.submission_versions(store, of.supplier_id, of.feed_id, of.month)


def _changes(store: Store, between: Between) -> Answer:
    return measures.compare_versions(store, between.earlier_id, between.later_id)


def _indicator_list(store: Store, _: None) -> Answer:
    return measures.indicator_list(store)


QUESTIONS: dict[str, Callable[[Store, Any], Answer]] = {
    "harm": measures.harm,
    "small areas": measures.small_areas,
    "area change": measures.area_change,
    "period change": measures.period_change,
    "rates": measures.rates,
    "concentration": measures.concentration,
    "concentration summary": measures.concentration_summary,
    "hotspots": measures.hotspots,
    "comparison": measures.comparison,
    "comparison summary": measures.comparison_summary,
    "funnel curve": measures.funnel_curve,
    "comparator months": measures.comparator_months,
    "unplaced": measures.unplaced,
    "triangulate": measures.triangulate,
    "triangulate summary": measures.triangulate_summary,
    "linked people": measures.linked_people,
    "linked estimate": measures.linked_estimate,
    "areas held": lambda store, _: measures.areas_held(store),
    "area nesting": lambda store, _: measures.area_nesting(store),
    "outlines held": lambda store, _: measures.outlines_held(store),
    "compare": measures.compare,
    "compare months": measures.compare_months,
    "overlap": measures.overlap,
    "difference offences": measures.difference_offences,
    "difference areas": measures.difference_areas,
    "clause steps": measures.clause_steps,
    "draft effect": measures.draft_effect,
    "neighbours": measures.neighbours,
    "place grades": measures.place_grades,
    "breakdown": measures.breakdown,
    "breaks": measures.breaks,
    "season": measures.season,
    "season summary": measures.season_summary,
    "same month": measures.same_month,
    "outlook": measures.outlook,
    "outlook summary": measures.outlook_summary,
    "change points": measures.change_points,
    "waterfall": measures.waterfall,
    "sureness": measures.sureness,
    "by series": measures.by_series,
    "by part": measures.by_part,
    "by edition": measures.by_edition,
    "by rule": measures.by_rule,
    "worksheet": measures.worksheet_data,
    "costs": measures.costs,
    "severity": measures.severity,
    "coverage": measures.coverage,
    "ledger": measures.ledger,
    "chase": measures.chase,
    "timeliness": partial(measures.timeliness, by="all"),
    "timeliness by year": partial(measures.timeliness, by="year"),
    "timeliness by due month": partial(measures.timeliness, by="due_month"),
    "indicators": measures.indicators,
    "indicator list": _indicator_list,
    "assets": measures.assets,
    "trend": measures.trend,
    "trend summary": measures.trend_summary,
    "trend by offence": measures.trend_offences,
    "trend by offence summary": measures.trend_offences_summary,
    "days between": measures.days_between,
    "signals": measures.signals,
    "signal search": measures.signal_search,
    "versions": _versions,
    "changes": _changes,
    "moments": measures.moments,
    "moments basis": measures.moments_basis,
    "people": measures.people,
    "people basis": measures.people_basis,
    "people rates": measures.people_rates,
    "kinds": measures.kinds,
    "kinds by month": measures.kinds_by_month,
    "public share": measures.public_share,
    "rejected": measures.rejected,
    "rejected counts": measures.rejected_counts,
    "rejected periods": measures.rejected_periods,
}


def ledger_day() -> date:
    """The day on which the ledger stands where none is asked for: today, or the sample's last."""
    store = open_store()
    return _standing(str(store.path), store.current_build(), clock.today())


def ask(question: str, request: Any) -> Presented:
    """The answer to a question of QUESTIONS as the present viewer may see it."""
    store = open_store()
    return _answer(
        str(store.path), store.current_build(), records_state(), question, request, Viewer.analyst()
    )


def choices() -> Catalogue:
    """What can be chosen in the filter bar. Raises EmptyStore where there is nothing yet."""
    store = open_store()
    return _choices(str(store.path), store.current_build(), records_state())


def records_state() -> int:
    """A number that is another one as soon as anything was put on record."""
    path = open_store().path
    # A store that is not there yet has no records, and asking must not make it.
    return last_event_id(path) if path.is_dir() or os.environ.get("VRIN_RECORDS_URL") else 0


def open_store() -> Store:
    """The store that VRIN_STORE names, or the one beside app.py."""
    return _store(os.environ.get("VRIN_STORE") or str(STORE))


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(path: str) -> Store:
    return Store.open(path)


# The build and the state of the records stand in the key, so that a newly published build, a new agreement
# and a declaration are seen at once.
@st.cache_data(show_spinner=False, max_entries=300)
def _answer(
    path: str, build: str | None, records: int, question: str, request: Any, viewer: Viewer
) -> Presented:
    return protect.present(QUESTIONS[question](_store(path), request), viewer)


@st.cache_resource(show_spinner=False, max_entries=4)
def _choices(path: str, build: str | None, records: int) -> Catalogue:
    return measures.catalogue(_store(path))


@st.cache_data(show_spinner=False, max_entries=8)
def _standing(path: str, build: str | None, today: date) -> date:
    return measures.standing_day(_store(path), today)
