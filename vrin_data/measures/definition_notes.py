"""What must be said of a definition beside its figures: what it leaves out, back-casts, or cannot express."""

from vrin_data.contract.definitions import Definition
from vrin_data.contract.series import ALL_SERIES, SERIES, SOURCE
from vrin_data.measures.selection import Selection

UNKNOWN_WORDS = {
    "in": "the definition counts as in whatever cannot be told to be out",
    "out": "the definition counts as out whatever cannot be told to be in",
}
UNIT_WORDS = {
    "victim": "a victim is counted as one recorded crime, as the Home Office counting rules have it for violence",
    "incident": "an incident is counted as one recorded crime: extracts do not link the crimes of one incident",
}


UNIVERSE = "a list of candidates to choose from, not a count of serious violence: which are serious is decided locally"


def definition_notes(selection: Selection, definition: Definition) -> tuple[str, ...]:
    """Notes for the stamp, from the definition and the terms under which it was asked."""
    return (*term_notes(selection), *coding_notes(selection, definition))


def coding_notes(selection: Selection, definition: Definition) -> list[str]:
    """Notes on one definition: its dates against the selection's, and what it cannot say."""
    return [*_of_dates(selection, definition), *_of_coding(definition)]


def short_terms(selection: Selection) -> tuple[str, ...]:
    """The same terms in a word or two each, for the line on a chart; how attempts weigh stands with the edition."""
    told = {
        f"{selection.series.upper()} alone": selection.series != ALL_SERIES,
        "without homicide": selection.without_homicide,
    }
    return tuple(words for words, holds in told.items() if holds)


def term_notes(selection: Selection) -> list[str]:
    """Notes on the terms under which a question was asked, whatever its definition."""
    notes = []
    if selection.series != ALL_SERIES:
        one = SERIES[selection.series]
        notes.append(f"only the {one.name}: {one.words} ({SOURCE}); what is not recorded cannot be told")
    if selection.without_homicide:
        notes.append("without homicide")
    if selection.attempts == "as_completed":
        notes.append(
            "an attempt weighs as the completed offence wherever the edition has both under one offence; "
            "attempted murder is an offence of its own and keeps its weight"
        )
    return notes


def _of_dates(selection: Selection, definition: Definition) -> list[str]:
    notes = []
    if selection.from_month < definition.valid_from.replace(day=1):
        notes.append(
            f"back-cast: {definition.label} is in use from {definition.valid_from:%d %B %Y}, and is applied here to "
            "earlier months as if it had been"
        )
    if definition.valid_to is not None and selection.to_month > definition.valid_to:
        notes.append(
            f"{definition.label} was in use to {definition.valid_to:%d %B %Y}; later months are under it too"
        )
    return notes


def _of_coding(definition: Definition) -> list[str]:
    notes = [f"the definition cannot say: {words}" for words in definition.cannot_say]
    if definition.is_universe:
        notes.insert(0, UNIVERSE)
    if definition.unknown in UNKNOWN_WORDS:
        notes.append(UNKNOWN_WORDS[definition.unknown])
    if definition.unit in UNIT_WORDS:
        notes.append(UNIT_WORDS[definition.unit])
    return notes
