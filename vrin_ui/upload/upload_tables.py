"""What a check of files found, as tables and words from the answer of the process: nothing is asked here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vrin_data.contract.feeds import feeds
from vrin_data.contract.periods import MONTHS_IN
from vrin_ui.filters import shifted
from vrin_ui.wording import counted
from vrin_ui.wording import period_words as span_words

Submissions = Sequence[Mapping[str, Any]]
LEVELS = {
    "stop": "stops the file",
    "warn": "to be looked at",
    "partial": "part of the period is missing, so it is left out of totals",
    "note": "for information",
}
READY, REFUSED, STOPPED, UNCHANGED = "ready", "refused", "stopped", "unchanged"
NOT_KNOWN = (" is not known", "is no offence")
STATUS_WORDS = {
    "accepted": "new",
    "unchanged": "the same as before",
    "superseded": "older than what is there",
    "stopped": "held back",
    "refused": "refused",
}
FINDING_LIMIT = 60


@dataclass(frozen=True)
class Finding:
    """What a check says of a supplier's period, and the level it says it at."""

    supplier: str
    period: str
    words: str
    level: str
    feed_id: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a file was refused, and the cause after which there is a next step ('' for none)."""

    words: str
    cause: str


def state_of(submissions: Submissions) -> str:
    """What would become of the files: ready, refused, stopped or unchanged."""
    if any(one["status"] == "refused" for one in submissions):
        return REFUSED
    if any(one["status"] == "stopped" and one["findings"] for one in submissions):
        return STOPPED
    return UNCHANGED if all(one["status"] == "unchanged" for one in submissions) else READY


def refusals(submissions: Submissions) -> list[Refusal]:
    """Every reason for which something was refused, once."""
    found = [Refusal(one["reason"], one["cause"]) for one in submissions if one["status"] == "refused"]
    return list(dict.fromkeys(found))


def findings(submissions: Submissions, names: Mapping[str, str]) -> list[Finding]:
    """What the checks found, those that stop the file first."""
    found = [
        Finding(
            names.get(one["supplier"], one["supplier"] or ""),
            one["period"] or "",
            *_parted(words),
            one["feed"],
        )
        for one in submissions
        for words in one["findings"]
    ]
    order = list(LEVELS)
    return sorted(found, key=lambda one: order.index(one.level) if one.level in order else len(order))


def _parted(words: str) -> tuple[str, str]:
    text, _, level = words.rpartition(" (")
    return (text, level.rstrip(")")) if text and level.rstrip(")") in LEVELS else (words, "note")


def total_words(submissions: Submissions) -> str:
    """Rows in, kept and rejected, incidents, suppliers and periods, in a sentence."""
    sums = {
        name: sum(int(one[name]) for one in submissions) for name in ("rows_in", "rows_kept", "rows_rejected")
    }
    incidents = sum(int(one["incidents"]) for one in submissions)
    periods = {(one["supplier"], one["period"]) for one in submissions if one["period"]}
    suppliers = {supplier for supplier, _ in periods}
    of = f" of {counted(len(suppliers), 'supplier')}, {counted(len(periods), 'period')}" if periods else ""
    return (
        f"{counted(sums['rows_in'], 'row')}{of}: **{sums['rows_kept']:,} kept**, "
        f"**{sums['rows_rejected']:,} rejected**; {counted(incidents, 'incident')}."
    )


def change_words(submissions: Submissions) -> str:
    """What the files change of the versions before, over all periods; '' where there was none."""
    total: Counter[str] = Counter()
    for one in submissions:
        total.update(one["changes"])
    replaced = sum(one["replaces_rows"] is not None for one in submissions)
    if not replaced:
        return ""
    told = ", ".join(
        f"{total[name]:,} {words}"
        for name, words in (
            ("added", "appeared"),
            ("vanished", "vanished"),
            ("changed", "changed"),
            ("same", "are alike"),
        )
    )
    return f"{counted(replaced, 'period')} came before and would be replaced: of the records {told}."


def agreement_words(submissions: Submissions, names: Mapping[str, str]) -> list[str]:
    """Under what the files come in, each once; `names` are those of agreements by id."""
    found = dict.fromkeys(one["agreement"] for one in submissions if one["agreement"])
    return [_agreement(one, names) for one in found]


def _agreement(under: str, names: Mapping[str, str]) -> str:
    if under.startswith("licence: "):
        return f"under the licence {under.removeprefix('licence: ')}"
    if under.startswith("override: "):
        return "without an agreement, by name and reason"
    return f"under the agreement '{names.get(under, under)}'"


def period_table(submissions: Submissions, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a supplier's period, by supplier and period, with what it replaces and changes."""
    rows = [
        {
            "Supplier": names.get(one["supplier"], one["supplier"] or "not told"),
            "Period": period_words(one["period"], one["feed"]),
            "Is": _status(one),
            "Kept": one["rows_kept"],
            "Rejected": one["rows_rejected"],
            "Replaces rows": one["replaces_rows"],
            "Appeared": one["changes"].get("added"),
            "Vanished": one["changes"].get("vanished"),
            "Changed": one["changes"].get("changed"),
            "File": one["file"],
        }
        for one in sorted(submissions, key=lambda one: (one["supplier"] or "~", one["period"] or "~"))
        if one["status"] != "refused"
    ]
    table = pd.DataFrame(rows)
    for name in ("Replaces rows", "Appeared", "Vanished", "Changed"):
        if name in table:
            table[name] = table[name].astype("Int64")
    return table


