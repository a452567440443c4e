"""Cells for every kind of column: good ones, and those with which real files go wrong."""

import random
from datetime import date, timedelta

from tests.second.offence_words import crime_types, labels, pairs
from tests.second.words import LENGTHS, Toml, later

RECEIVED = date(2024, 6, 30)
LAND = ((435_000, 336_000), (457_000, 339_500), (458_500, 304_500), (497_500, 371_500))
"""Points in Derby, Nottingham, Leicester and Lincoln, on the National Grid."""
LAND_DEGREES = ((-1.48, 52.92), (-1.15, 52.95), (-1.135, 52.635), (-0.54, 53.23))
SEA = ((600_000.0, 450_000.0), (1.0, 54.0))
"""Points in the North Sea."""
WEB = ("-164753.9", "6971000")
"""A point in Derby in the metres of web maps."""
BAD_DATES = (
    "31/02/2024",
    "2024-13-01",
    "29/02/2023",
    "2024-04-31T10:00:00",
    "00/01/2024",
    "12/31/2024",
    "tomorrow",
    "45321",
    "01/01/1899",
    "10:30",
    "2024",
    "01/02/24",
    "epoch",
    "Infinity",
)
FUTURE_DATES = ("01/07/2024", "2031-01-01", "2024-07-01 00:00", "31/12/2024 23:59:59")
IDENTIFIERS = (
    "943 476 5919",
    "9434765919",
    "NHS 9434765919",
    "seen at LE1 6TP",
    "write to a.person@example.org",
    "07700 900123",
)
ODD_TEXTS = ("Café", "=1+1", "a, b; c | d\te", 'said "no"', "O'Neill Street", "two\nlines", "123")
AGES = (
    "34",
    "0",
    "17",
    "64.0",
    "34 years",
    "aged 9",
    "10-17",
    "18 to 24",
    "under 10",
    "over 34",
    "65+",
    "16 and over",
)
BAD_AGES = ("121", "-1", "old", "40-30", "n/k", "3 4", "0x10")
COUNTS = ("0", "1", "12", "1,234", " 7 ", "3.0", "-00", "1e3")
BAD_COUNTS = ("2.5", "many", "1000000000", "5-", "nan")
BAD_NUMBERS = ("abc", "nan", "inf", "1.2.3", "12 m", "")
ETHNICITIES = ("White British", "A", "Not stated by person", "Asian - Indian")


def good(draw: random.Random, feed: Toml, column: Toml, start: date, number: int) -> str:
    """A cell that breaks no rule; `start` is the first day of the period it is to lie in."""
    kind = column.get("kind", "text")
    if kind == "time":
        return shown_time(draw, _day_in(draw, start, feed))
    if kind == "month":
        return shown_month(draw, start, feed)
    if kind == "quarter":
        quarter = (start.month - 4) % 12 // 3 + 1
        return draw.choice((f"{quarter}", f"Q{quarter}", f" {quarter} "))
    if kind == "code":
        return _coded(draw, column)
    if kind == "number":
        return str(draw.randint(1, 8))
    choices = {"age": AGES, "count": (*COUNTS, *feed.get("suppressed", ()))}
    return draw.choice(choices[kind]) if kind in choices else _text(draw, feed, column["name"], number)


def bad(draw: random.Random, feed: Toml, column: Toml, start: date) -> str:
    """A cell such as goes wrong in this column, or is unusual there."""
    kind, marks = column.get("kind", "text"), ("", " ", *feed.get("null_marks", ()))
    if kind == "time":
        elsewhere = shown_time(
            draw, later(start, draw.choice((-7, -1, 1))) + timedelta(days=draw.randint(0, 27))
        )
        return draw.choice((draw.choice(BAD_DATES), draw.choice(FUTURE_DATES), elsewhere, draw.choice(marks)))
    if kind == "month":
        return draw.choice(
            (
                "2024-13",
                "last month",
                "2019/18",
                "2027-01",
                "2030/31",
                shown_month(draw, later(start, -12), feed),
                *marks[:2],
            )
        )
    if kind == "quarter":
        return draw.choice(("0", "5", "spring", "", "1.5"))
    if kind == "code":
        return draw.choice(("zzz", "Z9", "??", "not in any list", "ask A Person, 07700 900123", *marks))
    if kind == "age":
        return draw.choice((*BAD_AGES, *marks))
    if kind == "count":
        return draw.choice((*BAD_COUNTS, "-3", *marks))
    if kind == "number":
        return draw.choice((*BAD_NUMBERS, "1.5", *marks))
    return _bad_text(draw, feed, column)


