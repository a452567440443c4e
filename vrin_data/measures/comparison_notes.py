"""What must be said with a comparison of areas before it is believed."""

from vrin_data.measures.comparison_request import ComparisonRequest, Group
from vrin_data.methods.funnel import Spread

FEW_AREAS = 10
"""Fewer areas say little of how much areas differ."""
A_YEAR = (
    "rates are per 1,000 residents a year; an area that came for fewer months is held against what its own months "
    "would give, and one that did not come stands in no limit"
)
RESIDENTS = (
    "rates use residents: a city centre, or a place of many visitors, has more incidents per resident than its "
    "residents suffer"
)
HARM = "in limits harm is a weighted Poisson sum: single grave crimes move it far, and limits allow for that"
UNTOLD = (
    "{} {} no point of the comparison: in their extracts more than half may or may not be in, so a low figure would be "
    "one of the extract and not of the area"
)
TREATED = {
    "winsorise": "the furthest tenth at either end drawn in",
    "trim": "the furthest tenth at either end left out",
    "none": "all areas counted alike",
}


def comparison_notes(
    request: ComparisonRequest,
    group: Group,
    *,
    found: Spread,
    is_adjusted: bool,
    areas: int,
    not_held: int,
    untold: int,
    is_uneven: bool,
) -> tuple[str, ...]:
    """What the group is, how limits were made, and what cannot be concluded."""
    notes = [_spread_words(request, found, is_adjusted)] if areas else []
    if 0 < areas < FEW_AREAS:
        notes.append(
            f"a funnel of {areas} areas says little: how much areas differ can hardly be told from so few"
        )
    if untold:
        notes.append(UNTOLD.format(untold, "area is" if untold == 1 else "areas are"))
    if group.listed is not None:
        notes.append(_list_words(group, not_held))
    notes.append(A_YEAR if is_uneven else A_YEAR.partition(";")[0])
    notes.append(RESIDENTS)
    return (*notes, HARM) if request.figure == "harm-rate" else tuple(notes)


def _spread_words(request: ComparisonRequest, found: Spread, is_adjusted: bool) -> str:
    told = f"phi {found.phi:.2f}, tau2 {found.tau2:.4f}, from {found.used} areas, {TREATED[request.outliers]}"
    if is_adjusted:
        return f"areas differ by more than chance explains, and limits are widened (additive over-dispersion: {told})"
    if found.tau2 > 0:
        return f"limits are those of chance alone, though areas differ by more than it explains ({told})"
    return f"limits are those of chance alone: areas differ by no more than it explains ({told})"


def _list_words(group: Group, not_held: int) -> str:
    listed = group.listed
    named = f"{listed.name} ({listed.label}, {listed.source})" if listed else ""
    left = (
        f"; {not_held} of its {len(group.codes or ())} areas have no figures here and are left out"
        if not_held
        else ""
    )
    return f"comparators: {named}{left}"
