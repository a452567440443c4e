"""A build whose incidents have persons with keys: rows of `incident` and `person` beside the facts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from tests.measures.builds import ABH, AREA_ID, LEICS, Build

ATTENDED = "ed-assaults:"


@dataclass
class LinkedBuild(Build):
    """Crimes in Leicester and attendances at its department, each of one person, numbered as they are added."""

    events: list[tuple[int, int, str, str | None, str, date, int]] = field(default_factory=list)

    def crime(self, submission: int, day: date, key: str | None) -> None:
        """One crime against a person."""
        self.incidents(day.replace(day=1), "L1", 1)
        self.events.append((submission, AREA_ID["L1"], ABH, key, "victim", day, len(self.events) + 1))

    def attendance(self, submission: int, day: date, key: str | None) -> None:
        """One attendance of a person."""
        self.incidents(day.replace(day=1), LEICS, 1, feed="ed-assaults", offence=ATTENDED)
        self.events.append((submission, AREA_ID[LEICS], ATTENDED, key, "patient", day, len(self.events) + 1))

    def _frames(self) -> dict[str, pd.DataFrame]:
        frames = super()._frames()
        offences = frames["offence"].set_index("offence_key")["offence_id"]
        facts = pd.DataFrame(self.facts)
        frames["fact"] = frames["fact"].groupby([*frames["fact"].columns[:4]], as_index=False).sum()
        incidents = [_incident(*one[:3], *one[5:], profile_id=int(offences[one[2]])) for one in self.events]
        persons = [
            {"incident_id": number, "role": role, "sex": "not_recorded", "pseudonym": key}
            for *_, key, role, _, number in self.events
            if key
        ]
        assert len(facts) == len(incidents)
        return {**frames, "incident": pd.DataFrame(incidents), "person": pd.DataFrame(persons)}


def _incident(
    submission: int, area: int, _offence: str, day: date, number: int, *, profile_id: int
) -> dict[str, Any]:
    return {
        "incident_id": number,
        "submission_id": submission,
        "profile_id": profile_id,
        "area_id": area,
        "source_line": number,
        "recorded_month": day.replace(day=1),
        "recorded_at": datetime(day.year, day.month, day.day),
        "recorded_precision": "day",
        "event_precision": "not_recorded",
        "place_precision": "exact",
        "signed_quantity": 1,
        "signed_quantity_high": 1,
    }
