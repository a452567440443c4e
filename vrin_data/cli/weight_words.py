"""What the command `weights` prints: editions, rows, differences, imports and central choices."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from vrin_data.contract.edition_diff import RowDifference
from vrin_data.contract.offences import Offence, offences
from vrin_data.contract.weight_resolution import CentralChoice, rows_of_offence
from vrin_data.contract.weight_rows import WeightRow, unlike_attempts
from vrin_data.contract.weight_text import amount_text
from vrin_data.contract.weights import Edition
from vrin_data.records.weight_imports import WeightImport
from vrin_data.records.weights import ChoiceStep

SHOWN_DIFFERENCES = 200


def edition_list(found: Iterable[Edition], shape: str) -> str:
    """The editions, a line each."""
    if shape == "json":
        return _json([_about(one) for one in found])
    return "\n".join(
        f"{one.label}  {one.kind}  {len(one.rows)} rows  {one.published}  {one.name}" for one in found
    )


def edition_account(one: Edition, shape: str) -> str:
    """What an edition is, and how many offences it weighs exactly, by a choice, as a range, or not."""
    basis = Counter(one.resolved()["basis"])
    if shape == "json":
        return _json(
            {**_about(one), "offences_by_basis": dict(basis), "rows": [_row(row) for row in one.rows]}
        )
    return "\n".join(
        [
            f"{one.label}: {one.name}",
            f"  {len(one.rows)} rows in {one.unit_words}; published {one.published}",
            f"  Source: {one.source}",
            f"  {one.attribution}",
            *(f"  Note: {note}" for note in one.notes),
            f"  Offences an extract may name: {basis['exact']} with one weight, {basis['chosen']} with a range and a "
            f"chosen row, {basis['range']} with a range alone, {basis['none']} without a weight",
        ]
    )


def offence_rows(one: Edition, key: str, shape: str) -> str:
    """The weight of an offence and every row it may be."""
    offence, weight = offences().by_key[key], one.weight(key)
    rows = sorted(set(rows_of_offence(offence, one.of_pair)), key=lambda row: (row.days, row.row_id))
    if shape == "json":
        return _json({"offence_key": key, "weight": asdict(weight), "rows": [_row(row) for row in rows]})
    if not rows:
        return f"{_offence(offence)}: {weight.reason}."
    central = "not chosen" if weight.days_central is None else amount_text(weight.days_central)
    ends = f"{amount_text(weight.days_low or 0)} to {amount_text(weight.days_high or 0)}"
    head = (
        f"{_offence(offence)}: {ends} {one.unit_words}, central {central} ({weight.basis}: {weight.reason})"
    )
    return "\n".join([head, *(f"  {amount_text(row.days)}  {_row_words(row)}" for row in rows)])


def attempts(one: Edition, shape: str) -> str:
    """Attempts that weigh other than the completed offence, and which the rule would change."""
    found = unlike_attempts(one.rows)
    if shape == "json":
        return _json([asdict(each) for each in found])
    lines = [
        f"{each.attempt.row_id} ({_row_words(each.attempt)}) weighs {amount_text(each.attempt.days)}; "
        f"{each.completed.row_id} ({_row_words(each.completed)}) weighs {amount_text(each.completed.days)}. "
        + _change_words(each.attempt, each.changes)
        for each in found
    ]
    if not lines:
        return f"{one.label}: no attempt weighs other than the completed offence of its number."
    return "\n".join([f"{one.label}: {len(lines)} attempts weigh other than the completed offence:", *lines])


def _change_words(attempt: WeightRow, changes: bool) -> str:
    if changes:
        return "With attempts as completed, its row leaves."
    code = f"{attempt.pair[0]} {attempt.pair[1]}"
    return f"With attempts as completed it stays: {code} has no completed row of its own."


def difference_list(first: Edition, second: Edition, found: Sequence[RowDifference], shape: str) -> str:
    """The rows in which two editions differ."""
    if shape == "json":
        return _json([asdict(one) for one in found])
    return "\n".join(_difference_lines(first, second, found, most=len(found)))


def import_account(done: WeightImport, shape: str) -> str:
    """What was read, put right and left out, how it differs, and what was recorded."""
    if shape == "json":
        return _json(_import_facts(done))
    lines = [f"{done.read.where}: {len(done.edition.rows)} rows in {done.edition.unit_words}"]
    lines += [f"  put right: {one.words()}" for one in done.read.repairs]
    lines += [f"  left out: {one}" for one in done.read.left_out]
    lines += [f"  note: {one}" for one in done.read.notes]
    if done.against is None:
        lines.append("There is no earlier edition of this kind to compare with.")
    else:
        lines += _difference_lines(done.against, done.edition, done.differences, most=SHOWN_DIFFERENCES)
        lines += _carried_lines(done)
    if done.is_recorded:
        lines.append(f"Recorded as {done.edition.edition_id}: {done.edition.name}.")
    else:
        lines.append("Dry run: nothing was recorded.")
    return "\n".join(lines)


def _difference_lines(
    first: Edition, second: Edition, found: Sequence[RowDifference], *, most: int
) -> list[str]:
    if not found:
        return [f"Against {first.edition_id} ({len(first.rows)} rows): no difference."]
    counts = ", ".join(f"{count} {change}" for change, count in Counter(one.change for one in found).items())
    lines = [f"Against {first.edition_id} ({len(first.rows)} rows): {counts}:"]
    lines += [f"  {one.words()}" for one in found[:most]]
    if len(found) > most:
        lines.append(
            f"  and {len(found) - most} more: `weights diff {first.edition_id} {second.edition_id}` lists all"
        )
    return lines


def _carried_lines(done: WeightImport) -> list[str]:
    if done.against is None or not (done.edition.choices or done.left_to_choose):
        return []
    lines = [f"Central choices carried over from {done.against.edition_id}: {len(done.edition.choices)}"]
    if done.left_to_choose:
        lines.append(f"  left to choose: {', '.join(done.left_to_choose)}")
    return lines


def choice_table(
    published: Edition, own: Mapping[str, CentralChoice], steps: Sequence[ChoiceStep], shape: str
) -> str:
    """Every offence with several weights: its range, the choice that came with the edition, and one's own."""
    found = [
        _choice(one, published, own.get(one.offence_key))
        for one in offences().all
        if published.weight(one.offence_key).basis in ("chosen", "range")
    ]
    if shape == "json":
        return _json({"version": len(steps), "choices": found, "steps": [asdict(one) for one in steps]})
    head = f"{published.edition_id}: {len(found)} offences may have several weights; choices v{len(steps)}"
    return "\n".join([head, *(_choice_line(one) for one in found)])


