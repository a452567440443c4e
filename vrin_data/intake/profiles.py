"""Which profile each row has: raw values looked up once a distinct combination, never once a row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import duckdb
import numpy as np
import pandas as pd

from vrin_data.contract.ages import SPANS, read_age
from vrin_data.contract.codes import CODE_LISTS, NOT_RECORDED
from vrin_data.contract.feeds import Feed, FeedColumn, fold
from vrin_data.contract.labels import parse_label
from vrin_data.contract.offences import UNMAPPED, ParsedOffence, offences
from vrin_data.contract.policeuk import parse_crime_type
from vrin_data.contract.tables import PROFILE_CODES, RECORDED_LAG, VALUE_CODES
from vrin_data.contract.variants import respelled
from vrin_data.intake.checks import blank_marks
from vrin_data.intake.file_level import FILE_LEVEL
from vrin_data.store.frames import write_frame

AGES = ("victim_age", "suspect_age")
OFFENCE_COLUMNS = ("offence_code", "classification", "offence_raw")
BITS = {name: (len(CODE_LISTS[codes]) - 1).bit_length() for name, codes in PROFILE_CODES.items()}
OFFENCE_BITS = 16
UNKNOWN_OFFENCE = "offence_not_known"
CONTRADICTION = "code_and_classification_disagree"
BAND_BITS = len(SPANS).bit_length()
BASE_BITS = OFFENCE_BITS + sum(BITS[name] for name in VALUE_CODES)
LAG_SHIFT = BASE_BITS + 2 * BAND_BITS
KEY_BITS = LAG_SHIFT + BITS[RECORDED_LAG]
"""How many of the 64 bits of a profile's key are in use."""
NOT_IN_COMBINATION = (
    "supplier",
    "simulated",
    "given_area_code",
    "given_area_name",
    "recorded_month",
    "recorded_quarter",
    *FILE_LEVEL,
    *AGES,
)
PERSON_COLUMNS = ("suspect_sex", "victim_ethnicity", "suspect_ethnicity")


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

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.rule == UNKNOWN_OFFENCE:
            return f"{self.column}: {self.value!r} is no offence VRIN knows; kept as unmapped, without harm"
        if self.rule == CONTRADICTION:
            return (
                f"{self.column}: {self.value!r} stands beside a code it does not belong to; see offence_raw"
            )
        return f"{self.column}: {self.value!r} is not known and was kept as not recorded"


def make_combinations(
    connection: duckdb.DuckDBPyConnection, feed: Feed, values: dict[str, list[str]]
) -> list[UnusedValue]:
    """Make the temporary tables that say what the raw values of the view `row` mean.

    `combination` has one row per distinct raw combination: its raw_key (see `raw_key_sql`), a hash
    of its texts, offence_raw, the sexes and ethnicities, every coded column of a profile that values tell,
    and base_key, the profile's key without ages and dates. `victim_age_of` and `suspect_age_of` map the
    numbers of raw ages to years and bands.
    """
    names = [name for name in values if name not in NOT_IN_COMBINATION]
    combos = _distinct_combinations(connection, names, values)
    unused: list[UnusedValue] = []
    meaning = _meanings(feed, combos, names, unused)
    write_frame(connection, "meaning", meaning)
    # The same texts read anew under a variant's codes are other content.
    meant = ", ".join(f"meaning.{name}" for name in meaning.columns if name != "combo")
    _add_offences(connection)
    connection.execute(
        f"""
        create or replace temp table combination as
        select
            raw.raw_key,
            hash(raw.raw_hash, {meant}) as raw_hash,
            meaning.*,
            offence_id,
            {_base_key_sql()} as base_key
        from meaning
        join offence using (offence_key)
        join (select raw_key, raw_hash, rowid as combo from raw_combination) as raw using (combo)
        """
    )
    for name in AGES:
        _make_ages(connection, name, values.get(name, []), feed, unused)
    return unused


