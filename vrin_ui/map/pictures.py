"""What a map draws of an answer: its specification and its words, for each way of drawing it."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from vrin_data.protect import Presented
from vrin_ui.classes import NOT_PLACED, SPECIAL, Look, Scale, scale_of
from vrin_ui.map import bivariate, change, hexes
from vrin_ui.map.frame import Frame
from vrin_ui.map.map_choice import HEXAGONS
from vrin_ui.map.map_figures import Figures
from vrin_ui.map.map_values import classes, map_values, tooltip
from vrin_ui.map.map_words import change_alt, map_alt, not_placed_label, thirds_alt
from vrin_ui.map.spec import map_spec

HEIGHT, HEIGHT_OF_TWO = 720, 640


@dataclass(frozen=True)
class Picture:
    """A map to draw, its heading and its words for those who do not see it."""

    spec: dict[str, Any]
    heading: str
    alt: str


def picture(
    areas: Presented, figures: Figures, frame: Frame, *, scale: Scale | None = None, name: str = ""
) -> Picture:
    """A map of one measure; `scale` where its classes are those of another map too, `name` what tells it apart."""
    scale = scale or classes(figures, frame.choice.scheme)
    values = map_values(figures, scale)
    if frame.choice.mode == HEXAGONS and len(values) <= hexes.MOST_NAMED:
        values["short"] = [hexes.short_name(name) for name in figures.placed["area_name"]]
    told = frame.heading(figures.title, areas)
    told = f"{name}: {told}" if name else told
    spec = _spec(values, scale, frame, areas, told, figures.title, tooltip(figures, values, scale))
    if "short" in values:
        spec = hexes.with_names(spec, scale)
    return Picture(spec, told, map_alt(figures, scale, heading=told))


def two_scales(first: Figures, second: Figures, scheme: str) -> tuple[Scale, Scale]:
    """The same classes for two maps, made of the figures of both."""
    one, other = first.placed, second.placed
    both = pd.concat([one, other], ignore_index=True)
    scale = scale_of(both["shown"], both["state"], digits=first.digits, whole=first.whole, scheme=scheme)
    return scale.of(slice(len(one))), scale.of(slice(len(one), None))


def change_picture(answer: Presented, areas: Presented, frame: Frame, title: str) -> Picture:
    """A map of an answer on the change on the year before; `areas` are the figures of the period itself."""
    found = change.change_of(answer.frame)
    values, told = change.change_values(found), frame.heading(title, areas)
    if frame.choice.mode == HEXAGONS and len(values) <= hexes.MOST_NAMED:
        values["short"] = [hexes.short_name(name) for name in found.rows["area_name"]]
    shown = replace(areas, stamp=answer.stamp)
    spec = _spec(values, found.scale, frame, shown, told, title, change.change_tooltip(found))
    if "short" in values:
        spec = hexes.with_names(spec, found.scale)
    return Picture(spec, told, change_alt(found, heading=told))


def thirds_picture(areas: Presented, found: bivariate.Bivariate, frame: Frame) -> Picture:
    """A map of incidents against harm, whose legend is a small chart of its own."""
    told = frame.heading(found.heading, areas)
    values = bivariate.values(found)
    spec = _spec(values, found.scale, frame, areas, told, "", bivariate.tooltip(found))
    return Picture(bivariate.without_nine(spec), told, thirds_alt(found, heading=told))


def _spec(
    values: pd.DataFrame,
    scale: Scale,
    frame: Frame,
    areas: Presented,
    told: str,
    legend: str,
    lines: list[tuple[str, str]],
) -> dict[str, Any]:
    return map_spec(
        values,
        scale,
        outline=str(frame.outline),
        level=frame.level,
        heading=told,
        legend=legend,
        stamp=areas.stamp,
        tooltip=lines,
        chosen=frame.shown.chosen,
        height=HEIGHT_OF_TWO if frame.choice.is_pair else HEIGHT,
        also=_also(areas),
        bounds=frame.bounds,
    )


def _also(areas: Presented) -> list[tuple[str, Look]]:
    label = not_placed_label(areas)
    return [(label, SPECIAL[NOT_PLACED])] if label else []