def _choice(offence: Offence, published: Edition, own: CentralChoice | None) -> dict[str, Any]:
    weight = published.weight(offence.offence_key)
    return {
        "offence_key": offence.offence_key,
        "label": offence.label,
        "possible": sorted({row.days for row in rows_of_offence(offence, published.of_pair)}),
        "published": weight.days_central,
        "published_reason": weight.reason,
        "own": own.days if own else None,
        "own_reason": own.reason if own else "",
        "own_by": own.chosen_by if own else "",
    }


def _choice_line(one: Mapping[str, Any]) -> str:
    published = "none" if one["published"] is None else amount_text(one["published"])
    possible = ", ".join(map(amount_text, one["possible"]))
    own = (
        f"  OWN {amount_text(one['own'])}: {one['own_reason']} ({one['own_by']})"
        if one["own"] is not None
        else ""
    )
    return f"{one['offence_key']}  {published} of {possible}: {one['published_reason']}{own}"


def _import_facts(done: WeightImport) -> dict[str, Any]:
    return {
        **_about(done.edition),
        "where": done.read.where,
        "repairs": [asdict(one) for one in done.read.repairs],
        "left_out": done.read.left_out,
        "against": done.against.edition_id if done.against else None,
        "differences": [asdict(one) for one in done.differences],
        "carried_choices": len(done.edition.choices),
        "left_to_choose": done.left_to_choose,
        "is_recorded": done.is_recorded,
    }


def _about(one: Edition) -> dict[str, Any]:
    return {
        **asdict(one.about),
        "label": one.label,
        "unit": one.unit_words,
        "row_count": len(one.rows),
        "choices_version": one.choices_version,
    }


def _row(row: WeightRow) -> dict[str, Any]:
    return asdict(row)


def _row_words(row: WeightRow) -> str:
    marks = [row.qualifier, "attempt" if row.is_attempt and "attempt" not in row.qualifier else ""]
    offence = offences().facts.get(row.pair)
    return ", ".join(
        filter(None, (" ".join(filter(None, row.pair)), offence.label if offence else "", *marks))
    )


def _offence(offence: Offence) -> str:
    return f"{offence.offence_key.strip('|').replace('|', ' ')} {offence.label}".strip()


def _json(found: Any) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)
