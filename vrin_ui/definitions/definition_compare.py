"""Two or more definitions side by side on the same data: totals, trend, overlap, and what makes the difference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import streamlit as st

from vrin_data.contract.definitions import Definition
from vrin_data.errors import VrinError
from vrin_data.measures import CompareRequest
from vrin_data.protect import Presented
from vrin_data.records import DefinitionVersion
from vrin_ui import address, figures
from vrin_ui.ask import ask
from vrin_ui.definitions import definition_charts as charts
from vrin_ui.definitions import definition_difference, definition_page
from vrin_ui.definitions.definition_address import AND, PAGE, go
from vrin_ui.definitions.definition_compare_tables import months_table, totals_table
from vrin_ui.definitions.definition_difference import Two
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_wording import unit_of
from vrin_ui.wording import listed, plain, sentence

MOST = 6


@dataclass(frozen=True)
class Side:
    """What is compared: the versions, what each is called, and the question that they are put to."""

    refs: tuple[str, ...]
    names: dict[str, str]
    is_crime: bool
    unit: str
    place: str
    request: CompareRequest

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each version, the same on every chart."""
        return dict(zip(self.refs, charts.COLOURS, strict=False))

    @property
    def figures(self) -> dict[str, tuple[str, str]]:
        """The figures that are compared, each with its name and its unit."""
        count = {"incident_count": (sentence(self.unit), self.unit)}
        return count | ({"harm_days": ("Harm", "days")} if self.is_crime else {})

    def of(self, refs: tuple[str, ...]) -> CompareRequest:
        """The same question for some of the versions."""
        return replace(self.request, definitions=refs)


def draw(here: Here) -> None:
    """Which versions are compared, and all that sets them apart."""
    refs = here.chosen.compared or (here.usual,)
    _choose(here, refs)
    if not definition_page.bar(here, refs[0]):
        return
    if len(refs) < 2:
        _suggest(here, refs[0])
        return
    kinds = {kind_of_rows(here.by_ref[ref].definition) for ref in refs}
    if len(kinds) > 1:
        st.info(
            f"These count different things ({listed(sorted(kinds))}), which are never set side by side. Take one out."
        )
        return
    side = _side(here, refs)
    try:
        totals = ask("compare", side.request)
    except VrinError as error:
        st.info(plain(str(error)))
        return
    if len(refs) == 2:
        definition_difference.in_short(here, _two(side, refs[0], refs[1]), totals.frame)
    _totals(side, totals)
    _months(here, side)
    definition_difference.draw(here, _two(side, *_pair(here, side)))


def _two(side: Side, first: str, second: str) -> Two:
    return Two(
        request=side.of((first, second)),
        first=_quoted(side.names[first]),
        second=_quoted(side.names[second]),
        is_crime=side.is_crime,
        unit=side.unit,
        place=side.place,
        colours=(side.colours[first], side.colours[second]),
    )


def _side(here: Here, refs: tuple[str, ...]) -> Side:
    names = called([here.by_ref[ref] for ref in refs])
    chosen = CompareRequest(selection=here.selection(refs[0]), definitions=refs)
    is_crime = all(here.by_ref[ref].definition.counts_crimes for ref in refs)
    units = {unit_of(here.by_ref[ref].definition) for ref in refs}
    unit = units.pop() if len(units) == 1 else "incidents"
    return Side(refs, names, is_crime, unit, here.place, chosen)


def kind_of_rows(one: Definition) -> str:
    """What rows a definition is asked of: crimes of every unit, or those of its own hospital feed."""
    return "recorded crimes" if one.counts_crimes else unit_of(one)


def called(versions: Sequence[DefinitionVersion]) -> dict[str, str]:
    """What each of these versions is called beside the others, as short as it can be told apart."""
    names = [one.name for one in versions]
    if len(versions) > 1 and len(set(names)) == 1:
        return {one.ref: f"version {one.version}" for one in versions}
    return {
        one.ref: one.name if names.count(one.name) == 1 else f"{one.name}, v{one.version}" for one in versions
    }


