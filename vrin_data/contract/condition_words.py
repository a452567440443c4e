"""The conditions of a definition in plain words: filters, ages and the harm threshold."""

from collections.abc import Sequence

from vrin_data.contract.definition_clauses import AgeClause, Filters, HarmClause, leaves_out, values_named
from vrin_data.contract.offence_words import listed

_FLAGS = {
    "domestic": "domestic abuse",
    "hate": "a hate crime",
    "alcohol": "involving alcohol",
    "gang": "involving a gang or county lines",
}
_SAYS = {
    "weapon": "the weapon was",
    "weapon_use": "the weapon was",
    "location_type": "it happened in",
    "injury": "the injury was",
    "victim_sex": "the victim is",
    "reported_by": "it was",
    "recorded_lag": "it was recorded",
    "status": "the record is",
}
_VALUES = {
    ("weapon", "none"): "none at all",
    ("weapon", "sharp"): "a knife or other sharp instrument",
    ("weapon", "firearm"): "a firearm (real or imitation)",
    ("weapon", "blunt"): "a blunt object",
    ("weapon", "corrosive"): "acid or another corrosive substance",
    ("weapon", "other"): "another weapon",
    ("weapon_use", "used"): "used to injure",
    ("weapon_use", "threatened"): "shown or threatened",
    ("weapon_use", "possessed"): "carried only",
    ("location_type", "dwelling"): "a home (with its garden and shared parts)",
    ("location_type", "street"): "a street or other open public place",
    ("location_type", "licensed"): "licensed premises such as a pub or club",
    ("location_type", "shop"): "a shop or other premises open to the public",
    ("location_type", "school"): "a school or university",
    ("location_type", "transport"): "public transport or its stations",
    ("location_type", "park"): "a park or other green space",
    ("location_type", "hospital"): "a hospital or other care premises",
    ("location_type", "custody"): "prison or police custody",
    ("location_type", "workplace"): "a workplace not open to the public",
    ("location_type", "other"): "another place",
    ("injury", "none"): "none",
    ("injury", "minor"): "minor",
    ("injury", "serious"): "serious (hospital treatment)",
    ("injury", "fatal"): "fatal",
    ("reported_by", "victim"): "reported by the victim",
    ("reported_by", "witness"): "reported by a witness",
    ("reported_by", "agency"): "reported by a partner agency",
    ("reported_by", "police"): "found by police activity",
    ("reported_by", "company"): "found by a company's own security",
    ("recorded_lag", "same_year"): "in the year in which it happened",
    ("recorded_lag", "earlier_year"): "in a later year, within 12 months",
    ("recorded_lag", "over_a_year"): "12 months or more after it happened",
    ("status", "live"): "a live crime",
    ("status", "cancelled"): "cancelled as no crime",
    ("status", "transferred"): "transferred to another force",
    ("status", "deleted"): "taken back by its supplier",
}
BLANKS = {
    "weapon": "the weapon",
    "weapon_use": "how the weapon was used",
    "domestic": "the domestic abuse flag",
    "hate": "the hate crime flag",
    "alcohol": "the alcohol flag",
    "gang": "the gang and county lines flag",
    "location_type": "the kind of place",
    "injury": "the injury",
    "victim_sex": "the victim's sex",
    "reported_by": "who reported it",
    "recorded_lag": "how long after the event it was recorded",
}
"""What is blank where a filter cannot be answered. Of the status a blank counts as live."""

_WHOSE = {
    "victim": "the victim is",
    "suspect": "the suspect is",
    "either": "the victim or the suspect is",
    "all": "both the victim and the suspect are",
}


def filter_words(name: str, values: Sequence[str]) -> str:
    """What a filter asks for, as a clause that follows 'only where'."""
    if leaves_out(values):
        return _left_out_words(name, values_named(values))
    if name in _FLAGS:
        return _flag_words(name, values)
    said = [_VALUES.get((name, value), value.replace("_", " ")) for value in values]
    return f"{_SAYS.get(name, name)} {listed(said, last='or', shown=None)}"


def filters_words(filters: Filters) -> list[str]:
    """What filters ask for, a clause each; of the status nothing is said where only live crimes count."""
    return [
        filter_words(name, values)
        for name, values in filters.active().items()
        if (name, values) != ("status", ("live",))
    ]


def age_words(age: AgeClause) -> str:
    """What an age clause asks for, as a clause that follows 'only where'."""
    return f"{_WHOSE[age.whose]} {span_words(age.least, age.greatest)}"


def span_words(least: int | None, greatest: int | None) -> str:
    """An inclusive span of ages in words."""
    if greatest is None:
        return f"aged {least} or over"
    if least is None or least == 0:
        return f"aged {greatest} or under"
    return f"aged {least} to {greatest}, both ages included"


def harm_words(harm: HarmClause) -> str:
    """What a threshold asks for, as a clause that follows 'only where'."""
    return f"the offence weighs at least {harm.at_least_days:,g} days of recommended sentence"


def conditions(filters: Filters, ages: Sequence[AgeClause], harm: HarmClause | None) -> list[str]:
    """All that must be so, a clause each."""
    return [*filters_words(filters), *map(age_words, ages), *([harm_words(harm)] if harm else [])]


def blanks(filters: Filters, ages: Sequence[AgeClause]) -> list[str]:
    """What must not be blank for these filters and ages to be answered, as nouns, each once."""
    asked = [BLANKS[name] for name in filters.blanks_matter() if name in BLANKS]
    victim = any(age.whose != "suspect" for age in ages)
    suspect = any(age.whose != "victim" for age in ages)
    return [*asked, *["the victim's age"] * victim, *["the suspect's age"] * suspect]


def _left_out_words(name: str, values: Sequence[str]) -> str:
    if name in _FLAGS:
        return f"{_flag_words(name, values).replace('it is', 'it is not', 1)} (a blank is taken in)"
    said = [_VALUES.get((name, value), value.replace("_", " ")) for value in values]
    verb = _SAYS.get(name, name)
    negated = verb.replace("happened in", "did not happen in") if name == "location_type" else f"{verb} not"
    return f"{negated} {listed(said, last='or', shown=None)} (a blank is taken in)"


def _flag_words(name: str, values: Sequence[str]) -> str:
    flag = _FLAGS[name]
    if set(values) == {"yes"}:
        return f"it is flagged as {flag}"
    if set(values) == {"no"}:
        return f"it is recorded as not {flag}"
    return f"it is recorded whether it is {flag}"
