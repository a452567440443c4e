"""What can be chosen in the mapping help: columns for a heading, and meanings for a value that is not known."""

from collections.abc import Mapping

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import Feed
from vrin_data.contract.labels import labels
from vrin_data.contract.offences import classification_key, code_key, offences
from vrin_data.contract.policeuk import crime_types
from vrin_data.contract.suppliers import Supplier, of_kinds
from vrin_ui.upload.mapping import IGNORED, LEFT_OPEN, NOT_USED, words_of

LONGEST = 70


def column_choices(feed: Feed) -> dict[str, str]:
    """Every column of a feed by its name, with words; first that the heading is not used."""
    return {NOT_USED: "Not used"} | {
        column.name: f"{words_of(column.name)}{' (needed)' if column.required else ''}"
        for column in feed.columns
    }


def column_help(feed: Feed, name: str) -> str:
    """What a column means; '' where none is chosen."""
    column = feed.column(name)
    return column.meaning if column else ""


def value_choices(feed: Feed, name: str, register: Mapping[str, Supplier]) -> dict[str, str]:
    """What a value in a column may stand for, with words; first that it is left open, or read as a blank."""
    usual = {LEFT_OPEN: "Left open: not recorded", IGNORED: "Read as a blank, because ..."}
    return usual | {code: _short(words) for code, words in _meanings(feed, name, register).items()}


def _meanings(feed: Feed, name: str, register: Mapping[str, Supplier]) -> dict[str, str]:
    column = feed.column(name)
    if column is not None and column.kind == "code":
        return {
            code: f"{code.replace('_', ' ')}: {words}" for code, words in CODE_LISTS[column.codes].items()
        }
    if name == "supplier":
        among = of_kinds(register, feed.supplier_kinds) or register
        return {one.supplier_name: one.supplier_name for one in among.values()}
    if feed.offence_source == "police_uk":
        return {one: one for one in crime_types()}
    if feed.offence_source == "labels":
        return {one: one for one in labels()}
    return _home_office(name) if feed.offence_source == "home_office" else {}


def _home_office(name: str) -> dict[str, str]:
    """Home Office codes for a column of codes, classifications for any other."""
    known = offences()
    if name == "offence_code":
        keys = {code: code_key(code) for code, _ in known.facts}
    else:
        keys = {one: classification_key(one) for _, one in known.facts if one}
    return {
        spelling: f"{spelling} {known.by_key[key].label}"
        for spelling, key in sorted(keys.items())
        if key in known.by_key
    }


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}..."
