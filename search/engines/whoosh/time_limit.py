"""A clause → its matches in each segment, as many as can be found within the time budget of the request.

The last segment is searched first, and each segment from its end, where the latest articles are, in ranges of articles
that are each four times as long as the one before. If the time is up within a range, its matches and those of all later
ranges are left out; in the ranges that count, all matches of the clause are found. The first range is always searched.
Called by `engine.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from search.budget import Budget, running
from search.engines.whoosh.scores import Bm25, ClauseScorer, Scores
from search.engines.whoosh.segment import Segment
from search.query.clauses import Clause

FIRST: Final = 512  # articles
_LONGER: Final = 4  # factor: searching a range also reads past the postings of the ranges after it


class _TimeIsUp(Exception):
    """Ends the search of a range when the time is up."""


def matching(clause: Clause, segments: Sequence[Segment], bm25: Bm25) -> list[Scores]:
    """Return article → score in each segment, without deleted articles; tell the budget if the time did not suffice."""
    budget = running()
    found: list[Scores] = [{} for _ in segments]
    pause = _no_time_limit
    try:
        for segment, scores in reversed(tuple(zip(segments, found, strict=True))):
            for within in _ranges(segment.size, FIRST if budget else segment.size):
                scores.update(ClauseScorer(bm25, segment, within, pause).scores(clause))
                pause = _raise_when_over(budget) if budget else _no_time_limit
    except _TimeIsUp:
        if budget:
            budget.cut_short()
    for segment, scores in zip(segments, found, strict=True):
        for article in segment.deleted:
            scores.pop(article, None)
    return found


def _ranges(size: int, length: int) -> Iterator[range]:
    """The article numbers of a segment in ranges of growing length, from the last article to the first."""
    end = size
    while end:
        yield range(max(0, end - length), end)
        end = max(0, end - length)
        length *= _LONGER


def _no_time_limit() -> None:
    """Go on, for the first range and without a budget."""


def _raise_when_over(budget: Budget) -> Callable[[], None]:
    def pause() -> None:
        if budget.over():
            raise _TimeIsUp

    return pause
