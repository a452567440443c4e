"""Which offences come in under a definition, how surely, and with which weights."""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from vrin_data.contract.decisions import offence_verdicts
from vrin_data.contract.definitions import Definition, decide_offences
from vrin_data.contract.offence_words import classification_words, listed, names_of
from vrin_data.contract.offences import LABEL, POLICE_UK, UNMAPPED, Offence, offences
from vrin_data.contract.weights import Edition
from vrin_ui.wording import counted, sentence

DETAILS = {
    "": "an offence code and a classification (8N, 008/06)",
    "code": "an offence code alone (8N)",
    "classification": "a classification alone (008/06)",
    "category": "a published category (police.uk, published tables)",
}
"""How an extract may name an offence."""
COMES_IN = {"in": "yes", "cannot_tell": "may be"}
MOST_NAMED = 3
COLUMNS = (
    "Offence", "Recorded as", "Code", "Comes in", "Lowest weight", "Chosen weight", "Highest weight",
    "Through", "Why it may be", "Why this weight",
)  # fmt: skip


def offences_table(one: Definition, edition: Edition, detail: str = "") -> pd.DataFrame:
    """The offences that come in or may be, the heaviest first, as an extract of this detail names them.

    Weights are those that count if the offence is in, in the edition's unit. Columns: COLUMNS; `Through`
    (the parts that take it in) is empty where the definition has one part alone.
    """
    decided = decide_offences(one, edition)
    every = offences().by_key
    of_detail = [detail_of(every[key]) == detail for key in decided["offence_key"]]
    decided = decided[(decided["is_in"] != "out") & pd.Series(of_detail, dtype=bool)]
    named = [every[key] for key in decided["offence_key"]]
    table = pd.DataFrame(
        {
            "Offence": [name_of(each) for each in named],
            "Recorded as": [each.label if each.classification else None for each in named],
            "Code": [code_words(each) for each in named],
            "Comes in": decided["is_in"].map(COMES_IN).to_numpy(),
            "Lowest weight": decided["days_low"].to_numpy(),
            "Chosen weight": decided["days_central"].to_numpy(),
            "Highest weight": decided["days_high"].to_numpy(),
            "Through": [parts_of(one, each) for each in named],
            "Why it may be": _doubts(one, named, decided["is_in"]),
            "Why this weight": [edition.weight(each.offence_key).reason for each in named],
        },
        columns=list(COLUMNS),
    )
    order = ["Highest weight", "Offence", "Code"]
    return table.sort_values(order, ascending=[False, True, True], na_position="last").reset_index(drop=True)


def detail_of(offence: Offence) -> str:
    """Of which detail an extract is that says this, as DETAILS names it."""
    if offence.offence_key == UNMAPPED or offence.offence_key.startswith((POLICE_UK, LABEL)):
        return "category"
    if offence.offence_code and offence.classification:
        return ""
    # An old code that never had a classification is as exact as an extract of its time could be.
    return "code" if offence.offence_code else "classification"


def name_of(offence: Offence) -> str:
    """What an offence is called: by its classification where there is one, else by its label."""
    if not offence.classification:
        return offence.label
    # The code has a column of its own.
    return sentence(classification_words(offence.classification).rpartition(" (")[0])


def offence_words(key: str) -> str:
    """An offence by its key, with its code: 'Assault occasioning actual bodily harm (8N, 008/06)'."""
    one = offences().by_key.get(key)
    return f"{name_of(one)} ({code_words(one)})" if one else key.partition(":")[2] or key


def code_words(offence: Offence) -> str:
    """Code and classification as an extract writes them."""
    if offence.offence_key.startswith((POLICE_UK, LABEL)):
        return "police.uk" if offence.offence_key.startswith(POLICE_UK) else "published table"
    return ", ".join(filter(None, (offence.offence_code, offence.classification))) or "no code"


def parts_of(one: Definition, offence: Offence) -> str:
    """The parts that may take an offence in; empty where there is one part alone."""
    parts = one.all_parts()
    if len(parts) == 1:
        return ""
    return "; ".join(part.name for part in parts if one.members(part) & offence.possibilities)


