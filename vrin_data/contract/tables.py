"""Every table and column of a build, declared once: the DDL, the checks and the dictionary read this."""

from dataclasses import dataclass

from vrin_data.contract.codes import CODE_LISTS


@dataclass(frozen=True)
class Column:
    """A column: its DuckDB type, what it means, its unit or code list, and whether it may be empty."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    codes: str = ""
    nullable: bool = False

    def __post_init__(self) -> None:
        if self.codes and self.codes not in CODE_LISTS:
            raise ValueError(f"{self.name}: no code list is called {self.codes!r}")


@dataclass(frozen=True)
class Table:
    """A table: one row of it is one `grain`."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in the order of the DDL."""
        return tuple(column.name for column in self.columns)


def _code(name: str, meaning: str, codes: str, *, nullable: bool = False) -> Column:
    return Column(name, "VARCHAR", meaning, codes=codes, nullable=nullable)


SUBMISSION = Table(
    "submission",
    "one supplier's rows of one feed for one period, as handed in once",
    (
        Column("submission_id", "INTEGER", "number of the submission, in order of arrival"),
        Column("supplier_id", "VARCHAR", "who handed it in"),
        Column("feed_id", "VARCHAR", "which feed it belongs to"),
        Column("build_id", "VARCHAR", "the build that it came in with"),
        Column("replaces_id", "INTEGER", "the submission whose place it took", nullable=True),
        Column("period_start", "DATE", "first day of the period it is about"),
        Column("period_end", "DATE", "first day after the period it is about"),
        _code("mode", "what it does to earlier rows", "mode"),
        _code("status", "whether its rows are in the build", "submission_status"),
        Column("is_nil", "BOOLEAN", "the supplier says that there was nothing to report"),
        Column("is_partial", "BOOLEAN", "less than the whole period came, see submission_check"),
        Column("file_name", "VARCHAR", "name of the file it came in, with the member of an archive"),
        Column("file_hash", "VARCHAR", "SHA-256 of the file's bytes"),
        Column("content_hash", "VARCHAR", "hash of the parsed rows, whatever their order and line ends"),
        Column("received_at", "TIMESTAMP", "when the supplier handed it in, UTC"),
        Column("extracted_at", "TIMESTAMP", "when the supplier drew it, as the file says", nullable=True),
        Column("declared_count", "BIGINT", "rows the file says it holds", unit="rows", nullable=True),
        Column("rows_in_count", "BIGINT", "rows the file holds for this month", unit="rows"),
        Column("rows_kept_count", "BIGINT", "rows that went into the build", unit="rows"),
        Column("rows_rejected_count", "BIGINT", "rows kept aside with a reason", unit="rows"),
        Column("incident_count", "BIGINT", "incidents the kept rows are about", unit="incidents"),
        Column("rows_corrected_count", "BIGINT", "rejected rows that came in corrected later", unit="rows"),
        Column("is_simulated", "BOOLEAN", "the rows say of themselves that they are simulated"),
        Column("agreement_id", "VARCHAR", "the agreement or licence it came under", nullable=True),
        Column("accepted_by", "VARCHAR", "who let it in against a check that stops", nullable=True),
        Column("accepted_reason", "VARCHAR", "the reason given for that", nullable=True),
        Column("confirmed_by", "VARCHAR", "who confirmed that it is whole, against a check", nullable=True),
    ),
)

SUPPLIER = Table(
    "supplier",
    "one partner that hands data in",
    (
        Column("supplier_id", "VARCHAR", "short name of the supplier"),
        Column("supplier_name", "VARCHAR", "its full name"),
        Column("kind", "VARCHAR", "police, hospital, ambulance, youth justice and so on"),
        Column("home_area_code", "VARCHAR", "the area it answers for", nullable=True),
    ),
)

SUBMISSION_CHECK = Table(
    "submission_check",
    "one thing a check found in one submission",
    (
        Column("submission_id", "INTEGER", "the submission"),
        Column("check_id", "VARCHAR", "the check, as reference/checks.toml names it"),
        _code("level", "what the finding does", "check_level"),
        Column("evidence", "VARCHAR", "what was found, in words and figures"),
    ),
)

