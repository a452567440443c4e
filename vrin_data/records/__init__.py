"""What people decided, apart from any build: agreements, declarations, definitions, and the log of events."""

from vrin_data.records.agreements import (
    AgreementVersion,
    agreement,
    agreement_versions,
    agreements,
    end_agreement,
    limits,
    live_agreement,
    live_among,
    save_agreement,
)
from vrin_data.records.events import Event, events, last_event_id, log_event
from vrin_data.records.expectations import Expectation, declare, declared, expectations, withdraw
from vrin_data.records.held import HeldFile, decide_held, held_file, held_files, hold_file
from vrin_data.records.overrides import Override, overrides, record_override
from vrin_data.records.register import RegisterRow, register
from vrin_data.records.suppliers import add_supplier, added_suppliers, all_suppliers, supplier_named
from vrin_data.records.variants import Variant, retire_variant, save_variant, variants
from vrin_data.records.versions import DefinitionVersion, definition_versions, record_definitions

__all__ = [
    "AgreementVersion",
    "DefinitionVersion",
    "Event",
    "Expectation",
    "HeldFile",
    "Override",
    "RegisterRow",
    "Variant",
    "add_supplier",
    "added_suppliers",
    "agreement",
    "agreement_versions",
    "agreements",
    "all_suppliers",
    "decide_held",
    "declare",
    "declared",
    "definition_versions",
    "end_agreement",
    "events",
    "expectations",
    "held_file",
    "held_files",
    "hold_file",
    "last_event_id",
    "limits",
    "live_agreement",
    "live_among",
    "log_event",
    "overrides",
    "record_definitions",
    "record_override",
    "register",
    "retire_variant",
    "save_agreement",
    "save_variant",
    "supplier_named",
    "variants",
    "withdraw",
]
