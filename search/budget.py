"""The time that one request may take: what comes after the first answer is done only as long as there is some left.

An engine cannot be interrupted, so each of its calls is kept short by what it is given (`search/query/costs.py`), and
before each further call it is asked here whether one that takes as long as the longest so far would still end in
time. An engine that can stop between two articles (Whoosh) finds the budget of the step it works for by `running`,
stops when that is used up and says so. Made for each request by `search/service.py`; what was left undone is said to
the reader in a note.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final, TypeVar

SECONDS: Final = 0.7
Found = TypeVar("Found")


class Budget:
    """Counts from the first step, so that opening tables for the first request of all is not taken for a slow query.

    seconds: SECONDS unless given. clock: seconds, never backwards; unless given, what this thread has had of a
    processor, so that a query does not lose its counts because others run: a request's steps are done on one thread.
    cut: how many steps an engine has cut short.
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.thread_time) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._clock = clock
        self._started: float | None = None
        self._longest = 0.0
        self.cut = 0

    def spend(self, step: Callable[[], Found]) -> Found:
        """Does a step and remembers how long it took."""
        before = self._clock()
        if self._started is None:
            self._started = before
        token = _running.set(self)
        try:
            found = step()
        finally:
            _running.reset(token)
        self._longest = max(self._longest, self._clock() - before)
        return found

    def allows(self, steps: int = 1) -> bool:
        """Whether so many more steps, each as long as the longest so far, would end in time."""
        return not self.cut and self._spent() + steps * self._longest <= self._seconds

    def over(self) -> bool:
        """Whether all the time is used up."""
        return self._spent() > self._seconds

    def cut_short(self) -> None:
        """Told by an engine that stopped a step for want of time: nothing is allowed from now on."""
        self.cut += 1

    def _spent(self) -> float:
        return 0.0 if self._started is None else self._clock() - self._started


_running: ContextVar[Budget | None] = ContextVar("_running", default=None)


def running() -> Budget | None:
    """The budget of the step that is being done; None outside of steps, where nobody is in a hurry."""
    return _running.get()