SUBMISSION_CHANGE = Table(
    "submission_change",
    "what a resend changed in one month and group of offences against the submission it replaced",
    (
        Column("submission_id", "INTEGER", "the later submission"),
        Column("replaces_id", "INTEGER", "the earlier submission"),
        Column("month", "DATE", "first day of the month"),
        Column("offence_group", "VARCHAR", "the group of offences, or what the supplier calls it"),
        Column("added_count", "BIGINT", "records that only the later one has", unit="records"),
        Column("vanished_count", "BIGINT", "records that only the earlier one had", unit="records"),
        Column("changed_count", "BIGINT", "records that both have, with other content", unit="records"),
        Column("same_count", "BIGINT", "records that are alike in both", unit="records"),
        Column("quantity_before_count", "BIGINT", "events of the earlier one", unit="events"),
        Column("quantity_after_count", "BIGINT", "events of the later one", unit="events"),
    ),
)

REJECTED_ROW = Table(
    "rejected_row",
    "one reason for which one row of a file was not taken",
    (
        Column("submission_id", "INTEGER", "the submission it would have belonged to", nullable=True),
        Column("supplier_id", "VARCHAR", "who handed it in", nullable=True),
        Column("feed_id", "VARCHAR", "which feed it belongs to"),
        Column("file_name", "VARCHAR", "file, with the member of an archive"),
        Column("line_number", "BIGINT", "line of the file, the header being line 1", unit="line"),
        Column("column_name", "VARCHAR", "the file's own column heading", nullable=True),
        Column("raw_value", "VARCHAR", "the value as it stood there", nullable=True),
        Column("rule", "VARCHAR", "the rule it broke"),
        Column("reason", "VARCHAR", "what was expected, in words"),
        Column("row_json", "VARCHAR", "the whole row by the file's headings, to be corrected", nullable=True),
    ),
)

INTAKE_WARNING = Table(
    "intake_warning",
    "one kind of value that a submission's rows hold and VRIN could not use, the rows being kept",
    (
        Column("submission_id", "INTEGER", "the submission"),
        Column("rule", "VARCHAR", "what was noticed"),
        Column("column_name", "VARCHAR", "VRIN's name of the column", nullable=True),
        Column("raw_value", "VARCHAR", "the value, where it is a code and not about a person", nullable=True),
        Column("row_count", "BIGINT", "rows concerned", unit="rows"),
    ),
)

INCIDENT = Table(
    "incident",
    "one event as its supplier counts it",
    (
        Column("incident_id", "BIGINT", "number of the incident in this store"),
        Column("submission_id", "INTEGER", "the submission it came in"),
        Column("profile_id", "INTEGER", "its combination of offence, weapon, place type, flags and ages"),
        Column("area_id", "INTEGER", "the finest area it is placed in", nullable=True),
        Column("record_key", "VARCHAR", "the supplier's own reference", nullable=True),
        Column("source_line", "BIGINT", "line of the file it was read from", unit="line"),
        Column("recorded_month", "DATE", "month it was recorded, the month it counts in"),
        Column("recorded_at", "TIMESTAMP", "when it was recorded", nullable=True),
        _code("recorded_precision", "how exact recorded_at is", "time_precision"),
        Column("event_start_at", "TIMESTAMP", "when it happened, or began", nullable=True),
        Column("event_end_at", "TIMESTAMP", "when it ended, at the latest", nullable=True),
        _code("event_precision", "how exact event_start_at is", "time_precision"),
        Column("offence_raw", "VARCHAR", "the offence as the supplier coded it", nullable=True),
        Column("offence_text", "VARCHAR", "the offence as the supplier worded it", nullable=True),
        Column("easting_m", "DOUBLE", "British National Grid easting", unit="metres", nullable=True),
        Column("northing_m", "DOUBLE", "British National Grid northing", unit="metres", nullable=True),
        Column("given_area_code", "VARCHAR", "the area code the supplier gave", nullable=True),
        Column("place_text", "VARCHAR", "the place as the supplier worded it", nullable=True),
        _code("place_precision", "how the place is known", "place_precision"),
        Column("signed_quantity", "INTEGER", "how many events the row stands for; negative for a correction"),
        Column(
            "signed_quantity_high",
            "INTEGER",
            "the most events it may stand for, where the count was suppressed; else signed_quantity",
        ),
        Column(
            "row_version",
            "BIGINT",
            "the supplier's version of the record, later is larger",
            unit="version",
            nullable=True,
        ),
        Column("gravity_count", "SMALLINT", "gravity score", unit="points of gravity_scale", nullable=True),
        Column("gravity_scale", "VARCHAR", "the scale of that score", nullable=True),
    ),
)

