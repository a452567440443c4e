"""Builds with incidents and their persons one by one, and the facts, profiles and offences that they make."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.measures.builds import ABH, AREA_ID, BUILT, LEICESTER, Build, day
from vrin_data.contract.offences import offences
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.measures.selection import month_number
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import add_rows

FEED = "police-offences"


@dataclass
class EventBuild(Build):
    """Rows of a build that has incidents; all are of one feed."""

    events: list[dict[str, Any]] = field(default_factory=list)
    persons: list[dict[str, Any]] = field(default_factory=list)
    residents: list[dict[str, Any]] = field(default_factory=list)
    combos: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)

    def event(
        self,
        submission: int,
        month: str,
        start: str | None = None,
        end: str | None = None,
        *,
        precision: str = "minute",
        area: str | None = LEICESTER,
        offence: str = ABH,
        times: int = 1,
        people: tuple[dict[str, Any], ...] = (),
        **codes: str,
    ) -> None:
        """Add as many incidents as `times`; `codes` are those of their profile, `people` those in each of them."""
        key = (("offence", offence), *sorted(codes.items()))
        profile = self.combos.setdefault(key, len(self.combos) + 1)
        for _ in range(times):
            number = len(self.events) + 1
            self.events.append(
                {
                    "incident_id": number,
                    "submission_id": submission,
                    "profile_id": profile,
                    "area_id": AREA_ID[area] or None,
                    "source_line": number,
                    "recorded_month": day(month),
                    "recorded_precision": "month",
                    "event_start_at": None if start is None else datetime.fromisoformat(start),
                    "event_end_at": None if end is None else datetime.fromisoformat(end),
                    "event_precision": precision if start else "not_recorded",
                    "place_precision": "lsoa",
                    "signed_quantity": 1,
                    "signed_quantity_high": 1,
                }
            )
            self.persons += [{**NOBODY, "incident_id": number, **one} for one in people]

    def publish(self, folder: Path) -> Store:
        """The store with this as its one build."""
        store = Store.open(folder)
        with publish_build(store, reason="made by hand", created_at=BUILT) as draft:
            for table, frame in self._frames().items():
                if len(frame):
                    add_rows(draft.connection, table, frame)
        return store

    def _frames(self) -> dict[str, pd.DataFrame]:
        return {**super()._frames(), **self._of_events()}

    def _of_events(self) -> dict[str, pd.DataFrame]:
        keys = [*dict.fromkeys(dict(combo)["offence"] for combo in self.combos)]
        offence_of = {key: number for number, key in enumerate(keys, start=1)}
        counted = Counter(
            (FEED, month_number(one["recorded_month"]), one["area_id"] or 0, one["profile_id"], 1)
            for one in self.events
        )
        facts = [(*key[:4], count, 0) for key, count in sorted(counted.items())]
        names = ("feed_id", "month_number", "area_id", "profile_id", "incident_count", "further_count")
        events = pd.DataFrame(self.events)
        for name in ("event_start_at", "event_end_at"):
            events[name] = pd.to_datetime(events[name])
        return {
            "offence": pd.DataFrame({"offence_id": [*offence_of.values()], "offence_key": keys}),
            "profile": pd.DataFrame([self._profile(combo, offence_of) for combo in self.combos]),
            "fact": pd.DataFrame(facts, columns=[*names]),
            "incident": events.astype({"area_id": "Int32"}),
            "person": pd.DataFrame(self.persons).convert_dtypes(),
            "population_band": pd.DataFrame(self.residents),
        }

    def _profile(self, combo: tuple[tuple[str, str], ...], offence_of: dict[str, int]) -> dict[str, Any]:
        codes = dict(combo)
        key = codes.pop("offence")
        number = self.combos[combo]
        return {
            "profile_id": number,
            "profile_key": number,
            "offence_id": offence_of[key],
            "victim_age_band": 0,
            "suspect_age_band": 0,
            **dict.fromkeys(PROFILE_CODES, "not_recorded"),
            "mapping_status": offences().by_key[key].mapping_status,
            **codes,
        }


NOBODY: dict[str, Any] = {
    "role": "victim",
    "age_years": None,
    "age_low_years": None,
    "age_high_years": None,
    "sex": "not_recorded",
    "ethnicity_raw": None,
    "ethnicity_scheme": None,
    "pseudonym": None,
}


def of_one_month(**more: Any) -> tuple[EventBuild, int]:
    """A build of Leicestershire in April 2025, and the number of its one submission."""
    build = EventBuild()
    return build, build.sent("leicestershire-police", date(2025, 4, 1), **more)
