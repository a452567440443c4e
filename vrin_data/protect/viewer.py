"""Who is looking."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Viewer:
    """A person looking at figures, by role. This version knows the analyst on this machine."""

    role: Literal["analyst"]

    @classmethod
    def analyst(cls) -> "Viewer":
        """The analyst on this machine, who may see exact figures."""
        return cls("analyst")
