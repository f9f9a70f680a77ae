"""The words of a sorted vocabulary that are a few letters away from a word. Called by `whoosh_scores.py`.

Plain Levenshtein over letters (code points): insert, delete, replace; exchanging two neighbours costs two. Words that
share a beginning share the rows of the distance table, and a beginning that is too far away is skipped as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile


def similar_words(words: Sequence[str], word: str, *, distance: int) -> Iterator[str]:
    """The words of the sorted `words` at most `distance` edits from `word`."""
    rows = [list(range(len(word) + 1))]
    previous = ""
    at = 0
    while at < len(words):
        other = words[at]
        shared = min(_shared(previous, other), len(rows) - 1)
        del rows[shared + 1 :]
        while len(rows) <= len(other) and min(rows[-1]) <= distance:
            rows.append(_next_row(rows[-1], other[len(rows) - 1], word))
        previous = other
        if min(rows[-1]) > distance:
            size = len(rows) - 1
            at = bisect_right(words, other[:size], lo=at, key=lambda text, size=size: text[:size])  # type: ignore[misc]
            continue
        if rows[-1][-1] <= distance:
            yield other
        at += 1


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _next_row(row: list[int], letter: str, word: str) -> list[int]:
    """The distances of one more letter to each beginning of `word`."""
    made = [row[0] + 1]
    for column, own in enumerate(word):
        made.append(min(row[column] + (letter != own), row[column + 1] + 1, made[column] + 1))
    return made
