"""What every view of the page Definitions needs: the versions there are, what is chosen, and the filter bar."""

from dataclasses import dataclass, replace

import streamlit as st

from vrin_data.contract.weights import Edition, editions
from vrin_data.errors import EmptyStore, VrinError
from vrin_data.measures import Catalogue, Selection
from vrin_data.records import DefinitionVersion
from vrin_ui import address, filter_bar, on_record, screens
from vrin_ui.ask import choices
from vrin_ui.definitions import definition_address
from vrin_ui.definitions.definition_address import PAGE, VIEWS, Chosen
from vrin_ui.definitions.definition_versions import in_force_refs, option_words, shown
from vrin_ui.filters import DEFAULT_DEFINITION, Filters, parse
from vrin_ui.wording import plain

NO_DATA = (
    "No data have come in yet, so there are no figures. What a definition says can be read all the same."
)


@dataclass(frozen=True)
class Here:
    """The page as it stands. `choices` and `filters` are None where no data have come in; `why` says so."""

    versions: tuple[DefinitionVersion, ...]
    chosen: Chosen
    choices: Catalogue | None
    filters: Filters | None
    why: str

    @property
    def by_ref(self) -> dict[str, DefinitionVersion]:
        """The versions by id@version."""
        return {one.ref: one for one in self.versions}

    @property
    def in_force(self) -> dict[str, str]:
        """By id the version in force, as id@version."""
        return in_force_refs(self.versions)

    @property
    def usual(self) -> str:
        """The version that is read and compared where none was chosen: the one of the other pages."""
        wanted = self.filters.definition if self.filters else DEFAULT_DEFINITION
        found = wanted if wanted in self.by_ref else self.in_force.get(wanted)
        return found or self.versions[0].ref

    @property
    def edition(self) -> Edition:
        """The weights that the filter bar chooses."""
        return on_record.edition(self.filters.edition if self.filters else editions("days")[0])

    def options(self) -> dict[str, str]:
        """All versions as the choices of a box, by number."""
        in_force = self.in_force
        return {one.ref: option_words(one, in_force) for one in shown(list(self.versions), "every", "")}

    def of(self, ref: str) -> Filters:
        """The filters for one definition: of its feed, and of months that the feed has."""
        if self.choices is None or self.filters is None:
            raise EmptyStore(NO_DATA)
        return parse({**self.filters.params(), "definition": ref}, self.choices)

    def selection(self, ref: str, *by: str, level: str | None = None) -> Selection:
        """A question on the chosen period and area about one definition."""
        own = self.of(ref)
        return own.selection(*by, level=level, area=own.area)

    @property
    def place(self) -> str:
        """The chosen area by name."""
        if self.choices is None or self.filters is None:
            return ""
        return screens.area_name(self.choices, self.filters.area)


def begin() -> Here:
    """What is chosen, and what there is."""
    versions = tuple(on_record.definitions())
    offered, why = _offered()
    filters = filter_bar.current_filters(offered) if offered else None
    return Here(versions, definition_address.current(versions), offered, filters, why)


def _offered() -> tuple[Catalogue | None, str]:
    try:
        return choices(), ""
    except EmptyStore:
        return None, NO_DATA
    except VrinError as error:
        return None, f"What came in cannot be read: {error}"


def switch(here: Here) -> None:
    """The views to choose from."""
    address.one_of(PAGE, "view", "View", VIEWS, here.chosen.view)


def bar(here: Here, subject: str) -> bool:
    """The filter bar for the definition a view is about; whether there are figures at all."""
    if here.choices is None:
        st.info(plain(here.why))
        return False
    screens.say_simulated(here.choices.is_simulated)
    filter_bar.draw_filter_bar(here.of(subject), here.choices, with_definition=False)
    return True


def take_to_other_pages(here: Here, one: DefinitionVersion) -> None:
    """Make a version the definition of the other pages; for callbacks."""
    if here.filters is None:
        return
    wanted = one.definition_id if here.in_force.get(one.definition_id) == one.ref else one.ref
    filter_bar.take(replace(here.filters, definition=wanted))
