"""How the official areas nest, as the editor of own areas asks for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

FINE_TO_COARSE = ("lsoa", "msoa", "ward", "district", "csp", "force", "region")
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Nesting:
    """The official areas in force: `frame` as the question "area nesting" answers it."""

    frame: pd.DataFrame

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by code."""
        return dict(zip(self.frame["area_code"], self.frame["area_name"], strict=True))

    @cached_property
    def levels(self) -> dict[str, str]:
        """Levels by code."""
        return dict(zip(self.frame["area_code"], self.frame["level"], strict=True))

    @cached_property
    def above(self) -> dict[str, frozenset[str]]:
        """By code all areas in which it lies whole, itself included."""
        columns = [column for column in self.frame.columns if column.startswith("in_")]
        cells = self.frame[columns].to_numpy(dtype=object)
        return {
            code: frozenset([code, *(one for one in row if isinstance(one, str))])
            for code, row in zip(self.frame["area_code"], cells, strict=True)
        }

    @cached_property
    def _small(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for code, level in self.levels.items():
            if level == "lsoa":
                for one in self.above[code]:
                    found[one].add(code)
        return {code: frozenset(held) for code, held in found.items()}

    def small(self, code: str) -> frozenset[str]:
        """The small areas that lie in an area."""
        return self._small.get(code, NOBODY)

    def small_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The small areas that lie in any of several."""
        return NOBODY.union(*(self.small(code) for code in codes))

    @cached_property
    def every_small(self) -> frozenset[str]:
        """All small areas."""
        return frozenset(code for code, level in self.levels.items() if level == "lsoa")

    def of_level(self, level: str) -> list[str]:
        """Codes of a level's areas that hold a small area, by name."""
        held = [code for code, own in self.levels.items() if own == level and self.small(code)]
        return sorted(held, key=lambda code: (self.names[code].casefold(), code))

    def parts(self, code: str, level: str) -> list[str]:
        """Areas of a level that make an area up, or its small areas where they do not exactly."""
        children = [one for one in self.of_level(level) if self.small(one) <= self.small(code)]
        return children if self.small_of(children) == self.small(code) else sorted(self.small(code))

    def shortest(self, small: frozenset[str], *, finest: str = "lsoa") -> tuple[str, ...]:
        """The fewest areas that make up a set of small areas: districts before the small areas in them."""
        left, chosen = set(small), []
        for level in ("district", "csp", finest):
            for code in self.of_level(level):
                if self.small(code) <= left:
                    chosen.append(code)
                    left -= self.small(code)
        return tuple(chosen)

    def label(self, code: str) -> str:
        """Name and code as a box shows them."""
        return f"{self.names.get(code, code)} ({code})"
