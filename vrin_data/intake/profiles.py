"""Which profile each row has: raw values looked up once a distinct combination, never once a row."""

from dataclasses import dataclass

import duckdb
import pandas as pd

from vrin_data.contract.ages import AGE_BAND_SQL, OLDEST
from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.offences import ParsedOffence, offences
from vrin_data.contract.policeuk import parse_crime_type
from vrin_data.contract.tables import PROFILE

CODED = (
    "mapping_status",
    "weapon",
    "weapon_use",
    "domestic",
    "hate",
    "alcohol",
    "gang",
    "injury",
    "location_type",
    "victim_sex",
    "status",
    "reported_by",
)
LIST_OF = {"victim_sex": "sex", "suspect_sex": "sex"}
OFFENCE_COLUMNS = ("offence_code", "classification", "offence_raw")
BITS = {name: (len(CODE_LISTS[LIST_OF.get(name, name)]) - 1).bit_length() for name in CODED}
BAND_BITS = 6
OFFENCE_BITS = 16


@dataclass(frozen=True)
class UnusedValue:
    """A value that a code list or an age does not hold: kept as not recorded, and said."""

    column: str
    raw: str
    rule: str

    @property
    def value(self) -> str:
        """The value, short enough to show."""
        return self.raw.strip()[:80]


def make_profiles(
    connection: duckdb.DuckDBPyConnection, feed: Feed, values: dict[str, list[str]]
) -> list[UnusedValue]:
    """Make the temporary table `combination` of the view `row` and add what is new to `profile`.

    `combination` has one row per distinct raw combination: its `raw_key` (see `raw_key_sql`),
    profile_id, offence_raw, the two ages in years, the sexes, and a hash of the raw texts.
    """
    names = [name for name in values if name not in ("supplier", "simulated", "given_area_code", "recorded_month")]
    combos = _distinct_combinations(connection, names, values)
    unused: list[UnusedValue] = []
    meaning = _meanings(feed, combos, names, unused)
    _store(connection, combos, meaning)
    return unused


def raw_key_sql(values: dict[str, list[str]]) -> str:
    """A row's raw combination as one integer: its coded columns in mixed radix, 0 for a blank."""
    radix = 1
    terms = ["0::uhugeint"]
    for name, distinct in values.items():
        if name in ("supplier", "simulated", "given_area_code", "recorded_month"):
            continue
        terms.append(f"(coalesce(enum_code(coded_{name}) + 1, 0)::uhugeint * {radix}::uhugeint)")
        radix *= len(distinct) + 1
    key = " + ".join(terms)
    # 64 bits are quicker wherever they are enough, which is nearly always.
    return f"({key})::ubigint" if radix < 2**63 else f"({key})"


def _distinct_combinations(
    connection: duckdb.DuckDBPyConnection, names: list[str], values: dict[str, list[str]]
) -> pd.DataFrame:
    first = ", ".join(f"any_value(coded_{name})::varchar as {name}" for name in names)
    texts = ", ".join(f"coalesce({name}, '')" for name in names) or "''"
    connection.execute(
        f"""
        create or replace temp table raw_combination as
        select *, hash(concat_ws(chr(31), {texts})) as raw_hash
        from (
            select {raw_key_sql(values)} as raw_key{"," if first else ""} {first}
            from row
            where fault_bits = 0
            group by raw_key
        )
        """
    )
    return connection.execute("select * exclude (raw_key, raw_hash), rowid as combo from raw_combination").df()


def _meanings(
    feed: Feed, combos: pd.DataFrame, names: list[str], unused: list[UnusedValue]
) -> pd.DataFrame:
    meaning = pd.DataFrame({"combo": combos["combo"].astype("int64")})
    offence, status, shown = _offences(feed, combos)
    meaning["offence_key"] = offence
    meaning["mapping_status"] = status
    meaning["offence_raw"] = shown
    for name in (*CODED[1:], "suspect_sex"):
        column = feed.column(name)
        meaning[name] = _codes(combos[name], column, feed, unused) if column and name in names else NOT_RECORDED
    for name in ("victim_age", "suspect_age"):
        meaning[name] = _ages(combos[name], name, feed, unused) if name in names else pd.NA
        meaning[name] = meaning[name].astype("Int16")
    return meaning


def _offences(feed: Feed, combos: pd.DataFrame) -> tuple[list[str], list[str], list[str | None]]:
    raws = [
        tuple(None if pd.isna(value) else str(value) for value in row)
        for row in combos.reindex(columns=list(OFFENCE_COLUMNS)).itertuples(index=False)
    ]
    known: dict[tuple[str | None, ...], ParsedOffence] = {}
    for raw in set(raws):
        known[raw] = parse_crime_type(raw[2]) if feed.offence_source == "police_uk" else offences().parse(raw[0], raw[1])
    parsed = [known[raw] for raw in raws]
    shown = [" ".join(part for part in raw if part) or None for raw in raws]
    return [one.key for one in parsed], [one.mapping_status for one in parsed], shown


