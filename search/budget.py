"""The time that one request may take: what comes after the first answer is done only as long as there is some left.

An engine cannot be interrupted, so each of its calls is kept short by what it is given (`search/query/costs.py`), and
before each further call it is asked here whether one that takes as long as the longest so far would still end in
time. Made for each request by `search/service.py`; what was left undone is said to the reader in a note.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

SECONDS: Final = 0.7
Found = TypeVar("Found")


class Budget:
    """Counts from the first step, so that opening tables for the first request of all is not taken for a slow query.

    seconds: SECONDS unless given. clock: seconds, never backwards.
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._clock = clock
        self._started: float | None = None
        self._longest = 0.0

    def spend(self, step: Callable[[], Found]) -> Found:
        """Does a step and remembers how long it took."""
        before = self._clock()
        if self._started is None:
            self._started = before
        found = step()
        self._longest = max(self._longest, self._clock() - before)
        return found

    def allows(self, steps: int = 1) -> bool:
        """Whether so many more steps, each as long as the longest so far, would end in time."""
        spent = 0.0 if self._started is None else self._clock() - self._started
        return spent + steps * self._longest <= self._seconds
