"""Made-up definitions and incidents, for two readings of the definition language to be held against each other."""

import random
from typing import Any

from hypothesis import strategies as st

Table = dict[str, Any]

# fmt: off
KEYS = (
    # codes with a classification: one row, several rows, another code's rows, and none
    "1|001/01", "2|002/00", "3B|003/01", "4.1|004/01", "4.3|004/03", "5D|005/01", "5D|005/06", "5E|005/11",
    "8N|008/01", "8N|008/02", "8N|008/06", "8N|008/21", "8N|008/68", "8N|008/77", "8P|008/59", "8P|008/78",
    "8S|005/01", "8S|008/01", "8S|008/06", "8S|008/77", "8T|005/01", "8T|008/01", "8T|008/06", "8U|008/67",
    "105A|105/01", "11A|011/03", "10D|008/26", "17A|017/13", "17B|017/14", "19C|019/08", "19J|019/08",
    "19K|019/10", "20A|020/05", "29B|029/00", "34A|034/01", "34B|034/02", "56A|056/01", "66|066/01", "81|081/81",
    # codes alone
    "1|", "3A|", "4.2|", "4.7|", "4.10|", "5D|", "5E|", "8L|", "8N|", "8P|", "8S|", "8T|", "10D|", "13|", "17B|",
    "19J|", "21|", "28E|", "29A|", "31A|", "34B|", "37.1|", "46|", "62A|", "66|", "104|", "105A|", "106|",
    # codes of their time
    "1/4.1/4.10/4.2|", "3|", "5|", "5A|", "5B|", "8A|", "8D|", "8F|", "8G|", "8H|", "8K|", "11|", "17|", "19A|",
    "19B|", "28|", "29|", "31|", "4.4/6/8|", "92B|",
    # classifications alone
    "|005/01", "|008/01", "|008/06", "|008/77", "|019/08", "|028/03", "|066/01", "|067/01", "|079/05", "|099/99",
    # published categories and labels, what nobody could map, and what is no crime
    "police-uk:violence-and-sexual-offences", "police-uk:robbery", "police-uk:public-order",
    "police-uk:possession-of-weapons", "police-uk:burglary", "police-uk:anti-social-behaviour",
    "label:violence-against-the-person", "label:violence-with-injury", "unmapped", "unmapped",
)
# fmt: on
SETS = (
    "HOM",
    "ATM",
    "TTK",
    "GBH18",
    "GBH20",
    "ABH47",
    "NFS",
    "VWI",
    "VWOI",
    "DRIVE",
    "ROB",
    "RAPE",
    "PEN",
    "SEXA",
)
WIDE_SETS = ("VAP", "OSO", "VWI", "WEAP", "AGGB", "ALL")
CODES = (
    "1",
    "2",
    "5A",
    "5D",
    "5E",
    "8A",
    "8F",
    "8G",
    "8N",
    "8S",
    "8T",
    "11A",
    "19A",
    "19C",
    "28",
    "29A",
    "34B",
    "66",
)
CLASSES = ("001/01", "005/01", "008/01", "008/02", "008/06", "008/21", "008/77", "019/08", "028/03", "066/01")

CODED = {
    "weapon": ("none", "sharp", "firearm", "blunt", "corrosive", "other"),
    "weapon_use": ("used", "threatened", "possessed"),
    "domestic": ("no", "yes"),
    "hate": ("no", "yes"),
    "alcohol": ("no", "yes"),
    "gang": ("no", "yes"),
    "location_type": ("dwelling", "street", "licensed", "shop", "school", "transport", "park", "custody"),
    "injury": ("none", "minor", "serious", "fatal"),
    "victim_sex": ("female", "male", "other"),
    "reported_by": ("victim", "witness", "agency", "police", "company"),
    "recorded_lag": ("same_year", "earlier_year", "over_a_year"),
}
STATUSES = ("live", "cancelled", "transferred")
AGES = (0, 1, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 24, 25, 26, 64, 65, 90)
AGE_GROUPS = ((0, 4), (5, 9), (10, 17), (15, 19), (18, 24), (20, 24), (24, 26), (25, 34), (16, 120), (0, 120))
AGE_LOWS = (0, 1, 10, 14, 16, 18, 20, 25, 26, 65)
AGE_HIGHS = (0, 9, 13, 15, 17, 19, 24, 25, 64)
DAYS = (1, 2, 5, 10, 19, 182, 182.5, 365, 547.5, 1460, 2000, 5475)


