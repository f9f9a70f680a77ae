"""The articles of an index in parts of bounded size, without a list of all of them: what rewrites and verifies them.

In: an open engine, and a clause where not all are wanted. Out: its matches, some thousands at a time. A part holds the
articles whose digests lie in its share of all digests, so parts are about equal and cost no sorting. `article_list.py`
in `search` divides them into smaller ones; `indexer/earlier_articles.py` asks for those of a clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Final

from search.engines.base import Engine, Match
from search.query.clauses import Between, Clause, Combine, Constant

PART: Final = 50_000  # articles of a part, about
DIGESTS: Final = 1 << 63  # they are from 0 to this


def parts_of(engine: Engine) -> Iterator[tuple[Match, ...]]:
    """Give all articles, in parts; in each in the order of the index. The same articles make the same parts."""
    parts = max(1, ceil(engine.documents / PART))
    for number in range(parts):
        yield from _between(engine, *share_of_digests(number, parts))


def share_of_digests(number: int, parts: int) -> tuple[int, int]:
    """Return the first and the last digest of a part, of so many parts; numbers begin with 0."""
    return number * DIGESTS // parts, (number + 1) * DIGESTS // parts - 1


def with_digests(low: int, high: int) -> Constant:
    """Return the clause that articles with these digests match."""
    return Constant(Between("digest", low, high))


def matching(engine: Engine, clause: Clause) -> Iterator[tuple[Match, ...]]:
    """Give the articles of a clause, in one part where they are no more than two parts have."""
    yield from _between(engine, 0, DIGESTS - 1, clause)


def sample_of(engine: Engine, size: int) -> list[Match]:
    """Give so many articles, or all where there are no more, from all over the index."""
    share = min(1.0, 2 * size / max(1, engine.documents))
    while True:
        found = engine.search(with_digests(0, int(share * DIGESTS) - 1), limit=4 * size, total=False).matches
        if len(found) >= size or share >= 1.0:
            break
        share = min(1.0, 2 * share)
    size = min(size, len(found))
    return [found[number * len(found) // size] for number in range(size)]


def _between(engine: Engine, low: int, high: int, clause: Clause | None = None) -> Iterator[tuple[Match, ...]]:
    """The articles of the clause, or all, with digests of this range, in more than one part where they are too many."""
    most, wanted = 2 * PART, with_digests(low, high)
    if clause is not None:
        wanted = Constant(Combine(must=(clause, wanted)))
    found = engine.search(wanted, limit=most + 1, total=False).matches
    if len(found) > most and low < high:
        middle = (low + high) // 2
        yield from _between(engine, low, middle, clause)
        yield from _between(engine, middle + 1, high, clause)
    elif found:
        yield found
