"""What may be chosen about control charts: the variants in which the NHS's own tools differ, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from vrin_data.errors import UsageError

RUN_LENGTHS = (6, 7, 8)
TIES = {
    "break": "an equal value ends a trend",
    "pass": "an equal value neither counts in a trend nor ends it",
}
TWO_OF_THREE = {
    "one_side": "all three points on one side of the mean",
    "any": "the two points beyond the near limit on one side, the third anywhere",
}
IMPROVEMENT = {"down": "lower is better", "up": "higher is better", "neutral": "neither is better"}
SWITCH = {"on": True, "off": False}
LEAST_TRIAL, MOST_TRIAL = 2, 60


@dataclass(frozen=True)
class ChartSettings:
    """The rules of a chart. What stands here by default is what NHSRplotthedots does, with lower as better.

    `run_length` points make a run or a trend; `ties` of TIES; `two_of_three` of TWO_OF_THREE; `screen_ranges` leaves
    moving ranges of 3.267 times their mean and more out of the limits, once (Nelson 1982), which the Excel tools of
    Making Data Count do not; limits of fewer points than `trial_below` are trial limits; `improvement` of IMPROVEMENT.
    """

    run_length: int = 7
    ties: str = "break"
    two_of_three: str = "one_side"
    screen_ranges: bool = True
    trial_below: int = 12
    improvement: str = "down"

    def __post_init__(self) -> None:
        _require("run length", self.run_length, RUN_LENGTHS)
        _require("rule for ties", self.ties, TIES)
        _require("rule for two of three", self.two_of_three, TWO_OF_THREE)
        _require("direction of improvement", self.improvement, IMPROVEMENT)
        if not LEAST_TRIAL <= self.trial_below <= MOST_TRIAL:
            raise UsageError(
                f"Trial limits end at {LEAST_TRIAL} to {MOST_TRIAL} points, not at {self.trial_below}."
            )

    def params(self) -> dict[str, str]:
        """What differs from the default as short text by name, for an address and a command; read by `settings_of`."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        plain = {one.name: one.default for one in fields(self)}
        return {name: _written(value) for name, value in found.items() if value != plain[name]}

    def words(self) -> str:
        """The settings in one line, as they stand under a chart."""
        screened = (
            "extreme moving ranges are left out of the limits once"
            if self.screen_ranges
            else "all moving ranges stand in the limits"
        )
        return (
            f"{self.run_length} points make a run or a trend; {TIES[self.ties]}; two of three: "
            f"{TWO_OF_THREE[self.two_of_three]}; {screened}; limits of fewer than {self.trial_below} points are "
            f"trial limits; {IMPROVEMENT[self.improvement]}"
        )


def settings_of(params: Mapping[str, str]) -> ChartSettings:
    """The settings that `params` wrote; names that are none of theirs are passed over. Raises UsageError."""
    known = {one.name: one.default for one in fields(ChartSettings)}
    read: dict[str, Any] = {
        name: _read(name, params[name], like) for name, like in known.items() if name in params
    }
    return ChartSettings(**read)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _read(name: str, text: str, like: object) -> object:
    if isinstance(like, bool):
        _require(name.replace("_", " "), text, SWITCH)
        return SWITCH[text]
    if isinstance(like, int):
        if not text.isascii() or not text.isdigit():
            raise UsageError(f"The setting {name!r} is a whole number, not {text!r}.")
        return int(text)
    return text


def _require(what: str, value: object, known: Mapping[str, object] | tuple[int, ...]) -> None:
    if value not in known:
        raise UsageError(f"There is no {what} {value!r}. Choose of: {', '.join(map(str, known))}.")
