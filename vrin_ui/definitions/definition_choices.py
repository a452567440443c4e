"""What the boxes of the editor offer: base sets, offence codes and classifications, with their names."""

from functools import lru_cache

from vrin_data.contract.ages import BAND_HIGHS, BAND_LOWS, OLDEST
from vrin_data.contract.offence_sets import base_sets, offence_sets
from vrin_data.contract.offence_words import classification_words
from vrin_data.contract.offences import code_key, offences
from vrin_ui.definitions.definition_draft import Draft
from vrin_ui.wording import counted, sentence

PUBLIC = "public"
GROUPS = {PUBLIC: ("street", "park", "transport", "licensed", "shop")}
"""What stands for several kinds of place: a public place, as every definition means it."""
GROUP_WORDS = {PUBLIC: "Public place (five kinds)"}
NO_BOUND: dict[int | None, str] = {None: "no limit"}


def set_options(draft: Draft | None = None) -> dict[str, str]:
    """Base sets with their names and sizes; the sets of a draft of its own first."""
    own = {one["id"]: f"{one['note'] or one['id']} (own set)" for one in draft["sets"]} if draft else {}
    return {name: words for name, words in own.items() if name} | built_in_sets()


@lru_cache(maxsize=1)
def built_in_sets() -> dict[str, str]:
    """Built-in base sets by name with the number of kinds of offence in each."""
    # Old codes that never had a classification would be counted beside what they became.
    sizes = {name: sum(bool(pair[1]) for pair in pairs) for name, pairs in offence_sets().items()}
    named = {one.id: f"{one.name} ({counted(sizes[one.id], 'kind')})" for one in base_sets().values()}
    return dict(sorted(named.items(), key=lambda one: one[1]))


@lru_cache(maxsize=1)
def code_options() -> dict[str, str]:
    """Offence codes with their labels, the code first as people look for it."""
    codes = dict.fromkeys(code for code, _ in offences().facts)
    return {code: f"{code} {offences().by_key[code_key(code)].label}" for code in codes}


@lru_cache(maxsize=1)
def classification_options() -> dict[str, str]:
    """Classifications with their names, the number first."""
    return {one: _classification(one) for one in sorted(offences().known.classifications)}


def _classification(one: str) -> str:
    return f"{one} {sentence(classification_words(one).rpartition(' (')[0])}"


def least_ages() -> dict[int | None, str]:
    """Ages at which a span can begin."""
    return NO_BOUND | {age: str(age) for age in BAND_LOWS if age}


def greatest_ages() -> dict[int | None, str]:
    """Ages at which a span can end, included."""
    return NO_BOUND | {age: str(age) for age in BAND_HIGHS if age != OLDEST}
