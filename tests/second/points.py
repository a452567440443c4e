"""What the two numbers of a coordinate are, judged by their values and not by their headings."""

from collections.abc import Sequence

Numbers = tuple[float, float]
RULES = {
    "degrees": "coordinates_were_degrees",
    "metres": "coordinates_were_metres",
    "web": "coordinates_were_web_mercator",
}


def kind_of(first: float, second: float) -> tuple[str, bool] | None:
    """What two numbers are (degrees, metres or web) and whether they are swapped; None for no place of the country."""
    if _is_longitude(first) and _is_latitude(second):
        return "degrees", False
    if _is_latitude(first) and _is_longitude(second):
        return "degrees", True
    if 1_000 <= first <= 700_000 and 1_000 <= second <= 1_300_000:
        return "metres", False
    if -1_010_000 <= first <= 1_010_000 and 6_350_000 <= second <= 8_800_000:
        return "web", False
    return None


def warnings_of(pair: Sequence[str], numbers: Numbers) -> list[tuple[str, str, None]]:
    """What is warned of a coordinate that is kept: that it was no such as its columns are for, or swapped."""
    found = kind_of(*numbers)
    if found is None:
        return []
    usual = "metres" if pair[0] == "easting" else "degrees"
    rules = [RULES[found[0]]] if found[0] != usual else []
    rules += ["axes_were_swapped"] if found[1] else []
    return [(rule, pair[0], None) for rule in rules]


def in_order(numbers: Numbers) -> Numbers:
    """The numbers with the east one before the north one, where they can be told apart."""
    found = kind_of(*numbers)
    return (numbers[1], numbers[0]) if found and found[1] else numbers


def _is_longitude(number: float) -> bool:
    return -9 <= number <= 2.5


def _is_latitude(number: float) -> bool:
    return 49.5 <= number <= 61.5
