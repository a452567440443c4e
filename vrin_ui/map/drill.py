"""From an area to what lies inside it, and the way back."""

from vrin_data.measures import Catalogue

BROAD = ("region", "force", "csp", "district")
ABOVE = ("in_force", "in_district")


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
