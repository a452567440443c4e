"""From an area to what lies inside it, and the way back."""

from vrin_data.measures import Catalogue
from vrin_ui.filters import part_levels

USUAL = {"region": "force", "force": "district"}
"""The level that a click leads to; from all others it is the smallest areas."""
FINEST = "lsoa"
BROAD = ("region", "force", "csp", "district")
ABOVE = ("in_force", "in_district")


def next_level(area: str, choices: Catalogue) -> str | None:
    """The level of areas that an area opens into: force, district, small areas; None where it has none inside."""
    parts = part_levels(area, choices)
    level = str(choices.areas.loc[choices.areas["area_code"] == area, "level"].iloc[0])
    wanted = USUAL.get(level, FINEST)
    return wanted if wanted in parts else next(iter(parts), None)


def trail(area: str | None, choices: Catalogue) -> list[tuple[str, str]]:
    """The areas, by code and name, from the largest one down to this one."""
    if area is None:
        return []
    areas = choices.areas.set_index("area_code")
    row = areas.loc[area]
    above = [row[column] for column in ABOVE if isinstance(row[column], str) and row[column] != area]
    # Two levels may lie in each other: a partnership of one district, and the district.
    steps = [
        code for code in above if code in areas.index and areas.loc[code].get(f"in_{row['level']}") != code
    ]
    return [(code, str(areas.loc[code, "area_name"])) for code in (*dict.fromkeys(steps), area)]


def level_of_all(level: str, choices: Catalogue) -> str:
    """The level to show of all areas on the way back from one: broad levels stay, small areas become districts."""
    if level in BROAD or level.startswith("own-"):
        return level
    return "district" if "district" in choices.levels else level
