"""Parts of small areas: what of a small area lies in one ward, or in one area of a partnership's own.

An incident stands at one area, the finest, from which all levels follow. Where layers cut small areas, that is
the part of the small area on this side of the cut. Parts come into being with the first incident in them.
"""

from dataclasses import dataclass, field
from functools import cached_property

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.codes import PART
from vrin_data.store.frames import add_rows

Ids = npt.NDArray[np.int64]
Above = dict[str, int]
"""Areas by level."""
SOURCE = "Made where incidents were placed"


@dataclass(frozen=True)
class AreaParts:
    """The parts that a draft knows, and those that placing adds to it."""

    connection: duckdb.DuckDBPyConnection
    _fresh: list[tuple[int, str, int, Above]] = field(default_factory=list)

    def combined(self, small: Ids, across: dict[str, Ids]) -> Ids:
        """The finest area of each place by area_id: its small area or a part of that; 0 where `small` is 0.

        `small` and, by level, `across` are the area_ids of the areas that each place lies in, 0 for none.
        A small area that lies whole in one area of every layer has no parts.
        """
        if not across or not len(small):
            return small
        levels = sorted(across)
        places = np.column_stack([small, *(across[level] for level in levels)])
        distinct, at = np.unique(places, axis=0, return_inverse=True)
        found = [
            self._part(int(row[0]), dict(zip(levels, row[1:].tolist(), strict=True))) for row in distinct
        ]
        self._write()
        return np.array(found, dtype="int64")[at.reshape(-1)]

    @cached_property
    def _above(self) -> dict[int, Above]:
        rows = self.connection.execute("select area_id, level, ancestor_id from area_level").fetchall()
        found: dict[int, Above] = {}
        for area_id, level, ancestor_id in rows:
            found.setdefault(area_id, {})[level] = ancestor_id
        return found

    @cached_property
    def _known(self) -> dict[str, int]:
        rows = self.connection.execute(
            "select area_code, area_id from area where level = $part", {"part": PART}
        ).fetchall()
        return {code: int(area_id) for code, area_id in rows}

    def _part(self, small: int, lies_in: Above) -> int:
        whole = self._above.get(small, {})
        if small == 0 or all(whole.get(level, 0) == area for level, area in lies_in.items()):
            return small
        code = "+".join(str(area) for area in (small, *(lies_in[level] for level in sorted(lies_in))))
        if code not in self._known:
            self._known[code] = self._first_free + len(self._fresh)
            self._fresh.append((self._known[code], code, small, self._above_part(whole, lies_in)))
        return self._known[code]

    @property
    def _first_free(self) -> int:
        row = self.connection.execute("select coalesce(max(area_id), 0) + 1 from area").fetchone()
        return int(row[0]) if row else 1

    def _above_part(self, whole: Above, lies_in: Above) -> Above:
        """What a part lies in: what its small area does, and at the layers' levels what its points do."""
        found = {level: {area} for level, area in whole.items() if level not in lies_in}
        for area in filter(None, lies_in.values()):
            for level, up in self._above.get(area, {}).items():
                found.setdefault(level, set()).add(up)
        return {level: next(iter(areas)) for level, areas in found.items() if len(areas) == 1}

    def _write(self) -> None:
        if not self._fresh:
            return
        names = dict(self.connection.execute("select area_id, area_name from area").fetchall())
        areas = pd.DataFrame(
            {
                "area_id": [area_id for area_id, *_ in self._fresh],
                "area_code": [code for _, code, *_ in self._fresh],
                "area_name": [f"Part of {names[small]}" for *_, small, _ in self._fresh],
                "level": PART,
                "vintage": PART,
                "is_approximate": False,
                "source": SOURCE,
            }
        )
        add_rows(self.connection, "area", areas)
        rows = [(area_id, level, up) for area_id, *_, above in self._fresh for level, up in above.items()]
        add_rows(
            self.connection, "area_level", pd.DataFrame(rows, columns=["area_id", "level", "ancestor_id"])
        )
        self._above.update({area_id: above for area_id, *_, above in self._fresh})
        self._fresh.clear()
