"""What every definition of recorded crimes makes of the trap incidents, written by hand from their wording.

`in_` and `maybe` name the rows that are in and those that cannot be told; every other row is out. `days` are
those of a row that may be in only in part, as it counts where it is in; `chosen` the days of rows of which
nothing but the threshold leaves doubt, and whose chosen row passes it. The totals are incidents (low, high)
and days of harm (low, central, high); no central reading is given where more than half of the incidents are
in doubt, or where one that is in has no chosen weight.
"""

from dataclasses import dataclass, field

from tests.measures.trap_incidents import ROWS, Days, exactly


@dataclass(frozen=True)
class Expected:
    """One definition's rows and totals."""

    ref: str
    in_: str
    maybe: str
    totals: tuple[float, float, float, float | None, float]
    days: dict[str, Days] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()


# Groups of rows by the Home Office's lists, to be put together below.
HOMICIDE = (
    "murder homicide domestic_murder murder_domestic_blank murder_man_24 murder_man_25 murder_25_sex_blank"
)
STREET_ABH = (
    "abh knife_used knife_threatened knife_victim_19 knife_victim_blank acid weapon_blank weapon_blank_victim_19 "
    "victim_0 victim_1 victim_19 victim_20 victim_24 victim_25 victim_26 victim_20_to_24 victim_18_to_24 "
    "victim_24_to_26 victim_blank suspect_24 suspect_blank pub_victim_17 status_blank "
    "correction suppressed reporter_blank lag_blank"
)
ABH = f"{STREET_ABH} home_victim_17 school_victim_17 place_blank_victim_17 domestic_abh domestic_blank"
OTHER_8N = "gbh20 gbh20_victim_17 code_8n strangulation dog furious_driving"
WORKERS = "worker_gbh18 constable_gbh18 constable_gbh20 constable_abh class_abh"
OTHER_INJURY = (
    "race_gbh20 race_abh gbh18 code_5d old_5a old_8f old_8g attempted_murder unborn_child endangering"
)
WITH_INJURY = f"{ABH} {OTHER_8N} {WORKERS} {OTHER_INJURY}"
WITHOUT_INJURY = "conspiracy threat_to_kill neglect common_assault kidnap"
STALKING = "harassment coercion"
DRIVING = "dangerous_driving"
VIOLENCE = f"{HOMICIDE} {WITH_INJURY} {WITHOUT_INJURY} {STALKING} {DRIVING}"
OWN_ROBBERY = "robbery gang_robbery gang_blank_robbery knife_carried_in_robbery"
ROBBERY = f"{OWN_ROBBERY} shop_robbery uk_robbery"
RAPE = "rape class_rape rape_of_girl_15 attempted_rape_of_last_year"
SERIOUS_SEXUAL = f"{RAPE} historic_penetration sexual_assault"
SEXUAL = f"{SERIOUS_SEXUAL} exposure"
WEAPONS = "knife_carried gun_possessed"
BURGLARY = "old_29a burglary_29b"
KNIFE = "knife_used knife_threatened knife_victim_19 knife_victim_blank"
KNIFE_UNKNOWN = "weapon_blank weapon_blank_victim_19"
GRIEVOUS = (
    "gbh18 code_5d worker_gbh18 constable_gbh18 gbh20 gbh20_victim_17 constable_gbh20 race_gbh20 old_8f"
)
UNDER_25_ABH = (
    "victim_0 victim_1 victim_19 victim_20 victim_24 victim_20_to_24 victim_18_to_24 suspect_24 knife_victim_19 "
    "weapon_blank_victim_19 gbh20_victim_17"
)
# 24 to 26 lies on both sides of 25 and of 24; a blank victim or suspect may be on either.
AGE_UNKNOWN = "victim_24_to_26 victim_blank suspect_blank"

# What a coarse row weighs at most, were it in.
UK_HOMICIDE = Days(730, None, 5475)
GBH_IN_8N = Days(19, None, 547.5)

