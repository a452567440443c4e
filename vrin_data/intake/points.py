"""Points placed in the areas of a draft: in its small areas, and in the parts that layers cut of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vrin_data.intake.areas import AreaIndex
from vrin_data.places import place_positions

NOWHERE_POSITION = -1
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Positions:
    """Rows of the boundaries, and of those of every layer, that some places lie in; -1 for none."""

    small: Ids
    across: dict[str, Ids]

    def only(self, these: npt.NDArray[np.bool_]) -> "Positions":
        """The same places, those that are left out lying nowhere."""
        rest = {level: np.where(these, at, NOWHERE_POSITION) for level, at in self.across.items()}
        return Positions(np.where(these, self.small, NOWHERE_POSITION), rest)

    def ids(self, index: AreaIndex) -> tuple[Ids, Ids]:
        """The finest area and the small area of each place, by area_id."""
        small = index.boundary_ids[self.small]
        across = {level: index.ids_of(index.layers[level])[at] for level, at in self.across.items()}
        return index.parts.combined(small, across), small


def placed_points(
    index: AreaIndex, east: npt.NDArray[np.float64], north: npt.NDArray[np.float64]
) -> tuple[Ids, Ids]:
    """The finest area and the small area that each point lies in, by area_id; 0 for none."""
    across = {level: place_positions(shapes, east, north) for level, shapes in index.layers.items()}
    return Positions(place_positions(index.boundaries, east, north), across).ids(index)
