"""A draft of own areas in words: what is in each, what is left over, what is in two of them."""

from collections import Counter

import pandas as pd

from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.own_draft import Draft
from vrin_ui.wording import counted, listed

NAMED, MOST_DISTRICTS = 6, 8


def draft_table(draft: Draft, nesting: Nesting) -> pd.DataFrame:
    """A row for each area, numbered as the map numbers them: No., Own area, Made of, Small areas."""
    rows = [
        {
            "No.": number,
            "Own area": name,
            "Made of": made_of(members, nesting),
            "Small areas": len(nesting.small_of(members)),
        }
        for number, (name, members) in enumerate(draft.areas, start=1)
    ]
    return pd.DataFrame(rows, columns=["No.", "Own area", "Made of", "Small areas"])


def made_of(members: tuple[str, ...], nesting: Nesting) -> str:
    """What an area is made of: the names of larger areas, and how many small ones beside."""
    if not members:
        return "nothing yet"
    large = [one for one in members if nesting.levels.get(one) != "lsoa"]
    small = len(members) - len(large)
    named = [nesting.names.get(one, one) for one in large[:NAMED]]
    more = [f"{len(large) - NAMED:,} more"] if len(large) > NAMED else []
    return listed([*named, *more, *([counted(small, "small area")] if small else [])])


def left_over_words(draft: Draft, nesting: Nesting) -> str:
    """What is in no area, district by district."""
    held = nesting.small_of(code for _, members in draft.areas for code in members)
    loose = nesting.every_small - held
    if not loose:
        return "Nothing is left over: every small area is in one of the areas."
    parts = [
        name if whole else f"{counted(len(nesting.small(code) & loose), 'small area')} of {name}"
        for code, name, whole in _districts_of(loose, nesting)
    ]
    shown = parts[:MOST_DISTRICTS]
    more = [f"{len(parts) - MOST_DISTRICTS:,} districts more"] if len(parts) > MOST_DISTRICTS else []
    return (
        f"Left over, in none of the areas ({counted(len(loose), 'small area')}): {listed([*shown, *more])}."
    )


def _districts_of(loose: frozenset[str], nesting: Nesting) -> list[tuple[str, str, bool]]:
    return [
        (code, nesting.names[code], nesting.small(code) <= loose)
        for code in nesting.of_level("district")
        if nesting.small(code) & loose
    ]


def twice_words(draft: Draft, nesting: Nesting) -> str:
    """What is in two areas at once, and in which."""
    found = twice(draft, nesting)
    if not found:
        return "Nothing is in two areas."
    pairs = Counter(tuple(names) for names in found.values())
    said = [f"{counted(count, 'small area')} in {listed(names)}" for names, count in pairs.items()]
    return f"In two areas at once: {'; '.join(said[:NAMED])}. Move them to one of the two."


def twice(draft: Draft, nesting: Nesting) -> dict[str, list[str]]:
    """By small area the own areas that it is in, where those are several."""
    holders: dict[str, list[str]] = {}
    for name, members in draft.areas:
        for code in nesting.small_of(members):
            holders.setdefault(code, []).append(name)
    return {code: names for code, names in sorted(holders.items()) if len(names) > 1}