PERSON = Table(
    "person",
    "one person in one incident, without a name",
    (
        Column("incident_id", "BIGINT", "the incident"),
        _code("role", "the person's part in it", "role"),
        Column("age_years", "SMALLINT", "age at the time", unit="years", nullable=True),
        Column("age_low_years", "SMALLINT", "least age, where a band was given", unit="years", nullable=True),
        Column(
            "age_high_years", "SMALLINT", "greatest age, where a band was given", unit="years", nullable=True
        ),
        _code("sex", "sex as recorded", "sex"),
        Column("ethnicity_raw", "VARCHAR", "ethnicity as recorded", nullable=True),
        Column("ethnicity_scheme", "VARCHAR", "the scheme of that ethnicity", nullable=True),
        Column("pseudonym", "VARCHAR", "keyed pseudonym of the person", nullable=True),
    ),
)

OUTCOME = Table(
    "outcome",
    "one outcome line of one incident",
    (
        Column("incident_id", "BIGINT", "the incident"),
        Column("source_line", "BIGINT", "line of the file it was read from", unit="line"),
        Column("outcome_month", "DATE", "month of the outcome", nullable=True),
        Column("outcome_raw", "VARCHAR", "the outcome as the supplier worded it", nullable=True),
        Column("outcome_type", "VARCHAR", "Home Office outcome type, where it is known", nullable=True),
    ),
)

PROFILE = Table(
    "profile",
    "one distinct combination of all that definitions and weights ask about",
    (
        Column("profile_id", "INTEGER", "number of the combination"),
        Column("profile_key", "UBIGINT", "the combination packed into 64 bits"),
        Column("offence_id", "INTEGER", "the offence, a row of the table offence"),
        _code("mapping_status", "how sure the offence is", "mapping_status"),
        _code("weapon", "weapon", "weapon"),
        _code("weapon_use", "what the weapon was for", "weapon_use"),
        _code("domestic", "domestic abuse flag", "domestic"),
        _code("hate", "hate crime flag", "hate"),
        _code("alcohol", "alcohol flag", "alcohol"),
        _code("gang", "gang or county lines flag", "gang"),
        _code("injury", "injury", "injury"),
        _code("location_type", "kind of place", "location_type"),
        Column(
            "victim_age_band",
            "UTINYINT",
            "victim's age band, or span of bands; 0 not recorded",
            unit="band number",
        ),
        Column(
            "suspect_age_band",
            "UTINYINT",
            "suspect's age band, or span of bands; 0 not recorded",
            unit="band number",
        ),
        _code("victim_sex", "victim's sex", "sex"),
        _code("status", "whether it stands", "status"),
        _code("reported_by", "who brought it to notice", "reported_by"),
        _code("recorded_lag", "how long after its end it was recorded, told from the dates", "recorded_lag"),
    ),
)

PROFILE_CODES: dict[str, str] = {column.name: column.codes for column in PROFILE.columns if column.codes}
"""The coded columns of a profile with their code lists."""

RECORDED_LAG = "recorded_lag"
VALUE_CODES: dict[str, str] = {name: codes for name, codes in PROFILE_CODES.items() if name != RECORDED_LAG}
"""Those that a row's own values tell, in the order in which a profile's key packs them; its dates tell the other."""

