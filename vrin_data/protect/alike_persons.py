"""Persons written differently in two files: found by Splink where names may be seen, before keys are made.

An exact key misses whoever is written otherwise in one of the files. Where somebody may see the names of both, a
probabilistic match (Fellegi and Sunter 1969, by Splink, an optional extra) says which two are likely one
person, and both are then given the key of the first file's spelling. Nothing of it leaves the house but keys.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.protect.pseudonyms import PARTS

NAMES, BORN = ("forename", "surname"), "birth_date"
NEEDED = (*NAMES, BORN)
USUAL_THRESHOLD, STRICTER = 0.95, 0.99
"""The probability from which two are one person, and the second one at which the match is counted for comparison."""
NAME_ALIKE = (0.92, 0.80)
M_OF_NAME, M_OF_BIRTH = (0.88, 0.07, 0.03, 0.02), (0.93, 0.04, 0.01, 0.01, 0.01)
"""How often the same person's names and births are alike, alike enough, and unlike, from the closest on."""
SEED = 1
PAIRS_SAMPLED = 1e6
MISSING = (
    "Alike persons are found by Splink, which is not installed here. Install it with `pip install .[linkage]`, or "
    "make keys without it: only names written alike will meet."
)

Person = tuple[str, str, str]
"""Forename, surname and birth, each in one form."""


class Alike(NamedTuple):
    """For persons of the second file those of the first that they are taken for; how many at a stricter threshold."""

    first_of: dict[Person, Person]
    stricter_count: int


def person_of(parts: Mapping[str, str]) -> Person | None:
    """A person in one form; None where a part is missing."""
    told = tuple(PARTS[name](parts.get(name, "")) for name in NEEDED)
    return told if all(told) else None  # type: ignore[return-value]


def alike_persons(
    first: Sequence[Person], second: Sequence[Person], *, threshold: float = USUAL_THRESHOLD
) -> Alike:
    """Which persons of the second file are likely one of the first, those written alike included.

    A person of either file is taken for one of the other at most, the likeliest. Raises UsageError without Splink,
    and for a threshold that is no probability.
    """
    if not 0.5 <= threshold < 1:
        raise UsageError(f"A threshold is a probability from 0.5 to below 1, not {threshold}.")
    same = set(first) & set(second)
    left, right = sorted(set(first) - same), sorted(set(second) - same)
    pairs = _best(_predicted(left, right)) if left and right else []
    taken = {right[other]: left[one] for one, other, chance in pairs if chance >= threshold}
    stricter = sum(chance >= STRICTER for *_, chance in pairs)
    return Alike({one: one for one in same} | taken, len(same) + stricter)


def _best(pairs: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """The likeliest pairs first, each person in one of them."""
    seen_left, seen_right, found = set(), set(), []
    for left, right, chance in sorted(pairs, key=lambda one: (-one[2], one[0], one[1])):
        if left not in seen_left and right not in seen_right:
            seen_left.add(left)
            seen_right.add(right)
            found.append((left, right, chance))
    return found


def _predicted(left: Sequence[Person], right: Sequence[Person]) -> list[tuple[int, int, float]]:
    """Pairs that share a birth or a name, by their places in the two lists, with how likely they are one person."""
    try:
        from splink import DuckDBAPI, Linker
    except ImportError:
        raise UsageError(MISSING) from None
    database = DuckDBAPI()
    tables = [
        database.register(_frame(persons), dataset_display_name=name)
        for name, persons in (("first", left), ("second", right))
    ]
    linker = Linker(tables, _settings(len(left), len(right)), log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_SAMPLED, seed=SEED)
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return [
        (int(one.unique_id_l), int(one.unique_id_r), float(one.match_probability))
        for one in found.itertuples(index=False)
    ]


def _frame(persons: Sequence[Person]) -> pd.DataFrame:
    return pd.DataFrame(persons, columns=list(NEEDED)).assign(unique_id=range(len(persons)))


def _settings(left: int, right: int) -> Any:
    from splink import SettingsCreator, block_on
    from splink import comparison_library as library

    names = [
        library.JaroWinklerAtThresholds(name, list(NAME_ALIKE)).configure(m_probabilities=list(M_OF_NAME))
        for name in NAMES
    ]
    born = library.LevenshteinAtThresholds(BORN, [1, 2]).configure(m_probabilities=[0.93, 0.04, 0.02, 0.01])
    return SettingsCreator(
        link_type="link_only",
        comparisons=[*names, born],
        blocking_rules_to_generate_predictions=[
            block_on(BORN),
            block_on(*NAMES),
            block_on("surname", "substr(birth_date, 1, 4)"),
        ],
        # About as many are on both lists as half of the shorter one.
        probability_two_random_records_match=max(1e-6, min(left, right) / 2 / (left * right)),
    )
