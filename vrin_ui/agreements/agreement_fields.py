"""The fields of an agreement as a form asks for them: in sections, each with its label and its kind of box."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from vrin_data.contract.agreement_checks import AUDIENCES
from vrin_data.contract.agreements import NEEDED_TO_BE_LIVE, Agreement
from vrin_data.contract.codes import CODE_LISTS, LEVELS
from vrin_data.contract.feed_words import EVERY_WORDS, rule_words
from vrin_data.contract.legal_powers import legal_powers
from vrin_ui.wording import sentence

Kind = Literal["text", "long", "lines", "choice", "many", "day", "number", "yes"]
DATA_KINDS = {
    "personal": "personal data",
    "depersonalised": "depersonalised rows",
    "aggregate": "counts only",
}
AS_THE_FEED = {"": "as the feed says"}
DUE_RULES = (
    *(f"days:{days}" for days in (5, 7, 10, 14, 15, 20, 28, 30, 45, 60, 90)),
    *(f"day:{day}_of_next_month" for day in (5, 10, 15, 20, 25)),
    "end_of_next_period",
    "none",
)
"""Rules to choose from; a file can state any other."""
DPIA_STATES = {"done": "done", "under_way": "under way", "not_needed": "not needed", "not_done": "not done"}
STATUSES = {
    "draft": "draft: nothing comes in under it yet",
    "live": "live: files come in under it",
    "ended": "ended",
}


@dataclass(frozen=True)
class FormField:
    """One field: its name in the agreement, its label, and the box it is filled in through."""

    name: str
    label: str
    kind: Kind = "text"

    @property
    def help(self) -> str:
        """What the field is, and whether it is needed."""
        words = HELP.get(self.name) or sentence(Agreement.model_fields[self.name].description or "")
        if self.is_needed:
            return f"{words}. Always needed."
        return f"{words}. Needed before it is live." if self.name in NEEDED_TO_BE_LIVE else f"{words}."

    @property
    def is_needed(self) -> bool:
        """Whether no agreement can do without it, a draft included."""
        return Agreement.model_fields[self.name].is_required()


SECTIONS: dict[str, tuple[FormField, ...]] = {
    "Who and what": (
        FormField("agreement_id", "Short name"),
        FormField("name", "Title"),
        FormField("supplier_ids", "Suppliers", "many"),
        FormField("feed_ids", "Feeds", "many"),
        FormField("recipients", "Who receives the data, one a line", "lines"),
        FormField("controller_relationship", "Controllers"),
        FormField("data_items", "Data items", "long"),
        FormField("data_kind", "Kind of data", "choice"),
        FormField("is_health_or_care", "The data come from a health or social care body", "yes"),
        FormField("purpose", "Purpose", "long"),
        FormField("necessity", "Why that cannot be done with less", "long"),
        FormField("why_it_matters", "Why this partner's data matter", "long"),
    ),
    "Legal power and data protection": (
        FormField("legal_power", "Legal power", "choice"),
        FormField("legal_power_words", "The power in words, where it is another one"),
        FormField("lawful_basis", "Lawful basis"),
        FormField("special_category_condition", "Condition for special category data"),
        FormField("criminal_offence_condition", "Condition for criminal offence data"),
        FormField("is_part_3", "Law enforcement processing (Part 3)", "yes"),
        FormField("dpia_state", "Impact assessment (DPIA)", "choice"),
        FormField("dpia_day", "Day of the assessment", "day"),
        FormField("dpia_outcome", "Its outcome"),
        FormField("dpo_view", "View of the data protection officer"),
    ),
    "When it is sent, where that differs from the feed": (
        FormField("cadence_every", "Sent every", "choice"),
        FormField("due_rule", "Due", "choice"),
    ),
    "What may be shown, and to whom": (
        FormField("permitted_level", "Finest level of areas", "choice"),
        FormField("smallest_cell", "Smallest count that may be shown", "number"),
        FormField("rounding", "Round to the nearest", "number"),
        FormField("permitted_audiences", "Who may see figures", "many"),
    ),
    "Keeping, and who answers": (
        FormField("retention_months", "Months for which rows may be kept", "number"),
        FormField("deletion", "How they are deleted"),
        FormField("identifiers_to_drop", "Headings that are dropped unread, one a line", "lines"),
        FormField("security", "Security", "long"),
        FormField("rights_handling", "Who answers requests of the people the data are about"),
        FormField("supplier_lead", "Data lead at the supplier"),
        FormField("own_lead", "Data lead of the partnership"),
    ),
    "How long it holds": (
        FormField("start_day", "First day", "day"),
        FormField("review_day", "Review by", "day"),
        FormField("end_day", "Last day", "day"),
        FormField("signatories", "Signed by, by office, one a line", "lines"),
        FormField("status", "Status", "choice"),
    ),
}
FIELDS: dict[str, FormField] = {one.name: one for section in SECTIONS.values() for one in section}
DAY = "%d/%m/%Y"
HELP = {
    "supplier_ids": "Who sends data under it",
    "feed_ids": "Which data they send",
    "legal_power": "On which power or duty the sharing rests; what each does and does not stands under Legal powers",
    "legal_power_words": "Which power or task it is and why it suffices; needed where the legal power is another one",
    "due_rule": "The day that was agreed for sending, where that differs from the feed",
}
"""Words for the form where those for the command line would not help."""


def options(name: str) -> dict[str, str]:
    """The fixed choices of a field with their words; suppliers and feeds are not among them."""
    found: dict[str, dict[str, str]] = {
        "data_kind": DATA_KINDS,
        "legal_power": {one.id: one.name for one in legal_powers().values()},
        "dpia_state": DPIA_STATES,
        "cadence_every": AS_THE_FEED | {str(every): words for every, words in EVERY_WORDS.items()},
        "due_rule": AS_THE_FEED | {rule: rule_words(rule) for rule in DUE_RULES},
        "permitted_level": {level: CODE_LISTS["level"][level] for level in LEVELS},
        "permitted_audiences": AUDIENCES,
        "status": STATUSES,
    }
    return found[name]


def shown_value(field: FormField, value: Any) -> Any:
    """What a box shows of a field's value."""
    if field.kind == "lines":
        return "\n".join(value or ())
    if field.kind == "many":
        return list(value or ())
    if field.kind == "day":
        return value.strftime(DAY) if value else ""
    return "" if value is None and not field.is_needed and field.kind != "number" else value


def field_value(field: FormField, shown: Any) -> Any:
    """The field's value out of its box, None where the box says nothing. Raises ValueError for no day."""
    if field.kind == "lines":
        return tuple(line.strip() for line in str(shown or "").splitlines() if line.strip())
    if field.kind == "many":
        return tuple(shown or ())
    if field.kind == "day":
        return read_day(shown)
    return None if shown == "" else shown


def read_day(text: str | None) -> date | None:
    """The day written as dd/mm/yyyy, None for nothing. Raises ValueError with what was expected."""
    if not (text or "").strip():
        return None
    try:
        return datetime.strptime(str(text).strip(), DAY).date()
    except ValueError:
        raise ValueError(f"'{text}' is not a day (expected dd/mm/yyyy)") from None