def _doubts(one: Definition, named: list[Offence], verdicts: Iterable[str]) -> list[str]:
    inside = one.pairs()
    return [
        doubt_words(offence, inside) if verdict == "cannot_tell" else ""
        for offence, verdict in zip(named, verdicts, strict=True)
    ]


def doubt_words(offence: Offence, inside: frozenset[tuple[str, str]]) -> str:
    """Why an offence may be in and is not surely: what else it may be, or its weight."""
    if offence.offence_key == UNMAPPED:
        return "nobody could say which offence it is"
    others = names_of(offence.possibilities - inside)
    if not others:
        return "some of its weights reach the threshold and others do not, or it has none"
    return f"it may also be {listed(others, last='or', shown=MOST_NAMED)}"


def summary(table: pd.DataFrame) -> str:
    """How many kinds of offence of a table come in and how many may be."""
    sure = int((table["Comes in"] == COMES_IN["in"]).sum())
    return _summary(sure, len(table) - sure)


def _summary(sure: int, maybe: int) -> str:
    words = f"{_kinds(sure)} {'comes' if sure == 1 else 'come'} in"
    return f"{words}, and {maybe:,} more may be." if maybe else f"{words}; none is in doubt."


def _kinds(count: int) -> str:
    # An offence, without more, is one that was recorded.
    return f"{counted(count, 'kind')} of offence"


VERDICTS = {"in": "in", "out": "out", "cannot_tell": "may be in"}


def changed_offences(before: Definition, after: Definition, edition: Edition) -> pd.DataFrame:
    """The offences, by code and classification, whose standing differs under two definitions.

    Those that come in stand first, then those that go out, each the heaviest first. Columns: Offence (with
    its code), Before, Now, Weight up to.
    """
    old, new = (offence_verdicts(one, edition, _exact_keys()) for one in (before, after))
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key, "out") != new.get(key, "out")]
    named = [offences().by_key[key] for key in keys]
    table = pd.DataFrame(
        {
            "Offence": [f"{name_of(each)} ({code_words(each)})" for each in named],
            "Before": [VERDICTS[old.get(each.offence_key, "out")] for each in named],
            "Now": [VERDICTS[new.get(each.offence_key, "out")] for each in named],
            "Weight up to": pd.array(
                [edition.weight(each.offence_key).days_high for each in named], dtype="Float64"
            ),
        }
    )
    rank = table["Now"].map({"in": 0, "may be in": 1, "out": 2})
    table = table.assign(rank=rank).sort_values(
        ["rank", "Weight up to", "Offence"], ascending=[True, False, True], na_position="last"
    )
    return table.drop(columns="rank").reset_index(drop=True)


def counts_in_words(one: Definition, edition: Edition) -> str:
    """How many kinds of offence, by code and classification, come in and how many may be."""
    verdicts = [*offence_verdicts(one, edition, _exact_keys()).values()]
    return _summary(verdicts.count("in"), verdicts.count("cannot_tell"))


@lru_cache(maxsize=1)
def _exact_keys() -> frozenset[str]:
    """The keys of code and classification together, the most exact that an extract can say."""
    return frozenset(one.offence_key for one in offences().all if not detail_of(one))


def narrowing_words(one: Definition) -> str:
    """That an offence counts only where it also fits filters or ages; empty where it always does."""
    parts = one.all_parts()
    narrowed = [bool(part.ages or part.filters.active()) for part in parts]
    whole = bool(one.ages or {name: 1 for name in one.filters.active() if name != "status"})
    if not whole and not any(narrowed):
        return ""
    if whole or all(narrowed):
        return "Each counts only where weapon, place, age or what else the definition asks for also fits."
    return "Some count only where weapon, place, age or what else a part asks for also fits."


def changed_words(table: pd.DataFrame) -> str:
    """How many kinds of offence come in and how many go out."""
    counts = {words: int((table["Now"] == words).sum()) for words in VERDICTS.values()}
    said = [
        f"{_kinds(counts[words])} {verb if counts[words] == 1 else verbs}"
        for words, verb, verbs in (
            ("in", "comes in", "come in"),
            ("out", "goes out", "go out"),
            ("may be in", "now may be in", "now may be in"),
        )
        if counts[words]
    ]
    return f"Against before: {', '.join(said)}." if said else "The same kinds of offence come in as before."
