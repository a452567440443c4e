"""The two icons of a control chart as images with their words: how it varies, and whether it meets its target."""

from base64 import b64encode
from html import escape

from vrin_ui.trends.point_looks import BLUE, GREY, ORANGE, PURPLE

SIZE = 64
DOTS = "<circle cx='{x}' cy='{y}' r='3' fill='{colour}'/>"
WAVE = ((16, 38), (24, 30), (32, 40), (40, 28), (48, 36))
VARIATION = {
    # variation: its colour
    "improvement": BLUE,
    "concern": ORANGE,
    "neutral": PURPLE,
    "common": GREY,
    "none": GREY,
}
ASSURANCE = {"pass": (BLUE, "P"), "fail": (ORANGE, "F"), "inconsistent": (GREY, "?")}


def variation_icon(variation: str, direction: str, *, words: str, size: int = SIZE) -> str:
    """The icon of a series' variation: a ring with H, L or a wave in it; `words` are its text alternative."""
    colour = VARIATION.get(variation, GREY)
    if variation in ("improvement", "concern", "neutral"):
        inside = _letter({"high": "H", "low": "L"}.get(direction, "!"), colour, x=22) + _rising(
            direction, colour
        )
    elif variation == "common":
        inside = "".join(DOTS.format(x=x, y=y, colour=colour) for x, y in WAVE) + _path(WAVE, colour)
    else:
        inside = _letter("–", colour, x=32)
    return _ring(inside, colour, words=words, size=size)


def assurance_icon(assurance: str, *, words: str) -> str:
    """The icon of a series against its target: P, F or ? in a ring over the target's line; '' without a target."""
    if assurance not in ASSURANCE:
        return ""
    colour, letter = ASSURANCE[assurance]
    line = (
        f"<line x1='12' x2='52' y1='47' y2='47' stroke='{colour}' stroke-width='2' stroke-dasharray='4 3'/>"
    )
    return _ring(_letter(letter, colour, x=32, y=40) + line, colour, words=words)


def beside(icon: str, words: str, more: str = "") -> str:
    """An icon with words beside it, the first line of them strong."""
    rest = f"<br>{escape(more)}" if more else ""
    return (
        "<div style='display:flex;gap:0.8rem;align-items:center'>"
        f"{icon}<span><b>{escape(words)}</b>{rest}</span></div>"
    )


def _ring(inside: str, colour: str, *, words: str, size: int = SIZE) -> str:
    """A ring with something in it, as an image: a page lets no drawing through that stands in its own text."""
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{SIZE}' height='{SIZE}' viewBox='0 0 64 64'>"
        f"<circle cx='32' cy='32' r='28' fill='#ffffff' stroke='{colour}' stroke-width='5'/>{inside}</svg>"
    )
    source = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    return f"<img src='{source}' width='{size}' height='{size}' alt='{escape(words, quote=True)}'>"


def _letter(letter: str, colour: str, *, x: int, y: int = 38) -> str:
    return (
        f"<text x='{x}' y='{y}' fill='{colour}' font-family='Arial, sans-serif' font-weight='bold' font-size='22' "
        f"text-anchor='middle'>{letter}</text>"
    )


def _rising(direction: str, colour: str) -> str:
    """A few points that go up or down beside the letter."""
    steps = ((34, 42), (41, 34), (48, 24)) if direction != "low" else ((34, 24), (41, 34), (48, 42))
    return "".join(DOTS.format(x=x, y=y, colour=colour) for x, y in steps) + _path(steps, colour)


def _path(points: tuple[tuple[int, int], ...], colour: str) -> str:
    line = " ".join(f"{x},{y}" for x, y in points)
    return f"<polyline points='{line}' fill='none' stroke='{colour}' stroke-width='2'/>"
