"""What a reader has chosen on the screen Who, when, where, kept in its address."""

from dataclasses import dataclass

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.measures import LONGEST, Catalogue, KindsRequest, MomentsRequest, PeopleRequest, Selection
from vrin_ui import address
from vrin_ui.filters import Filters

PAGE = "who-when-where"
NAMES = ("show", "weigh", "spanning", "longest", "role", "of")
WHEN, WHO, WHERE = "when", "who", "where"
SHOWN = {WHEN: "When", WHO: "Who", WHERE: "Where and how"}
WEIGHED = {"incidents": "Incidents", "harm": "Harm (days)"}
SPANNING = {"spread": "Spread over the hours between", "exclude": "Left out"}
USUAL_LONGEST = 24
LONGEST_WORDS = {str(hours): f"{hours} hours" for hours in LONGEST}
OF = {
    "location_type": "Kind of place",
    "weapon": "Weapon",
    "weapon_use": "Use of the weapon",
    "injury": "Injury",
    "domestic": "Domestic abuse",
    "hate": "Hate crime",
    "alcohol": "Alcohol",
    "gang": "Gang or county lines",
    "reported_by": "Who reported it",
}


@dataclass(frozen=True)
class WhoChoice:
    """Which of the three questions is shown, and each one's own settings; '' is the usual role."""

    show: str = WHEN
    weigh: str = "incidents"
    spanning: str = "spread"
    longest: int = USUAL_LONGEST
    role: str = ""
    of: str = "location_type"


def has_harm(chosen: Filters, choices: Catalogue) -> bool:
    """Whether what is counted has a weight; what hospitals count has none."""
    return choices.units.get(chosen.definition, "") not in HEALTH_UNITS


def current(*, has_harm: bool) -> WhoChoice:
    """The choice that the address names; what it names wrongly takes its default."""
    named = address.chosen(PAGE, NAMES)
    longest = named.get("longest", "")
    address.keep(PAGE, named)
    return WhoChoice(
        show=_one_of(named.get("show"), SHOWN, WHEN),
        weigh=_one_of(named.get("weigh"), WEIGHED if has_harm else {"incidents": ""}, "incidents"),
        spanning=_one_of(named.get("spanning"), SPANNING, "spread"),
        longest=int(longest) if longest in LONGEST_WORDS else USUAL_LONGEST,
        role=named.get("role", ""),
        of=_one_of(named.get("of"), OF, "location_type"),
    )


def _one_of(value: str | None, known: dict[str, str], usual: str) -> str:
    return value if value in known else usual


def draw_which(choice: WhoChoice) -> None:
    """When, who, or where and how."""
    address.one_of(PAGE, "show", "What to show", SHOWN, choice.show)


def draw_times_bar(choice: WhoChoice, *, has_harm: bool) -> None:
    """What the times are weighed by, and what is made of events that span several hours."""
    weigh, spanning, longest = st.columns(3)
    if has_harm:
        with weigh:
            address.select(PAGE, "weigh", "Counted", WEIGHED, choice.weigh)
    with spanning:
        address.select(PAGE, "spanning", "Events of more than an hour", SPANNING, choice.spanning)
    if choice.spanning == "spread":
        with longest:
            address.select(PAGE, "longest", "Spread over at most", LONGEST_WORDS, str(choice.longest))


def draw_role(choice: WhoChoice, roles: dict[str, str]) -> None:
    """Whose age, sex and ethnicity is shown."""
    with st.columns(3)[0]:
        address.select(PAGE, "role", "Persons", roles, role_of(choice, roles))


def draw_of(choice: WhoChoice) -> None:
    """What the incidents are divided by."""
    with st.columns(3)[0]:
        address.select(PAGE, "of", "By", OF, choice.of)


def role_of(choice: WhoChoice, roles: dict[str, str]) -> str:
    """The role that is shown: the one chosen, or the commonest."""
    return choice.role if choice.role in roles else next(iter(roles))


def selection(chosen: Filters) -> Selection:
    """The question of the filter bar, asked of the whole."""
    return chosen.selection(level="force", area=chosen.area)


def moments_request(chosen: Filters, choice: WhoChoice, by: str) -> MomentsRequest:
    """The question when they happened."""
    return MomentsRequest(selection(chosen), by=by, spanning=choice.spanning, longest_hours=choice.longest)


def people_request(chosen: Filters, by: str, role: str | None) -> PeopleRequest:
    """The question who was in them."""
    return PeopleRequest(selection(chosen), by=by, role=role)


def kinds_request(chosen: Filters, choice: WhoChoice) -> KindsRequest:
    """The question where they happened, or how."""
    return KindsRequest(selection(chosen), of=choice.of)