OFFENCE = Table(
    "offence",
    "one thing an extract can say of an offence",
    (
        Column("offence_id", "INTEGER", "number of the offence in this build"),
        Column("offence_key", "VARCHAR", "code|classification, a category, or unmapped"),
    ),
)

FACT = Table(
    "fact",
    "the incidents of one feed, month, area and profile; sorted for scanning",
    (
        Column("feed_id", "VARCHAR", "the feed"),
        Column("month_number", "USMALLINT", "months since January 1900", unit="months"),
        Column("area_id", "INTEGER", "the finest area, 0 where not placed at all"),
        Column("profile_id", "INTEGER", "the profile"),
        Column("incident_count", "INTEGER", "incidents; less than 0 where corrections prevail"),
        Column(
            "further_count", "INTEGER", "incidents there may be beyond that, where counts were suppressed"
        ),
    ),
)

AREA = Table(
    "area",
    "one area under one vintage",
    (
        Column("area_id", "INTEGER", "number of the area in this store"),
        Column("area_code", "VARCHAR", "official code, or the sample's own"),
        Column("area_name", "VARCHAR", "name"),
        _code("level", "level", "level"),
        Column("vintage", "VARCHAR", "year of the boundary set, or sample"),
        Column("is_approximate", "BOOLEAN", "derived outline, not an official boundary"),
        Column("valid_from", "DATE", "first day it exists", nullable=True),
        Column("valid_to", "DATE", "first day it no longer exists", nullable=True),
        Column("source", "VARCHAR", "where it comes from"),
    ),
)

AREA_LINK = Table(
    "area_link",
    "one area's lying in another, many to many and dated",
    (
        Column("child_code", "VARCHAR", "the smaller area"),
        Column("parent_code", "VARCHAR", "the larger area"),
        _code("parent_level", "level of the larger area", "level"),
        _code("relation", "how much of the child lies in the parent", "relation"),
        Column("valid_from", "DATE", "first day it holds", nullable=True),
        Column("valid_to", "DATE", "first day it no longer holds", nullable=True),
        Column("source", "VARCHAR", "where it comes from"),
    ),
)

LAYER = Table(
    "layer",
    "one level of areas that lies across the small areas: wards, or a partnership's own areas",
    (
        Column("level", "VARCHAR", "the level: ward, or own- and the id of the layer"),
        Column("layer_name", "VARCHAR", "what its areas are called, in the plural"),
        _code("basis", "what its areas are made of", "layer_basis"),
        Column("source", "VARCHAR", "where it comes from: a file, or who put it on record"),
    ),
)

NEIGHBOUR = Table(
    "neighbour",
    "two areas of a level that touch, each pair in both orders",
    (
        Column("level", "VARCHAR", "the level"),
        Column("area_code", "VARCHAR", "the area"),
        Column("neighbour_code", "VARCHAR", "an area of the same level that touches it"),
    ),
)

HEXAGON = Table(
    "hexagon",
    "one district's place in a layout of hexagons that a user brought; without one the layout is made",
    (
        Column("area_code", "VARCHAR", "the district"),
        Column("column_number", "INTEGER", "its column; odd rows stand half a cell to the right"),
        Column("row_number", "INTEGER", "its row, from the bottom"),
    ),
)

ASSET = Table(
    "asset",
    "one protective factor or community asset, with a place: a youth club, a refuge, a school",
    (
        Column("asset_id", "INTEGER", "number of the asset in this build"),
        Column("asset_name", "VARCHAR", "what it is called"),
        Column("kind", "VARCHAR", "what kind it is, as its supplier words it"),
        Column("contact", "VARCHAR", "whom to ask, as an organisation gives it to the public", nullable=True),
        Column("easting_m", "DOUBLE", "British National Grid easting", unit="metres"),
        Column("northing_m", "DOUBLE", "British National Grid northing", unit="metres"),
        Column("area_id", "INTEGER", "the finest area it lies in", nullable=True),
        Column("source", "VARCHAR", "the list it came in, and when"),
    ),
)

