"""The worksheet of section 13(6) of the Police, Crime, Sentencing and Courts Act 2022: four considerations.

The Act leaves it to the partners of an area which violence is serious there, and names what they must take
into account. A worksheet keeps what the data said and what was judged, apart from each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CONSIDERATIONS = {
    "maximum_penalty": "The maximum penalty for any offence involved in the violence",
    "victim_impact": "The impact of the violence on any victim",
    "prevalence": "The prevalence of the violence in the area",
    "community_impact": "The impact of the violence on the community in the area",
}
"""What section 13(6) (a) to (d) asks to be taken into account, by name."""

NOT_SAID = "not said"
JUDGEMENTS = {
    "serious": "points to serious violence",
    "not": "does not point to serious violence",
    NOT_SAID: "no judgement was made",
}
"""What may be judged of a consideration."""


@dataclass(frozen=True)
class Consideration:
    """What was judged of one consideration, in which words, and the figures that lay before those who judged."""

    judgement: str = NOT_SAID
    words: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Worksheet:
    """All four considerations; one that nobody has looked at says nothing."""

    maximum_penalty: Consideration = Consideration()
    victim_impact: Consideration = Consideration()
    prevalence: Consideration = Consideration()
    community_impact: Consideration = Consideration()

    def considerations(self) -> dict[str, Consideration]:
        """The considerations by name, in the order of the Act."""
        return {name: getattr(self, name) for name in CONSIDERATIONS}

    def is_blank(self) -> bool:
        """Whether nothing was judged and nothing written."""
        return all(
            one.judgement == NOT_SAID and not one.words.strip() for one in self.considerations().values()
        )


def worksheet_faults(worksheet: Worksheet) -> list[str]:
    """What is wrong with a worksheet, a line each."""
    faults = ["it says nothing: judge at least one consideration, or write about it"] * worksheet.is_blank()
    for name, one in worksheet.considerations().items():
        if one.judgement not in JUDGEMENTS:
            faults.append(f"{name}: '{one.judgement}' is no judgement; there is: {', '.join(JUDGEMENTS)}")
        elif one.judgement != NOT_SAID and not one.words.strip():
            faults.append(f"{name}: a judgement needs its reason in words")
    return faults


def worksheet_json(worksheet: Worksheet) -> str:
    """The worksheet as JSON text. Raises TypeError for figures that are neither numbers nor text."""
    return json.dumps(
        {name: vars(one) for name, one in worksheet.considerations().items()}, ensure_ascii=False
    )


def read_worksheet(text: str) -> Worksheet:
    """The worksheet of a JSON text that `worksheet_json` wrote."""
    return Worksheet(**{name: Consideration(**values) for name, values in json.loads(text).items()})
