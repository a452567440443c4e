"""The breaks that concern a series, as marks of its chart and as a list below it."""

import pandas as pd

from vrin_ui.wording import day_words, plain

MOST_MARKS = 12
BASIS = {"national": "national", "recorded": "recorded here", "derived": "found in the data"}


def break_marks(breaks: pd.DataFrame) -> pd.DataFrame:
    """What the chart draws of them, by day: month (ISO day), short (its numbers in the list), words, label (the day).

    Breaks of one month have their numbers at the first of them, for side by side they would run into each other.
    """
    rows = breaks.drop_duplicates("break_id").head(MOST_MARKS)
    months = [f"{day:%Y-%m}" for day in rows["happened_on"]]
    marks = [
        {
            "month": f"{row.happened_on:%Y-%m-%d}",
            "short": _numbers(months, number - 1),
            "words": row.title,
            "label": day_words(row.happened_on),
        }
        for number, row in enumerate(rows.itertuples(), start=1)
    ]
    return pd.DataFrame(marks, columns=["month", "short", "words", "label"])


def _numbers(months: list[str], at: int) -> str:
    """The numbers of all breaks of this one's month at the first of them, '' at the others."""
    own = [number for number, month in enumerate(months, start=1) if month == months[at]]
    return ", ".join(str(number) for number in own) if own[0] == at + 1 else ""


def break_list(breaks: pd.DataFrame) -> str:
    """The breaks as a list with the numbers of the chart; '' without any."""
    rows = breaks.drop_duplicates("break_id")
    return "\n".join(_line(number, row) for number, row in enumerate(rows.itertuples(), start=1))


def _line(number: int, row: object) -> str:
    change = " Figures before and after count different things." if row.is_definition_change else ""  # type: ignore[attr-defined]
    basis = BASIS.get(row.basis, row.basis)  # type: ignore[attr-defined]
    return f"{number}. **{day_words(row.happened_on)}**: {plain(row.title)} ({basis}).{change}"  # type: ignore[attr-defined]
