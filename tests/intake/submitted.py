"""Submissions put straight into the tables of a build, so that a check sees exactly what a test says."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from vrin_data.contract.ddl import create_all
from vrin_data.contract.feeds import Feed, feed
from vrin_data.contract.offences import offences
from vrin_data.contract.periods import later
from vrin_data.contract.tables import PROFILE_CODES, TABLES
from vrin_data.intake.believe import Finding, assess_all
from vrin_data.store.frames import add_rows

ABH, SHOP, ABH_CODE_ONLY, UNKNOWN = "8N|008/06", "46|", "8N|", "unmapped"
POLICE = "leicestershire-police"
PLAIN_CODES = dict.fromkeys(PROFILE_CODES, "not_recorded") | {"mapping_status": "exact"}


KEY = ("offence", *PROFILE_CODES, "victim_age_band")


class Submitted:
    """A build without areas: what suppliers of one feed sent, a month (or a longer period) at a time."""

    def __init__(self, feed_id: str = "police-offences", months: int = 1, **changes: Any) -> None:
        self.feed: Feed = feed(feed_id).model_copy(update=changes)
        self.months = months
        self.periods: dict[int, date] = {}
        self._build = duckdb.connect(":memory:")
        for statement in create_all():
            self._build.execute(statement)
        self._submissions: list[dict[str, Any]] = []
        self._rows: list[pd.DataFrame] = []
        self._profiles: dict[tuple[Any, ...], int] = {}
        self._offences: dict[str, int] = {}

    def send(self, period: date, rows: pd.DataFrame | int, *, supplier: str = POLICE, **stated: Any) -> int:
        """Hand a submission in: rows as `rows_of` makes them (or so many plain ones); its number comes back."""
        if isinstance(rows, int):
            rows = rows_of(rows)
        number, end = len(self.periods) + 1, later(period, self.months)
        self.periods[number] = period
        plain = {column.name: None for column in TABLES["submission"].columns} | {
            "submission_id": number,
            "supplier_id": supplier,
            "feed_id": self.feed.id,
            "build_id": "000001",
            "period_start": period,
            "period_end": end,
            "mode": self.feed.mode,
            "status": "accepted",
            "is_nil": False,
            "is_partial": False,
            "file_name": f"{supplier}-{period:%Y-%m}.csv",
            "file_hash": f"{supplier}-{period:%Y-%m}",
            "content_hash": f"{number}",
            "received_at": datetime.combine(end + timedelta(days=9), datetime.min.time()),
            "rows_in_count": len(rows),
            "rows_kept_count": len(rows),
            "rows_rejected_count": 0,
            "rows_corrected_count": 0,
            "incident_count": len(rows),
            "is_simulated": False,
        }
        self._submissions.append({**plain, **stated})
        if len(rows):
            self._rows.append(
                rows.assign(submission_id=number, recorded_month=rows.get("recorded_month", period))
            )
        return number

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The build with all that was handed in."""
        if self._submissions:
            add_rows(self._build, "submission", pd.DataFrame(self._submissions))
        if self._rows:
            self._add(pd.concat(self._rows, ignore_index=True))
        self._submissions, self._rows = [], []
        return self._build

    def findings(self) -> list[Finding]:
        """What all checks find in all submissions."""
        return assess_all(self.connection, self.feed)

    def said(self) -> list[tuple[str, str, str]]:
        """Period, check and level of every finding, in the order of the submissions."""
        return [self.short(one) for one in self.findings()]

    def evidence(self) -> list[str]:
        """The words of every finding."""
        return [one.evidence for one in self.findings()]

    def short(self, finding: Finding) -> tuple[str, str, str]:
        """Period, check and level of a finding."""
        return f"{self.periods[finding.submission_id]:%Y-%m}", finding.check_id, finding.level

    def _add(self, rows: pd.DataFrame) -> None:
        (first,) = self._build.execute("select coalesce(max(incident_id), 0) + 1 from incident").fetchone()
        table = rows.assign(
            incident_id=np.arange(first, first + len(rows)),
            source_line=np.arange(2, 2 + len(rows)),
            victim_age_band=rows["victim_age"].notna().astype(int),
        )
        table["profile_id"] = self._profile_ids(table)
        add_rows(
            self._build, "incident", table[[one for one in TABLES["incident"].column_names if one in table]]
        )
        known = table[table["victim_age"].notna()]
        persons = known[["incident_id"]].assign(
            role=self.feed.victim_role, age_years=known["victim_age"].astype(int), sex="not_recorded"
        )
        if len(persons):
            add_rows(self._build, "person", persons)

    def _profile_ids(self, table: pd.DataFrame) -> list[int]:
        keys = list(table[list(KEY)].itertuples(index=False, name=None))
        fresh = [key for key in dict.fromkeys(keys) if key not in self._profiles]
        offence = [key[0] for key in fresh if key[0] not in self._offences]
        for name in dict.fromkeys(offence):
            self._offences[name] = len(self._offences) + 1
            row = {"offence_id": self._offences[name], "offence_key": name}
            add_rows(self._build, "offence", pd.DataFrame([row]))
        for key in fresh:
            self._profiles[key] = len(self._profiles) + 1
        if fresh:
            numbers = [self._profiles[key] for key in fresh]
            profiles = pd.DataFrame(fresh, columns=list(KEY)).assign(
                profile_id=numbers, profile_key=numbers, suspect_age_band=0
            )
            profiles["offence_id"] = [self._offences[name] for name in profiles.pop("offence")]
            add_rows(self._build, "profile", profiles)
        return [self._profiles[key] for key in keys]


def rows_of(count: int, **columns: Any) -> pd.DataFrame:
    """So many alike incidents; a column may be one value, or one value a row."""
    plain = {
        "recorded_at": pd.NaT,
        "recorded_precision": "month",
        "event_start_at": pd.NaT,
        "event_precision": "not_recorded",
        "place_precision": "exact",
        "signed_quantity": 1,
        "signed_quantity_high": 1,
        "offence": ABH,
        "victim_age": None,
        **PLAIN_CODES,
    }
    rows = pd.DataFrame({**plain, **columns}, index=range(count))
    for column in ("recorded_at", "event_start_at"):
        rows[column] = rows[column].astype("datetime64[us]")
    if "mapping_status" not in columns:
        known = offences().by_key
        rows["mapping_status"] = [known[key].mapping_status for key in rows["offence"]]
    return rows


def on_days(days: Sequence[date], **columns: Any) -> pd.DataFrame:
    """One incident for each of these days of recording."""
    return rows_of(len(days), recorded_at=list(days), recorded_precision="day", **columns)


def at_times(times: Sequence[datetime], **columns: Any) -> pd.DataFrame:
    """One incident for each of these times of the event."""
    return rows_of(len(times), event_start_at=list(times), event_precision="minute", **columns)


def spread(period: date, count: int, *, seed: int = 1, last_day: int | None = None) -> list[date]:
    """So many days of a month (or its first days), drawn at random with a fixed seed."""
    length = last_day or (later(period, 1) - period).days
    draws = np.random.default_rng([seed, period.toordinal()]).integers(0, length, size=count)
    return sorted(period + timedelta(days=int(day)) for day in draws)


def months_from(first: date, count: int, *, each: int = 1) -> list[date]:
    """The first days of so many periods of `each` months."""
    return [later(first, number * each) for number in range(count)]
