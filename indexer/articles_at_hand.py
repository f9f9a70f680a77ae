"""The first articles of each publisher that a run writes: kept at hand for lines that become known after them.

In: articles as they are written, and which of its publisher's articles each is. Out: all that the index has of a
publisher, as long as those are few. Called by `indexer/line_counts.py`, which knows the lines. A line that one of a
hundred articles has is known after 2,000 articles of its publisher; what is known later is looked for in the index.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

MOST_ARTICLES: Final = 2_000  # of one publisher
_EACH_BYTES: Final = 400  # of an article beside its JSON


@dataclass(slots=True, eq=False)
class Written:
    """An article as it was written last. part: that of its body by which it ranks; None: all of it."""

    id: str
    raw: bytes
    part: tuple[int, int] | None

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.raw) + _EACH_BYTES


@dataclass(slots=True, eq=False)
class _Publisher:
    articles: dict[str, Written] = field(default_factory=dict)
    bytes: int = 0


class FirstArticles:
    """Keeps articles of so many bytes at `most`; of a publisher all that the index has, or none."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._publishers: dict[int, _Publisher] = {}
        self._publisher_of: dict[str, int] = {}  # by id
        self._bytes = 0

    def add(self, publisher: int, article: Written, *, number: int) -> None:
        """Keep an article. number: which of its publisher's articles it is; 1 is the first that the index gets."""
        self.drop(article.id)  # an earlier version, perhaps of another publisher
        if number == 1:
            self._publishers[publisher] = _Publisher()
        kept = self._publishers.get(publisher)
        if kept is None:
            return
        if number > MOST_ARTICLES:
            self._let_go(publisher)
            return
        kept.articles[article.id] = article
        self._publisher_of[article.id] = publisher
        self._count(kept, article.size)
        while self._bytes > self._most:
            self._let_go(max(self._publishers, key=lambda each: self._publishers[each].bytes))

    def of(self, publisher: int) -> Collection[Written] | None:
        """All articles of a publisher that the index has or is about to get; None where they are not at hand."""
        kept = self._publishers.get(publisher)
        return None if kept is None else kept.articles.values()

    def drop(self, id: str) -> None:
        """Forget an article that the index has no more, or has otherwise."""
        publisher = self._publisher_of.pop(id, None)
        if publisher is not None:
            kept = self._publishers[publisher]
            self._count(kept, -kept.articles.pop(id).size)

    def _count(self, kept: _Publisher, more: int) -> None:
        kept.bytes += more
        self._bytes += more

    def _let_go(self, publisher: int) -> None:
        kept = self._publishers.pop(publisher)
        self._bytes -= kept.bytes
        for id in kept.articles:
            del self._publisher_of[id]
