"""All articles of an index in parts of bounded size, an id and a date each: what a sitemap lists.

In: an open index and the number of a part. Out: an iterator, which loads some hundred articles at a time. A part holds
the articles whose digests lie in its share of all digests, so parts are about equal, cost no sorting, and an article
stays in its part as long as it does not change and the number of parts stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Final

import msgspec

from search.index.all_articles import share_of_digests, with_digests
from search.index.open_index import OpenIndex

PART: Final = 40_000  # articles of a part, about: shares of digests differ by hundreds
LARGEST_PART: Final = 50_000  # which no part is larger than
_CHUNK: Final = 500  # articles loaded at a time


class ListedArticle(msgspec.Struct, frozen=True):
    """An article's id and, as in `search.article.Article`, when it was published."""

    id: str
    published: str | None = None


_decoder = msgspec.json.Decoder(ListedArticle)


def number_of_parts(index: OpenIndex) -> int:
    """Return into how many parts the articles are divided; at least one."""
    return max(1, ceil(index.engine.documents / PART))


def articles_of_part(index: OpenIndex, number: int) -> Iterator[ListedArticle]:
    """Return the articles of a part, from 1 to `number_of_parts`; none for another number."""
    parts = number_of_parts(index)
    if not 1 <= number <= parts:
        return
    clause = with_digests(*share_of_digests(number - 1, parts))
    found = index.engine.search(clause, limit=LARGEST_PART, total=False).matches
    for begin in range(0, len(found), _CHUNK):
        for kept in index.engine.load([match.ref for match in found[begin : begin + _CHUNK]]):
            yield _decoder.decode(kept.raw)
