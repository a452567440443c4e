"""Tables of rejected rows from frames, with the words a data lead reads."""

import pandas as pd

from vrin_data.contract.checks import checks
from vrin_data.contract.feeds import feeds
from vrin_ui.rejected.rejected_view import rule_words
from vrin_ui.upload.upload_tables import period_words
from vrin_ui.wording import counted, number, plain, sentence

NOT_KEPT, BLANK = "not kept", "(blank)"
FIRST_RULES_TO_DO = "Look at the value and correct it."


def summary(periods: pd.DataFrame) -> str:
    """How many rows were rejected, of how many files and suppliers, and what share of their rows that is."""
    count = int(periods["row_count"].sum())
    files, suppliers = periods["file_name"].nunique(), periods["supplier_id"].nunique()
    where = f"in {counted(files, 'file')} of {counted(suppliers, 'supplier')}"
    told = periods[periods["rows_in_count"].notna()]
    rows_in = int(told["rows_in_count"].sum())
    if not rows_in:
        return f"**{counted(count, 'row')} rejected** {where}."
    share = told["row_count"].sum() / rows_in
    return f"**{counted(count, 'row')} rejected** {where}, {share:.1%} of the {rows_in:,} rows of their submissions."


def reasons(counts: pd.DataFrame) -> pd.DataFrame:
    """The rules that were broken, most frequent first, with what each means and what to do."""
    found = counts.groupby("rule").agg(
        rows=("row_count", "sum"),
        columns=("column_name", lambda names: ", ".join(sorted(set(filter(None, names))))),
    )
    found = found.sort_values("rows", ascending=False).reset_index()
    known = checks()
    means = [
        known[rule].means if rule in known else f"{sentence(rule_words(rule))}." for rule in found["rule"]
    ]
    to_do = [known[rule].to_do if rule in known else FIRST_RULES_TO_DO for rule in found["rule"]]
    return pd.DataFrame(
        {"Rows": found["rows"], "What is wrong": means, "Columns": found["columns"], "What to do": to_do}
    )


def reason_lines(counts: pd.DataFrame) -> list[str]:
    """The same in sentences, as Markdown."""
    lines = []
    for rows, means, columns, to_do in reasons(counts).itertuples(index=False, name=None):
        where = f" ({plain(columns)})" if columns else ""
        lines.append(f"**{counted(rows, 'row')}**{where}: {plain(means)} **What to do:** {plain(to_do)}")
    return lines


def by_period(periods: pd.DataFrame) -> pd.DataFrame:
    """Rejected rows by supplier, feed, period and file, with their share of what was sent."""
    shares = periods["row_count"] / periods["rows_in_count"].astype("Float64")
    return pd.DataFrame(
        {
            "Supplier": periods["supplier_name"],
            "Feed": [feed_name(one) for one in periods["feed_id"]],
            "Period": _periods(periods),
            "Rejected": periods["row_count"],
            "Of rows": periods["rows_in_count"].astype("Int64"),
            "Share": ["" if pd.isna(share) else f"{share:.1%}" for share in shares],
            "File": periods["file_name"],
        }
    )


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rejected rows for reading, one row a reason; what is the same in all of them is left out."""
    table = pd.DataFrame(
        {
            "File": frame["file_name"],
            "Line": frame["line_number"],
            "Column": frame["column_name"],
            "Value": shown_values(frame),
            "Why": [sentence(reason) for reason in frame["reason"]],
            "Period": _periods(frame),
            "Feed": [feed_name(one) for one in frame["feed_id"]],
            "Supplier": frame["supplier_name"],
        }
    )
    same = [name for name in ("File", "Period", "Feed", "Supplier") if table[name].nunique() < 2]
    return table.drop(columns=same)


def shown_values(frame: pd.DataFrame) -> list[str]:
    """The value of each rejected row; that it is blank, or that it must not be kept, where there is none."""
    pairs = zip(frame["raw_value"], frame["row_json"], strict=True)
    return [_shown(value, is_kept=isinstance(row, str)) for value, row in pairs]


def _shown(value: object, *, is_kept: bool) -> str:
    if isinstance(value, str) and value.strip():
        return value
    return BLANK if is_kept else NOT_KEPT


def feed_name(feed_id: str) -> str:
    """The name of a feed."""
    return feeds()[feed_id].name if feed_id in feeds() else feed_id


def _periods(frame: pd.DataFrame) -> list[str]:
    pairs = zip(frame["period_start"], frame["feed_id"], strict=True)
    return [period_words("" if pd.isna(start) else f"{start:%Y-%m}", feed_id) for start, feed_id in pairs]


def files_to_correct(counts: pd.DataFrame) -> dict[str, str]:
    """Files whose rejected rows are kept whole, with how many those are, most first."""
    kept = counts[counts["kept_count"] > 0].groupby("file_name")["kept_count"].sum()
    ranked = kept.sort_values(ascending=False)
    return {str(name): str(name) for name in ranked.index}


def shown_words(shown: int, total: int) -> str:
    """That only the first rows are shown, where that is so."""
    return (
        f"The first {number(shown)} of {number(total)} reasons; the download has all."
        if total > shown
        else ""
    )
