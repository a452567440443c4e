"""The register of agreements, and what else is on record about them, as tables to read."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pandas as pd

from vrin_data.contract.agreement_checks import ALL
from vrin_data.contract.cadence import period_of, periods
from vrin_data.contract.feeds import feeds
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.records import AgreementVersion, HeldFile, Override, RegisterRow
from vrin_ui.agreements.agreement_fields import FIELDS
from vrin_ui.wording import counted, days_in_words, listed

PAGE = "agreements"
MOST_NAMES = 3
YEAR_DAYS = 365
STATUS_WORDS = {"draft": "Draft", "live": "Live", "ended": "Ended"}
OVERRIDE_WORDS = {
    "no_agreement": "taken in without an agreement",
    "stopped_submission": "taken in although stopped",
}


def register_table(rows: Iterable[RegisterRow], names: Mapping[str, str], today: date) -> pd.DataFrame:
    """The register for reading: agreements, then the licences under which open data stand by themselves."""
    feed_names = {ALL: "all feeds", **{one.id: one.name for one in feeds().values()}}
    supplier_names, powers = {ALL: "all suppliers", **names}, legal_powers()
    return pd.DataFrame(
        [
            {
                "Agreement or licence": one.name if one.kind == "agreement" else f"{one.name} ({one.id})",
                "Status": _status(one, today),
                "Ends": _stamp(one.end_day),
                "Review by": _stamp(one.review_day),
                "Suppliers": short_list([supplier_names.get(each, each) for each in one.supplier_ids]),
                "Feeds": short_list([feed_names.get(each, each) for each in one.feed_ids]),
                "Legal power": powers[one.legal_power].name if one.legal_power in powers else one.legal_power,
                "Began": _stamp(one.start_day),
                "Version": one.version if one.kind == "agreement" else None,
                "Short name": one.id if one.kind == "agreement" else None,
            }
            for one in rows
        ]
    )


def _status(one: RegisterRow, today: date) -> str:
    if one.kind == "licence":
        return "Open licence"
    if one.status == "live" and one.end_day and one.end_day < today:
        return "Run out"
    if one.status == "live" and one.start_day and one.start_day > today:
        return "Not begun"
    return STATUS_WORDS[one.status]


def short_list(names: list[str]) -> str:
    """The first few names, and how many more."""
    more = len(names) - MOST_NAMES
    return "; ".join([*names[:MOST_NAMES], *([f"and {more} more"] if more > 0 else [])])


def _stamp(day: date | None) -> pd.Timestamp | None:
    return pd.Timestamp(day) if day else None


def register_words(rows: Iterable[RegisterRow], today: date) -> str:
    """How many agreements there are, by status."""
    statuses = [_status(one, today) for one in rows if one.kind == "agreement"]
    if not statuses:
        return "No agreement is on record yet. Open data need none; everything else waits for one."
    parts = [f"{statuses.count(one)} {one.lower()}" for one in dict.fromkeys(statuses)]
    return f"{counted(len(statuses), 'agreement')}: {listed(parts)}."


def warnings(rows: Iterable[RegisterRow]) -> list[str]:
    """What ends soon, has ended, or is past its review, in words."""
    return [days_in_words(words.replace(one.id, one.name, 1)) for one in rows for words in one.warnings]


def versions_table(versions: Iterable[AgreementVersion]) -> pd.DataFrame:
    """The versions of an agreement, the newest first: who, when, and why."""
    return pd.DataFrame(
        [
            {
                "Version": each.agreement.version,
                "Status": STATUS_WORDS[each.agreement.status],
                "Recorded": pd.Timestamp(each.recorded_at),
                "By": each.recorded_by,
                "Why": each.change_reason,
                "What changed": ", ".join(changed),
            }
            for each, changed in reversed(_with_changes(list(versions)))
        ]
    )


def _with_changes(versions: list[AgreementVersion]) -> list[tuple[AgreementVersion, list[str]]]:
    """Each version with the labels of the fields in which it differs from the one before."""
    found = []
    before: dict[str, object] = {}
    for each in versions:
        values = each.agreement.model_dump()
        changed = [one.label for name, one in FIELDS.items() if before and before[name] != values[name]]
        found.append((each, changed))
        before = values
    return found


def without_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Feeds that came and have no agreement now, for reading."""
    last = [f"{day:%B %Y}" for day in pairs["last_month"]]
    return pd.DataFrame({"Supplier": pairs["supplier_name"], "Feed": pairs["feed_name"], "Came up to": last})


def overrides_table(overrides: Iterable[Override]) -> pd.DataFrame:
    """What was let through by name and reason, the newest first."""
    return pd.DataFrame(
        [
            {
                "On": pd.Timestamp(one.recorded_at),
                "What": one.subject,
                "How": OVERRIDE_WORDS.get(one.kind, one.kind),
                "By": one.person,
                "Reason": one.reason,
            }
            for one in reversed(list(overrides))
        ]
    )


def held_table(files: Iterable[HeldFile], names: Mapping[str, str]) -> pd.DataFrame:
    """Files that a check stopped, decided or not, the newest first."""
    return pd.DataFrame(
        [
            {
                "File": one.file_name,
                "Supplier": names.get(one.supplier_id or "", one.supplier_id or "not known"),
                "Feed": one.feed_id,
                "Period": one.period,
                "Stopped": pd.Timestamp(one.held_at),
                "State": {"held": "waits"}.get(one.state, one.state),
                "Decided by": one.decided_by,
                "Reason": one.reason,
            }
            for one in reversed(list(files))
        ]
    )


def statutory_days(today: date) -> pd.DataFrame:
    """The days by which section 17A wants each three months, for the year to come."""
    last = today + timedelta(days=YEAR_DAYS)
    quarters = periods("quarter", today - timedelta(days=YEAR_DAYS), last)
    due = [(one, period_of(one.end, "quarter").last_day) for one in quarters]
    coming = [(one, day) for one, day in due if today <= day <= last]
    return pd.DataFrame(
        {
            "Three months": [one.label for one, _ in coming],
            "Due by": pd.Series([pd.Timestamp(day) for _, day in coming], dtype="datetime64[s]"),
        }
    )


def statutory_feeds() -> list[str]:
    """The names of the feeds whose day section 17A sets, where nothing else was agreed."""
    return [one.name for one in feeds().values() if one.cadence.power == "cda-17a"]
