"""How the points and icons of a control chart look: by colour and by shape, so that neither has to carry it alone."""

from typing import NamedTuple


class PointLook(NamedTuple):
    """The name of a class of points, its colour and its shape."""

    name: str
    colour: str
    shape: str


BLUE, ORANGE, PURPLE, GREY = "#1d70b8", "#c2410c", "#4c2c92", "#6f777b"
COMMON = "common"
LOOKS = {
    # reading and direction: what the point is called, its colour, its shape
    "common": PointLook("Usual variation", GREY, "circle"),
    "improvement high": PointLook("Improvement, high", BLUE, "triangle-up"),
    "improvement low": PointLook("Improvement, low", BLUE, "triangle-down"),
    "improvement": PointLook("Improvement", BLUE, "triangle-up"),
    "concern high": PointLook("Concern, high", ORANGE, "square"),
    "concern low": PointLook("Concern, low", ORANGE, "square"),
    "concern": PointLook("Concern", ORANGE, "square"),
    "neutral high": PointLook("Unusual, high", PURPLE, "diamond"),
    "neutral low": PointLook("Unusual, low", PURPLE, "diamond"),
    "neutral": PointLook("Unusual", PURPLE, "diamond"),
}


def look(reading: str, direction: str) -> PointLook:
    """The look of a point; one that is in no class looks as usual variation."""
    return LOOKS.get(f"{reading} {direction}".strip(), LOOKS[COMMON])
