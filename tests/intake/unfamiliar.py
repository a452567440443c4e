"""Extracts as systems nobody prepared for might write them, each heading with the column it truly is."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

ROWS = 240
OFFENCES = (
    ("8N", "008/06", "Assault with injury"),
    ("105A", "105/01", "Common assault"),
    ("34B", "034/02", "Robbery of personal property"),
    ("10D", "008/27", "Possession of an article with a blade"),
    ("5D", "005/01", "Wounding with intent"),
)
WEAPONS = ("KNIFE", "NONE", "BLUNT INSTRUMENT", "FISTS", "", "FIREARM - OTHER", "SHARP INSTRUMENT - OTHER")
PLACES = ("Dwelling", "Street", "Public House", "Retail Shop", "Car Park", "Multi-storey flat")
HOW = (
    "Offender approached the victim and asked for the phone",
    "Fight outside a pub, one person taken to hospital",
)


@dataclass(frozen=True)
class Unfamiliar:
    """One system's way: how it parts cells and writes times, and its headings in order.

    `headings` gives for each fact its heading and the column of VRIN it is (None for none).
    """

    name: str
    delimiter: str
    times: str
    headings: dict[str, tuple[str, str | None]]
    above: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        """The extract as a file."""
        path = folder / f"{self.name}.csv"
        draw = random.Random(11)
        with path.open("w", encoding="utf-8", newline="") as handle:
            handle.writelines(f"{line}\n" for line in self.above)
            writer = csv.writer(handle, delimiter=self.delimiter, lineterminator="\n")
            writer.writerow([heading for heading, _ in self.headings.values()])
            for number in range(ROWS):
                facts = _facts(draw, number, self.times)
                writer.writerow([facts[name] for name in self.headings])
        return path

    @property
    def truth(self) -> dict[str, str | None]:
        """The column that each heading truly is."""
        return dict(self.headings.values())


def _facts(draw: random.Random, number: int, times: str) -> dict[str, object]:
    code, classification, text = draw.choice(OFFENCES)
    start = datetime(2025, 1, 1) + timedelta(minutes=draw.randrange(365 * 1440))
    end = start + timedelta(minutes=draw.choice([0, 0, 30, 300]))
    recorded = end + timedelta(minutes=draw.choice([15, 90, 1500, 9000]))
    return {
        "key": f"26{number:06d}{draw.randrange(1000):03d}",
        "code": code,
        "classification": classification,
        "text": text,
        "start": start.strftime(times),
        "end": end.strftime(times),
        "recorded": recorded.strftime(times),
        "updated": (recorded + timedelta(days=draw.randrange(1, 60))).strftime(times),
        "born": (datetime(1960, 1, 1) + timedelta(days=draw.randrange(18_000))).strftime(times),
        "east": draw.randrange(455_000, 462_000),
        "north": draw.randrange(301_000, 308_000),
        "area": f"E010{draw.randrange(13_000, 32_000):05d}",
        "place": draw.choice(PLACES),
        "weapon": draw.choice(WEAPONS),
        "domestic": draw.choice("YN"),
        "alcohol": draw.choice(["Yes", "No", ""]),
        "victim_age": draw.choice([draw.randrange(8, 80), ""]),
        "victim_sex": draw.choice(["M", "F"]),
        "suspect_age": draw.choice([draw.randrange(10, 60), ""]),
        "suspect_sex": draw.choice(["Male", "Female", ""]),
        "status": draw.choice(["Filed", "Under Investigation", "Finalised"]),
        "outcome": draw.choice(["Charge/Summons", "No Suspect Identified"]),
        "reporter": draw.choice(["IP", "Police Officer", "Third Party"]),
        "force": "Leicestershire Police",
        "name": draw.choice(["A Person", "B Person"]),
        "number": f"{draw.choice(NHS_NUMBERS)}",
        "team": draw.choice(["Response", "CID"]),
        "victims": draw.choice([1, 1, 2, 3]),
        "how": draw.choice(HOW),
        "beat": f"NB{draw.randrange(10, 99)}",
    }


# Made-up numbers with a right check digit.
NHS_NUMBERS: Sequence[int] = (9434765919, 4505577104, 9000000009)

SHOUTING = Unfamiliar(
    "shouting",
    ";",
    "%d/%m/%Y %H:%M",
    {
        "key": ("CRM_REF_NO", "record_key"),
        "code": ("HO_OFF_CD", "offence_code"),
        "classification": ("HO_CLS", "classification"),
        "text": ("OFF_DESC", "offence_text"),
        "start": ("DT_COMMITTED_FRM", "event_start_at"),
        "end": ("DT_COMMITTED_TO", "event_end_at"),
        "recorded": ("DT_CREATED", "recorded_at"),
        "updated": ("DT_LAST_UPD", None),
        "east": ("OSGR_E", "easting"),
        "north": ("OSGR_N", "northing"),
        "place": ("PREM_TYP", "location_type"),
        "weapon": ("WPN_CAT", "weapon"),
        "domestic": ("DA_YN", "domestic"),
        "alcohol": ("ALC_YN", "alcohol"),
        "victim_age": ("VIC_AGE_YRS", "victim_age"),
        "victim_sex": ("VIC_GNDR", "victim_sex"),
        "suspect_age": ("SUSP_AGE_YRS", "suspect_age"),
        "suspect_sex": ("SUSP_GNDR", "suspect_sex"),
        "status": ("CRM_STAT", "status"),
        "outcome": ("OUTCM_DESC", "outcome"),
        "force": ("FORCE_NM", "supplier"),
        "beat": ("BEAT", None),
        "team": ("TEAM", None),
    },
)
RUN_TOGETHER = Unfamiliar(
    "run-together",
    "|",
    "%d-%b-%Y %H:%M",
    {
        "key": ("InvestigationURN", "record_key"),
        "start": ("InvCommittedFromDate", "event_start_at"),
        "end": ("InvCommittedToDate", "event_end_at"),
        "recorded": ("InvRecordedDate", "recorded_at"),
        "code": ("HomeOfficeCd", "offence_code"),
        "classification": ("HomeOfficeClass", "classification"),
        "east": ("OffenceLocEasting", "easting"),
        "north": ("OffenceLocNorthing", "northing"),
        "place": ("OffenceLocType", "location_type"),
        "weapon": ("InvWeaponUsed", "weapon"),
        "domestic": ("FlagDomesticAbuse", "domestic"),
        "victim_age": ("VictimAge", "victim_age"),
        "victim_sex": ("VictimSex", "victim_sex"),
        "suspect_age": ("OffenderAge", "suspect_age"),
        "suspect_sex": ("OffenderSex", "suspect_sex"),
        "status": ("InvStatus", "status"),
        "how": ("MOSummary", None),
        "victims": ("NoOfVictims", None),
    },
)
IN_WORDS = Unfamiliar(
    "in-words",
    ",",
    "%Y-%m-%d %H:%M:%S",
    {
        "key": ("Log reference", "record_key"),
        "recorded": ("When did we record it", "recorded_at"),
        "start": ("When it happened (earliest)", "event_start_at"),
        "end": ("When it happened (latest)", "event_end_at"),
        "code": ("Offence code used by the Home Office", "offence_code"),
        "place": ("Kind of place", "location_type"),
        "weapon": ("Weapon involved", "weapon"),
        "domestic": ("Is it domestic abuse?", "domestic"),
        "victim_age": ("How old was the victim", "victim_age"),
        "victim_sex": ("Victim's sex", "victim_sex"),
        "suspect_age": ("How old was the suspect", "suspect_age"),
        "suspect_sex": ("Suspect's sex", "suspect_sex"),
        "east": ("OS easting (m)", "easting"),
        "north": ("OS northing (m)", "northing"),
        "reporter": ("Who told us", "reported_by"),
    },
    above=("Extract for the partnership", "", "drawn by the performance team"),
)
AMERICAN = Unfamiliar(
    "american",
    "\t",
    "%m/%d/%Y %H:%M",
    {
        "key": ("Case #", "record_key"),
        "code": ("Crime Code (HO)", "offence_code"),
        "start": ("Incident Begin", "event_start_at"),
        "end": ("Incident End", "event_end_at"),
        "recorded": ("Entry Date", "recorded_at"),
        "east": ("X Coord", "easting"),
        "north": ("Y Coord", "northing"),
        "weapon": ("Weapon Desc", "weapon"),
        "victim_sex": ("Victim Gender", "victim_sex"),
        "victim_age": ("Victim Age (yrs)", "victim_age"),
        "status": ("Case Status", "status"),
        "outcome": ("Disposition", "outcome"),
    },
)
NUMBERED = Unfamiliar(
    "numbered",
    ",",
    "%d/%m/%Y %H:%M",
    {
        "key": ("F001", "record_key"),
        "code": ("F002", "offence_code"),
        "classification": ("F003", "classification"),
        "start": ("F010", "event_start_at"),
        "end": ("F011", "event_end_at"),
        "recorded": ("F012", "recorded_at"),
        "east": ("F020", "easting"),
        "north": ("F021", "northing"),
        "area": ("F022", "given_area_code"),
        "weapon": ("F030", "weapon"),
        "place": ("F031", "location_type"),
        "force": ("F060", "supplier"),
    },
)
ALL = (SHOUTING, RUN_TOGETHER, IN_WORDS, AMERICAN, NUMBERED)
