"""The five forces' extracts: their files, what is planted in them, and their counts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import geopandas
import pandas

from sample_data import planted, restate, simulate, truth
from sample_data.extract import as_file, deliveries, file_name, simulate_force, spell
from sample_data.forces import FORCES, Delivery, Force
from sample_data.handed_in import Extract, Handed, Made, received

FEED = "police-offences"
Tables = dict[str, list[dict[str, Any]]]


def made(neighbourhoods: geopandas.GeoDataFrame) -> tuple[Made, Tables]:
    """The forces' files and planted facts, and the tables `district` and `month` of the truth."""
    extracts: list[Extract] = []
    facts: list[dict[str, Any]] = []
    tables: Tables = {"district": [], "month": []}
    for force in FORCES:
        events = simulate_force(neighbourhoods, force)
        first = _first_version(events, force)
        extracts += _extracts(first, force)
        extracts += _restating(events, force)
        facts += planted.planted_tables(events, simulate.of_force(neighbourhoods, force), force)
        facts += restate.resend_tables(first, events, force)
        tables["district"] += truth.district_tables(events, force)
        tables["month"] += truth.month_tables(events, force)
    return Made(tuple(extracts), tuple(facts)), tables


def _first_version(events: pandas.DataFrame, force: Force) -> pandas.DataFrame:
    if force.restatement is None:
        return events
    return restate.first_told(events, force.restatement, simulate.streams(force)["restated"])


def _extracts(events: pandas.DataFrame, force: Force) -> Iterator[Extract]:
    days = received(force.supplier_id, FEED, simulate.months())
    for delivery, rows in deliveries(events, force):
        content = as_file(spell(rows, force), delivery)
        yield Extract(FEED, file_name(force, delivery), content, _handed(force, rows, days))


def _restating(events: pandas.DataFrame, force: Force) -> Iterator[Extract]:
    """The second file of a force that restates some of its months."""
    if force.restatement is None:
        return
    months, day = force.restatement.months, date.fromisoformat(force.restatement.received_on)
    form = force.deliveries[-1]
    delivery = Delivery(months[0], months[-1], form.headings, form.form, form.day_form)
    rows = events[events["month"].isin(months)]
    handed = _handed(force, rows, dict.fromkeys(months, day))
    name = file_name(force, delivery).replace("-simulated", "-restated-simulated")
    content = as_file(spell(rows, force), delivery)
    yield Extract(FEED, name, content, handed, build=2, received_on=day)


def _handed(force: Force, rows: pandas.DataFrame, days: dict[str, date]) -> tuple[Handed, ...]:
    counts = Counter(rows["month"])
    return tuple(
        Handed(force.supplier_id, month, counts[month], day) for month, day in days.items() if counts[month]
    )
