"""The map to take away: as a picture for print, and as a GeoPackage for other map software."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_data.report import MapPicture, map_file, map_image
from vrin_ui.ask import open_store
from vrin_ui.filters import Filters
from vrin_ui.wording import plain


class Download(NamedTuple):
    """A file to take away: its button, how its name ends, its kind, and what makes it."""

    label: str
    ending: str
    mime: str
    make: Callable[[], bytes]


def draw_downloads(
    areas: Presented,
    spec: Mapping[str, Any] | None,
    outline: str | None,
    chosen: Filters,
    choices: Catalogue,
    *,
    stem: str,
    pair: tuple[Presented, ...] = (),
) -> None:
    """A button for each form in which the map can be taken away; a file is made only when its button is pressed.

    `spec` is the map as drawn, None where none is; `outline` is the name of its outlines; `stem` begins the
    names of the files. Where two maps are drawn, `pair` has the answers of both.
    """
    found = downloads(areas, spec, outline, chosen, choices, pair=pair)
    with st.expander("Download this map"):
        st.caption(what_words(pair or (areas,), has_map=bool(spec)))
        for side, one in zip(st.columns(3), found, strict=False):
            side.download_button(
                one.label,
                data=one.make,
                file_name=file_name(stem, areas, one.ending),
                mime=one.mime,
                on_click="ignore",
                width="stretch",
                key=f"download_map_{one.ending}",
            )


def downloads(
    areas: Presented,
    spec: Mapping[str, Any] | None,
    outline: str | None,
    chosen: Filters,
    choices: Catalogue,
    *,
    pair: tuple[Presented, ...] = (),
) -> list[Download]:
    """What can be taken away: pictures where a map is drawn, and the figures with the outlines of their level.

    The outlines of a GeoPackage are those of the level even where the map draws it as hexagons.
    """
    folder = open_store().outlines_folder
    found = []
    if spec:
        picture = MapPicture(spec, folder, areas.stamp, choices.attribution)
        found = [
            Download("Picture (PNG)", "png", "image/png", partial(map_image, picture, "png")),
            Download("Picture (SVG)", "svg", "image/svg+xml", partial(map_image, picture, "svg")),
        ]
    of_level = choices.outlines.get(chosen.level, outline)
    first, *rest = pair or (areas,)
    make = partial(
        map_file, first, folder, of_level, attribution=choices.attribution, other=rest[0] if rest else None
    )
    return [*found, Download("Figures (GeoPackage)", "gpkg", "application/geopackage+sqlite3", make)]


def what_words(answers: Sequence[Presented], *, has_map: bool) -> str:
    """What the files hold."""
    of_each = [f"{plain(one.stamp.definition_name)}, {one.stamp.period}" for one in answers]
    several = f"; both maps, as figures and figures_{len(of_each)}" if len(of_each) > 1 else ""
    pictures = (
        "The pictures show what is drawn above, with its legend, its sources and where its figures come from. "
        if has_map
        else "There are no outlines of this level, so there is no picture, and the figures come without shapes. "
    )
    return (
        f"{pictures}The GeoPackage, for QGIS and other map software, holds all figures of the areas "
        f"({'; '.join(of_each)}{several}) with their outlines in British National Grid."
    )


def file_name(stem: str, areas: Presented, ending: str) -> str:
    """Such as vrin-map-one-district-...-build-000002.png."""
    return f"vrin-{stem}-build-{areas.stamp.build}.{ending}"
