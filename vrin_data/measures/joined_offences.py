"""Offences under their code: rows with a classification and rows without one of the same code, as one row.

A supplier that begins or ceases to send classifications moves incidents from one row to another, which is a change
of recording and not of crime.
"""

import pandas as pd

from vrin_data.contract.offences import code_key, offences

JOINED_BEGINS = "an offence that came both with a classification and as a code alone"
JOINED = (
    f"{JOINED_BEGINS} stands in one row under its code ({{codes}}), "
    "so that a change in how suppliers name it is not taken for a change of crime"
)
WORDS = ("offence_label", "class_name")


def joined_by_code(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows by offence with those of one code in one row, where the code is there alone too; and these codes.

    The row of such a code has the name of the code and the sums of all figures, a figure that no row has being
    NULL, in the place of the first of its rows. What one incident weighs is left off, since it is of single rows.
    """
    keys = _keys(frame["offence_key"])
    figures = [
        name
        for name in frame.select_dtypes("number").columns
        if not str(name).startswith("weight_") and name != "offence_key"
    ]
    summed = frame[figures].groupby(keys.array, sort=False).sum(min_count=1)
    words = frame.set_index("offence_key")[[*WORDS]].loc[summed.index]
    joined = pd.concat([words, summed], axis=1).rename_axis("offence_key").reset_index()
    rows = keys.value_counts()
    codes = [offences().by_key[key].offence_code for key in rows.index[rows > 1]]
    return joined[[name for name in frame.columns if name in joined]], tuple(sorted(codes))


def joined_note(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The line that says which codes were joined; none where none was."""
    return (JOINED.format(codes=", ".join(codes)),) if codes else ()


def _keys(keys: pd.Series) -> pd.Series:
    """The key under which each row stands: its code's, where that came alone too."""
    alone = set(keys)
    under = keys.map(lambda key: code_key(_code(key)))
    return under.where(under.isin(alone), keys)


def _code(offence_key: str) -> str:
    """The code of an offence; of a classification that is of one code alone, that code; else ''."""
    one = offences().by_key.get(offence_key)
    if one is None or one.offence_code or not one.classification:
        return one.offence_code if one else ""
    codes = {code for code, _ in one.possibilities}
    return codes.pop() if len(codes) == 1 else ""