EXPECTED = (
    Expected(
        "all-recorded-crime@1",
        " ".join(name for name in ROWS if name not in ("cancelled", "transferred", "antisocial")),
        "",
        (94, 100, 71697, None, 91111),
    ),
    # D01: a gang flag counts with violence and robbery alone; a blank weapon may be a knife, a gun or acid.
    Expected(
        "home-office-serious-violence-strategy@1",
        f"{HOMICIDE} {KNIFE} acid gun_possessed gun_damage gang_robbery",
        f"{KNIFE_UNKNOWN} gang_blank_robbery unmapped uk_violence",
        (15, 20, 35821, 40566, 46426),
        days={"uk_violence": UK_HOMICIDE},
    ),
    # D02: every candidate; what is domestic is in whatever it is.
    Expected(
        "serious-violence-duty-candidates@1",
        f"{VIOLENCE} {SEXUAL} {ROBBERY} {BURGLARY} arson violent_disorder {WEAPONS} domestic_damage uk_violence",
        "unmapped",
        (87, 94, 71631, None, 90771.5),
    ),
    # D03: street, park, transport, pub or shop, and anyone under 25.
    Expected(
        "serious-violence-duty-focus@1",
        f"{UNDER_25_ABH} murder_man_24 pub_victim_17 knife_carried",
        f"{AGE_UNKNOWN} knife_victim_blank place_blank_victim_17 gun_possessed",
        (14, 20, 5609, 5609, 8012.5),
    ),
    # D04b and D05: used or threatened alike; carrying (10D) is not in it.
    Expected("vru-knife-enabled@1", KNIFE, KNIFE_UNKNOWN, (4, 6, 40, 40, 60)),
    Expected(
        "vru-knife-enabled-under-25@1",
        "knife_victim_19",
        "knife_victim_blank weapon_blank_victim_19",
        (1, 3, 10, None, 30),
    ),
    Expected("knife-enabled@1", KNIFE, KNIFE_UNKNOWN, (4, 6, 40, 40, 60)),
    # D04c: what does not say whether it was domestic cannot be told.
    Expected(
        "vru-non-domestic-homicide@1",
        "murder homicide murder_man_24 murder_man_25 murder_25_sex_blank",
        "murder_domestic_blank unmapped uk_violence",
        (5, 8, 22630, 27375, 38325),
        days={"uk_violence": UK_HOMICIDE},
    ),
    Expected("vru-non-domestic-homicide-under-25@1", "murder_man_24", "", (1, 1, 5475, 5475, 5475)),
    # D06: any recorded crime with a firearm; carried ones are not discharged.
    Expected("firearm-enabled@1", "gun_possessed gun_damage", KNIFE_UNKNOWN, (2, 4, 1826, 1826, 1846)),
    Expected("firearm-lethal-barrelled-discharge@1", "gun_damage", KNIFE_UNKNOWN, (1, 3, 1, None, 21)),
    # D07: 8N alone may be the grievous 008/01, 5A the 5D that is in or the 5E that is not.
    Expected(
        "most-serious-violence@1",
        f"{HOMICIDE} {GRIEVOUS} attempted_murder",
        "code_8n old_5a unmapped uk_violence",
        (17, 21, 43666.5, 48776.5, 58574.5),
        days={"code_8n": GBH_IN_8N, "old_5a": exactly(1460), "uk_violence": Days(19, None, 5475)},
    ),
    Expected(
        "most-serious-violence-legacy@1",
        f"{HOMICIDE} {GRIEVOUS} attempted_murder old_5a unborn_child endangering {DRIVING}",
        "code_8n unmapped uk_violence",
        (21, 24, 49161.5, 55721.5, 65884.5),
        days={"code_8n": GBH_IN_8N, "uk_violence": Days(10, None, 5475)},
    ),
    # D08: victims of 1 to 19; a blank weapon may be a knife or a gun.
    Expected(
        "serious-youth-violence-met@1",
        "knife_victim_19 gbh20_victim_17 rape_of_girl_15",
        "knife_victim_blank weapon_blank_victim_19 gun_possessed gun_damage",
        (3, 7, 2584, None, 4958.5),
    ),
    Expected(
        "youth-violence-met@1",
        "knife_victim_19 gbh20_victim_17 rape_of_girl_15 victim_1 victim_19 weapon_blank_victim_19 "
        "pub_victim_17 home_victim_17 school_victim_17 place_blank_victim_17",
        # 18 to 24 lies on both sides of 19; 24 to 26 is out for sure.
        "knife_victim_blank victim_blank victim_18_to_24 gun_possessed gun_damage",
        (10, 15, 2654, 2654, 5038.5),
    ),
    # D09: anyone of 14 to 24, a victim or a suspect; carrying counts.
    Expected(
        "serious-youth-violence-hmicfrs@1",
        "knife_victim_19 gbh20_victim_17 murder_man_24 knife_carried",
        "knife_victim_blank weapon_blank_victim_19 gun_possessed",
        (4, 7, 5509, 5509, 7882.5),
    ),
    # D10: of London's list what affects someone under 25, is domestic, or is sexual.
    Expected(
        "london-duty@1",
        f"{UNDER_25_ABH} pub_victim_17 home_victim_17 school_victim_17 place_blank_victim_17 murder_man_24 "
        f"domestic_abh domestic_murder {SERIOUS_SEXUAL}",
        f"{AGE_UNKNOWN} knife_victim_blank domestic_blank murder_domestic_blank unmapped uk_violence",
        (24, 32, 19898, 19898, 29601.5),
        days={"uk_violence": Days(19, None, 2920)},
    ),
    Expected(
        "london-duty-lewisham@1",
        f"{HOMICIDE} {GRIEVOUS} {ABH} class_abh constable_abh race_abh {SERIOUS_SEXUAL} {OWN_ROBBERY} threat_to_kill",
        "code_8n old_5a old_8g uk_robbery unmapped uk_violence",
        (60, 72, 51142, 56252, 67387.5),
        days={
            "code_8n": Days(10, 10, 547.5),
            "old_5a": exactly(1460),
            "old_8g": Days(10, 10, 10),
        },
    ),
    # D11: all violence but child neglect.
    Expected(
        "avon-and-somerset-vru@1",
        " ".join(
            name for name in f"{VIOLENCE} {SERIOUS_SEXUAL} {ROBBERY} {BURGLARY}".split() if name != "neglect"
        ),
        "unmapped uk_violence",
        (79, 87, 69232, 75808, 88373.5),
    ),
    Expected(
        "norfolk-duty@1",
        f"{VIOLENCE} {SEXUAL} {ROBBERY} {BURGLARY} arson {WEAPONS} uk_violence",
        "unmapped",
        (85, 92, 71448, None, 90588.5),
    ),
    # D13: up to 25, and 25 is in.
    Expected(
        "leicestershire-vrn@1",
        f"{UNDER_25_ABH} victim_25 murder_man_24 murder_man_25 murder_25_sex_blank pub_victim_17",
        f"{AGE_UNKNOWN} knife_victim_blank place_blank_victim_17",
        (16, 21, 16564, 16564, 17142.5),
    ),
    Expected(
        "leicestershire-vrn@2",
        f"{UNDER_25_ABH} victim_25 murder_man_24 murder_man_25 murder_25_sex_blank pub_victim_17 "
        "home_victim_17 school_victim_17 place_blank_victim_17 rape_of_girl_15",
        f"{AGE_UNKNOWN} knife_victim_blank",
        (20, 24, 19149, 19149, 19717.5),
    ),
    # D14: any of six things.
    Expected(
        "northamptonshire-svpp@1",
        f"{OWN_ROBBERY} {KNIFE} {UNDER_25_ABH} pub_victim_17 home_victim_17 school_victim_17 "
        f"place_blank_victim_17 murder_man_24 domestic_abh domestic_murder domestic_damage {SERIOUS_SEXUAL}",
        f"{AGE_UNKNOWN} weapon_blank domestic_blank murder_domestic_blank uk_robbery unmapped uk_violence",
        (32, 41, 21389, 21389, 31457.5),
        days={"uk_violence": Days(19, None, 2920)},
    ),
    # D15: attempted murder without a knife is not named.
    Expected(
        "derby-and-derbyshire@1",
        f"{HOMICIDE} {GRIEVOUS} {KNIFE} {WEAPONS}",
        f"{KNIFE_UNKNOWN} code_8n old_5a unmapped uk_violence",
        (22, 28, 42251.5, 47361.5, 57179.5),
        days={"code_8n": GBH_IN_8N, "old_5a": exactly(1460), "uk_violence": Days(19, None, 5475)},
    ),
    # D16a: a row at 19 or 547.5 days cannot be told, nor can what the edition does not weigh.
    Expected(
        "capable-of-serious-harm@1",
        f"{HOMICIDE} attempted_murder gbh18 code_5d worker_gbh18 constable_gbh18 conspiracy kidnap unborn_child "
        f"{DRIVING} {ROBBERY} {RAPE} historic_penetration {BURGLARY}",
        "gbh20 gbh20_victim_17 constable_gbh20 code_8n old_5a old_8f old_8g strangulation unmapped uk_violence",
        (29, 39, 67890, 74460, 87052.5),
        chosen=("old_5a",),
    ),
    Expected(
        "capable-of-serious-harm-182@1",
        f"{HOMICIDE} attempted_murder gbh18 code_5d worker_gbh18 constable_gbh18 conspiracy kidnap unborn_child "
        f"{DRIVING} {ROBBERY} {RAPE} historic_penetration {BURGLARY} race_gbh20 constable_abh constable_gbh20",
        "gbh20 gbh20_victim_17 code_8n class_abh old_5a old_8f old_8g strangulation unmapped uk_violence",
        (32, 42, 68612, 75182, 87774.5),
        chosen=("old_5a",),
    ),
    # D16b: any weapon, in a public place or a home.
    Expected(
        "weapon-enabled-public-and-home@1",
        f"{KNIFE} knife_carried_in_robbery acid",
        KNIFE_UNKNOWN,
        (6, 8, 415, 415, 435),
    ),
    # D17: in public and not domestic; either left blank cannot be told.
    Expected(
        "grip-public-violence@1",
        " ".join(
            name
            for name in f"{HOMICIDE} {STREET_ABH} {OTHER_8N} {WORKERS} {OTHER_INJURY} {ROBBERY}".split()
            if name not in ("domestic_murder", "murder_domestic_blank")
        ),
        "murder_domestic_blank place_blank_victim_17 domestic_blank unmapped uk_violence",
        (57, 68, 39858, 46434, 63764.5),
    ),
    # D18, and without what is not between people: 8N alone may be either, and so may 8G.
    Expected(
        "violence-with-injury@1",
        WITH_INJURY,
        "unmapped uk_violence",
        (51, 59, 15088, 16919, 27659.5),
        days={"uk_violence": Days(2, None, 4380)},
    ),
    Expected(
        "violence-with-injury-interpersonal@1",
        " ".join(
            name
            for name in WITH_INJURY.split()
            if name not in ("dog", "furious_driving", "code_8n", "old_8g")
        ),
        "code_8n old_8g unmapped uk_violence",
        (47, 57, 14998, 16813, 26661),
        days={"code_8n": Days(2, 10, 547.5), "uk_violence": Days(2, None, 4380)},
    ),
    # D19: physical, sexual, psychological, deprivation; conspiracy and illegal driving are in none.
    Expected(
        "who-typology@1",
        f"{HOMICIDE} {WITH_INJURY} {ROBBERY} {SEXUAL} {STALKING} threat_to_kill neglect common_assault kidnap "
        "violent_disorder",
        "unmapped uk_violence",
        (78, 86, 61404, 67980, 80545.5),
    ),
    # D22: a man of 25 may be of both types.
    Expected(
        "homicide-young-men-in-public@1",
        "murder_man_24 murder_man_25",
        "murder_25_sex_blank",
        (2, 3, 10950, 10950, 16425),
    ),
    Expected("homicide-men-in-public@1", "murder_man_25", "murder_25_sex_blank", (1, 2, 5475, 5475, 10950)),
)


def names(text: str) -> list[str]:
    """The row names of a text, each once and in the order of the rows."""
    wanted = text.split()
    strange = {*wanted} - {*ROWS}
    assert not strange, strange
    return [name for name in ROWS if name in wanted]
