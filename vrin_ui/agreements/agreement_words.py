"""One agreement in plain words, under headings, with what it leaves open."""

from collections.abc import Mapping

from vrin_data.contract.agreement_checks import ALL, AUDIENCES
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feed_words import due_words
from vrin_data.contract.feeds import feeds
from vrin_ui.agreements.agreement_fields import DATA_KINDS, DPIA_STATES, FIELDS
from vrin_ui.agreements.agreement_view import STATUS_WORDS
from vrin_ui.wording import counted, day_words, listed, sentence


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
