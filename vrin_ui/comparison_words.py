"""A comparison in words that cannot be misread: a range as a range, and a small number without a percentage."""

from math import sqrt

from vrin_ui.comparison import SMALL_BASE, Comparison, Total
from vrin_ui.wording import counted, listed, month_words, number, of_months, sentence, span

FEWEST_FOR_HARM = 30
"""Below so many incidents, a few serious ones decide what their harm adds up to."""
CHANCE_LIMIT = 3.0
"""Wheeler's rule: chance can explain two counts while 2(sqrt(now) - sqrt(before)) stays within 3."""
CHANCE = "Chance alone can explain a difference of this size."
FEW_CASES = "A few serious cases can make a difference of this size."


def headline(comparison: Comparison) -> str:
    """The figure itself: 12,340 days, 410 to 455 incidents, or no data."""
    total = comparison.now
    if not total.months:
        return "No data"
    if total.unweighted and not total.high:
        return "Cannot be told"
    if total.central is not None:
        return f"{number(total.central)} {_unit(comparison, total.central)}"
    return f"{span(total.low, total.high)} {_unit(comparison, total.high)}"


def range_words(comparison: Comparison) -> str:
    """What the headline does not say: its range, and the months it stands on."""
    total = comparison.now
    words = []
    if total.months and total.central is not None and total.is_range:
        words.append(f"Range {span(total.low, total.high)}: the lightest and the heaviest reading.")
    if total.months and total.central is None and comparison.figure == "harm_days":
        words.append("No single figure can be given: the extract does not say enough.")
    if total.months and comparison.figure == "incident_count" and total.is_range:
        words.append("Lower: certainly within the definition. Higher: with those that may be.")
    if total.unweighted:
        words.append(f"Without {counted(total.unweighted, 'incident')} whose offence has no weight.")
    if total.months < comparison.expected:
        words.append(f"Stands on {of_months(total.months, comparison.expected)}.")
    return " ".join(words)


def change_words(comparison: Comparison) -> str:
    """The change as a sentence or two: whether it can be told, and how large it is."""
    now, before = comparison.both_now, comparison.both_before
    if not now.months:
        return "There is no month that both years have, so the two cannot be compared."
    if comparison.fewest < SMALL_BASE:
        return f"From {_ends(before)} to {_ends(now)}: too few for a percentage."
    if now.is_range or before.is_range:
        return _range_change(comparison)
    return _exact_change(comparison)


def basis_words(comparison: Comparison) -> str:
    """Which months the change compares, and which it leaves out; empty where there are none."""
    months = comparison.both_now.months
    if not months:
        return ""
    if not comparison.left_out:
        whole = "the 12 months before" if months == 12 else "the same months a year before"
        return f"Compared with {whole}."
    left = [month_words(month) for month in comparison.left_out]
    shown = listed(left) if len(left) <= 3 else f"{len(left)} months"
    verb = "is" if len(left) == 1 else "are"
    return (
        f"Only the {of_months(months, comparison.expected)} that both years have are compared; "
        f"{shown} {verb} left out because a submission is missing or partial in one of the years."
    )


def _exact_change(comparison: Comparison) -> str:
    now, before = comparison.both_now.low, comparison.both_before.low
    if round(now) == round(before):
        return f"The same as before ({number(before)})."
    change = f"{_share(now, before)}: {number(now)} against {number(before)}."
    return change + _caution(comparison, now, before)


def _range_change(comparison: Comparison) -> str:
    now, before = comparison.both_now, comparison.both_before
    pair = f"{_reading(now)} against {_reading(before)}"
    if now.low > before.high:
        return _at_least("Higher", now.low, before.high, pair) + _caution(comparison, now.low, before.high)
    if now.high < before.low:
        return _at_least("Lower", now.high, before.low, pair) + _caution(comparison, now.high, before.low)
    words = f"whether it rose or fell cannot be told for certain, because the ranges overlap: {pair}."
    if now.central is None or before.central is None or round(now.central) == round(before.central):
        return sentence(words)
    return f"{_share(now.central, before.central)} on the single figures, but {words}"


def _at_least(way: str, now: float, before: float, pair: str) -> str:
    """Rounded down, for what is said is that it is at least so much."""
    percent = int(_percent(now, before))
    size = f", by at least {percent}%" if percent else ""
    return f"{way} on every reading{size}: {pair}."


def _caution(comparison: Comparison, now: float, before: float) -> str:
    """What may make a difference of this size without any change in what happens; empty where nothing may."""
    if comparison.is_count:
        return f" {CHANCE}" if abs(2 * (sqrt(now) - sqrt(before))) < CHANCE_LIMIT else ""
    # Two standard errors, as far as Wheeler's rule goes.
    varies = abs(now - before) < 2 * comparison.spread
    return f" {FEW_CASES}" if comparison.fewest < FEWEST_FOR_HARM or varies else ""


def _reading(total: Total) -> str:
    if total.central is not None and total.is_range:
        return f"{number(total.central)} (range {span(total.low, total.high)})"
    return span(total.low, total.high)


def _ends(total: Total) -> str:
    """A reading for a sentence that goes from one to another, where 'from 5 to 8 to 7' could not be read."""
    if total.central is None and total.is_range:
        return f"between {number(total.low)} and {number(total.high)}"
    return _reading(total)


def _share(now: float, before: float) -> str:
    """20% higher; where that would be less than 1%, or there was nothing before, no percentage."""
    way = "higher" if now > before else "lower"
    percent = _percent(now, before)
    if percent < 1:
        return f"Slightly {way}" if before else sentence(way)
    return f"{percent:.0f}% {way}"


def _percent(now: float, before: float) -> float:
    return 100 * abs(now - before) / before if before else 0.0


def _unit(comparison: Comparison, value: float) -> str:
    one, many = ("day", "days") if not comparison.is_count else ("incident", "incidents")
    return one if round(value) == 1 else many
