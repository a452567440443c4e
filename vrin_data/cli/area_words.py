"""Areas, layers and what a check found, as lines."""

from collections.abc import Sequence

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.intake.area_day import Finding, OneArea

MOST_NAMED = 8


def layer_lines(layers: pd.DataFrame) -> str:
    """The levels that lie across the small areas, a line each."""
    if layers.empty:
        return "The build holds no wards and no areas of your own."
    meaning = CODE_LISTS["layer_basis"]
    return "\n".join(
        f"{row.level}  {row.layer_name} ({meaning.get(str(row.basis), row.basis)}); {row.source}"
        for row in layers.itertuples(index=False)
    )


def report_lines(report: pd.DataFrame, findings: Sequence[Finding]) -> str:
    """What an import would say, then the report; what is to be put right has an exclamation mark."""
    lines = [f"{finding.level}: {finding.file}: {finding.message}" for finding in findings]
    lines += [
        f"{'!' if row.is_fault else ' '} {row.level}, {row.subject}: {row.message}"
        for row in report.itertuples(index=False)
    ]
    faults = int(report["is_fault"].sum())
    lines.append(_end(faults, sum(finding.level == "warning" for finding in findings)))
    return "\n".join(lines)


def _end(faults: int, warnings: int) -> str:
    """What a check comes to; a warning is no fault, and is not nothing either."""
    if faults:
        return f"{faults:,} to put right."
    if warnings:
        what = "warning" if warnings == 1 else "warnings"
        return (
            f"Nothing stops an import. The {what} above say{'s' if warnings == 1 else ''} what was read otherwise than "
            "it stands, or left out: see whether that is meant, and correct the file where it is not."
        )
    return "Nothing is to be put right."


def area_lines(area: OneArea, beside: Sequence[str]) -> str:
    """One area: a line for each thing that is known of it."""
    level = CODE_LISTS["level"].get(area.level, area.level)
    lines = [
        f"{area.code}  {area.name}",
        f"  level: {area.level} ({level}), vintage {area.vintage}{'' if area.is_in_force else ', not in force'}",
        f"  exists: {_span(area.valid_from, area.valid_to)}; {area.source}",
        f"  boundaries: {', '.join(area.boundaries) or 'none'}",
        *_linked("lies in", area.above),
        *_counted(area.below),
        *_linked("was", area.before),
        *_linked("became", area.after),
    ]
    lines += [
        f"  residents {row.year}: {row.person_count:,} ({row.basis}; {row.source})"
        for row in area.residents.itertuples(index=False)
    ]
    lines += [
        f"  {row.indicator_id} {row.year}: {_figure(row)} ({row.unit}; {row.basis})"
        for row in area.indicators.itertuples(index=False)
    ]
    lines.append(f"  neighbours: {', '.join(beside) or 'none'}")
    return "\n".join(lines)


def area_object(area: OneArea, beside: Sequence[str]) -> dict[str, object]:
    """One area for a program."""
    frames = ("above", "below", "before", "after", "residents", "indicators")
    plain = ("code", "name", "level", "vintage", "is_in_force", "boundaries", "source")
    found: dict[str, object] = {name: getattr(area, name) for name in plain}
    found |= {name: _day(getattr(area, name)) for name in ("valid_from", "valid_to")}
    for name in frames:
        frame = getattr(area, name).astype(object)
        found[name] = frame.where(frame.notna(), None).to_dict("records")
    return found | {"neighbours": list(beside)}


def _linked(word: str, frame: pd.DataFrame) -> list[str]:
    return [
        f"  {word}: {row.level} {row.area_name} ({row.area_code}){_how(str(row.relation))}{_when(row)}"
        for row in frame.itertuples(index=False)
    ]


def _how(relation: str) -> str:
    words = {"part": ", in part", "best_fit": ", by best fit", "split": ", one of several"}
    return words.get(relation, "")


def _when(row: object) -> str:
    first, last = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    return "" if pd.isna(first) and pd.isna(last) else f", {_span(first, last)}"


def _span(first: object, last: object) -> str:
    if pd.isna(first) and pd.isna(last):
        return "without a stated first or last day"
    words = [] if pd.isna(first) else [f"from {_day(first)}"]
    return " ".join(words if pd.isna(last) else [*words, f"until {_day(last)}"])


def _day(value: object) -> str | None:
    return None if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"


def _counted(below: pd.DataFrame) -> list[str]:
    """What lies in it by level: few by name, many by number."""
    lines = []
    for (level, relation), rows in below.groupby(["level", "relation"], sort=False):
        names = [f"{row.area_name} ({row.area_code})" for row in rows.itertuples(index=False)]
        told = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names):,} areas"
        lines.append(f"  holds: {level} {told}{_how(str(relation))}")
    return lines


def _figure(row: object) -> str:
    name = getattr(row, "class_name", None)
    return str(name) if isinstance(name, str) and name else f"{getattr(row, 'value', float('nan')):,.3g}"
