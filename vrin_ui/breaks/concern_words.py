"""What a break concerns, in names; and the choices of the form that records one."""

from dataclasses import dataclass

import pandas as pd

from vrin_data.contract.breaks import Concern
from vrin_data.measures import Catalogue
from vrin_ui import on_record
from vrin_ui.wording import level_words, sentence

LEVELS = ("region", "force", "csp", "district")
ANY = ""


@dataclass(frozen=True)
class Named:
    """Names by id of all that a break may concern."""

    feeds: dict[str, str]
    suppliers: dict[str, str]
    areas: dict[str, str]
    definitions: dict[str, str]

    def words(self, concern: Concern) -> str:
        """All that a break concerns, in names; 'every series' where it narrows to nothing."""
        found = [
            self.feed(concern.feed_id),
            self.suppliers.get(concern.supplier_id, concern.supplier_id),
            self.areas.get(concern.area_code, concern.area_code),
            self.definitions.get(concern.definition_id, concern.definition_id),
        ]
        return ", ".join(filter(None, found)) or "every series"

    def feed(self, feed_id: str) -> str:
        """The name of a feed, or of all whose ids begin so."""
        if not feed_id.endswith("*"):
            return self.feeds.get(feed_id, feed_id)
        begin = feed_id.removesuffix("*")
        return " and ".join(name for one, name in self.feeds.items() if one.startswith(begin))


def named(choices: Catalogue) -> Named:
    """The names that a register speaks in: feeds and suppliers there are, areas in view, definitions in force."""
    return Named(
        feeds=on_record.feed_names(),
        suppliers={one: supplier.supplier_name for one, supplier in on_record.suppliers().items()},
        areas=_areas(choices),
        definitions=dict(choices.definitions),
    )


def _areas(choices: Catalogue) -> dict[str, str]:
    rows = choices.areas
    shown: pd.DataFrame = rows[rows["level"].isin(LEVELS) | rows["level"].str.startswith("own-")]
    return {
        row.area_code: f"{row.area_name} ({sentence(level_words(str(row.level), choices.levels)[0])})"
        for row in shown.sort_values("area_name").itertuples()
    }


def with_any(options: dict[str, str], words: str) -> dict[str, str]:
    """The options after one that narrows nothing."""
    return {ANY: words, **dict(sorted(options.items(), key=lambda one: one[1].casefold()))}
