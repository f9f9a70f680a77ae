"""What is worked out of an index and remembered until the next commit: answers that are whole, and no others.

In: a method that asks an engine. Out: the same, which remembers what it answered lately. An answer is not whole where
a part of the index did not answer (`search/unanswered.py`) or the time of a request ran out (`search/budget.py`): it
serves the one request for which it was made. Called by all that is made once for an open index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, TypeVarTuple

from search import unanswered
from search.analysis.weak_methods import weakly
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

    most: the answers that are remembered. The method's object is not kept alive; see `weakly`.
    """
    ask = weakly(method)

    @lru_cache(maxsize=most)
    def kept(*question: Any) -> Answer:
        if running() is None and not unanswered.tolerates():  # then nothing is left out
            return ask(*question)
        answer, is_whole = answered(lambda: ask(*question))
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


class AskedTogether(Generic[Answer]):
    """Answers to strings, remembered like those of `remembered`; the new ones of several are asked for in one question.

    method: gives the answer to each of several different strings; none is None. most: the answers that are remembered.
    Safe to share between threads.
    """

    def __init__(self, method: Callable[[Sequence[str]], Sequence[Answer]], *, most: int) -> None:
        self._ask = weakly(method)
        self._most = most
        self._kept: dict[str, Answer] = {}

    def of(self, asked: Sequence[str]) -> list[Answer]:
        """Return the answer to each of these strings."""
        found = {each: self._kept.get(each) for each in asked}
        new = tuple(each for each, answer in found.items() if answer is None)
        if new:
            answers, is_whole = answered(lambda: self._ask(new))
            told = dict(zip(new, answers, strict=True))
            found.update(told)
            if len(self._kept) > self._most:
                self._kept.clear()
            if is_whole:
                self._kept.update(told)
        return [found[each] for each in asked]  # type: ignore[misc]  # none is None any more


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
