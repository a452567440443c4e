"""What a chart over time says, in words: its points, its icons, the chart itself, and how to read it."""

from vrin_data.methods.chart_settings import ChartSettings

CAUSES = {
    "outside": "outside the limits",
    "trend": "part of {length} or more months that {moves}",
    "two_of_three": "one of two in three months close to {a_limit}",
    "run": "part of {length} or more months {side} the middle",
    "crossings": "in a series that crosses its middle less often than chance would have it",
    "": "",
}
MOVES = {"high": "rise one after another", "low": "fall one after another", "": "go one way"}
SIDES = {"high": "above", "low": "below", "": "on one side of"}
NEAR = {"high": "the upper limit", "low": "the lower limit", "": "a limit"}
KINDS = {
    "xmr": "XmR chart",
    "run": "run chart",
    "laney": "u' chart",
    "rare": "counts of twelve months",
    "none": "no chart",
}
REASONS = {
    ("xmr", "usual"): "",
    ("xmr", "asked"): "chosen here",
    ("run", "short"): "fewer than 12 whole months: a run chart, which needs no limits",
    ("run", "asked"): "chosen here",
    (
        "run",
        "skewed",
    ): "a few months weigh so much more than the others that limits would say little: a run chart",
    ("laney", "denominators"): "the number of residents changes from month to month: limits to match",
    ("laney", "asked"): "chosen here: limits to match the residents and the days of each month",
    (
        "rare",
        "rare",
    ): "too few in most months for a chart by month: counts of twelve months, with what chance allows",
    (
        "rare",
        "homicide",
    ): "homicide is too rare, and weighs too much, for a chart by month: twelve months at a time",
    ("rare", "asked"): "chosen here",
    ("none", "short"): "fewer than 8 months came whole with a single figure: too few to say what is usual",
    (
        "none",
        "untold",
    ): "most of what is counted can only be told as a range: there is no single figure to chart",
    ("none", "asked"): "chosen here",
}
VARIATION = {
    "improvement": "improvement: the latest month is {cause}",
    "concern": "concern: the latest month is {cause}",
    "neutral": "unusual: the latest month is {cause}",
    "common": "usual variation: nothing in the latest month that chance does not explain",
    "none": "no reading: there is too little to say what is usual",
}
ASSURANCE = {
    "pass": "left as it is, it will meet the target of {target}: usual months all do",
    "fail": "left as it is, it will not meet the target of {target}: no usual month does",
    "inconsistent": "left as it is, it will meet the target of {target} in some months and miss it in others by chance",
    "none": "",
}
HOW_TO_READ = {
    "xmr": "The middle line is the mean of the months shown, and the outer lines are where nearly all months fall if "
    "nothing changes; they come from how much each month differs from the one before it. A month outside the "
    "lines, {length} months running on one side of the middle or in one direction, or two in three months close "
    "to a line say that something other than chance is at work, not what it is. A month of "
    "which none of this holds is no better or worse than the others. Months that did not come whole count for "
    "nothing here.",
    "run": "The middle line is the median: half of the months lie above it and half below. There are no limits. A "
    "run of months on one side that is longer than chance would have it, or too few crossings of the line, say that "
    "the level changed at some time. Single high or low months say nothing on this chart.",
    "laney": "As in the usual chart, months outside the lines or in long runs say that something other than chance is "
    "at work. Here the lines also follow how many residents and days each month has, and how much more the "
    "figure really varies than counts alone would.",
    "rare": "Each bar is the count of twelve months, and the line through it is the range that chance alone would "
    "allow around it (95%). Where the ranges of two years overlap widely, the difference between them is no "
    "evidence of a change. Incidents so rare are not charted by month: one more or fewer would look like a signal.",
    "none": "These are the months there are. With so few of them, or with no single figure for most, nobody can tell "
    "usual from unusual: read them one by one, and not as a trend.",
}


def cause_words(cause: str, direction: str, settings: ChartSettings) -> str:
    """Why a month is a signal, as in "part of 7 or more months above the middle"; '' where it is none."""
    return CAUSES[cause].format(
        length=settings.run_length,
        moves=MOVES[direction],
        side=SIDES[direction],
        a_limit=NEAR[direction],
    )


def variation_words(variation: str, direction: str, cause: str, settings: ChartSettings) -> str:
    """What the icon of variation says of a series: its latest month against what is usual."""
    side = {"high": "high, ", "low": "low, ", "": ""}[direction]
    return VARIATION[variation].format(cause=side + cause_words(cause, direction, settings))


def earlier_words(reading: str, direction: str) -> str:
    """What signals said of a series, as in "higher than usual (concern)"."""
    side = {"high": "higher than usual", "low": "lower than usual", "": "unlike the usual"}[direction]
    return side if reading in ("neutral", "common") else f"{side} ({reading})"


def assurance_words(assurance: str, target: str) -> str:
    """What the icon of assurance says of a series and its target, written as its figures are; '' without a target."""
    return ASSURANCE[assurance].format(target=target)


def kind_words(kind: str, reason: str) -> str:
    """Which chart it is and why, as in "run chart (fewer than 12 whole months: ...)"."""
    why = REASONS.get((kind, reason), "")
    return f"{KINDS[kind]} ({why})" if why else KINDS[kind]


def how_to_read(kind: str, settings: ChartSettings) -> str:
    """How to read a chart, in one plain paragraph."""
    return HOW_TO_READ[kind].format(length=settings.run_length)
