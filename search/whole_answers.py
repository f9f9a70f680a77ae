"""What is worked out of an index and remembered until the next commit: answers that are whole, and no others.

In: a method that asks an engine. Out: the same, which remembers what it answered lately. An answer is not whole where
a part of the index did not answer (`search/unanswered.py`) or the time of a request ran out (`search/budget.py`): it
serves the one request for which it was made. Called by all that is made once for an open index.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar, TypeVarTuple
from weakref import WeakMethod

from search import unanswered
from search.budget import running

Questions = TypeVarTuple("Questions")
Answer = TypeVar("Answer")


class _Partial(Exception, Generic[Answer]):
    """An answer that is not whole: a cache keeps no exceptions."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


def remembered(method: Callable[[*Questions], Answer], *, most: int) -> Callable[[*Questions], Answer]:
    """Return a function that calls the method, or gives what it answered before, if that was whole.

    most: the answers that are remembered. The method's object is not kept alive; see `search/analysis/weak_methods.py`.
    """
    reference = WeakMethod(method)

    @lru_cache(maxsize=most)
    def kept(*question: Any) -> Answer:
        ask = reference()
        if ask is None:
            raise ReferenceError("the object of this method is gone")
        budget = running()
        if budget is None and not unanswered.tolerates():  # nothing may be left out: dozens of words of a query ask
            return ask(*question)
        answer, is_whole = answered(partial(ask, *question))
        if not is_whole:
            raise _Partial(answer)
        return answer

    # Without functools.wraps: a function keeps what it wraps, here the object.
    def called(*question: *Questions) -> Answer:
        try:
            return kept(*question)
        except _Partial as partial:
            answer: Answer = partial.answer
            return answer

    return called


def answered(ask: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Return the answer, and whether neither time nor a part of the index that does not answer left something out."""
    budget = running()
    cut = budget.cut if budget else 0
    missing = 0
    if unanswered.tolerates():
        with unanswered.tolerated():
            answer = ask()
            missing = unanswered.parts()
        unanswered.note(missing)
    else:
        answer = ask()
    return answer, not missing and (budget.cut if budget else 0) == cut
