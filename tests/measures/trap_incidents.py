"""A hand-made month of recorded crimes, one row for each trap in definitions and weights.

Every row is an adult woman hurt in the street by an adult, without a weapon, by nobody of her home, but for
what its line says. The days are written down from the published tables of the Cambridge Crime Harm Index 2020
(least, chosen, greatest), and None where the edition has no row.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Days(NamedTuple):
    """Days of recommended sentence: least, the chosen row's (None where nobody chose), greatest."""

    low: float
    central: float | None
    high: float


@dataclass(frozen=True)
class Row:
    """One incident: the offence as its extract says it, its weight, and in what it differs from the others."""

    offence_key: str
    days: Days | None
    values: dict[str, Any] = field(default_factory=dict)
    count: int = 1
    further: int = 0


BASE: dict[str, Any] = {
    "weapon": "none",
    "domestic": "no",
    "hate": "no",
    "alcohol": "no",
    "gang": "no",
    "injury": "minor",
    "location_type": "street",
    "victim_sex": "female",
    "victim_age": 30,
    "suspect_age": 30,
    "status": "live",
    "reported_by": "victim",
    "recorded_lag": "same_year",
}
BLANK = "not_recorded"


def exactly(days: float) -> Days:
    return Days(days, days, days)


def abh(*, count: int = 1, further: int = 0, **values: Any) -> Row:
    """An assault of section 47: 10 days, whatever else is known of it."""
    return Row("8N|008/06", exactly(10), values, count, further)


def murder(**values: Any) -> Row:
    return Row("1|001/01", exactly(5475), values)


NOBODY = {"victim_age": None, "suspect_age": None}

