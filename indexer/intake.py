"""Articles → the writer of an index: compares with what is there, analyses what is new, commits now and then.

`indexer/build.py` runs it. What it remembers of ids reaches back to the last commit only, so memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from indexer.clean import Cleaned
from indexer.report import Tally
from search.analysis.analyzer import Analyzer
from search.documents import article_digest, make_document
from search.duplicates import Duplicates
from search.engines.base import Writer

BATCH: Final = 256  # articles compared with the index at a time
COMMIT_ARTICLES: Final = 50_000
COMMIT_BYTES: Final = 500_000_000


class Intake:
    """Takes articles in. `published` is called after each commit, so that searches may see it.

    fresh    the index is empty: there is nothing to compare with before the first commit
    """

    def __init__(
        self,
        writer: Writer,
        analyzer: Analyzer,
        *,
        duplicates: Duplicates,
        tally: Tally,
        published: Callable[[], None],
        fresh: bool,
    ) -> None:
        self._writer = writer
        self._analyzer = analyzer
        self._duplicates = duplicates
        self._tally = tally
        self._published = published
        self._empty = fresh
        self._batch: list[Cleaned] = []
        # Since the last commit: id → the digest that is committed, if any, and the digest of what was read last.
        self._seen: dict[str, tuple[int | None, int]] = {}
        self._bytes = 0
        self._changed = False

    def add(self, cleaned: Cleaned) -> None:
        """Takes in one article."""
        self._batch.append(cleaned)
        if len(self._batch) >= BATCH:
            self._flush()
            if len(self._seen) >= COMMIT_ARTICLES or self._bytes >= COMMIT_BYTES:
                self._commit()

    def finish(self) -> None:
        """Takes in what is left. Commits only if something changed."""
        self._flush()
        self._commit()

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        new = {cleaned.article.id for cleaned in batch if cleaned.article.id not in self._seen}
        committed = {} if self._empty else self._writer.digests(new)
        changed = []
        for article, raw in batch:
            digest = article_digest(raw)
            earlier = self._seen.get(article.id)
            before, latest = earlier or (committed.get(article.id), committed.get(article.id))
            self._tally.repeated += earlier is not None
            if digest != latest:
                changed.append(make_document(article, self._analyzer, raw=raw, digest=digest))
                self._changed = True
            self._seen[article.id] = (before, digest)
            self._bytes += len(raw)
        for document in self._duplicates.mark(changed):
            self._writer.put(document)

    def _commit(self) -> None:
        if self._changed:
            self._duplicates.forget()
            self._writer.commit()
            self._empty = False
        for before, latest in self._seen.values():
            if before is None:
                self._tally.added += 1
            elif before == latest:
                self._tally.unchanged += 1
            else:
                self._tally.updated += 1
        self._tally.text_bytes += self._bytes
        self._seen.clear()
        self._bytes = 0
        if self._changed:
            self._changed = False
            self._published()
