"""The time that one request may take: after the first answer, further steps run only while some of it is left.

`search/service.py` makes a `Budget` for each request, and asks it before each optional step whether a step as long as
the longest so far would still end in time. Most engines cannot be interrupted; `search/query/costs.py` keeps each of
their calls short. An engine that can stop between two articles (Whoosh) finds the budget of the step that it works for
by `running()`, stops when it is used up and calls `cut_short`. A note tells the reader what was left out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final, TypeVar

SECONDS: Final = 0.7
LIST_SECONDS: Final = 30.0  # of a list of all hits, whose reader waits for the whole of it anyway
Found = TypeVar("Found")


class Budget:
    """Measures the time of one request's steps, from the beginning of the first step.

    The time before that, in which the first request of a process opens tables, does not count.

    seconds  the time allowed (None: SECONDS)
    clock    gives monotonic seconds; by default the processor time of this thread, so that a query is not cut short
             because others run beside it: all steps of a request run on one thread
    cut      the number of steps that an engine has cut short
    """

    def __init__(self, seconds: float | None = None, *, clock: Callable[[], float] = time.thread_time) -> None:
        self._seconds = SECONDS if seconds is None else seconds
        self._clock = clock
        self._started: float | None = None
        self._longest = 0.0
        self.cut = 0

    def spend(self, step: Callable[[], Found]) -> Found:
        """Run a step, remember how long it took, and return its result."""
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
        """Return whether so many more steps, each as long as the longest so far, would end in time."""
        return not self.cut and self._spent() + steps * self._longest <= self._seconds

    def over(self) -> bool:
        """Return whether all the time is used up."""
        return self._spent() > self._seconds

    def cut_short(self) -> None:
        """Record that an engine stopped a step for want of time: no further step is allowed."""
        self.cut += 1

    def _spent(self) -> float:
        return 0.0 if self._started is None else self._clock() - self._started


_running: ContextVar[Budget | None] = ContextVar("_running", default=None)


def running() -> Budget | None:
    """Return the budget of the step that runs on this thread; None outside of steps, where time is not limited."""
    return _running.get()