def _choose(here: Here, refs: tuple[str, ...]) -> None:
    options = here.options()
    widget = f"{PAGE}_compared"
    st.session_state[widget] = list(refs)
    st.multiselect(
        "Definitions and versions to compare",
        list(options),
        format_func=options.__getitem__,
        key=widget,
        on_change=_chosen,
        max_selections=MOST,
        placeholder="Choose two or more",
        select_all=False,
        wrap=True,
    )


def _chosen() -> None:
    go(compare=AND.join(st.session_state[f"{PAGE}_compared"]), pair="")


def _suggest(here: Here, ref: str) -> None:
    st.markdown("Choose another in the box above. Both are then run on the same data.")
    one = here.by_ref[ref]
    before = [each for each in here.versions if each.definition_id == one.definition_id and each.ref != ref]
    for each in before:
        st.button(
            f"Compare it with version {each.version} of the same definition",
            on_click=go,
            kwargs={"compare": f"{each.ref}{AND}{ref}"},
            key=f"suggest_{each.ref}",
        )


def _totals(side: Side, totals: Presented) -> None:
    """Each definition's count and harm as a range, one below the other."""
    st.header("In total", anchor=False)
    names = [side.names[ref] for ref in totals.frame["definition"]]
    for column, (figure, (what, unit)) in zip(
        st.columns(len(side.figures)), side.figures.items(), strict=True
    ):
        title = f"{what} under each definition, {side.place}, {totals.stamp.period}"
        data = charts.totals_data(totals.frame, figure, names)
        with column:
            if data["high"].isna().all():
                st.info("Nothing came in whole in this period, so there is nothing to compare.")
                continue
            told = data["high"].notna()
            colours = [side.colours[ref] for ref in totals.frame["definition"][told.to_numpy()]]
            st.altair_chart(
                charts.totals_chart(data[told], unit, title=title, stamp=totals.stamp, colours=colours),
                theme=None,
                width="stretch",
                alt=charts.totals_alt(data, unit, title=title),
            )
    with st.expander("The figures behind these charts"):
        figures.draw_table(totals_table(totals.frame, names), alt="Totals under each definition")
    figures.draw_stamp(totals, name="compare")


def _months(here: Here, side: Side) -> None:
    """The trend of each definition on one chart, counts beside harm."""
    st.header("Month by month", anchor=False)
    own = here.of(side.refs[0])
    trend = replace(side.request.selection, from_month=own.trend[0], to_month=own.trend[1])
    months = ask("compare months", replace(side.request, selection=trend))
    for column, (figure, (what, unit)) in zip(
        st.columns(len(side.figures)), side.figures.items(), strict=True
    ):
        title = f"{what} by month under each definition, {side.place}"
        data = charts.months_data(months.frame, figure, side.names)
        with column:
            if data.empty:
                st.info("No month of this period has come in for this area.")
                continue
            st.altair_chart(
                charts.months_chart(data, unit, figure=figure, title=title, stamp=months.stamp),
                theme=None,
                width="stretch",
                alt=charts.months_alt(data, unit, title=title),
            )
    with st.expander("The figures behind these charts"):
        figures.draw_table(months_table(months.frame, side.names), alt="Months under each definition")
    figures.draw_stamp(months, name="compare-months")


def _pair(here: Here, side: Side) -> tuple[str, str]:
    """The two that are set against each other; a box to choose them where there are more."""
    pairs = {AND.join(one): one for one in combinations(side.refs, 2)}
    chosen = here.chosen.pair if here.chosen.pair in pairs else next(iter(pairs))
    if len(pairs) > 1:
        words = {name: f"{side.names[one]} against {side.names[two]}" for name, (one, two) in pairs.items()}
        address.select(PAGE, "pair", "Set against each other", words, chosen)
    return pairs[chosen]


def _quoted(name: str) -> str:
    """A name within a sentence: in quotes, so that a comma in it does not end it."""
    return name if name.startswith("version ") else f"‘{name}’"
