"""The tables of the records: what people decided, kept apart from any build."""

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
    "one version of one definition, never changed once written",
    (
        Column("definition_id", "VARCHAR", "the definition"),
        Column("version", "INTEGER", "its version, from 1"),
        Column("name", "VARCHAR", "its name"),
        Column("state", "VARCHAR", "built-in, draft, submitted, approved or retired"),
        Column("toml", "VARCHAR", "the definition itself"),
        Column("author", "VARCHAR", "who wrote it"),
        Column("recorded_at", "TIMESTAMP", "when this version was recorded, UTC"),
    ),
)

RECORD_TABLES: dict[str, Table] = {table.name: table for table in (EVENT_LOG, DEFINITION_VERSION)}
"""The tables of the records by name."""