ROWS: dict[str, Row] = {
    # What an extract says of the offence: GBH of section 20 and ABH of section 47 are both 8N.
    "abh": abh(),
    "gbh20": Row("8N|008/01", Days(19, 19, 547.5)),
    "code_8n": Row("8N|", Days(2, 10, 1460)),
    "class_abh": Row("|008/06", Days(10, 10, 182.5)),
    # 8N holds strangulation, which the edition does not weigh, and what is no assault at all.
    "strangulation": Row("8N|008/77", None),
    "dog": Row("8N|008/21", exactly(2)),
    "furious_driving": Row("8N|008/04", exactly(84)),
    # The same classifications on constables and emergency workers; 8T has no rows of its own.
    "worker_gbh18": Row("8T|005/01", Days(1460, 1825, 1825)),
    "constable_gbh18": Row("8S|005/01", exactly(1825)),
    "constable_gbh20": Row("8S|008/01", Days(182.5, 182.5, 912.5)),
    "constable_abh": Row("8S|008/06", exactly(182.5)),
    "race_gbh20": Row("8P|008/59", exactly(357)),
    "race_abh": Row("8P|008/60", exactly(19)),
    "gbh18": Row("5D|005/01", exactly(1460)),
    "code_5d": Row("5D|", exactly(1460)),
    # Codes of their time.
    "old_5a": Row("5A|", Days(10, 1460, 3285)),
    "old_8f": Row("8F|", Days(19, 19, 547.5)),
    "old_8g": Row("8G|", Days(2, 10, 547.5)),
    "old_29a": Row("29A|029/00", exactly(730)),
    "burglary_29b": Row("29B|029/00", exactly(730)),
    # Deaths: murder, the published composite, domestic, not domestic, and not said.
    "murder": murder(),
    "homicide": Row("1/4.1/4.10/4.2|", Days(730, 5475, 5475)),
    "domestic_murder": murder(domestic="yes", location_type="dwelling", victim_age=40),
    "murder_domestic_blank": murder(domestic=BLANK),
    "murder_man_24": murder(victim_age=24, victim_sex="male"),
    "murder_man_25": murder(victim_age=25, victim_sex="male"),
    "murder_25_sex_blank": murder(victim_age=25, victim_sex=BLANK),
    "attempted_murder": Row("2|002/00", exactly(3285)),
    "conspiracy": Row("3A|003/02", exactly(5475)),
    "threat_to_kill": Row("3B|003/01", exactly(10)),
    "unborn_child": Row("4.3|004/03", exactly(4380)),
    "dangerous_driving": Row("4.4|004/04", exactly(1095)),
    "endangering": Row("5E|005/11", exactly(10)),
    # Violence without injury and the rest.
    "neglect": Row("11A|011/03", exactly(10)),
    "common_assault": Row("105A|105/01", exactly(1)),
    "kidnap": Row("36|036/01", exactly(1460)),
    "harassment": Row("8L|195/94", exactly(10)),
    "coercion": Row("8U|008/67", exactly(84)),
    "robbery": Row("34B|034/01", exactly(365)),
    "shop_robbery": Row("34A|034/01", exactly(365)),
    "gang_robbery": Row("34B|034/01", exactly(365), {"gang": "yes"}),
    "gang_blank_robbery": Row("34B|034/01", exactly(365), {"gang": BLANK}),
    "rape": Row("19C|019/08", exactly(1825)),
    "class_rape": Row("|019/08", Days(1825, 1825, 2555)),
    "rape_of_girl_15": Row("19D|019/07", exactly(2555), {"victim_age": 15}),
    "attempted_rape_of_last_year": Row("19C|019/12", exactly(1825), {"recorded_lag": "earlier_year"}),
    "historic_penetration": Row("17A|017/13", exactly(730), {"recorded_lag": "over_a_year"}),
    "sexual_assault": Row("20A|020/05", exactly(19)),
    "exposure": Row("88E|088/09", exactly(10)),
    "arson": Row("56A|056/01", exactly(365)),
    "affray": Row("66|066/01", exactly(10)),
    "violent_disorder": Row("62A|065/00", exactly(182)),
    "shoplifting": Row(
        "46|046/00", exactly(1), {**NOBODY, "location_type": "shop", "reported_by": "company"}
    ),
    "domestic_damage": Row("58B|149/00", exactly(1), {"domestic": "yes", "location_type": "dwelling"}),
    "burglary": Row("28E|028/03", Days(10, 19, 19)),
    "perjury": Row("67|067/01", Days(2, 182.5, 182.5)),
    # The one attempt that weighs more than the completed offence.
    "intimidation": Row("79|079/05", Days(42, 42, 126)),
    # Weapons: used, threatened, carried, not said; possession is an offence of its own.
    "knife_used": abh(weapon="sharp", weapon_use="used"),
    "knife_threatened": abh(weapon="sharp", weapon_use="threatened"),
    "knife_victim_19": abh(weapon="sharp", weapon_use="used", victim_age=19),
    "knife_victim_blank": abh(weapon="sharp", weapon_use="used", victim_age=None),
    "knife_carried_in_robbery": Row(
        "34B|034/01", exactly(365), {"weapon": "sharp", "weapon_use": "possessed"}
    ),
    "knife_carried": Row(
        "10D|008/26",
        exactly(5),
        {
            "weapon": "sharp",
            "weapon_use": "possessed",
            "victim_age": None,
            "suspect_age": 17,
            "reported_by": "police",
        },
    ),
    "gun_possessed": Row(
        "10A|008/13",
        exactly(1825),
        {"weapon": "firearm", "weapon_use": "possessed", **NOBODY, "reported_by": "police"},
    ),
    "gun_damage": Row("58B|149/00", exactly(1), {"weapon": "firearm", "weapon_use": "used", **NOBODY}),
    "acid": abh(weapon="corrosive", weapon_use="used"),
    "weapon_blank": abh(weapon=BLANK),
    "weapon_blank_victim_19": abh(weapon=BLANK, victim_age=19),
    # Ages: the edges, an adult's suspect, and groups of years on one side of an edge or on both.
    "victim_0": abh(victim_age=0),
    "victim_1": abh(victim_age=1),
    "victim_19": abh(victim_age=19),
    "victim_20": abh(victim_age=20),
    "victim_24": abh(victim_age=24),
    "victim_25": abh(victim_age=25),
    "victim_26": abh(victim_age=26),
    "victim_20_to_24": abh(victim_age=(20, 24)),
    "victim_18_to_24": abh(victim_age=(18, 24)),
    "victim_24_to_26": abh(victim_age=(24, 26)),
    "victim_blank": abh(victim_age=None),
    "suspect_24": abh(suspect_age=24),
    "suspect_blank": abh(suspect_age=None),
    "gbh20_victim_17": Row("8N|008/01", Days(19, 19, 547.5), {"victim_age": 17}),
    # Places and domestic abuse.
    "pub_victim_17": abh(location_type="licensed", victim_age=17),
    "home_victim_17": abh(location_type="dwelling", victim_age=17),
    "school_victim_17": abh(location_type="school", victim_age=17),
    "place_blank_victim_17": abh(location_type=BLANK, victim_age=17),
    "domestic_abh": abh(domestic="yes"),
    "domestic_blank": abh(domestic=BLANK),
    # Standing, and figures that take back or hide.
    "cancelled": abh(status="cancelled"),
    "transferred": abh(status="transferred"),
    "status_blank": abh(status=BLANK),
    "correction": abh(count=-1),
    "suppressed": abh(count=1, further=6),
    # Who reported it, and how long after.
    "reporter_blank": abh(reported_by=BLANK),
    "lag_blank": abh(recorded_lag=BLANK),
    # What says less than a code.
    "unmapped": Row("unmapped", None),
    "uk_violence": Row("police-uk:violence-and-sexual-offences", Days(1, None, 5475)),
    "uk_robbery": Row("police-uk:robbery", exactly(365)),
    "antisocial": Row("police-uk:anti-social-behaviour", None),
}
