"""A change between two periods in words that cannot be misread: computed from its interval, never typed in.

A percentage needs a base of at least 10 incidents, and of 100 where chance can explain the change; a range is compared
as a range; what cannot be compared is refused, with the reason.
"""

from math import floor

from vrin_data.measures.period_verdicts import WIDE
from vrin_data.report.changed import Changed, is_range

LEAST_FOR_SHARE = 100
"""Below so many incidents before, one more would be 1% and above: a percentage is left out where chance explains it."""
WHEELER = 3.0
"""Chance can explain two counts while 2(sqrt(now) - sqrt(before)) stays within 3."""
USUAL, BEYOND = "within usual variation", "more than usual variation explains"
FEW = "too few for a percentage"
DEFINITION = "definition_change"


def headline(one: Changed) -> str:
    """The later period's own figure: 12,340 days, 410 to 455 incidents, or no data."""
    if not one.months_whole:
        return "No data"
    if one.unweighted_count and not one.total_high:
        return "Cannot be told"
    if not one.is_count and one.total is not None:
        return f"{number(one.total)} {_unit(one, one.total)}"
    return f"{span(one.total_low, one.total_high)} {_unit(one, one.total_high)}"


def range_words(one: Changed) -> str:
    """What the headline does not say: its range, and the months it stands on."""
    words = []
    ranged = is_range(one.total_low, one.total_high)
    if not one.is_count and one.total is not None and ranged:
        words.append(f"Range {span(one.total_low, one.total_high)}: the lightest and the heaviest reading.")
    if not one.is_count and one.total is None and one.months_whole:
        words.append("No single figure can be given: the extract does not say enough.")
    if one.is_count and ranged:
        words.append(
            "At least those that are certainly within the definition, at most with those that may be."
        )
    if one.unweighted_count:
        words.append(f"Without {_counted(one.unweighted_count, 'incident')} whose offence has no weight.")
    if one.months_whole < one.months_asked:
        words.append(f"Stands on {_of_months(one.months_whole, one.months_asked)}.")
    return " ".join(words)


def change_words(one: Changed) -> str:
    """The change as a sentence or two: whether there was one that can be told from chance, and how large."""
    if one.verdict_reason:
        return _unsaid(one)
    if one.verdict == "open":
        return _open(one)
    return f"{_ranged(one) if one.is_ranged else _exact(one)}{_dispersed(one)}"


def check_words(one: Changed) -> str:
    """Wheeler's quick check beside the interval; '' where the figure is no count, or the readings overlap."""
    if one.root_z is None or not one.is_count or one.verdict_reason:
        return ""
    side = "within" if abs(one.root_z) <= WHEELER else "beyond"
    sign = "−" if round(one.root_z, 1) < 0 else ""
    now, before = map(number, _ends(one))
    return f"Quick check: 2 × (√{now} − √{before}) is {sign}{abs(one.root_z):.1f}, {side} ±3."


def basis_words(one: Changed, base: str) -> str:
    """Which months the change compares with what (such as 'the 12 months before'), and which it leaves out."""
    if not one.months_compared or one.verdict_reason == DEFINITION:
        return ""
    if not one.months_left_out:
        return f"Compared with {base}."
    left = one.months_left_out.split(", ")
    shown = _listed([_month(text) for text in left]) if len(left) <= 3 else f"{len(left)} months"
    whole = _of_months(one.months_compared, one.months_asked)
    return (
        f"Only {whole} came whole in both periods and {'is' if one.months_compared == 1 else 'are'} compared; {shown} "
        f"{'is' if len(left) == 1 else 'are'} left out because a submission is missing or partial in one of them."
    )


def _unsaid(one: Changed) -> str:
    """Why nothing is said of a change."""
    pair = f"{_reading(one, 'now')} against {_reading(one, 'before')}"
    return {
        DEFINITION: (
            f"Not compared, because what is counted changed: {one.break_titles}. {_sentence(pair)} would set different "
            "things against each other. Put the same months under both definitions instead."
        ),
        "no_months": "No month came whole in both periods, so the two cannot be compared.",
        "untold": "What the incidents weigh cannot be told, so the two cannot be compared.",
        "corrected": (
            f"{_sentence(pair)}. Counts of this feed were corrected or suppressed, so what chance explains cannot "
            "be told."
        ),
        "few_cases": (
            f"{_sentence(pair)}, on at most {_counted(one.fewest_incidents or 0, 'incident')} in the smaller period: "
            "a few serious cases can make a difference of this size."
        ),
    }[one.verdict_reason]


def _exact(one: Changed) -> str:
    """30 to 20: within usual variation (95% interval: 64% lower to 21% higher)."""
    now, before = one.now_low or 0.0, one.before_low or 0.0
    pair = f"{number(before)} to {number(now)}{'' if one.is_count else ' days'}"
    within = one.verdict == "within"
    if round(now) == round(before):
        return f"The same as before ({number(before)})."
    if _is_restless(one):
        return f"{pair}: {USUAL} here. {_restless(one)}"
    if one.is_small_base or not before:
        moved = USUAL if within else f"{_way(now, before)}, {BEYOND}"
        return f"{pair}: {moved}; {FEW}." if one.is_small_base else f"{pair}: {moved}."
    shares = not within or not one.is_count or before >= LEAST_FOR_SHARE
    moved = ", ".join(filter(None, (_share(now, before) if shares else "", USUAL if within else BEYOND)))
    return f"{pair}: {moved} ({_interval(one)})."


