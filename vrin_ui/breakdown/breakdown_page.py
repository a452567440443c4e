"""What every view of the page Harm breakdown needs: what is chosen, what there is, and the filter bar."""

from dataclasses import dataclass

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.contract.weights import editions
from vrin_data.errors import EmptyStore, VrinError
from vrin_data.measures import Catalogue, Selection
from vrin_ui import address, filter_bar, screens
from vrin_ui.ask import choices
from vrin_ui.breakdown import breakdown_address
from vrin_ui.breakdown.breakdown_address import PAGE, VIEWS, Chosen
from vrin_ui.filters import Filters
from vrin_ui.wording import plain

NO_DATA = "No data have come in yet, so there is no harm to tell apart. The weights can be read all the same."
NO_HARM = "This definition counts what hospitals recorded, which has no weight. Choose a definition of crimes above."


@dataclass(frozen=True)
class Here:
    """The page as it stands. `choices` and `filters` are None where no data have come in; `why` says so."""

    chosen: Chosen
    choices: Catalogue | None
    filters: Filters | None
    why: str

    @property
    def edition_id(self) -> str:
        """The weights whose figures are shown."""
        return self.filters.edition if self.filters else editions("days")[0]


@dataclass(frozen=True)
class Asked:
    """What a view of figures is about: the choice, the question of the whole period, and the place by name."""

    filters: Filters
    choices: Catalogue
    selection: Selection
    place: str


def begin() -> Here:
    """What is chosen, and what there is."""
    try:
        offered, why = choices(), ""
    except EmptyStore:
        offered, why = None, NO_DATA
    except VrinError as error:
        offered, why = None, f"What came in cannot be read: {error}"
    filters = filter_bar.current_filters(offered) if offered else None
    return Here(breakdown_address.current(), offered, filters, why)


def switch(here: Here) -> None:
    """The views to choose from."""
    address.one_of(PAGE, "view", "View", VIEWS, here.chosen.view)


def asked(here: Here) -> Asked | None:
    """The filter bar, and what it asks for; None, with the reason said, where there are no figures of harm."""
    if here.choices is None or here.filters is None:
        st.info(plain(here.why))
        return None
    screens.say_simulated(here.choices.is_simulated)
    filter_bar.draw_filter_bar(here.filters, here.choices)
    if here.choices.units.get(here.filters.definition) in HEALTH_UNITS:
        st.info(NO_HARM)
        return None
    area = here.filters.area
    return Asked(
        here.filters,
        here.choices,
        here.filters.selection(area=area),
        screens.area_name(here.choices, area),
    )