def points(draw: random.Random, pair: tuple[str, str], feed: Toml, *, is_bad: bool) -> tuple[str, str]:
    """The two cells of a coordinate."""
    is_grid = pair[0] == "easting"
    first, second = draw.choice(LAND if is_grid else LAND_DEGREES)
    if not is_bad:
        return draw.choice(((f"{first}", f"{second}"), (f"{first}.0", f" {second}"), ("", "")))
    sea, mark = SEA[0 if is_grid else 1], draw.choice(("", *feed.get("null_marks", ())))
    far = (
        (
            ("800000", "336000"),
            ("0", "0"),
            ("435000", "-5"),
            ("1e9", "1"),
            ("-1.48", "52.92"),
            ("52.9", "-1.4"),
            WEB,
        )
        if is_grid
        else (("5", "52.9"), ("52.9", "-1.4"), ("435000", "336000"), WEB)
    )
    half = ((f"{first}", ""), ("", f"{second}"), (f"{first}", mark), (mark, mark))
    odd = (
        (draw.choice(BAD_NUMBERS), f"{second}"),
        (f"{first}", draw.choice(BAD_NUMBERS)),
        ("abc", ""),
        ("nan", "nan"),
    )
    return draw.choice((*far, *half, *odd, (f"{sea[0]}", f"{sea[1]}")))


def shown_time(draw: random.Random, day: date) -> str:
    """A day as extracts write it, with or without a time of day."""
    clock = f"{draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
    numbered, iso = f"{day:%d/%m/%Y}", day.isoformat()
    return draw.choice((
        numbered, f"{numbered} {clock}", f"{numbered} {clock}:30", iso, f"{iso} {clock}", f"{iso} {clock}:05",
        f"{iso}T{clock}", f"{iso}T{clock}:59", f"{iso}T{clock}:00+00:00", f"{iso}T{clock}:00Z",
        f"{day:%d-%b-%Y}", f"{day:%d-%m-%Y}", f"{day:%d %B %Y}", f"{day.day}/{day.month}/{day.year}", f" {numbered} ",
    ))  # fmt: skip


def shown_month(draw: random.Random, start: date, feed: Toml) -> str:
    """The month of a day, or the year of two in which it lies, as extracts write it."""
    form = feed.get("period_form", "month")
    if form == "month":
        return draw.choice(
            (f"{start:%Y-%m}", f"{start:%Y%m}", f"{start:%b-%y}", f"{start:%B %Y}", f" {start:%Y-%m} ")
        )
    first = start.year - (start.month < (4 if form == "financial_year" else 9))
    return draw.choice(
        (f"{first}/{(first + 1) % 100:02}", f"{first}{(first + 1) % 100:02}", f"{first}-{first + 1}")
    )


def _day_in(draw: random.Random, start: date, feed: Toml) -> date:
    months = LENGTHS[feed.get("period_length", "month")]
    last = later(start, months) - timedelta(days=1)
    return min(start + timedelta(days=draw.randrange((last - start).days + 1)), RECEIVED)


def _coded(draw: random.Random, column: Toml) -> str:
    raws = [raw for raws in column.get("map", {}).values() for raw in raws] or [""]
    raw = draw.choice(raws)
    return draw.choice((raw, raw.upper(), raw.title().replace(" ", " / "), f" {raw} "))


def _text(draw: random.Random, feed: Toml, name: str, number: int) -> str:
    if name == "record_key":
        is_shared = draw.random() < 0.3
        return f"K{draw.randint(1, 5) if is_shared else number + 100}"
    if name in ("offence_code", "classification", "offence_raw"):
        return _offence(draw, feed, name)
    if name in ("given_area_code", "given_area_name"):
        return draw.choice(("E07000035", "E01013600", "Leicester", "Derby", ""))
    if "ethnicity" in name:
        return draw.choice(("", *ETHNICITIES))
    if name == "postcode":
        return draw.choice(("DE1 2BS", "le1 6tp", "NG1", "SW1A 1AA", "DE1 2", ""))
    words = ("Unsolved", "High Street", "x", "", *ODD_TEXTS)
    return f"{draw.choice(words)}{number}" if name in ("event_number", "call_id") else draw.choice(words)


def _offence(draw: random.Random, feed: Toml, name: str) -> str:
    source = feed["offence_source"]
    if name == "offence_raw":
        known = {"police_uk": list(crime_types()), "labels": list(labels())}
        icd = ("X99.4", "Y04.9", "Y06.0", "X85", "Y00", "x93 1", "Z00", "13A", "Assault")
        return draw.choice(known.get(source, icd))
    code, classification = draw.choice(list(pairs()))
    return code if name == "offence_code" else draw.choice((classification, ""))


def _bad_text(draw: random.Random, feed: Toml, column: Toml) -> str:
    name, marks = column["name"], ("", *feed.get("null_marks", ())[:4])
    if name in ("offence_code", "classification", "offence_raw"):
        return draw.choice(("999Z", "Not an offence", *marks))
    if name in ("offence_text", "place_text", "outcome", "given_area_name", "victim_ethnicity"):
        return draw.choice((*IDENTIFIERS, *ODD_TEXTS, *marks))
    return draw.choice((*marks, *ODD_TEXTS)) if name != "record_key" else draw.choice((*marks, "9434765919"))
