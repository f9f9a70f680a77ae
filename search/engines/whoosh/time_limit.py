"""Clause → what matches in each segment, as far as there is time for it.

The last segment comes first, and each is read from its end on, where the latest articles are, in ranges that are each
four times as long as the one before. Where the budget of the step ends within a range, that range and all others are
left out, so that what is found is what the whole clause says. The first range is read in any case. Called by
`engine.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from search.budget import Budget, running
from search.engines.whoosh.scores import Reading, Scorer, Scores
from search.engines.whoosh.segment import Segment
from search.query.clauses import Clause

FIRST: Final = 512  # articles
_LONGER: Final = 4  # times: each range passes over the postings of those after it


class _TimeIsUp(Exception):
    """There is no time for the rest."""


def matching(clause: Clause, segments: Sequence[Segment], scorer: Scorer) -> list[Scores]:
    """article → score in each segment, without what is deleted; tells the budget where it did not do for all."""
    budget = running()
    found: list[Scores] = [{} for _ in segments]
    pause = _unhurried
    try:
        for segment, scores in reversed(tuple(zip(segments, found, strict=True))):
            for within in _ranges(segment.size, FIRST if budget else segment.size):
                scores.update(Reading(scorer, segment, within, pause).scores(clause))
                pause = _stopping(budget) if budget else _unhurried
    except _TimeIsUp:
        if budget:
            budget.cut_short()
    for segment, scores in zip(segments, found, strict=True):
        for article in segment.deleted:
            scores.pop(article, None)
    return found


def _ranges(size: int, length: int) -> Iterator[range]:
    """The articles of a segment from the last on, in ranges of growing length."""
    end = size
    while end:
        yield range(max(0, end - length), end)
        end = max(0, end - length)
        length *= _LONGER


def _unhurried() -> None:
    """There is time."""


def _stopping(budget: Budget) -> Callable[[], None]:
    def pause() -> None:
        if budget.over():
            raise _TimeIsUp

    return pause
