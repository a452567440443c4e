"""An agreement to share data, its checks, and what it says about being live, covering and ending.

The fields are those of a sharing agreement's log as the regulator's template has it. They are checked
in the order in which they stand: a check that needs another field reads one declared above it, so that
every fault of an agreement is found in one pass.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from vrin_data.contract.agreement_checks import (
    ALL,
    AUDIENCES,
    distinct,
    is_health_kind,
    is_health_personal,
    known_audiences,
    known_feeds,
    known_level,
    known_rule,
)
from vrin_data.contract.cadence import Cadence, Every
from vrin_data.contract.codes import LEVELS
from vrin_data.contract.legal_powers import LegalPower, legal_powers
from vrin_data.contract.suppliers import Supplier

WARNING_DAYS = (30, 90)
PERSON_KEYS = "person key"
"""What the data items of an agreement must name for pseudonyms of persons to come in under it."""
NEEDED_TO_BE_LIVE = ("data_items", "purpose", "retention_months", "review_day", "signatories")

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Agreement(BaseModel):
    """One version of one agreement. `version` is 0 until it is on record."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    agreement_id: Identifier = Field(
        description="short name of the agreement: small letters, digits, hyphens"
    )
    name: Filled = Field(description="its title")
    supplier_ids: Annotated[tuple[Filled, ...], AfterValidator(distinct)] = Field(
        min_length=1, description="suppliers by id, or * for all"
    )
    feed_ids: Annotated[tuple[Filled, ...], AfterValidator(known_feeds)] = Field(
        min_length=1, description="feeds by id, or * for all"
    )
    recipients: tuple[Filled, ...] = Field((), description="who receives the data")
    controller_relationship: Text = Field("", description="joint or independent controllers, or a processor")
    data_items: Text = Field("", description="which data items are shared")
    data_kind: Literal["personal", "depersonalised", "aggregate"] = Field(
        description="personal, depersonalised or aggregate"
    )
    is_health_or_care: bool = Field(False, description="the data come from a health or social care body")
    purpose: Text = Field("", description="what the data are for")
    necessity: Text = Field("", description="why that cannot be done with less")
    why_it_matters: Text = Field("", description="why this partner's data matter, said to the partner")
    legal_power: Filled = Field(description="id of the legal power, see `agreements powers`")
    legal_power_words: Text = Field(
        "", description="which power or task, in words; needed where it is 'other'"
    )
    lawful_basis: Text = Field("", description="lawful basis under data protection law")
    special_category_condition: Text = Field("", description="condition for special category data")
    criminal_offence_condition: Text = Field("", description="condition for criminal offence data")
    is_part_3: bool = Field(
        False, description="law enforcement processing, Part 3 of the Data Protection Act 2018"
    )
    dpia_state: Literal["done", "under_way", "not_needed", "not_done"] = Field(
        "not_done", description="data protection impact assessment: done, under_way, not_needed, not_done"
    )
    dpia_day: date | None = Field(None, description="day of that assessment")
    dpia_outcome: Text = Field("", description="its outcome")
    dpo_view: Text = Field("", description="view of the data protection officer")
    cadence_every: Every | None = Field(
        None, description="how often it was agreed to send, where that differs from the feed"
    )
    due_rule: Annotated[Text, AfterValidator(known_rule)] = Field(
        "", description="day agreed for sending, where that differs from the feed: days:30"
    )
    permitted_level: Annotated[str, AfterValidator(known_level)] = Field(
        LEVELS[-1], description="finest level of areas that may be shown"
    )
    smallest_cell: int = Field(1, ge=1, description="smallest count above 0 that may be shown")
    rounding: int = Field(1, ge=1, description="counts are shown to the nearest multiple of this")
    permitted_audiences: Annotated[tuple[str, ...], AfterValidator(known_audiences)] = Field(
        ("analyst", "data_lead"), description="who may see figures: " + ", ".join(AUDIENCES)
    )
    retention_months: int | None = Field(None, ge=1, description="months for which rows may be kept")
    deletion: Text = Field("", description="how they are deleted after that")
    identifiers_to_drop: tuple[Filled, ...] = Field(
        (), description="headings of forbidden columns that are dropped unread instead of refusing the file"
    )
    security: Text = Field("", description="how the data are kept safe on the way and at rest")
    rights_handling: Text = Field("", description="who answers requests of the people the data are about")
    supplier_lead: Text = Field("", description="data lead at the supplier")
    own_lead: Text = Field("", description="data lead of the partnership")
    start_day: date = Field(description="first day on which it holds")
    review_day: date | None = Field(None, description="day by which it is to be reviewed")
    end_day: date | None = Field(None, description="last day on which it holds; empty where it has none")
    signatories: tuple[Filled, ...] = Field((), description="who signed it, by office")
    status: Literal["draft", "live", "ended"] = Field("draft", description="draft, live or ended")
    version: int = Field(0, ge=0, description="its version, from 1")

    @field_validator("legal_power")
    @classmethod
    def _power_suffices(cls, value: str, info: ValidationInfo) -> str:
        power = legal_powers().get(value)
        if power is None:
            raise ValueError(f"'{value}' is no legal power; there is: {', '.join(legal_powers())}")
        if power.bars_health_personal and is_health_personal(info.data):
            raise ValueError(
                f"{power.name} does not authorise personal information of a health or social care body: "
                "name another basis, or share depersonalised data"
            )
        return value

    @field_validator("legal_power_words")
    @classmethod
    def _other_power_is_named(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("legal_power") == "other" and not value:
            raise ValueError(
                "legal_power is 'other': say here which power or basis it is and why it suffices"
            )
        return value

    @field_validator("review_day", "end_day")
    @classmethod
    def _not_before_the_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start_day")
        if value and start and value < start:
            raise ValueError(f"{value} is before start_day {start}")
        return value

    @field_validator("status")
    @classmethod
    def _has_what_its_status_needs(cls, value: str, info: ValidationInfo) -> str:
        needed = list(NEEDED_TO_BE_LIVE) if value == "live" else ["end_day"] if value == "ended" else []
        if value == "live" and info.data.get("data_kind") == "personal":
            needed.append("lawful_basis")
        # A field with a fault of its own is not in `data` and is not reported twice.
        missing = [name for name in needed if name in info.data and not info.data[name]]
        if missing:
            raise ValueError(f"an agreement with the status {value} needs {', '.join(missing)}")
        return value

    @property
    def power(self) -> LegalPower:
        """The legal power it rests on."""
        return legal_powers()[self.legal_power]

    def covers(self, supplier_id: str, feed_id: str) -> bool:
        """Whether it is about this supplier and this feed."""
        return bool({supplier_id, ALL} & set(self.supplier_ids) and {feed_id, ALL} & set(self.feed_ids))

    @property
    def covers_person_keys(self) -> bool:
        """Whether pseudonyms of persons may come in under it: personal data are shared, and these are named.

        A pseudonym is personal data for whoever can get the secret, so a power that bars personal health
        information bars it as well.
        """
        return self.data_kind == "personal" and PERSON_KEYS in self.data_items.casefold()

    def is_live(self, on: date) -> bool:
        """Whether it holds on a day; one that has ended still held on the days before its end."""
        begun = self.status != "draft" and self.start_day <= on
        return begun and (self.end_day is None or on <= self.end_day)

    def cadence_for(self, usual: Cadence) -> Cadence:
        """When data are due under it: the feed's usual days, or those that the two sides agreed.

        An agreed day is no duty by law, whatever the power: data can be late against it, not overdue.
        """
        if not self.cadence_every and not self.due_rule:
            return usual
        return Cadence(
            every=self.cadence_every or usual.every,
            due=self.due_rule or usual.due,
            basis=f"agreed in {self.agreement_id}",
        )


def supplier_faults(agreement: Agreement, suppliers: Mapping[str, Supplier]) -> list[str]:
    """What is wrong with an agreement's suppliers, given all there are; the model cannot know these."""
    strange = [one for one in agreement.supplier_ids if one != ALL and one not in suppliers]
    faults = [f"supplier_ids: there is no supplier '{one}'; add it with `suppliers add`" for one in strange]
    named = [suppliers[one] for one in agreement.supplier_ids if one in suppliers]
    health = [one.supplier_id for one in named if is_health_kind(one.kind)]
    if health and agreement.data_kind == "personal" and agreement.power.bars_health_personal:
        faults.append(
            f"legal_power: {agreement.power.name} does not authorise personal information of a health or "
            f"social care body ({', '.join(health)}): name another basis, or share depersonalised data"
        )
    return faults


def expiry_words(agreement: Agreement, today: date) -> list[str]:
    """Warnings about a live agreement's end and review, most pressing first; none where all is well."""
    if agreement.status != "live":
        return []
    words = [_end_words(agreement.agreement_id, agreement.end_day, today)]
    if agreement.review_day and agreement.review_day < today:
        words.append(f"{agreement.agreement_id} was due for review on {agreement.review_day}.")
    return [one for one in words if one]


def _end_words(agreement_id: str, end: date | None, today: date) -> str:
    if end is None:
        return ""
    left = (end - today).days
    if left < 0:
        return f"{agreement_id} ended on {end}: nothing is taken in under it. Renew it or end it on record."
    soon, ahead = WARNING_DAYS
    when = "today" if left == 0 else f"in {left} day{'' if left == 1 else 's'}, on {end}"
    if left <= soon:
        return f"{agreement_id} ends {when}: renew it now, or intake stops."
    return f"{agreement_id} ends {when}: begin its renewal." if left <= ahead else ""
