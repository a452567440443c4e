"""What people decided: definition versions and the log of events, apart from any build."""

from vrin_data.records.events import Event, events, log_event
from vrin_data.records.versions import DefinitionVersion, definition_versions, record_definitions

__all__ = [
    "DefinitionVersion",
    "Event",
    "definition_versions",
    "events",
    "log_event",
    "record_definitions",
]
