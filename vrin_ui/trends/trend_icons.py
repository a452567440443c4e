"""The two icons of a control chart, as pictures with their words: how it varies, and whether it meets its target."""

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


def _ring(inside: str, colour: str, *, words: str, size: int = SIZE) -> str:
    return (
        f"<svg role='img' aria-label='{escape(words, quote=True)}' xmlns='http://www.w3.org/2000/svg' width='{size}' "
        f"height='{size}' viewBox='0 0 64 64'><title>{escape(words)}</title><circle cx='32' cy='32' r='28' "
        f"fill='#ffffff' stroke='{colour}' stroke-width='5'/>{inside}</svg>"
    )


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
