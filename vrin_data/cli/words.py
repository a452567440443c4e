"""What the commands print."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.intake import AreaImport, IngestResult, SubmissionResult
from vrin_data.records import HeldFile
from vrin_data.store import BuildInfo

SHOWN_SUBMISSIONS = 200


def held_list(held: Sequence[HeldFile], shape: str) -> str:
    """The files that wait for a decision, with what was found in them."""
    if shape == "json":
        return json.dumps([asdict(one) for one in held], indent=2, default=str, ensure_ascii=False)
    lines = []
    for one in held:
        lines.append(
            f"{one.held_id}  {one.supplier_id or 'several suppliers'} {one.feed_id} {one.period}: {one.file_name}"
        )
        for found in one.findings:
            lines += [f"     {words}" for words in found.get("findings", ())]
    return "\n".join(lines) or "No file waits for a decision."


def ingest_account(result: IngestResult, *, is_dry_run: bool = False) -> str:
    """What was kept, rejected and why, file by file, and what became of the store."""
    lines: list[str] = []
    for file, submissions in _by_file(result.submissions).items():
        lines += _file_lines(file, submissions, result.feed)
    if result.left_aside:
        lines.append(f"Left aside, not of this feed: {_listed(result.left_aside)}")
    if result.is_stopped:
        numbers = sorted({one.held_id for one in result.submissions if one.held_id is not None})
        lines.append(
            "Stopped: nothing was changed. A named person may accept the file with a reason: "
            + " or ".join(f'`held accept {number} --by NAME --reason "..."`' for number in numbers)
        )
    elif result.is_refused:
        lines.append("Refused: nothing was changed. The build that was current still is.")
    elif is_dry_run:
        lines.append("Dry run: nothing was changed.")
    elif result.build_id is None:
        lines.append("Unchanged: the store holds these rows already. No new build.")
    else:
        lines.append(f"Published build {result.build_id}.")
    return "\n".join(lines)


def _by_file(submissions: tuple[SubmissionResult, ...]) -> dict[str, list[SubmissionResult]]:
    files: dict[str, list[SubmissionResult]] = {}
    for one in submissions:
        files.setdefault(one.file, []).append(one)
    return files


def _file_lines(file: str, submissions: list[SubmissionResult], feed: str) -> list[str]:
    rows_in = sum(one.rows_in for one in submissions)
    kept = sum(one.rows_kept for one in submissions)
    bad = sum(one.rows_rejected for one in submissions)
    incidents = sum(one.incidents for one in submissions)
    lines = [f"{file} ({feed}): {rows_in:,} rows = {kept:,} kept + {bad:,} rejected; {incidents:,} incidents"]
    if kept > incidents:
        lines.append(f"  {kept - incidents:,} rows are further outcome lines of a crime that is counted once")
    for one in submissions[:SHOWN_SUBMISSIONS]:
        lines.append(_submission_line(one))
        lines += [f"    found: {words}" for words in one.findings]
    lines += _change_lines(submissions)
    reasons: Counter[str] = Counter()
    for one in submissions:
        reasons.update(
            {reason: count for reason, count in one.rejected_reasons.items() if reason not in reasons}
        )
    lines += [f"  rejected {count:,}: {reason}" for reason, count in reasons.most_common()]
    if sum(reasons.values()) > bad:
        lines.append("  a row rejected for several reasons stands under each of them")
    lines += [
        f"  noticed: {words}"
        for words in dict.fromkeys(words for one in submissions for words in one.warnings)
    ]
    return lines


def _change_lines(submissions: list[SubmissionResult]) -> list[str]:
    """What a resend changed, over all the periods of its file."""
    total: Counter[str] = Counter()
    for one in submissions:
        total.update(one.changes)
    if not any(one.changes for one in submissions):
        return []
    return [
        f"  against the versions before: {total['changed']:,} records changed, {total['vanished']:,} vanished, "
        f"{total['added']:,} appeared, {total['same']:,} are alike"
    ]


def _submission_line(one: SubmissionResult) -> str:
    if one.status == "refused":
        return f"  refused: {one.reason}"
    if one.is_nil:
        return f"  {one.supplier} {one.period}: {one.status}, nothing to report"
    who = f"{one.supplier} {one.period}" if one.supplier else "no month"
    replaced = f", replaces {one.replaces_rows:,} rows" if one.replaces_rows is not None else ""
    why = f" ({one.reason})" if one.reason else ""
    partial = ", PARTIAL" if one.is_partial else ""
    return f"  {who}: {one.status}{partial}, {one.rows_kept:,} kept, {one.rows_rejected:,} rejected{replaced}{why}"


def area_account(done: AreaImport) -> str:
    """What an import of areas found and did."""
    lines = [f"{finding.level}: {finding.file}: {finding.message}" for finding in done.findings]
    lines.append("Areas in the build:")
    lines += [
        f"  {row.level} {row.vintage}: {row.area_count:,}" for row in done.areas.itertuples(index=False)
    ]
    if len(done.placed):
        lines.append("Incidents by how their place is known:")
        meaning = CODE_LISTS["place_precision"]
        lines += [
            f"  {row.place_precision}: {row.incident_count:,} ({meaning[row.place_precision]})"
            for row in done.placed.itertuples(index=False)
        ]
    lines.append(f"Published build {done.build_id}.")
    return "\n".join(lines)


def area_list(areas: pd.DataFrame) -> str:
    """Areas as lines of code and name."""
    return "\n".join(f"{row.area_code}  {row.area_name}" for row in areas.itertuples(index=False))


def build_list(builds: list[BuildInfo], path: Path) -> str:
    """The builds as lines, oldest first; an asterisk marks the current one."""
    if not builds:
        return f"The store {path} holds no build yet."
    return "\n".join(
        f"{'*' if one.is_current else ' '} {one.build_id}  {one.created_at:%Y-%m-%d %H:%M} UTC  "
        f"{one.row_count:>12,} rows  {one.size_bytes / 2**20:>8,.1f} MB  {one.reason}"
        for one in builds
    )


def builds_json(builds: list[BuildInfo]) -> str:
    """The builds as a JSON list."""
    objects = [{**asdict(one), "created_at": one.created_at.isoformat()} for one in builds]
    return json.dumps(objects, indent=2, ensure_ascii=False)


def _listed(names: tuple[str, ...], most: int = 10) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
