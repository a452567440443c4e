"""Where a series of submissions turns into another: each change told once, at the submission it begins with.

One walks from the oldest to the newest with those that go together so far. One that differs from them
is told. If the next is like it, a new stretch has begun and nothing more is said of it; if the next
is like those before, it stood alone and is left out of what later ones are compared with.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Difference = TypeVar("Difference")
LONGEST_MEMORY = 12
"""Submissions of a stretch that later ones are compared with: the last so many."""


def changes(
    count: int, differs: Callable[[Sequence[int], int], Difference | None]
) -> list[tuple[int, Difference]]:
    """The positions at which something changed, each with what `differs` says of it.

    `differs(stretch, position)` compares one position with those of a stretch, never empty.
    """
    told: list[tuple[int, Difference]] = []
    stretch: list[int] = []
    waiting: int | None = None
    for position in range(count):
        difference = differs(stretch[-LONGEST_MEMORY:], position) if stretch else None
        if difference is None:
            stretch.append(position)
            waiting = None
            continue
        if waiting is not None:
            stretch, waiting = [waiting], None
            difference = differs(stretch, position)
            if difference is None:
                stretch.append(position)
                continue
        told.append((position, difference))
        waiting = position
    return told
