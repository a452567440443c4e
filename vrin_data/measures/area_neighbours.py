"""Which areas touch an area."""

from vrin_data.store import Store

NEIGHBOURS_SQL = """
    select neighbour_code
    from neighbour
    where area_code = $code and level = $level
    order by neighbour_code
"""


def area_neighbours(store: Store, code: str, level: str) -> list[str]:
    """Codes of the areas of a level that touch the area with this code; none where there is no build."""
    if store.current_build() is None:
        return []
    return list(store.query("neighbours", NEIGHBOURS_SQL, {"code": code, "level": level})["neighbour_code"])
