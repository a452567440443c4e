"""The words of the page Definitions: states, kinds, units, and the names of clauses and filters."""

from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.definition_clauses import NOT
from vrin_data.contract.definitions import Definition
from vrin_data.contract.tables import PROFILE_CODES
from vrin_ui.wording import sentence

STATES = {
    "built-in": "comes with VRIN",
    "approved": "approved",
    "draft": "draft",
    "submitted": "waits for approval",
    "retired": "retired",
    "discarded": "given up",
    "unsaved": "not saved",
}
EARLIER = "earlier version"
STATE_NOTES = {
    "draft": "This is a **draft**. Its text may still change, and nobody has approved it.",
    "submitted": "This version **waits for approval**. Its text does not change while it waits.",
    "retired": "This version is **retired**: it is no longer in force, and still runs when it is asked for.",
    "discarded": "This draft was **given up**. Its text stays on record.",
}
UNITS = {
    "offence": ("offence", "offences"),
    "victim": ("victim", "victims"),
    "incident": ("incident", "incidents"),
    "attendance": ("hospital attendance", "hospital attendances"),
    "admission": ("hospital admission", "hospital admissions"),
}
KINDS = {
    "published wording": "Published wording",
    "our coding": "Published aim, our list of codes",
    "legacy": "Legacy: no longer in use",
    "local": "Local",
}
UNIVERSE = "To choose from: not a count"
UNIVERSE_NOTE = (
    "This is a **list to choose from**: offences of which a partnership decides what is serious in its area. Its "
    "count is no count of serious violence."
)
LEGACY_NOTE = (
    "This is a **legacy** definition: kept so that old figures can be read, and not meant for new ones."
)
UNKNOWNS = {
    "range": "it widens the range: the low end leaves it out, the high end counts it",
    "in": "it is counted as if it fitted",
    "out": "it is left out as if it did not fit",
}
WHOSE = {
    "victim": "the victim",
    "suspect": "the suspect",
    "either": "the victim or the suspect",
    "all": "the victim and the suspect",
}
FILTERS = {
    "weapon": "Weapon",
    "weapon_use": "How the weapon was used",
    "domestic": "Domestic abuse",
    "hate": "Hate crime",
    "alcohol": "Alcohol",
    "gang": "Gang or county lines",
    "location_type": "Kind of place",
    "injury": "Injury",
    "victim_sex": "Sex of the victim",
    "reported_by": "Who reported it",
    "recorded_lag": "How long after the event it was recorded",
    "status": "Status of the record",
}
ACTIONS = {
    "save": "saved as a draft",
    "submit": "handed in for approval",
    "approve": "approved",
    "send back": "sent back",
    "retire": "retired",
    "discard": "given up",
}


def kind_of(one: Definition) -> str:
    """What sort of definition it is, a universe before all else."""
    return UNIVERSE if one.is_universe else KINDS[one.status]


def unit_of(one: Definition, *, many: bool = True) -> str:
    """What it counts, in words."""
    return UNITS[one.unit][many]


def filter_values(name: str) -> dict[str, str]:
    """What a filter can ask for or leave out, with words; a blank is never asked for."""
    values = {code: words for code, words in CODE_LISTS[PROFILE_CODES[name]].items() if code != NOT_RECORDED}
    asked = {code: sentence(words) for code, words in values.items()}
    return asked | {f"{NOT}{code}": f"Not: {words}" for code, words in values.items()}
