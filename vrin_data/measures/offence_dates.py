"""The days on which offences that a definition names came into use or went out of it, as base sets date them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vrin_data.contract.breaks import DERIVED, Break, Concern
from vrin_data.contract.definition_clauses import LocalSet, OffenceClause
from vrin_data.contract.definitions import Definition
from vrin_data.contract.offence_sets import SetRow, base_sets, pairs_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Dated:
    """What a row of a set names, with the classifications it stands for, and when it was in use."""

    name: str
    classifications: frozenset[str]
    first: date | None
    last: date | None


def offence_breaks(definition: Definition) -> list[Break]:
    """A break for each day on which the offences of a definition changed, oldest first.

    Codes that follow others, or that only tell apart what another code of the definition held before, are a
    recoding: figures go on as they were. Offences that are new, or end without another, are a change of what is
    counted.
    """
    rows = [*_rows(definition)]
    days = {one.first for one in rows if one.first} | {one.last + DAY for one in rows if one.last}
    return [_break(definition, rows, day) for day in sorted(days)]


def _rows(definition: Definition) -> Iterator[_Dated]:
    own = {one.id: one for one in definition.sets}
    for part in definition.all_parts():
        for clause in (part.include, *([part.within] if part.within else [])):
            yield from _of_clause(clause, own)


def _of_clause(clause: OffenceClause, own: dict[str, LocalSet]) -> Iterator[_Dated]:
    for name in clause.sets:
        if name in own:
            yield from _of_local(own[name])
        else:
            yield from _of_set(name)
    for code in clause.codes:
        yield _Dated(code, _classes(codes=[code]), None, None)
    for classification in clause.classifications:
        yield _Dated(classification, frozenset([classification]), None, None)


def _of_local(one: LocalSet) -> Iterator[_Dated]:
    found = pairs_of(sets=one.sets, codes=one.codes, classifications=one.classifications)
    yield _Dated(one.id, frozenset(pair[1] for pair in found), one.valid_from, one.valid_to)


def _of_set(name: str) -> Iterator[_Dated]:
    for row in base_sets()[name].rows:
        if row.kind == "set":
            yield from _of_set(row.value)
        else:
            yield _Dated(row.value, _of_row(row), row.valid_from, row.valid_to)


def _of_row(row: SetRow) -> frozenset[str]:
    if row.kind == "code":
        return _classes(codes=[row.value])
    if row.kind == "pair":
        return frozenset([row.value.partition("|")[2]])
    return frozenset([row.value]) if row.kind == "classification" else frozenset()


def _classes(*, codes: list[str]) -> frozenset[str]:
    return frozenset(pair[1] for pair in pairs_of(codes=codes))


def _break(definition: Definition, rows: list[_Dated], day: date) -> Break:
    begin = {one.name: one for one in rows if one.first == day}
    end = {one.name: one for one in rows if one.last == day - DAY}
    is_change = _is_change(rows, begin, end)
    said = [
        f"{', '.join(sorted(begin))} in use from then" if begin else "",
        f"{', '.join(sorted(end))} in use until then" if end else "",
    ]
    what = "Offences that the definition counts changed" if is_change else "Offences were given other codes"
    return Break(
        break_id=f"offences-{definition.id}-{day}",
        happened_on=day,
        kind="definition" if is_change else "counting_rule",
        title=f"{what}: {'; '.join(filter(None, said))}",
        concern=Concern(definition_id=definition.id),
        basis=DERIVED,
        is_definition_change=is_change,
        reason="the days that the list of base sets gives for the offences of the definition",
    )


def _is_change(rows: list[_Dated], begin: dict[str, _Dated], end: dict[str, _Dated]) -> bool:
    if begin and end:
        return False
    others = [one for one in rows if one.name not in begin and one.name not in end]
    held = frozenset().union(*(one.classifications for one in others))
    return not all(one.classifications and one.classifications <= held for one in (begin or end).values())