def _codes(values: pd.Series, column: FeedColumn, feed: Feed, unused: list[UnusedValue]) -> pd.Series:
    accepted = column.raw_to_code()
    blank = {"", *(fold(mark) for mark in feed.null_marks)}
    meaning: dict[str, str] = {}
    for value in values.dropna().unique():
        folded = fold(str(value))
        meaning[value] = accepted.get(folded, NOT_RECORDED)
        if folded not in accepted and folded not in blank:
            unused.append(UnusedValue(column.name, str(value), "value_not_in_code_list"))
    return values.map(meaning).fillna(NOT_RECORDED)


def _ages(values: pd.Series, name: str, feed: Feed, unused: list[UnusedValue]) -> pd.Series:
    blank = {"", *(fold(mark) for mark in feed.null_marks)}
    meaning: dict[str, int | None] = {}
    for value in values.dropna().unique():
        age = _age(str(value))
        meaning[value] = age
        if age is None and fold(str(value)) not in blank:
            unused.append(UnusedValue(name, str(value), "not_an_age"))
    return values.map(meaning)


def _age(text: str) -> int | None:
    try:
        age = float(text)
    except ValueError:
        return None
    return int(age) if 0 <= age <= OLDEST else None


def _store(connection: duckdb.DuckDBPyConnection, combos: pd.DataFrame, meaning: pd.DataFrame) -> None:
    connection.register("meaning_frame", meaning)
    try:
        connection.execute("create or replace temp table meaning as select * from meaning_frame")
    finally:
        connection.unregister("meaning_frame")
    _add_offences(connection)
    connection.execute(f"create or replace temp table keyed as {_keyed_sql()}")
    connection.execute(_add_profiles_sql())
    connection.execute(
        """
        create or replace temp table combination as
        select
            raw_combination.raw_key,
            raw_combination.raw_hash,
            profile.profile_id,
            keyed.offence_raw,
            keyed.victim_age,
            keyed.suspect_age,
            keyed.victim_sex,
            keyed.suspect_sex
        from keyed
        join raw_combination on raw_combination.rowid = keyed.combo
        join profile using (profile_key)
        """
    )


def _add_offences(connection: duckdb.DuckDBPyConnection) -> None:
    """Offences keep their number for the life of a store, so that profiles of old builds stay comparable."""
    connection.execute(
        """
        insert into offence
        select
            (select coalesce(max(offence_id), 0) from offence) + row_number() over (order by offence_key),
            offence_key
        from (select distinct offence_key from meaning)
        where offence_key not in (select offence_key from offence)
        """
    )


def _keyed_sql() -> str:
    """The combinations with their profile key: offence, codes and age bands packed into 64 bits."""
    terms = ["offence_id::ubigint"]
    shift = OFFENCE_BITS
    for name in CODED:
        codes = ", ".join(f"'{code}'" for code in CODE_LISTS[LIST_OF.get(name, name)])
        terms.append(f"((list_position([{codes}], {name}) - 1)::ubigint << {shift})")
        shift += BITS[name]
    for name in ("victim_age", "suspect_age"):
        terms.append(f"({AGE_BAND_SQL.format(age=name)}::ubigint << {shift})")
        shift += BAND_BITS
    return f"select *, {' | '.join(terms)} as profile_key from meaning join offence using (offence_key)"


def _add_profiles_sql() -> str:
    bands = {
        "victim_age_band": AGE_BAND_SQL.format(age="victim_age"),
        "suspect_age_band": AGE_BAND_SQL.format(age="suspect_age"),
    }
    rest = [name for name in PROFILE.column_names if name not in ("profile_id", "profile_key")]
    columns = ", ".join(f"any_value({bands.get(name, name)}) as {name}" for name in rest)
    return f"""
        insert into profile ({", ".join(PROFILE.column_names)})
        select
            (select coalesce(max(profile_id), 0) from profile) + row_number() over (order by profile_key),
            profile_key, {", ".join(rest)}
        from (
            select profile_key, {columns}
            from keyed
            where profile_key not in (select profile_key from profile)
            group by profile_key
        )
    """


def packed_bits() -> int:
    """Bits that a profile key needs; must stay within 64."""
    return OFFENCE_BITS + sum(BITS.values()) + 2 * BAND_BITS
