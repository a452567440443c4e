"""The register of agreements and one agreement in plain words, from what is on record."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pandas as pd

from vrin_data.contract.agreement_checks import ALL, AUDIENCES
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.cadence import period_of, periods
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feed_words import due_words
from vrin_data.contract.feeds import feeds
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.records import AgreementVersion, HeldFile, Override, RegisterRow
from vrin_ui.agreement_fields import DATA_KINDS, DPIA_STATES, FIELDS
from vrin_ui.wording import counted, day_words, days_in_words, listed, sentence

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


def in_words(one: Agreement, names: Mapping[str, str]) -> dict[str, list[str]]:
    """An agreement as sentences under headings; what it does not say is named as open."""
    return {
        "What it is": _what(one, names),
        "On what it rests": _basis(one),
        "When data are due": _due(one),
        "What may be shown, and to whom": _shown(one),
        "How long it holds and rows are kept": _term(one),
        "Who answers": _people(one),
        "What it leaves open": [f"{label}." for label in _open_points(one)]
        or ["Nothing that an agreement should say."],
    }


def _what(one: Agreement, names: Mapping[str, str]) -> list[str]:
    feed_names = {ALL: "all feeds", **{each.id: each.name for each in feeds().values()}}
    suppliers = listed(names.get(each, each) for each in one.supplier_ids)
    lines = [
        f"{sentence(suppliers)} {'sends' if len(one.supplier_ids) == 1 else 'send'}: "
        f"{listed(feed_names.get(each, each) for each in one.feed_ids)}.",
        f"The data are {DATA_KINDS[one.data_kind]}. {one.data_items}",
    ]
    lines += [f"Purpose: {one.purpose}"] if one.purpose else []
    lines += [f"Why not less: {one.necessity}"] if one.necessity else []
    lines += [f"Why it matters: {one.why_it_matters}"] if one.why_it_matters else []
    lines += [f"Received by {listed(one.recipients)}."] if one.recipients else []
    return [line.strip() for line in lines]


def _basis(one: Agreement) -> list[str]:
    power = one.power
    lines = [f"{power.name}. {power.note}", f"What it does not do: {power.does_not}"]
    lines += [f"In words: {one.legal_power_words}"] if one.legal_power_words else []
    lines += [f"Lawful basis: {one.lawful_basis}"] if one.lawful_basis else []
    lines += (
        [f"Special category data: {one.special_category_condition}"] if one.special_category_condition else []
    )
    lines += (
        [f"Criminal offence data: {one.criminal_offence_condition}"] if one.criminal_offence_condition else []
    )
    lines += (
        ["Law enforcement processing under Part 3 of the Data Protection Act 2018."] if one.is_part_3 else []
    )
    when = f" on {day_words(one.dpia_day)}" if one.dpia_day else ""
    lines.append(f"Impact assessment: {DPIA_STATES[one.dpia_state]}{when}. {one.dpia_outcome}".strip())
    return lines + ([f"Data protection officer: {one.dpo_view}"] if one.dpo_view else [])


def _due(one: Agreement) -> list[str]:
    covered = (
        feeds().values()
        if ALL in one.feed_ids
        else [feeds()[each] for each in one.feed_ids if each in feeds()]
    )
    agreed = " as agreed here" if one.cadence_every or one.due_rule else ""
    return [f"{each.name}: {due_words(one.cadence_for(each.cadence))}{agreed}." for each in covered]


def _shown(one: Agreement) -> list[str]:
    lines = [
        f"Areas: down to the {CODE_LISTS['level'][one.permitted_level]}.",
        "Counts: as they are."
        if one.smallest_cell == 1
        else f"Counts: none from 1 to {one.smallest_cell - 1} is shown.",
    ]
    lines += [f"Counts are rounded to the nearest {one.rounding}."] if one.rounding > 1 else []
    return [*lines, f"To: {listed(AUDIENCES[each] for each in one.permitted_audiences)}."]


def _term(one: Agreement) -> list[str]:
    end = f"to {day_words(one.end_day)}" if one.end_day else "without an end"
    lines = [f"{STATUS_WORDS[one.status]}, from {day_words(one.start_day)} {end}."]
    lines += [f"To be reviewed by {day_words(one.review_day)}."] if one.review_day else []
    lines += (
        [f"Rows are kept for {counted(one.retention_months, 'month')}. {one.deletion}".strip()]
        if one.retention_months
        else []
    )
    lines += (
        [f"Columns dropped unread: {listed(one.identifiers_to_drop)}."] if one.identifiers_to_drop else []
    )
    lines += [f"Kept safe: {one.security}"] if one.security else []
    return lines


def _people(one: Agreement) -> list[str]:
    told = {
        "At the supplier": one.supplier_lead,
        "At the partnership": one.own_lead,
        "Requests of the people the data are about": one.rights_handling,
        "Signed by": listed(one.signatories) if one.signatories else "",
        "Controllers": one.controller_relationship,
    }
    return [f"{who}: {words}." for who, words in told.items() if words] or ["Nobody is named."]


def _open_points(one: Agreement) -> list[str]:
    """What an agreement should say and this one does not."""
    wanted = ["controller_relationship", "purpose", "necessity", "retention_months", "deletion", "security"]
    wanted += ["rights_handling", "review_day", "signatories", "supplier_lead", "own_lead"]
    wanted += ["lawful_basis"] if one.data_kind == "personal" else []
    points = [FIELDS[name].label.partition(", ")[0] for name in wanted if not getattr(one, name)]
    return points + (["Impact assessment not done"] if one.dpia_state == "not_done" else [])


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
