"""The day whose areas a build shows, one area of it, and a look at area files before they are taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from vrin_data.intake.area_import import AreaImport, change_areas
from vrin_data.intake.own_areas import known_areas
from vrin_data.places import Finding, OneArea, check_report, import_files, one_area
from vrin_data.records import log_event
from vrin_data.store import Store


@dataclass(frozen=True)
class AreaCheck:
    """What was found: findings about files, and the report of the areas as they are or would be.

    `report` has level, subject, message, is_fault, a row for each thing that was looked at.
    """

    findings: tuple[Finding, ...]
    report: pd.DataFrame


def areas_as_at(store: Store, day: date, *, changed_at: datetime) -> AreaImport:
    """Publish a build that shows the areas and the nesting of a day, every incident placed anew.

    The next change of the areas shows those of its own day again.
    """
    done = change_areas(
        store,
        lambda known: replace(known, on=day, findings=[]),
        reason=f"areas as at {day:%Y-%m-%d}",
        changed_at=changed_at,
    )
    log_event(store.path, "areas as-at", f"build {done.build_id}, {day:%Y-%m-%d}", happened_at=changed_at)
    return done


def check_areas(store: Store, paths: Sequence[Path] = (), *, on: date) -> AreaCheck:
    """What the current build holds and lacks; with files, what an import of them on that day would make.

    Nothing is changed. Raises RefusedInput as the import would.
    """
    known = known_areas(store)
    if not paths:
        return AreaCheck((), check_report(known))
    tried = import_files(list(paths), onto=replace(known, on=on))
    return AreaCheck(tuple(tried.findings), check_report(tried))


def shown_area(store: Store, code: str) -> OneArea:
    """All that the current build knows of the area with this code. Raises UsageError where there is none."""
    return one_area(known_areas(store), code)
