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
from vrin_data.records.definition_steps import approve, discard_draft, retire, save_draft, send_back, submit
from vrin_data.records.definitions import (
    DefinitionStep,
    DefinitionVersion,
    definition_register,
    definition_version,
    definition_versions,
    in_force,
    record_definitions,
    set_aside,
)
from vrin_data.records.events import Event, events, last_event_id, log_event
from vrin_data.records.expectations import Expectation, declare, declared, expectations, withdraw
from vrin_data.records.held import HeldFile, decide_held, held_file, held_files, hold_file
from vrin_data.records.overrides import Override, overrides, record_override
from vrin_data.records.register import RegisterRow, register
from vrin_data.records.suppliers import add_supplier, added_suppliers, all_suppliers, supplier_named
from vrin_data.records.variants import Variant, retire_variant, save_variant, variants
from vrin_data.records.worksheets import RecordedWorksheet, save_worksheet, worksheet, worksheets

__all__ = [
    "AgreementVersion",
    "DefinitionStep",
    "DefinitionVersion",
    "Event",
    "Expectation",
    "HeldFile",
    "Override",
    "RecordedWorksheet",
    "RegisterRow",
    "Variant",
    "add_supplier",
    "added_suppliers",
    "agreement",
    "agreement_versions",
    "agreements",
    "all_suppliers",
    "approve",
    "decide_held",
    "declare",
    "declared",
    "definition_register",
    "definition_version",
    "definition_versions",
    "discard_draft",
    "end_agreement",
    "events",
    "expectations",
    "held_file",
    "held_files",
    "hold_file",
    "in_force",
    "last_event_id",
    "limits",
    "live_agreement",
    "live_among",
    "log_event",
    "overrides",
    "record_definitions",
    "record_override",
    "register",
    "retire",
    "retire_variant",
    "save_agreement",
    "save_draft",
    "save_variant",
    "save_worksheet",
    "send_back",
    "set_aside",
    "submit",
    "supplier_named",
    "variants",
    "withdraw",
    "worksheet",
    "worksheets",
]
