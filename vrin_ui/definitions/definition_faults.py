"""What is wrong with a draft of a definition, in the words of the editor."""

import re
from collections.abc import Iterable

from vrin_data.contract.definitions import DefinitionError
from vrin_ui.definitions.definition_draft import Draft, definition_of, what_stops_it
from vrin_ui.definitions.definition_wording import FILTERS
from vrin_ui.wording import sentence

LABELS = {
    "id": "Short name",
    "number": "Number in the list",
    "name": "Name",
    "summary": "In one sentence",
    "status": "Kind",
    "source": "Source",
    "author": "Author",
    "valid_from": "In use from",
    "valid_to": "In use to",
    "unit": "What it counts",
    "reason": "Why it is coded so",
    "cannot_say": "What it cannot say",
    "approval": "Approved",
    "unknown": "What a blank does",
    "include": "What is counted",
    "within": "Also among",
    "exclude": "Left out",
    "sets": "Sets",
    "codes": "Offence codes",
    "classifications": "Classifications",
    "icd10": "Diagnosis codes",
    "filters": "Narrowed to",
    "ages": "Ages",
    "harm": "Least weight",
    "min": "from",
    "max": "to",
    "note": "What it is",
}
"""What the boxes of the editor are called, by the name in the TOML."""
MISSING = "is missing"
_SAID = {
    "include names no offence: give sets, codes or classifications": "no offence is chosen: choose sets, offence "
    "codes or classifications",
    "include names nothing: give icd10 codes, or everything = true": "nothing is chosen: give diagnosis codes, or "
    "choose everything in the feed",
    "an age clause needs min, max or both": "give an age to begin from, one to end at, or both",
    "Field required": MISSING,
    "no offence is left by within and exclude, so nothing would be counted": "nothing is left: all that is counted "
    "is left out again",
}
_BOTH_WAYS = re.compile(r"(\w+): say either what it must be or what it must not be \([^)]*\)")
_BACKWARDS = re.compile(r"min (\d+) is above max (\d+)")
EITHER_WAY = "choose either what it is, or what it is not (the choices that begin with Not), and not both"


def faults(draft: Draft) -> list[str]:
    """Everything that keeps a draft from being saved, as sentences in the words of the editor, each once."""
    try:
        definition_of(draft)
        return []
    except DefinitionError as error:
        # A check of the whole comes after that of its parts, so it is made apart.
        lines = in_words(f"{error}\n" + "\n".join(what_stops_it(draft).splitlines()[1:]), draft)
    told = {line.partition(": ")[0] for line in lines if not line.endswith(MISSING)}
    return [line for line in lines if not (line.endswith(MISSING) and line.partition(": ")[0] in told)]


def in_words(error: str, draft: Draft) -> list[str]:
    """The faults of a draft as sentences in the words of the editor, each once."""
    lines = [_fault_words(line.strip(), draft) for line in error.splitlines()[1:]]
    return list(dict.fromkeys(lines))


def _fault_words(line: str, draft: Draft) -> str:
    place, _, message = line.partition(": ")
    if place == "whole definition":
        return sentence(_message(message))
    names = [_place_words(name, draft) for name in _steps(place)]
    return f"{', '.join(filter(None, names))}: {_message(message)}"


def _steps(place: str) -> Iterable[str]:
    """Names with their number where they have one: parts.0.include.sets.1 as parts.0, include, sets."""
    return re.findall(r"parts\.\d+|[A-Za-z_0-9 ]*[A-Za-z_][A-Za-z_0-9 ]*", place)


def _place_words(name: str, draft: Draft) -> str:
    if name.startswith("parts."):
        number = int(name.partition(".")[2])
        called = draft["parts"][number]["name"] if number < len(draft["parts"]) else ""
        return f"Part {number + 1}" + (f" ({called})" if called else "")
    return LABELS.get(name, name.replace("_", " "))


def _message(message: str) -> str:
    for said, better in _SAID.items():
        message = message.replace(said, better)
    message = _BOTH_WAYS.sub(lambda found: f"{FILTERS[found[1]]}: {EITHER_WAY}", message)
    message = _BACKWARDS.sub(r"it begins at \1, which is above \2, where it ends", message)
    if message.startswith("String should have at least 1 character"):
        return MISSING
    if message.startswith("String should match pattern '^[A-Z]"):
        return "use capitals, numbers and hyphens, such as OUR-SET"
    if message.startswith("String should match pattern"):
        return "use small letters, numbers and hyphens, such as our-area-2026"
    return message