AREA_LEVEL = Table(
    "area_level",
    "the one area of a level in which an area wholly lies",
    (
        Column("area_id", "INTEGER", "the area"),
        _code("level", "the level asked for", "level"),
        Column("ancestor_id", "INTEGER", "the area of that level"),
    ),
)

BOUNDARY = Table(
    "boundary",
    "one area's boundary in full detail; what is drawn is made from it and never used for placing",
    (
        Column("area_code", "VARCHAR", "the area"),
        Column("vintage", "VARCHAR", "its vintage"),
        Column("wkb", "BLOB", "polygon, well-known binary, EPSG:27700", unit="metres"),
    ),
)

POPULATION = Table(
    "population",
    "one area's residents in one year",
    (
        Column("area_code", "VARCHAR", "the area"),
        Column("year", "INTEGER", "year of the estimate"),
        Column("person_count", "BIGINT", "usual residents", unit="persons"),
        Column("basis", "VARCHAR", "census, mid-year estimate, or a share of one"),
        Column("source", "VARCHAR", "publisher and release"),
    ),
)

POPULATION_BAND = Table(
    "population_band",
    "one area's residents of one sex and one band of ages in one year",
    (
        Column("area_code", "VARCHAR", "the area"),
        Column("year", "INTEGER", "year of the estimate"),
        _code("sex", "sex; not_recorded for persons of either", "sex"),
        Column("age_low_years", "SMALLINT", "least age of the band", unit="years"),
        Column(
            "age_high_years",
            "SMALLINT",
            "greatest age of the band; empty for the last",
            unit="years",
            nullable=True,
        ),
        Column("person_count", "BIGINT", "usual residents", unit="persons"),
        Column("source", "VARCHAR", "publisher and release"),
    ),
)

INDICATOR = Table(
    "indicator",
    "one context figure of one area, never added to harm",
    (
        Column("area_code", "VARCHAR", "the area"),
        Column("indicator_id", "VARCHAR", "which figure"),
        Column("indicator_name", "VARCHAR", "its name in words"),
        Column("year", "INTEGER", "year it is about"),
        Column("value", "DOUBLE", "the figure; NULL for one that is a class", nullable=True),
        Column("class_name", "VARCHAR", "the class, such as a kind of rural or urban area", nullable=True),
        Column("unit", "VARCHAR", "its unit"),
        Column("basis", "VARCHAR", "published, calculated from what was published, or made of smaller areas"),
        Column("source", "VARCHAR", "publisher and release"),
    ),
)

BUILD = Table(
    "build",
    "the build itself: one row",
    (
        Column("build_id", "VARCHAR", "number of the build"),
        Column("parent_id", "VARCHAR", "the build it was made from", nullable=True),
        Column("created_at", "TIMESTAMP", "when it was published, UTC"),
        Column("reason", "VARCHAR", "why"),
        Column("contract_version", "INTEGER", "version of these tables"),
        Column("area_set_hash", "VARCHAR", "hash of the area set", nullable=True),
        Column("areas_on", "DATE", "the day whose areas and nesting the build shows", nullable=True),
        Column("outlines_json", "VARCHAR", "file of the display outlines by level", nullable=True),
        Column("attribution_json", "VARCHAR", "attributions that every map and stamp must show"),
    ),
)

CONTRACT_VERSION = 5
"""Raised when a table changes in a way that an older build cannot be read as."""

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        BUILD,
        SUPPLIER,
        SUBMISSION,
        SUBMISSION_CHECK,
        SUBMISSION_CHANGE,
        REJECTED_ROW,
        INTAKE_WARNING,
        INCIDENT,
        PERSON,
        OUTCOME,
        PROFILE,
        OFFENCE,
        FACT,
        AREA,
        AREA_LINK,
        AREA_LEVEL,
        LAYER,
        NEIGHBOUR,
        HEXAGON,
        BOUNDARY,
        POPULATION,
        POPULATION_BAND,
        INDICATOR,
        ASSET,
    )
}
"""The tables of a build by name."""
