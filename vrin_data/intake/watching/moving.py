"""Putting a dropped file away: its report first, then one rename, and nothing ever overwritten."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from vrin_data.intake.ingest import IngestResult
from vrin_data.store.builds import sync_folder

REPORT_ENDINGS = (".report.txt", ".report.json")
LONGEST_NAME_BYTES = 200
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Report:
    """What the report says beside the ingest's own account; times are UTC without a zone."""

    supplier_id: str
    feed_id: str
    outcome: str
    received_at: datetime
    handled_at: datetime


def put_away(folder: Path, file: Path, report: Report, *, account: str, result: IngestResult) -> Path:
    """Move a file to the folder of its outcome, its report beside it; its new path.

    Raises OSError where that cannot be done; the file is where it was then.
    """
    target_folder = folder / report.outcome / report.supplier_id / report.feed_id
    target_folder.mkdir(parents=True, exist_ok=True)
    target = _free(target_folder, _stamped(file.name, report.handled_at))
    reports = [target.with_name(target.name + ending) for ending in REPORT_ENDINGS]
    try:
        for path, text in zip(reports, _texts(file.name, report, account, result), strict=True):
            _write(path, text)
        sync_folder(target_folder)
        os.rename(file, target)
    except OSError:
        for path in reports:
            path.unlink(missing_ok=True)
        raise
    sync_folder(target_folder)
    sync_folder(file.parent)
    return target


def _stamped(name: str, at: datetime) -> str:
    """The name with the time in front, short enough for every file system; the ending is kept."""
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 10 else ""
    short = name.removesuffix(ending).encode()[: LONGEST_NAME_BYTES - len(ending.encode())]
    return f"{at.strftime(STAMP)}-{short.decode(errors='ignore')}{ending}"


def _free(folder: Path, name: str) -> Path:
    """A path of this name, or of one with a number, where neither a file nor a report is."""
    names = chain([name], (f"{number}-{name}" for number in count(2)))
    return next(
        folder / one
        for one in names
        if not any((folder / f"{one}{ending}").exists() for ending in ("", *REPORT_ENDINGS))
    )


def _texts(name: str, report: Report, account: str, result: IngestResult) -> tuple[str, str]:
    words = (
        f"{name}\n"
        f"{report.outcome}: from {report.supplier_id} for {report.feed_id}, received {report.received_at} UTC, "
        f"handled {report.handled_at} UTC\n\n{account}\n"
    )
    content = {
        "file": name,
        **{key: str(value) for key, value in asdict(report).items()},
        "build_id": result.build_id,
        "submissions": [one.as_object() for one in result.submissions],
        "left_aside": list(result.left_aside),
    }
    return words, json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
