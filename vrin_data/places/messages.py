"""Words that the findings about area files share."""

import pandas as pd

SHOWN = 5
"""How many codes a message names at most."""


def shown(codes: list[str]) -> str:
    """The first few codes as words of a message."""
    more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more


def counted(count: int, one: str) -> str:
    """1 small area, 1,200 small areas."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def sources_of(rows: pd.DataFrame) -> str:
    """The files that rows with a source come from."""
    return ", ".join(sorted({str(source).removeprefix("Imported from ") for source in rows["source"]}))