def _ranged(one: Changed) -> str:
    """Within usual variation: 4,081 against 3,936 to 3,940; beyond it, also which way and by how much at least."""
    now, before = _ends(one)
    pair = f"{_reading(one, 'now')} against {_reading(one, 'before')}"
    if _is_restless(one):
        return f"{_sentence(USUAL)} here: {pair}. {_restless(one)}"
    told = f"; {FEW}" if one.is_small_base else f" ({_interval(one)})"
    if one.verdict == "within":
        return f"{_sentence(USUAL)}: {pair}{told}."
    size = "" if one.is_small_base or before < 1 else _at_least(now, before)
    return f"{_sentence(_way(now, before))} on every reading{size}, {BEYOND}: {pair}{told}."


def _open(one: Changed) -> str:
    pair = f"{_reading(one, 'now')} against {_reading(one, 'before')}"
    return f"Whether it rose or fell cannot be told, because the ranges overlap: {pair}."


def _ends(one: Changed) -> tuple[float, float]:
    """The readings of both periods that lie closest."""
    low, high = one.now_low or 0.0, one.now_high or 0.0
    if low >= (one.before_high or 0.0):
        return low, one.before_high or 0.0
    return high, one.before_low or 0.0


def _interval(one: Changed) -> str:
    """The 95% interval of the change: of a count as a share, of harm in days."""
    if one.is_count:
        return f"95% interval: {_span_of_shares(one.ratio_low or 0.0, one.ratio_high)}"
    ends = [_more(one.difference_low or 0.0), _more(one.difference_high or 0.0)]
    return f"95% interval: {' to '.join(ends)} days"


def _span_of_shares(low: float, high: float | None) -> str:
    first = _share(low, 1.0)
    if high is None:
        return f"{first} or more"
    last = _share(high, 1.0)
    if (low < 1) == (high < 1):
        return f"{first.split(' ')[0]} to {last}"
    return f"{first} to {last}"


def _dispersed(one: Changed) -> str:
    if one.verdict == "within" or not one.is_count or (one.dispersion or 0.0) < WIDE:
        return ""
    return (
        f" The months vary {one.dispersion:.1f} times as much as chance alone would make them; the change is larger "
        "than that explains too."
    )


def _is_restless(one: Changed) -> bool:
    """Whether more than chance alone, but no more than the months vary anyhow: its share is then not said."""
    apart = (one.ratio_low or 0.0) > 1 or (one.ratio_high is not None and one.ratio_high < 1)
    return one.verdict == "within" and one.is_count and apart


def _restless(one: Changed) -> str:
    return (
        f"The months vary {one.dispersion or 0.0:.1f} times as much as chance alone would make them, and that explains "
        "the difference."
    )


def _reading(one: Changed, when: str) -> str:
    low, high = getattr(one, f"{when}_low"), getattr(one, f"{when}_high")
    central = None if one.is_count else getattr(one, when)
    unit = "" if one.is_count else " days"
    if central is not None and is_range(low, high):
        return f"{number(central)}{unit} (range {span(low, high)})"
    return f"{span(low, high)}{unit}"


def _way(now: float, before: float) -> str:
    return "higher" if now > before else "lower"


def _share(now: float, before: float) -> str:
    """2.9% lower; from 10% on without a decimal."""
    return f"{_percent(abs(now - before) / before)} {_way(now, before)}"


def _at_least(now: float, before: float) -> str:
    """Rounded down, for what is said is that it is at least so much."""
    share = floor(1000 * abs(now - before) / before) / 1000
    if share >= 0.1:
        return f", by at least {floor(100 * share + 1e-9)}%"
    return f", by at least {100 * share:.1f}%" if share else ""


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%" if share < 0.0995 else f"{100 * share:,.0f}%"


def _more(days: float) -> str:
    return f"{number(abs(days))} {'more' if days > 0 else 'fewer'}"


def number(value: float | None) -> str:
    """A figure with thousands separators; a dash where there is none."""
    return "–" if value is None else f"{value:,.0f}"


def span(low: float | None, high: float | None) -> str:
    """A range as words, one figure where both ends round to the same."""
    first, last = number(low), number(high)
    return first if first == last else f"{first} to {last}"


def _unit(one: Changed, value: float | None) -> str:
    name = "incident" if one.is_count else "day"
    return name if value is not None and round(value) == 1 else f"{name}s"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _of_months(covered: int, expected: int) -> str:
    return f"{covered} of {expected} month{'' if expected == 1 else 's'}"


def _month(text: str) -> str:
    from datetime import date

    return f"{date.fromisoformat(f'{text}-01'):%B %Y}"


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