def _status(one: Mapping[str, Any]) -> str:
    if one["is_nil"]:
        return "nothing to report"
    words = STATUS_WORDS.get(one["status"], one["status"])
    if one["status"] == "accepted" and one["replaces_rows"] is not None:
        words = "a new version"
    return f"{words}, in part" if one["is_partial"] else words


def period_words(period: str | None, feed_id: str = "") -> str:
    """March 2026 for 2026-03; April 2017 to June 2017 for the period of a feed by quarters."""
    if not period:
        return "not told"
    first = pd.Timestamp(f"{period}-01").date()
    months = MONTHS_IN[feeds()[feed_id].period_length] if feed_id in feeds() else 1
    return span_words(first, shifted(first, months - 1))


def reason_table(submissions: Submissions) -> pd.DataFrame:
    """Why rows would be rejected, most frequent first; a row that broke several rules stands under each."""
    reasons: Counter[str] = Counter()
    by_file: dict[str, dict[str, int]] = {}
    for one in submissions:
        # Every submission of a file tells the reasons of the whole file.
        by_file[one["file"]] = {**by_file.get(one["file"], {}), **one["rejected_reasons"]}
    for counts in by_file.values():
        reasons.update(counts)
    return pd.DataFrame(reasons.most_common(), columns=["Why a row is rejected", "Rows"])


def noticed(submissions: Submissions) -> list[str]:
    """What was noticed of the files, each once."""
    return list(dict.fromkeys(words for one in submissions for words in one["warnings"]))


def has_unknown_values(submissions: Submissions) -> bool:
    """Whether a value of a coded column is not known."""
    return any(any(mark in words for mark in NOT_KNOWN) for words in noticed(submissions))


def before_table(shown: Mapping[str, Any]) -> pd.DataFrame:
    """The first rows as they stand in the file, with their lines."""
    return pd.DataFrame([{"Line": row["line"], **row["before"]} for row in shown["rows"]]).fillna("")


def after_table(shown: Mapping[str, Any]) -> pd.DataFrame:
    """The first rows as VRIN reads them; of a rejected row the reason."""
    rows = []
    for row in shown["rows"]:
        read = row["after"]
        rows.append({"Line": row["line"], "Rejected": "; ".join(row["reasons"])} | (read or {}))
    table = pd.DataFrame(rows).fillna("")
    if "Rejected" in table and not table["Rejected"].any():
        table = table.drop(columns="Rejected")
    return table.rename(columns={name: name.replace("_", " ") for name in table.columns if name != "Line"})
