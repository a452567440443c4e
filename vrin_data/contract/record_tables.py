"""The tables of the records: what people decided, kept apart from any build."""

from datetime import date
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from vrin_data.contract.agreements import Agreement
from vrin_data.contract.tables import Column, Table

EVENT_LOG = Table(
    "event_log",
    "one thing somebody or some command did",
    (
        Column("event_id", "INTEGER", "number of the event"),
        Column("happened_at", "TIMESTAMP", "when, UTC"),
        Column("actor", "VARCHAR", "who"),
        Column("action", "VARCHAR", "what was done"),
        Column("subject", "VARCHAR", "to what"),
        Column("detail_json", "VARCHAR", "particulars, without personal values"),
    ),
)

DEFINITION_VERSION = Table(
    "definition_version",
    "one version of one definition; its text never changes once it is submitted",
    (
        Column("definition_id", "VARCHAR", "the definition"),
        Column("version", "INTEGER", "its version, from 1"),
        Column("name", "VARCHAR", "its name"),
        Column("state", "VARCHAR", "built-in, draft, submitted, approved, retired or discarded"),
        Column("toml", "VARCHAR", "the definition itself"),
        Column("author", "VARCHAR", "who wrote it"),
        Column("recorded_at", "TIMESTAMP", "when this version was recorded, UTC"),
    ),
)

