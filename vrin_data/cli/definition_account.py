"""What the command `definitions` prints."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from vrin_data.contract.clause_changes import ClauseChange
from vrin_data.contract.definition_words import chapters
from vrin_data.contract.definitions import Definition, decide_offences
from vrin_data.contract.offence_words import pair_words
from vrin_data.contract.offences import offences
from vrin_data.contract.weights import Edition
from vrin_data.contract.worksheet import CONSIDERATIONS, JUDGEMENTS
from vrin_data.records import DefinitionVersion, RecordedWorksheet

SHOWN_OFFENCES = 20
_STATES = {"draft": "a draft again"}
_WIDTH = 100


def listing(
    found: Sequence[DefinitionVersion],
    standing: Mapping[str, DefinitionVersion],
    shape: str,
    *,
    aside: Sequence[str] = (),
) -> str:
    """Versions, a line each: number in the list of definitions in use, id@version, state, unit and name.

    `aside` are built-in versions that a version of the partnership's own stands in the place of.
    """
    if shape == "json":
        return _json([_about(one, standing) for one in found])
    shown = [_row(one) for one in found]
    widths = [max((len(row[column]) for row in shown), default=0) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in shown
    ]
    notes = [
        f"note: VRIN has a {one} of its own now; yours came first and keeps the number." for one in aside
    ]
    return "\n".join([*lines, *notes])


def _row(one: DefinitionVersion) -> tuple[str, str, str, str, str]:
    if one.fault:
        return "-", one.ref, one.state, "-", f"{one.name} (its text cannot be read any more)"
    return one.definition.number or "-", one.ref, _state(one), one.definition.unit, one.name


def as_text(
    found: DefinitionVersion,
    own: Sequence[DefinitionVersion],
    filled_in: RecordedWorksheet | None,
    edition: Edition,
    *,
    with_all: bool,
) -> str:
    """A definition in plain English, then its offences, its versions and its worksheet."""
    blocks = [f"{found.name} ({found.label}, {found.state})"]
    for chapter in chapters(found.definition):
        blocks.append("\n".join([f"{chapter.title}:", *map(_wrapped, chapter.sentences)]))
    if found.definition.counts_crimes:
        blocks.append("\n".join(_offence_lines(found.definition, edition, with_all=with_all)))
    blocks.append("\n".join(["Versions:", *(line for one in own for line in _version_lines(one))]))
    blocks.append("\n".join(_worksheet_lines(filled_in)))
    return "\n\n".join(blocks)


def as_json(
    found: DefinitionVersion,
    own: Sequence[DefinitionVersion],
    filled_in: RecordedWorksheet | None,
    edition: Edition,
) -> str:
    """The same as one JSON object."""
    about = {
        **found.definition.model_dump(mode="json", by_alias=True),
        "state": found.state,
        "words": {chapter.title: chapter.sentences for chapter in chapters(found.definition)},
        "weights": edition.label,
        "offences": _taken_in(found.definition, edition).to_dict("records")
        if found.definition.counts_crimes
        else [],
        "versions": [{**_about(one, {}), "steps": [asdict(step) for step in one.steps]} for one in own],
        "worksheet": asdict(filled_in) if filled_in else None,
    }
    return _json(about)


def check_words(name: str, one: Definition) -> str:
    """That a file is a definition, and what it counts."""
    lines = [f"{name} is a definition: {one.name} ({one.id}). Nothing was put on record."]
    lines += [_wrapped(sentence) for chapter in chapters(one)[:-1] for sentence in chapter.sentences]
    return "\n".join(lines)


def difference(changes: Sequence[ClauseChange], texts: Sequence[str], shape: str) -> str:
    """What differs between two definitions, clause by clause."""
    if shape == "json":
        found = [{"clause": one.clause, "words": one.words} for one in changes]
        return _json({"clauses": found, "texts": list(texts)})
    lines = ["What is counted:", *(_wrapped(f"{one.clause}: {one.words}.") for one in changes)]
    if not changes:
        lines = ["The two count the same."]
    return "\n".join([*lines, *(["", "What is said of them:"] if texts else []), *map(_wrapped, texts)])


def step_words(done: DefinitionVersion, standing: DefinitionVersion | None) -> str:
    """What became of a version, and which one is in force now."""
    force = f"In force: {standing.label}." if standing else f"No version of {done.definition_id} is in force."
    return f"{done.label} is {_STATES.get(done.state, done.state)}. {force}"


def _about(one: DefinitionVersion, standing: Mapping[str, DefinitionVersion]) -> dict[str, Any]:
    names = ("number", "unit", "status", "valid_from", "valid_to")
    told = {name: None if one.fault else getattr(one.definition, name) for name in names}
    force = {"is_in_force": standing.get(one.definition_id) == one} if standing else {}
    left_out = ("toml", "steps")
    own = {name: value for name, value in vars(one).items() if name not in left_out}
    return {"ref": one.ref, **own, **told, **force}


def _state(one: DefinitionVersion) -> str:
    return f"{one.state}, legacy" if one.definition.status == "legacy" else one.state


def _offence_lines(definition: Definition, edition: Edition, *, with_all: bool) -> Iterator[str]:
    found = _taken_in(definition, edition)
    surely, maybe = (found[found["verdict"] == verdict] for verdict in ("in", "cannot_tell"))
    yield f"Offences, with days of recommended sentence ({edition.label}), the heaviest first:"
    yield from _lines(surely, with_all=with_all)
    if len(maybe):
        yield "Offences that may be in, by their weight:"
        yield from _lines(maybe, with_all=with_all)


def _taken_in(definition: Definition, edition: Edition) -> pd.DataFrame:
    """Offences by code and classification that are in or may be, the heaviest first, old codes last."""
    decided = decide_offences(definition, edition)
    decided = decided[decided["is_in"] != "out"]
    pairs = {f"{code}|{classification}": (code, classification) for code, classification in offences().facts}
    decided = decided[decided["offence_key"].isin(pairs)]
    frame = pd.DataFrame(
        {
            "offence_key": decided["offence_key"],
            "offence": [pair_words(pairs[key]) for key in decided["offence_key"]],
            "verdict": decided["is_in"],
            "is_old_code": decided["offence_key"].str.endswith("|"),
            **{name: decided[name].astype(object) for name in ("days_low", "days_central", "days_high")},
        }
    )
    frame = frame.sort_values(["is_old_code", "days_high", "offence_key"], ascending=[True, False, True])
    return frame.astype(object).where(frame.notna(), None)


def _lines(found: pd.DataFrame, *, with_all: bool) -> Iterator[str]:
    for row in found.head(len(found) if with_all else SHOWN_OFFENCES).itertuples(index=False):
        key = str(row.offence_key).replace("|", " ").strip()
        yield f"  {key:<14} {_days(row):>24}  {row.offence}"
    if not with_all and len(found) > SHOWN_OFFENCES:
        yield f"  and {len(found) - SHOWN_OFFENCES} others; --offences shows all"


def _days(row: Any) -> str:
    if row.days_low is None:
        return "no weight"
    if row.days_low == row.days_high:
        return f"{row.days_low:,g}"
    chosen = "" if row.days_central is None else f" ({row.days_central:,g})"
    return f"{row.days_low:,g} to {row.days_high:,g}{chosen}"


def _version_lines(one: DefinitionVersion) -> Iterator[str]:
    since = "" if one.recorded_at is None else f", on record since {one.recorded_at} UTC"
    yield f"  {one.ref}: {one.state}, by {one.author}{since}"
    for step in one.steps:
        why = f": {step.reason}" if step.reason else ""
        alone = f" (decided alone: {step.alone_reason})" if step.alone_reason else ""
        yield f"    {step.recorded_at} {step.action} by {step.person}{why}{alone}"


def _worksheet_lines(filled_in: RecordedWorksheet | None) -> Iterator[str]:
    if filled_in is None:
        yield "Worksheet of section 13(6): nobody has filled it in."
        return
    yield f"Worksheet of section 13(6), by {filled_in.recorded_by}, {filled_in.recorded_at} UTC:"
    for name, one in filled_in.worksheet.considerations().items():
        yield _wrapped(f"{CONSIDERATIONS[name]}: {JUDGEMENTS[one.judgement]}. {one.words}".strip())


def _wrapped(words: str) -> str:
    return textwrap.fill(words, _WIDTH, initial_indent="  ", subsequent_indent="    ")


def _json(found: Iterable[Any]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)