def _some(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


@st.composite
def _clauses(draw: st.DrawFn, sets: tuple[str, ...]) -> Table:
    """Offences named in one to three ways."""
    ways = draw(
        st.lists(st.sampled_from(["sets", "codes", "classifications"]), min_size=1, max_size=3, unique=True)
    )
    pools = {"sets": sets, "codes": CODES, "classifications": CLASSES}
    return {
        way: draw(st.lists(st.sampled_from(pools[way]), min_size=1, max_size=3, unique=True)) for way in ways
    }


@st.composite
def _filters(draw: st.DrawFn) -> Table:
    """Up to three filters, of what must be recorded or of what must not; an empty one asks for nothing."""
    names = draw(_some(tuple(CODED)))
    found = {name: draw(_some(CODED[name])) for name in names}
    left_out = {name for name in found if draw(st.integers(0, 3)) == 0}
    return {
        name: [f"not {value}" for value in values] if name in left_out else values
        for name, values in found.items()
    }


@st.composite
def _ages(draw: st.DrawFn) -> Table:
    least = draw(st.none() | st.sampled_from(AGE_LOWS))
    greatest = draw(
        st.sampled_from([high for high in AGE_HIGHS if high >= (least or 0)] or [None]) | st.none()
    )
    if least is None and greatest is None:
        greatest = 24
    bounds = {"min": least, "max": greatest}
    whose = draw(st.sampled_from(["victim", "suspect", "either", "all"]))
    return {"whose": whose, **{name: value for name, value in bounds.items() if value is not None}}


@st.composite
def _narrowing(draw: st.DrawFn, sets: tuple[str, ...]) -> Table:
    """What may narrow a part or a whole definition; mostly little of it."""
    found: Table = {}
    if draw(st.integers(0, 3)) == 0:
        found["exclude"] = draw(_clauses(sets))
    if draw(st.booleans()):
        found["filters"] = draw(_filters())
    if draw(st.integers(0, 2)) == 0:
        found["ages"] = draw(st.lists(_ages(), min_size=1, max_size=2))
    if draw(st.integers(0, 2)) == 0:
        found["harm"] = {"at_least_days": draw(st.sampled_from(DAYS))}
    return found


@st.composite
def _inclusion(draw: st.DrawFn, sets: tuple[str, ...]) -> Table:
    found = {"include": draw(_clauses(sets))}
    if draw(st.integers(0, 3)) == 0:
        found["within"] = draw(_clauses((*WIDE_SETS, *sets)))
    return found


@st.composite
def definition_tables(draw: st.DrawFn) -> Table:
    """A definition of recorded crimes as its TOML would give it; what it takes in may turn out to be nothing."""
    own = draw(st.lists(_clauses(SETS), max_size=1))
    sets = (*SETS, *WIDE_SETS, *(["OUR_SET"] if own else []))
    table: Table = {**HEAD, "unknown": draw(st.sampled_from(["range", "range", "in", "out"]))}
    if own:
        table["sets"] = [{"id": "OUR_SET", **own[0]}]
    if draw(st.booleans()):
        table |= draw(_inclusion(sets))
    else:
        table["parts"] = [
            {"name": f"Part {number}", **draw(_inclusion(sets)), **draw(_narrowing(sets))}
            for number in range(draw(st.integers(1, 3)))
        ]
    table |= draw(_narrowing(sets))
    if draw(st.integers(0, 3)) == 0:
        table["filters"] = {**table.get("filters", {}), "status": draw(_some(STATUSES))}
    return table


@st.composite
def part_tables(draw: st.DrawFn) -> Table:
    """One part of a definition in long form, without its name."""
    sets = (*SETS, *WIDE_SETS)
    return {**draw(_inclusion(sets)), **draw(_narrowing(sets))}


@st.composite
def incidents(draw: st.DrawFn) -> Table:
    """One incident, nearly half of whose values are blank."""
    coded = {name: draw(st.just("not_recorded") | st.sampled_from(values)) for name, values in CODED.items()}
    return {
        "offence_key": draw(st.sampled_from(KEYS)),
        **coded,
        "status": draw(st.sampled_from(["live", "live", "not_recorded", *STATUSES])),
        "victim_age": draw(st.none() | st.sampled_from([*AGES, *AGE_GROUPS])),
        "suspect_age": draw(st.none() | st.sampled_from([*AGES, *AGE_GROUPS])),
    }


def many_incidents(number: int) -> list[Table]:
    """Incidents in great number, the same at every run; two values in five are blank."""
    chance = random.Random(4)

    def blank_or(values: tuple[Any, ...], blank: Any) -> Any:
        return blank if chance.random() < 0.4 else chance.choice(values)

    return [
        {
            "offence_key": chance.choice(KEYS),
            **{name: blank_or(values, "not_recorded") for name, values in CODED.items()},
            "status": chance.choice(["live", "live", "live", "not_recorded", *STATUSES]),
            "victim_age": blank_or((*AGES, *AGE_GROUPS), None),
            "suspect_age": blank_or((*AGES, *AGE_GROUPS), None),
        }
        for _ in range(number)
    ]


HEAD: Table = {
    "id": "made-up",
    "version": 1,
    "name": "Made up",
    "status": "local",
    "source": "a test",
    "author": "a test",
    "valid_from": "2020-01-01",
    "unit": "offence",
    "reason": "to be read twice",
}
