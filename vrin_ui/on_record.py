"""What people decided, read for the screens: who supplies, what is declared, what waits for a decision."""

from datetime import date

import pandas as pd

from vrin_data import records
from vrin_data.contract.agreements import Agreement
from vrin_data.contract.definitions import Definition
from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.weights import CentralChoice, Edition
from vrin_data.errors import EmptyStore, VrinError
from vrin_data.measures import LedgerRequest
from vrin_data.records import (
    AgreementVersion,
    DefinitionVersion,
    Expectation,
    HeldFile,
    Override,
    RecordedWorksheet,
    RegisterRow,
    Variant,
    weights,
)
from vrin_data.records.weights import ChoiceStep
from vrin_ui.ask import ask, open_store


def suppliers() -> dict[str, Supplier]:
    """Every supplier by id, those that the partnership added included."""
    return records.all_suppliers(open_store().path)


def kinds() -> dict[str, str]:
    """The kind of every supplier by its id."""
    return {one.supplier_id: one.kind for one in suppliers().values()}


def feed_names() -> dict[str, str]:
    """The names of all feeds by id."""
    return {one.id: one.name for one in feeds().values()}


def agreements() -> dict[str, Agreement]:
    """The latest version of every agreement by id."""
    return {one.agreement_id: one for one in records.agreements(open_store().path)}


def versions_of(agreement_id: str) -> list[AgreementVersion]:
    """The versions of an agreement, the first one first."""
    return records.agreement_versions(open_store().path, agreement_id)


def register(today: date) -> list[RegisterRow]:
    """The register: agreements, then the licences of open data, with the warnings of the day."""
    return records.register(open_store().path, feeds().values(), today=today)


def declarations(*, with_withdrawn: bool = False) -> list[Expectation]:
    """What has been declared of feeds, oldest first."""
    return records.expectations(open_store().path, with_withdrawn=with_withdrawn)


def held_files(*, with_decided: bool = False) -> list[HeldFile]:
    """Files that wait for a decision, oldest first; with those decided on request."""
    return records.held_files(open_store().path, with_decided=with_decided)


def variants(feed_id: str) -> list[Variant]:
    """Suppliers' own headings and codes for a feed, as they were confirmed; newest first."""
    return records.variants(open_store().path, feed_id=feed_id)


def overrides() -> list[Override]:
    """What was let through by name and reason, oldest first."""
    return records.overrides(open_store().path)


def definitions() -> list[DefinitionVersion]:
    """Every version of every definition, given-up drafts included, by id and version."""
    return records.definition_register(open_store().path, with_discarded=True)


def worksheet(one: DefinitionVersion) -> RecordedWorksheet | None:
    """The worksheet of a version as it was filled in last, None where nobody has."""
    return records.worksheet(open_store().path, one.definition_id, one.version)


def edition(edition_id: str) -> Edition:
    """A weight edition under the central choices of the partnership."""
    return weights.known_edition(open_store().path, edition_id)


def definition(ref: str) -> Definition:
    """A definition by id, in the version in force, or by id@version."""
    return records.definition_version(open_store().path, ref).definition


def weight_editions() -> dict[str, Edition]:
    """Every weight edition by id, each under the partnership's own choices."""
    return weights.weight_editions(open_store().path)


def published_edition(edition_id: str) -> Edition:
    """A weight edition without the partnership's own choices."""
    return weights.published_edition(open_store().path, edition_id)


def weight_choices(edition_id: str) -> dict[str, CentralChoice]:
    """The partnership's own choices that stand, by offence key."""
    return weights.choices(open_store().path, edition_id)


def weight_steps(edition_id: str) -> list[ChoiceStep]:
    """Every step in the partnership's choices of an edition, oldest first."""
    return weights.choice_steps(open_store().path, edition_id)


def ledger_or_why(today: date) -> tuple[pd.DataFrame, str]:
    """The ledger of a day, and why there is none: an empty store, or a build made by another version."""
    try:
        return ask("ledger", LedgerRequest(as_of=today)).frame, ""
    except EmptyStore:
        return pd.DataFrame(), "Nothing has come in yet."
    except VrinError as error:
        return pd.DataFrame(), f"What came in cannot be read: {error}"


def without_agreement(ledger: pd.DataFrame, today: date) -> pd.DataFrame:
    """Feeds that came, are no open data, and have no agreement that holds on the day.

    Columns: supplier_id, supplier_name, feed_id, feed_name, last_month; by supplier and feed.
    """
    open_data = {one.id for one in feeds().values() if one.licence}
    came = ledger[ledger["received_on"].notna() & ~ledger["feed_id"].isin(open_data)]
    names = ["supplier_id", "supplier_name", "feed_id", "feed_name"]
    pairs = came.groupby(names, as_index=False).agg(last_month=("period_end", "max"))
    live = [one for one in agreements().values() if one.is_live(today)]
    covered = [
        any(one.covers(row.supplier_id, row.feed_id) for one in live) for row in pairs.itertuples(index=False)
    ]
    found = pairs[[not one for one in covered]].reset_index(drop=True)
    found["last_month"] = found["last_month"] - pd.Timedelta(days=1)
    return found
