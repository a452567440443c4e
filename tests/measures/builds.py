"""Builds made row by row: a region of two force areas, and whatever suppliers sent.

A test says what stands in the tables and reads what a measure makes of it; no file is taken in.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from vrin_data.contract.offences import offences
from vrin_data.contract.periods import later
from vrin_data.contract.suppliers import suppliers
from vrin_data.contract.tables import PROFILE_CODES, TABLES
from vrin_data.measures.selection import month_number
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import add_rows

BUILT = datetime(2026, 11, 1, 9, 0)
REGION, LEICS, NOTTS = "E12000004", "E23000021", "E23000019"
LEICESTER, CHARNWOOD, NOTTINGHAM = "E06000016", "E07000130", "E06000018"
LEICS_POLICE, NOTTS_POLICE = "leicestershire-police", "nottinghamshire-police"
# (code, name, level, what it lies in); the numbers of the areas are 1 and up in this order.
AREAS = (
    (REGION, "East Midlands", "region", ()),
    (LEICS, "Leicestershire", "force", (REGION,)),
    (NOTTS, "Nottinghamshire", "force", (REGION,)),
    (LEICESTER, "Leicester", "district", (REGION, LEICS)),
    (CHARNWOOD, "Charnwood", "district", (REGION, LEICS)),
    (NOTTINGHAM, "Nottingham", "district", (REGION, NOTTS)),
    ("L1", "Leicester 001A", "lsoa", (REGION, LEICS, LEICESTER)),
    ("L2", "Charnwood 001A", "lsoa", (REGION, LEICS, CHARNWOOD)),
    ("L3", "Nottingham 001A", "lsoa", (REGION, NOTTS, NOTTINGHAM)),
)
AREA_ID = {code: number for number, (code, *_) in enumerate(AREAS, start=1)} | {None: 0}
PEOPLE = {REGION: 600, LEICS: 400, NOTTS: 200, LEICESTER: 300, CHARNWOOD: 100, NOTTINGHAM: 200}
ABH, SHOP, MURDER, UNKNOWN = "8N|008/06", "46|", "1|001/01", "unmapped"
ABH_CODE_ONLY = "8N|"


@dataclass
class Build:
    """Rows of a build that is not yet published."""

    home: dict[str, str | None] = field(
        default_factory=lambda: {one.supplier_id: one.home_area_code for one in suppliers().values()}
    )
    submissions: list[dict[str, Any]] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    facts: list[tuple[str, int, int, str, int, int]] = field(default_factory=list)

    def sent(self, supplier: str, month: date | str, *, months: int = 1, **values: Any) -> int:
        """Add a submission of `months` months and give its number. Received ten days after its end."""
        start = day(month)
        end = later(start, months)
        number = len(self.submissions) + 1
        row = _SUBMISSION | {
            "submission_id": number,
            "supplier_id": supplier,
            "feed_id": "police-offences",
            "period_start": start,
            "period_end": end,
            "received_at": datetime(end.year, end.month, 10, 12, 0),
            "file_name": f"{supplier}-{start:%Y-%m}.csv",
        }
        self.submissions.append(row | values)
        return number

    def found(self, submission: int, check: str, level: str, evidence: str) -> None:
        """Add what a check found in a submission."""
        self.checks.append(
            {"submission_id": submission, "check_id": check, "level": level, "evidence": evidence}
        )

    def incidents(
        self,
        month: date | str,
        area: str | None,
        count: int,
        *,
        offence: str = ABH,
        further: int = 0,
        feed: str = "police-offences",
    ) -> None:
        """Add incidents of a month and area, `None` being no area at all."""
        self.facts.append((feed, month_number(day(month)), AREA_ID[area], offence, count, further))

    def publish(self, folder: Path) -> Store:
        """The store with this as its one build."""
        store = Store.open(folder)
        with publish_build(store, reason="made by hand", created_at=BUILT) as draft:
            for table, frame in self._frames().items():
                if len(frame):
                    add_rows(draft.connection, table, frame)
        return store

    def _frames(self) -> dict[str, pd.DataFrame]:
        keys = [*dict.fromkeys(fact[3] for fact in self.facts)]
        profile_of = {key: number for number, key in enumerate(keys, start=1)}
        facts = [(*fact[:3], profile_of[fact[3]], *fact[4:]) for fact in self.facts]
        return {
            "supplier": self._suppliers(),
            "submission": pd.DataFrame(self.submissions),
            "submission_check": pd.DataFrame(self.checks),
            "submission_change": pd.DataFrame(self.changes),
            "offence": pd.DataFrame({"offence_id": [*profile_of.values()], "offence_key": keys}),
            "profile": _profiles(profile_of),
            "fact": pd.DataFrame(sorted(facts), columns=list(TABLES["fact"].column_names)),
            **_areas(),
        }

    def _suppliers(self) -> pd.DataFrame:
        senders = [*dict.fromkeys(row["supplier_id"] for row in self.submissions)]
        known = suppliers()
        return pd.DataFrame(
            {
                "supplier_id": senders,
                "supplier_name": [known[one].supplier_name if one in known else one for one in senders],
                "kind": [known[one].kind if one in known else "other" for one in senders],
                "home_area_code": pd.Series([self.home.get(one) for one in senders], dtype=object),
            }
        )


def day(month: date | str) -> date:
    """The first day of a month, which may be written yyyy-mm."""
    return month if isinstance(month, date) else date.fromisoformat(f"{month}-01")


_SUBMISSION: dict[str, Any] = {
    "build_id": "000001",
    "replaces_id": None,
    "mode": "replace_period",
    "status": "accepted",
    "is_nil": False,
    "is_partial": False,
    "file_hash": "0",
    "content_hash": "0",
    "extracted_at": None,
    "declared_count": None,
    "rows_in_count": 10,
    "rows_kept_count": 10,
    "rows_rejected_count": 0,
    "incident_count": 10,
    "rows_corrected_count": 0,
    "is_simulated": False,
    "agreement_id": None,
    "accepted_by": None,
    "accepted_reason": None,
}


def _mapping_status(key: str) -> str:
    """What is known of an offence; what a feed of no crimes holds is written as its id and its own code."""
    return "not_crime" if ":" in key else offences().by_key[key].mapping_status


def _profiles(profile_of: dict[str, int]) -> pd.DataFrame:
    keys = [*profile_of]
    coded = {name: "not_recorded" for name in PROFILE_CODES if name != "mapping_status"}
    return pd.DataFrame(
        {
            "profile_id": [*profile_of.values()],
            "profile_key": [*profile_of.values()],
            "offence_id": [*profile_of.values()],
            "mapping_status": [_mapping_status(key) for key in keys],
            "victim_age_band": 0,
            "suspect_age_band": 0,
            **coded,
        },
        index=range(len(keys)),
    )


def _areas() -> dict[str, pd.DataFrame]:
    level_of = {code: level for code, _, level, _ in AREAS}
    area = pd.DataFrame(
        {
            "area_id": [AREA_ID[code] for code, *_ in AREAS],
            "area_code": [code for code, *_ in AREAS],
            "area_name": [name for _, name, *_ in AREAS],
            "level": [level for _, _, level, _ in AREAS],
            "vintage": "2023",
            "is_approximate": False,
            "source": "made up",
        }
    )
    within = [(code, up) for code, _, _, ups in AREAS for up in (*ups, code)]
    closure = pd.DataFrame(
        {
            "area_id": [AREA_ID[code] for code, _ in within],
            "level": [level_of[up] for _, up in within],
            "ancestor_id": [AREA_ID[up] for _, up in within],
        }
    )
    people = pd.DataFrame(
        {
            "area_code": [*PEOPLE],
            "year": 2024,
            "person_count": [*PEOPLE.values()],
            "basis": "made up",
            "source": "made up",
        }
    )
    return {"area": area, "area_level": closure, "population": people}
