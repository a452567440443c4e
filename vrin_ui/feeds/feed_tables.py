"""Tables of the page Feeds from frames, with the words a data lead reads."""

from typing import Any

import pandas as pd

from vrin_ui.feeds.feed_cells import period_words
from vrin_ui.feeds.feed_states import LOOKS, shown_states
from vrin_ui.wording import counted


def ledger_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a ledger for reading, newest first within a feed."""
    ordered = rows.sort_values(
        ["supplier_name", "feed_name", "period_start"], ascending=[True, True, False], ignore_index=True
    )
    return pd.DataFrame(
        {
            "Supplier": ordered["supplier_name"],
            "Feed": ordered["feed_name"],
            "Period": period_words(ordered),
            "State": [LOOKS[state].name for state in shown_states(ordered)],
            "Due": ordered["due_on"],
            "Received": ordered["received_on"],
            "Days late": ordered["days_late"].where(ordered["days_late"] > 0).astype("Int64"),
            "Rows": ordered["row_count"],
            "Rejected": ordered["rejected_count"],
            "Why": ordered["evidence"],
        }
    )


def chase_words(entry: Any) -> str:
    """An entry of the chase list as the heading of its message."""
    parts = []
    if entry.overdue_count:
        parts.append(f"{counted(entry.overdue_count, 'period')} did not come")
    if entry.partial_count:
        parts.append(f"{entry.partial_count} came in part")
    oldest = (
        f", oldest due {entry.oldest_due_on.day} {entry.oldest_due_on:%B %Y}"
        if pd.notna(entry.oldest_due_on)
        else ""
    )
    return f"{entry.supplier_name}: {', '.join(parts)}{oldest}"


def timeliness_table(by_feed: pd.DataFrame) -> pd.DataFrame:
    """How each feed keeps its days, those with the lowest share in time first."""
    rows = by_feed.sort_values(["on_time_share", "supplier_name", "feed_name"], ignore_index=True)
    return pd.DataFrame(
        {
            "Supplier": rows["supplier_name"],
            "Feed": rows["feed_name"],
            "Due": rows["due_count"],
            "Whole": [_share(share) for share in rows["completeness_share"]],
            "In time": [_share(share) for share in rows["on_time_share"]],
            "Usual lag (days)": rows["lag_days_median"].round().astype("Int64"),
            "Longest lag (days)": rows["lag_days_most"].round().astype("Int64"),
        }
    )


def _share(share: float) -> str:
    return f"{share:.0%}"


def versions_table(versions: pd.DataFrame) -> pd.DataFrame:
    """The submissions of a period in order of arrival, with what each changed of the one before."""
    return pd.DataFrame(
        {
            "Version": versions["version"],
            "Received": versions["received_at"].dt.normalize(),
            "File": versions["file_name"],
            "Rows": versions["rows_kept_count"],
            "Rejected": versions["rows_rejected_count"],
            "Incidents": versions["incident_count"],
            "Status": versions["status"],
            "Added": versions["added_count"],
            "Vanished": versions["vanished_count"],
            "Changed": versions["changed_count"],
        }
    )


def changes_table(changes: pd.DataFrame) -> pd.DataFrame:
    """What changed between two versions by month and group; groups in which nothing did are left out."""
    moved = changes[(changes[["added_count", "vanished_count", "changed_count"]] > 0).any(axis=1)]
    return pd.DataFrame(
        {
            "Month": [f"{month:%B %Y}" for month in moved["month"]],
            "Group": moved["offence_group"],
            "Added": moved["added_count"],
            "Vanished": moved["vanished_count"],
            "Changed": moved["changed_count"],
            "Events before": moved["quantity_before_count"],
            "Events after": moved["quantity_after_count"],
        }
    ).reset_index(drop=True)


def declarations_table(
    declarations: list[Any], suppliers: dict[str, Any], feed_names: dict[str, str]
) -> pd.DataFrame:
    """Declarations for reading, the newest first."""
    return pd.DataFrame(
        [
            {
                "Number": one.expectation_id,
                "Supplier": suppliers[one.supplier_id].supplier_name
                if one.supplier_id in suppliers
                else one.supplier_id,
                "Feed": feed_names.get(one.feed_id, one.feed_id),
                "From": f"{one.from_month:%B %Y}",
                "To": f"{one.to_month:%B %Y}" if one.to_month else "until further",
                "Declared": LOOKS[one.state].name,
                "Reason": one.reason,
                "By": one.recorded_by,
                "On": pd.Timestamp(one.recorded_at.date()),
            }
            for one in reversed(declarations)
        ]
    )
