"""The best way to pair rows with columns of a table of scores, each used once at most."""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


def best_pairs(scores: Scores) -> dict[int, int]:
    """Row -> column with the greatest sum of scores; pairs without a positive score are left out.

    The shortest augmenting path method (Kuhn 1955, Jonker and Volgenant 1987, doi
    10.1007/BF02278710), one row at a time.
    """
    if scores.size == 0:
        return {}
    if scores.shape[0] > scores.shape[1]:
        return {row: column for column, row in best_pairs(scores.T).items()}
    costs = scores.max() - scores
    row_price, column_price = np.zeros(costs.shape[0]), np.zeros(costs.shape[1])
    row_of = np.full(costs.shape[1], -1)
    for row in range(costs.shape[0]):
        _augment(row, costs, row_price, column_price, row_of)
    found = {int(row): column for column, row in enumerate(row_of) if row >= 0}
    return {row: column for row, column in sorted(found.items()) if scores[row, column] > 0}


def _augment(row: int, costs: Scores, row_price: Scores, column_price: Scores, row_of: npt.NDArray) -> None:
    """Find a column for one more row, moving rows that have one where that costs least."""
    count = costs.shape[1]
    distance = np.full(count, np.inf)
    came_from = np.full(count, -1)
    is_done = np.zeros(count, dtype=bool)
    at_row, at_column, so_far = row, -1, 0.0
    while True:
        step = so_far + costs[at_row] - row_price[at_row] - column_price
        is_shorter = ~is_done & (step < distance)
        distance[is_shorter] = step[is_shorter]
        came_from[is_shorter] = at_column
        at_column = int(np.argmin(np.where(is_done, np.inf, distance)))
        so_far = float(distance[at_column])
        is_done[at_column] = True
        if row_of[at_column] < 0:
            break
        at_row = int(row_of[at_column])
    _update_prices(row, so_far, distance, is_done, (row_price, column_price, row_of))
    while at_column >= 0:
        before = int(came_from[at_column])
        row_of[at_column] = row_of[before] if before >= 0 else row
        at_column = before


def _update_prices(
    row: int,
    so_far: float,
    distance: Scores,
    is_done: npt.NDArray[np.bool_],
    state: tuple[Scores, Scores, npt.NDArray],
) -> None:
    row_price, column_price, row_of = state
    row_price[row] += so_far
    for column in np.flatnonzero(is_done & (row_of >= 0)):
        row_price[row_of[column]] += so_far - distance[column]
    column_price[is_done] -= so_far - distance[is_done]