DEFINITION_STEP = Table(
    "definition_step",
    "one thing that was done to a version of a definition, only ever added to",
    (
        Column("step_id", "INTEGER", "number of the step"),
        Column("definition_id", "VARCHAR", "the definition"),
        Column("version", "INTEGER", "its version"),
        Column("action", "VARCHAR", "save, submit, approve, send back, retire or discard"),
        Column("toml", "VARCHAR", "the text that was saved, for a save", nullable=True),
        Column("person", "VARCHAR", "who did it"),
        Column("reason", "VARCHAR", "why, in words"),
        Column("alone_reason", "VARCHAR", "why nobody else approved it", nullable=True),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

WORKSHEET = Table(
    "worksheet",
    "one filling in of the four considerations of section 13(6) for a version of a definition; the latest counts",
    (
        Column("worksheet_id", "INTEGER", "number of the worksheet"),
        Column("definition_id", "VARCHAR", "the definition"),
        Column("version", "INTEGER", "its version"),
        Column("considerations_json", "VARCHAR", "judgement, words and figures of each consideration"),
        Column("recorded_by", "VARCHAR", "who filled it in"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)


def column_of_field(name: str, field: FieldInfo) -> Column:
    """The column of an agreement's field; a list of names becomes JSON text."""
    is_list = get_origin(field.annotation) is tuple
    kinds: dict[Any, str] = {bool: "BOOLEAN", int: "INTEGER", date: "DATE"}
    said = [field.annotation, *([] if is_list else get_args(field.annotation))]
    return Column(
        f"{name}_json" if is_list else name,
        next((kinds[one] for one in said if one in kinds), "VARCHAR"),
        field.description or "",
        nullable=type(None) in said,
    )


AGREEMENT = Table(
    "agreement",
    "one version of one agreement, never changed once written; the highest version counts",
    (
        *(column_of_field(name, field) for name, field in Agreement.model_fields.items()),
        Column("change_reason", "VARCHAR", "why this version was recorded"),
        Column("recorded_by", "VARCHAR", "who recorded it"),
        Column("recorded_at", "TIMESTAMP", "when this version was recorded, UTC"),
    ),
)

EXPECTATION = Table(
    "expectation",
    "what the data lead declares of one supplier's feed for a stretch of months",
    (
        Column("expectation_id", "INTEGER", "number of the declaration"),
        Column("supplier_id", "VARCHAR", "the supplier"),
        Column("feed_id", "VARCHAR", "the feed"),
        Column("from_month", "DATE", "first day of the first month it is about"),
        Column(
            "to_month", "DATE", "first day of the last month it is about; empty until further", nullable=True
        ),
        Column("state", "VARCHAR", "withheld, held_by_partner or not_due, see the list feed_state"),
        Column("reason", "VARCHAR", "why"),
        Column("recorded_by", "VARCHAR", "who declared it"),
        Column("recorded_at", "TIMESTAMP", "when it was declared, UTC"),
        Column("withdrawn_by", "VARCHAR", "who took it back", nullable=True),
        Column("withdrawn_at", "TIMESTAMP", "when it was taken back, UTC", nullable=True),
    ),
)

OVERRIDE = Table(
    "override",
    "one decision of a person to let something through that the rules stop",
    (
        Column("override_id", "INTEGER", "number of the decision"),
        Column("kind", "VARCHAR", "no_agreement, stopped_submission or partial_confirmed"),
        Column("subject", "VARCHAR", "supplier and feed, or the file held"),
        Column("person", "VARCHAR", "who decided"),
        Column("reason", "VARCHAR", "why"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

HELD_FILE = Table(
    "held_file",
    "one file that a check stopped and that waits for a person",
    (
        Column("held_id", "INTEGER", "number of the file held"),
        Column("feed_id", "VARCHAR", "the feed"),
        Column("supplier_id", "VARCHAR", "who sent it, where that is known", nullable=True),
        Column("period", "VARCHAR", "the period it is about, in words"),
        Column("file_name", "VARCHAR", "its name as it came"),
        Column("file_hash", "VARCHAR", "SHA-256 of its bytes"),
        Column("stored_name", "VARCHAR", "its name in the folder held of the store"),
        Column("findings_json", "VARCHAR", "what the checks found, without personal values"),
        Column("held_at", "TIMESTAMP", "when it was stopped, UTC"),
        Column("state", "VARCHAR", "held, accepted or discarded"),
        Column("decided_by", "VARCHAR", "who decided", nullable=True),
        Column("decided_at", "TIMESTAMP", "when, UTC", nullable=True),
        Column("reason", "VARCHAR", "why", nullable=True),
    ),
)

FEED_VARIANT = Table(
    "feed_variant",
    "one version of one supplier's own headings and codes for one feed",
    (
        Column("variant_id", "INTEGER", "number of the variant"),
        Column("supplier_id", "VARCHAR", "the supplier"),
        Column("feed_id", "VARCHAR", "the feed"),
        Column("version", "INTEGER", "its version for this supplier and feed, from 1"),
        Column("toml", "VARCHAR", "the variant itself"),
        Column("recorded_by", "VARCHAR", "who confirmed it"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
        Column("retired_at", "TIMESTAMP", "when it went out of use, UTC", nullable=True),
    ),
)

ADDED_SUPPLIER = Table(
    "added_supplier",
    "one supplier that the partnership added itself",
    (
        Column("supplier_id", "VARCHAR", "short name of the supplier"),
        Column("supplier_name", "VARCHAR", "its full name"),
        Column("kind", "VARCHAR", "police, hospital, ambulance, youth justice and so on"),
        Column("home_area_code", "VARCHAR", "the area it answers for", nullable=True),
        Column("home_area_level", "VARCHAR", "level of that area", nullable=True),
        Column("aliases_json", "VARCHAR", "other spellings of its name"),
        Column("recorded_by", "VARCHAR", "who added it"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

WEIGHT_EDITION = Table(
    "weight_edition",
    "one weight edition that was imported, or that the partnership made; never changed once written",
    (
        Column("edition_id", "VARCHAR", "the edition"),
        Column("kind", "VARCHAR", "what its weights are: days, score or pounds"),
        Column("name", "VARCHAR", "its full name"),
        Column("published", "VARCHAR", "when it was published, in its publisher's words"),
        Column("attribution", "VARCHAR", "the line of credit to print beside its figures"),
        Column("source", "VARCHAR", "the file its rows were taken from, and how many"),
        Column("file_hash", "VARCHAR", "SHA-256 of that file's bytes"),
        Column("notes_json", "VARCHAR", "what was put right or left out, and what a reader must know"),
        Column("rows_csv", "VARCHAR", "its rows, as `weights export` writes them"),
        Column(
            "choices_csv",
            "VARCHAR",
            "central choices that came with it, as offence_key, days, reason, chosen_by",
        ),
        Column("recorded_by", "VARCHAR", "who imported it"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

WEIGHT_CHOICE = Table(
    "weight_choice",
    "one step in the partnership's own choices of central weights; each step is a new version of them all",
    (
        Column("edition_id", "VARCHAR", "the edition chosen from"),
        Column("version", "INTEGER", "version of this edition's choices that the step made, from 1"),
        Column("offence_key", "VARCHAR", "the offence whose weight was chosen"),
        Column(
            "days", "DOUBLE", "weight of the chosen row; empty where a choice was withdrawn", nullable=True
        ),
        Column("reason", "VARCHAR", "why"),
        Column("recorded_by", "VARCHAR", "who decided"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

OWN_LAYER_VERSION = Table(
    "own_layer_version",
    "one version of one layer of the partnership's own areas; what it holds never changes once written",
    (
        Column("layer_id", "VARCHAR", "short name of the layer"),
        Column("version", "INTEGER", "its version, from 1"),
        Column("name", "VARCHAR", "what its areas are called, in the plural"),
        Column("action", "VARCHAR", "save, retire or restore"),
        Column("areas_json", "VARCHAR", "its areas: a name, and the codes or the polygon of each"),
        Column("source", "VARCHAR", "the file its areas came from, or the screen"),
        Column("reason", "VARCHAR", "why this version was recorded"),
        Column("state", "VARCHAR", "waiting, applied (a build has it) or not applied"),
        Column("build_id", "VARCHAR", "the build that has it first", nullable=True),
        Column("failure", "VARCHAR", "why no build has it", nullable=True),
        Column("recorded_by", "VARCHAR", "who recorded it"),
        Column("recorded_at", "TIMESTAMP", "when this version was recorded, UTC"),
    ),
)

_MADE_AND_TAKEN_BACK = (
    Column("reason", "VARCHAR", "why"),
    Column("recorded_by", "VARCHAR", "who recorded it"),
    Column("recorded_at", "TIMESTAMP", "when it was recorded, UTC"),
    Column("withdrawn_by", "VARCHAR", "who took it back", nullable=True),
    Column("withdrawn_at", "TIMESTAMP", "when it was taken back, UTC", nullable=True),
    Column("withdrawn_reason", "VARCHAR", "why it was taken back", nullable=True),
)

SERIES_BREAK = Table(
    "series_break",
    "one dated event after which series may count otherwise than before",
    (
        Column("break_id", "INTEGER", "number of the break"),
        Column("happened_on", "DATE", "the day"),
        Column("kind", "VARCHAR", "counting_rule, system, definition, coverage, intervention or other"),
        Column("title", "VARCHAR", "what happened, in a line"),
        Column(
            "feed_id", "VARCHAR", "the feed it concerns; empty for any, a star at its end for all so called"
        ),
        Column("supplier_id", "VARCHAR", "the supplier it concerns; empty for any"),
        Column("area_code", "VARCHAR", "the area it concerns; empty for any"),
        Column("definition_id", "VARCHAR", "the definition it concerns; empty for any"),
        Column("is_definition_change", "BOOLEAN", "figures before and after count different things"),
        *_MADE_AND_TAKEN_BACK,
    ),
)

SERIES_REBASE = Table(
    "series_rebase",
    "one month at which the limits of one series begin anew",
    (
        Column("rebase_id", "INTEGER", "number of the re-basing"),
        Column("definition_id", "VARCHAR", "the definition of the series, in any version"),
        Column("feed_id", "VARCHAR", "the feed of the series"),
        Column("figure_base", "VARCHAR", "incidents or harm, as a count and as a rate alike"),
        Column("area_code", "VARCHAR", "the area of the series; empty for all areas together"),
        Column("month", "DATE", "first day of the month with which the new limits begin"),
        *_MADE_AND_TAKEN_BACK,
    ),
)

SERIES_TARGET = Table(
    "series_target",
    "one target of one series, from a month on",
    (
        Column("target_id", "INTEGER", "number of the target"),
        Column("definition_id", "VARCHAR", "the definition of the series, in any version"),
        Column("feed_id", "VARCHAR", "the feed of the series"),
        Column("figure", "VARCHAR", "incidents, incidents-rate, harm or harm-rate"),
        Column("area_code", "VARCHAR", "the area of the series; empty for all areas together"),
        Column("value", "DOUBLE", "the target, in the units of the figure a month"),
        Column("direction", "VARCHAR", "at_most or at_least"),
        Column("from_month", "DATE", "first day of the first month it holds for"),
        *_MADE_AND_TAKEN_BACK,
    ),
)

SIGNAL_WATCH = Table(
    "signal_watch",
    "one choice of the series that are searched for signals at every publish; the latest counts",
    (
        Column("watch_id", "INTEGER", "number of the choice"),
        Column("definitions_json", "VARCHAR", "ids of the definitions; none for every one in force"),
        Column("levels_json", "VARCHAR", "levels of the areas"),
        Column("figures_json", "VARCHAR", "figures: incidents, harm (without homicide)"),
        Column("false_share", "DOUBLE", "share of the signals that may be false"),
        Column("reason", "VARCHAR", "why"),
        Column("recorded_by", "VARCHAR", "who decided"),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

SIGNAL_SEARCH = Table(
    "signal_search",
    "one search of a build's series for signals; of one build the latest counts",
    (
        Column("search_id", "INTEGER", "number of the search"),
        Column("build_id", "VARCHAR", "the build"),
        Column("data_to", "DATE", "first day of the last month of data", nullable=True),
        Column("is_simulated", "BOOLEAN", "simulated rows are among what was searched"),
        Column("false_share", "DOUBLE", "share of the signals that may be false"),
        Column("watched_count", "INTEGER", "series that were to be searched"),
        Column("searched_count", "INTEGER", "series that could be"),
        Column("left_out_json", "VARCHAR", "series that could not be, by reason"),
        Column("failure", "VARCHAR", "why nothing could be searched; empty where it could", nullable=True),
        Column("recorded_at", "TIMESTAMP", "when, UTC"),
    ),
)

FOUND_SIGNAL = Table(
    "found_signal",
    "one series of a search whose last months stand out",
    (
        Column("signal_id", "INTEGER", "number of the signal"),
        Column("search_id", "INTEGER", "the search"),
        Column("definition_id", "VARCHAR", "the definition"),
        Column("definition_version", "INTEGER", "its version"),
        Column("definition_name", "VARCHAR", "its name"),
        Column("feed_id", "VARCHAR", "the feed"),
        Column("figure", "VARCHAR", "incidents, or harm (without homicide)"),
        Column("level", "VARCHAR", "level of the area"),
        Column("area_code", "VARCHAR", "the area"),
        Column("area_name", "VARCHAR", "its name"),
        Column("direction", "VARCHAR", "high or low"),
        Column("reading", "VARCHAR", "concern, improvement or neutral"),
        Column("cause", "VARCHAR", "the rule that names it: outside, trend, two_of_three, run or crossings"),
        Column("since_month", "DATE", "first day of the first month that stands out"),
        Column("last_month", "DATE", "first day of the last whole month of the series"),
        Column("recent_mean", "DOUBLE", "mean of the whole months since then"),
        Column("usual_mean", "DOUBLE", "mean of the whole months before", nullable=True),
        Column("p_value", "DOUBLE", "share of shuffled orders that stand out as much"),
        Column("q_value", "DOUBLE", "least share of false signals at which it is one"),
        Column("beside_json", "VARCHAR", "what else happened in those months, in words"),
    ),
)

COMPARATOR_LIST = Table(
    "comparator_list",
    "one version of one list of comparators; what it holds never changes once written",
    (
        Column("list_id", "VARCHAR", "short name of the list"),
        Column("version", "INTEGER", "its version, from 1"),
        Column("name", "VARCHAR", "its name in words"),
        Column("action", "VARCHAR", "save, retire or restore"),
        Column(
            "neighbours_json", "VARCHAR", "by code of an area the codes of those most like it, nearest first"
        ),
        Column("source", "VARCHAR", "who published it, or whose choice it is"),
        Column("reason", "VARCHAR", "why this version was recorded"),
        Column("recorded_by", "VARCHAR", "who recorded it"),
        Column("recorded_at", "TIMESTAMP", "when this version was recorded, UTC"),
    ),
)

RECORD_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        EVENT_LOG,
        DEFINITION_VERSION,
        DEFINITION_STEP,
        WORKSHEET,
        AGREEMENT,
        EXPECTATION,
        OVERRIDE,
        HELD_FILE,
        FEED_VARIANT,
        ADDED_SUPPLIER,
        WEIGHT_EDITION,
        WEIGHT_CHOICE,
        OWN_LAYER_VERSION,
        COMPARATOR_LIST,
        SERIES_BREAK,
        SERIES_REBASE,
        SERIES_TARGET,
        SIGNAL_WATCH,
        SIGNAL_SEARCH,
        FOUND_SIGNAL,
    )
}
"""The tables of the records by name."""

RECORD_KEYS: dict[str, tuple[str, ...]] = {
    "event_log": ("event_id",),
    "definition_version": ("definition_id", "version"),
    "definition_step": ("step_id",),
    "worksheet": ("worksheet_id",),
    "agreement": ("agreement_id", "version"),
    "expectation": ("expectation_id",),
    "override": ("override_id",),
    "held_file": ("held_id",),
    "feed_variant": ("variant_id",),
    "added_supplier": ("supplier_id",),
    "weight_edition": ("edition_id",),
    "weight_choice": ("edition_id", "version"),
    "own_layer_version": ("layer_id", "version"),
    "comparator_list": ("list_id", "version"),
    "series_break": ("break_id",),
    "series_rebase": ("rebase_id",),
    "series_target": ("target_id",),
    "signal_watch": ("watch_id",),
    "signal_search": ("search_id",),
    "found_signal": ("signal_id",),
}
"""Which columns tell one row of a table from another."""