def raw_key_sql(values: dict[str, list[str]]) -> str:
    """A row's raw combination: its coded columns in mixed radix, 0 for a blank; as text where that is too long."""
    radix = 1
    digits, terms = [], ["0::uhugeint"]
    for name, distinct in values.items():
        if name not in NOT_IN_COMBINATION:
            digits.append(f"coalesce(enum_code(coded_{name})::integer + 1, 0)")
            terms.append(f"{digits[-1]}::uhugeint * {radix}::uhugeint")
            radix *= len(distinct) + 1
    if radix >= 2**127:
        return f"concat_ws('-', {', '.join(digits)})"
    # 64 bits are quicker wherever they are enough, which is nearly always.
    return " + ".join(terms).replace("uhugeint", "ubigint") if radix < 2**63 else " + ".join(terms)


def profile_key_sql() -> str:
    """A row's profile key, from its combination's base_key, the bands of its ages and the lag of its dates."""
    ages = f"(victim_band << {BASE_BITS}) | (suspect_band << {BASE_BITS + BAND_BITS})"
    return f"base_key | {ages} | (lag_code << {LAG_SHIFT})"


def add_profiles(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Add to `profile` the profile keys of `rows` that it lacks."""
    mask = (1 << BAND_BITS) - 1
    connection.execute(
        f"""
        insert into profile by name
        with fresh as (
            select distinct profile_key
            from {rows}
            anti join profile using (profile_key)
        )
        select
            (select coalesce(max(profile_id), 0) from profile) + row_number() over (order by profile_key) as profile_id,
            profile_key,
            (profile_key & {(1 << OFFENCE_BITS) - 1})::integer as offence_id,
            {", ".join(_unpacked_codes())},
            {_unpacked(RECORDED_LAG, LAG_SHIFT)},
            ((profile_key >> {BASE_BITS}) & {mask})::utinyint as victim_age_band,
            ((profile_key >> {BASE_BITS + BAND_BITS}) & {mask})::utinyint as suspect_age_band
        from fresh
        """
    )


def _unpacked_codes() -> list[str]:
    """The codes that values told, read out of a profile's key: the other way round from `_base_key_sql`."""
    columns, shift = [], OFFENCE_BITS
    for name in VALUE_CODES:
        columns.append(_unpacked(name, shift))
        shift += BITS[name]
    return columns


def _unpacked(name: str, shift: int) -> str:
    codes = ", ".join(f"'{code}'" for code in CODE_LISTS[PROFILE_CODES[name]])
    return f"[{codes}][((profile_key >> {shift}) & {(1 << BITS[name]) - 1})::integer + 1] as {name}"


def _distinct_combinations(
    connection: duckdb.DuckDBPyConnection, names: list[str], values: dict[str, list[str]]
) -> pd.DataFrame:
    first = "".join(f", any_value(coded_{name}) as {name}" for name in names)
    texts = ", ".join(f"coalesce({name}::varchar, '')" for name in names) or "''"
    connection.execute(
        f"""
        create or replace temp table raw_combination as
        select *, hash(concat_ws(chr(31), {texts})) as raw_hash
        from (
            select {raw_key_sql(values)} as raw_key{first}
            from row
            where fault_bits = 0
            group by raw_key
        )
        """
    )
    return connection.execute(
        "select * exclude (raw_key, raw_hash), rowid as combo from raw_combination"
    ).df()


def _meanings(feed: Feed, combos: pd.DataFrame, names: list[str], unused: list[UnusedValue]) -> pd.DataFrame:
    meaning = pd.DataFrame({"combo": combos["combo"].astype("int64")})
    said = _respelled(feed, combos)
    # Many combinations have few offences among them: each is worked out once.
    first, group = _distinct_offences(combos)
    parsed = [_offence(feed, *raw) for raw in _offence_texts(said.iloc[first])]
    given = _as_given(combos.iloc[first], feed)
    offence = [parsed[at].key for at in group]
    unused += _unknown_offences(said, offence) if feed.is_crime else []
    meaning["offence_key"] = pd.Series(offence, dtype="str")
    meaning["mapping_status"] = pd.Series([parsed[at].mapping_status for at in group], dtype="str")
    meaning["offence_raw"] = pd.Series([given[at] for at in group], dtype="str")
    derived = {name: one for name, one in feed.derived().items() if one[0] in names}
    for name in (*(name for name in VALUE_CODES if name != "mapping_status"), "suspect_sex"):
        column = feed.column(name)
        is_given = column is not None and name in names
        meaning[name] = _codes(combos[name], column, feed, unused) if column and is_given else NOT_RECORDED
        if name in derived:
            source, rule = derived[name]
            read = _told(combos[source], rule.code_of, None)
            meaning[name] = meaning[name].where(meaning[name] != NOT_RECORDED, read).fillna(NOT_RECORDED)
    for name in ("victim_ethnicity", "suspect_ethnicity"):
        meaning[name] = _words(combos[name], feed) if name in names else None
    told = _with_deletions(meaning, feed, combos, names, unused)
    # Of a file without rows nothing else says that these are texts.
    return told.astype({name: "str" for name in told.columns if name != "combo"})


def _with_deletions(
    meaning: pd.DataFrame, feed: Feed, combos: pd.DataFrame, names: list[str], unused: list[UnusedValue]
) -> pd.DataFrame:
    """The meanings with the status of records that their supplier has taken back."""
    column = feed.column("row_state")
    if column is not None and "row_state" in names:
        state = _codes(combos["row_state"], column, feed, unused)
        meaning["status"] = meaning["status"].where(state != "deleted", "deleted")
    return meaning


def _words(values: pd.Series, feed: Feed) -> pd.Series:
    """Texts as they stand, without the feed's marks for a blank."""
    blank = _blanks(feed)
    return _told(values, lambda raw: None if fold(raw) in blank else raw.strip(), None)


def _told(values: pd.Series, meaning: Callable[[str], str | None], otherwise: str | None) -> pd.Series:
    """What each value means, asked once a distinct value; blanks are told otherwise."""
    meanings = [*(meaning(str(raw)) for raw in values.cat.categories), otherwise]
    # The code of a blank is -1: the last one.
    return pd.Series(np.array(meanings, dtype=object)[values.cat.codes.to_numpy()], index=values.index)


def _respelled(feed: Feed, combos: pd.DataFrame) -> pd.DataFrame:
    """The combinations with offences as a variant spells them; those that it ignores are blanks, and so are marks."""
    columns = [column for name in OFFENCE_COLUMNS if name in combos and (column := feed.column(name))]
    spelt = {
        column.name: _told(combos[column.name], partial(_said, feed, column), None) for column in columns
    }
    return combos.assign(**spelt)


def _said(feed: Feed, column: FeedColumn, raw: str) -> str | None:
    return None if raw.strip().lower() in blank_marks(feed) else respelled(column, raw)


def _as_given(combos: pd.DataFrame, feed: Feed) -> list[str | None]:
    """What each combination says of its offence, as it stands in the file."""
    blank = {"", *blank_marks(feed)}
    said = [
        [part for part in raw if part and part.strip().lower() not in blank] for raw in _offence_texts(combos)
    ]
    return [" ".join(parts) or None for parts in said]


def _offence_texts(combos: pd.DataFrame) -> list[tuple[str | None, ...]]:
    return [
        tuple(None if pd.isna(value) else str(value) for value in row)
        for row in combos.reindex(columns=list(OFFENCE_COLUMNS)).itertuples(index=False)
    ]


def _distinct_offences(combos: pd.DataFrame) -> tuple[list[int], list[int]]:
    """A row of each distinct offence, and the number of the offence of every row."""
    number = np.zeros(len(combos), dtype="int64")
    for name in OFFENCE_COLUMNS:
        if name in combos:
            values = combos[name].cat
            number = number * (len(values.categories) + 1) + values.codes.to_numpy() + 1
    _, first, group = np.unique(number, return_index=True, return_inverse=True)
    return first.tolist(), group.tolist()


def _offence(feed: Feed, code: str | None, classification: str | None, raw: str | None) -> ParsedOffence:
    """What a row says of its offence; codes of other systems are kept as they are and are no crimes."""
    if feed.offence_source == "police_uk":
        return parse_crime_type(raw)
    if feed.offence_source == "labels":
        return offences().parse(code, classification) if code or classification else parse_label(raw or "")
    if feed.offence_source == "home_office":
        return offences().parse(code, classification)
    said = (raw or "").strip()[:80] if feed.offence_source == "given" else ""
    return ParsedOffence(key=f"{feed.id}:{said}", mapping_status="not_crime")


def _unknown_offences(combos: pd.DataFrame, offence: list[str]) -> list[UnusedValue]:
    unmapped = combos[[key == UNMAPPED for key in offence]]
    given = [name for name in OFFENCE_COLUMNS if name in unmapped]
    raws = unmapped[given].drop_duplicates().to_dict("records")
    found = [(name, str(one[name])) for one in raws for name in given if not pd.isna(one[name])]
    unknown = [UnusedValue(name, raw, UNKNOWN_OFFENCE) for name, raw in dict.fromkeys(found)]
    return unknown + _contradictions(combos, offence)


def _contradictions(combos: pd.DataFrame, offence: list[str]) -> list[UnusedValue]:
    """Classifications given beside a code without the two being a known pair; one of them was taken."""
    if not {"offence_code", "classification"} <= set(combos):
        return []
    both = combos["offence_code"].notna() & combos["classification"].notna()
    one_taken = [key != UNMAPPED and "" in key.split("|", 1) for key in offence]
    raws = combos.loc[both & pd.Series(one_taken, index=combos.index), "classification"]
    return [UnusedValue("classification", str(raw), CONTRADICTION) for raw in dict.fromkeys(raws)]


def _codes(values: pd.Series, column: FeedColumn, feed: Feed, unused: list[UnusedValue]) -> pd.Series:
    accepted = column.raw_to_code()
    blank = _blanks(feed) | {fold(raw) for raw in column.ignored}
    unused += [
        UnusedValue(column.name, str(value), "value_not_in_code_list")
        for value in values.dropna().unique()
        if fold(str(value)) not in accepted and fold(str(value)) not in blank
    ]
    return _told(values, lambda raw: accepted.get(fold(raw), NOT_RECORDED), NOT_RECORDED)


def _make_ages(
    connection: duckdb.DuckDBPyConnection, name: str, raws: list[str], feed: Feed, unused: list[UnusedValue]
) -> None:
    """The temporary table that maps raw ages to years, to the ends of a band of years, and to the profile's band."""
    ages = [read_age(raw) for raw in raws]
    column = feed.column(name)
    blank = _blanks(feed) | {fold(raw) for raw in (column.ignored if column else ())}
    unused += [
        UnusedValue(name, raw, "not_an_age")
        for raw, age in zip(raws, ages, strict=True)
        if age is None and fold(raw) not in blank
    ]
    frame = pd.DataFrame(
        {
            "number": range(len(raws)),
            "age": pd.array([age.years if age else None for age in ages], dtype="Int16"),
            "age_low": pd.array([age.low if age else None for age in ages], dtype="Int16"),
            "age_high": pd.array([age.high if age else None for age in ages], dtype="Int16"),
            "band": pd.array([age.band if age else 0 for age in ages], dtype="UInt64"),
        }
    )
    write_frame(connection, f"{name}_of", frame)


def _blanks(feed: Feed) -> set[str]:
    return {"", *(fold(mark) for mark in feed.null_marks)}


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


def _base_key_sql() -> str:
    """The offence and the codes of a combination packed into one integer."""
    terms = ["offence_id::ubigint"]
    shift = OFFENCE_BITS
    for name, code_list in VALUE_CODES.items():
        codes = ", ".join(f"'{code}'" for code in CODE_LISTS[code_list])
        terms.append(f"((list_position([{codes}], {name}) - 1)::ubigint << {shift})")
        shift += BITS[name]
    return " | ".join(terms)
