"""What the data lead has chosen of the rejected rows, as a question and as boxes."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from vrin_data.contract.feeds import feeds
from vrin_data.measures import OF_NO_PERIOD, RejectedRequest
from vrin_ui import address
from vrin_ui.upload.upload_tables import period_words
from vrin_ui.wording import sentence

PAGE = "rejected"
NAMES = ("supplier", "feed", "file", "rule", "period")
NOT_TOLD = "not-told"
"""A supplier that rows do not tell; in the address '' would be no choice at all."""
MOST_SHOWN = 500
RULE_WORDS = {
    "missing": "a cell that is needed is blank",
    "not_a_record": "a line that is no record",
    "outside_the_country": "a place outside the country",
    "outside_the_period": "a month outside the file's period",
    "before_earliest": "a date too far back",
}


def request_of(params: Mapping[str, str]) -> RejectedRequest:
    """The question of an address."""
    supplier, feed, file, rule, period = (params.get(name) or None for name in NAMES)
    supplier = "" if supplier == NOT_TOLD else supplier
    return RejectedRequest(supplier=supplier, feed=feed, file=file, rule=rule, period=period)


def request_now() -> RejectedRequest:
    """The question that the page's address asks."""
    return request_of(address.chosen(PAGE, NAMES))


def draw_filters(everything: pd.DataFrame, request: RejectedRequest) -> None:
    """Boxes for supplier, feed, file, rule and period, each with what there is of rejected rows."""
    chosen = {name: value for name, value in address.chosen(PAGE, NAMES).items() if value}
    address.keep(PAGE, chosen)
    boxes = (
        ("supplier", "Supplier", "All suppliers", supplier_options(everything)),
        ("feed", "Feed", "All feeds", feed_options(everything)),
        ("file", "File", "All files", {one: one for one in sorted(set(everything["file_name"]))}),
        ("rule", "Reason", "All reasons", rule_options(everything)),
        ("period", "Period", "All periods", period_options(everything)),
    )
    for column, (name, label, all_words, options) in zip(st.columns(len(boxes)), boxes, strict=True):
        value = chosen.get(name, "")
        with column:
            known = options if value in options or not value else {**options, value: value}
            address.select(PAGE, name, label, {"": all_words} | known, value)


def supplier_options(everything: pd.DataFrame) -> dict[str, str]:
    """The suppliers by id, by name; those that rows do not tell last."""
    pairs = everything.drop_duplicates("supplier_id").sort_values("supplier_name")
    named = {one.supplier_id: one.supplier_name for one in pairs.itertuples() if one.supplier_id}
    return named | ({NOT_TOLD: "Not told"} if "" in set(pairs["supplier_id"]) else {})


def feed_options(everything: pd.DataFrame) -> dict[str, str]:
    """The feeds by id, with their names."""
    return {one: feeds()[one].name if one in feeds() else one for one in sorted(set(everything["feed_id"]))}


def rule_options(everything: pd.DataFrame) -> dict[str, str]:
    """The rules that were broken, with words, most frequent first."""
    ranked = everything.groupby("rule")["row_count"].sum().sort_values(ascending=False)
    return {str(rule): sentence(rule_words(str(rule))) for rule in ranked.index}


def rule_words(rule: str) -> str:
    """A rule in a few words."""
    return RULE_WORDS.get(rule, rule.replace("_", " "))


def period_options(everything: pd.DataFrame) -> dict[str, str]:
    """The periods, newest first; that of rows without one last."""
    starts = sorted(everything["period_start"].dropna().unique(), reverse=True)
    named = {f"{pd.Timestamp(one):%Y-%m}": period_words(f"{pd.Timestamp(one):%Y-%m}") for one in starts}
    return named | ({OF_NO_PERIOD: "Not told"} if everything["period_start"].isna().any() else {})
