"""Articles → the writer of an index: compares with what is there, analyses what is new, commits now and then.

`indexer/ingestion.py` runs it. What it remembers of ids reaches back to the last commit only, so memory stays bounded.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from indexer.analysis_pool import AnalysisPool
from indexer.cleaning.clean import Cleaned
from indexer.origins.identities import Earlier, Given, Identities
from indexer.origins.origins import Noted, Origins, ReadFile
from indexer.origins.table import Row
from indexer.report import Tally
from indexer.run_options import COMMIT_ARTICLES as COMMIT_ARTICLES
from indexer.run_options import NO_SOONER, CommitEvery
from indexer.shared_ids import SharedIds
from search.article import encode_article
from search.engines.base import Writer
from search.index.documents import Analysed, article_digest, assemble_document
from search.index.near_duplicates import NearDuplicateFinder
from search.index.withdrawn import Withdrawn

BATCH: Final = 256  # articles compared with the index and analysed at a time
BATCH_BYTES: Final = 8_000_000  # unless they are long
COMMIT_BYTES: Final = 500_000_000
NOTHING_WITHDRAWN: Final = Withdrawn({})


class _Changed(NamedTuple):
    """An article that is new or has changed."""

    cleaned: Cleaned
    digest: int


class _Read(NamedTuple):
    """An article as it was read, and where it stands."""

    cleaned: Cleaned
    file: str
    place: int
    named: bool


class _Seen(NamedTuple):
    """An article of this run: the digest that is committed, if any, and what was read last, from which file."""

    before: int | None
    latest: int
    file: str
    publishers: tuple[str, ...]


class _Batch(NamedTuple):
    """Articles that are being analysed; `analysed` waits for what comes of them."""

    articles: list[_Changed]
    analysed: Callable[[], list[Analysed]]


class Intake:
    """Takes articles in. `published` is called after each commit, so that searches may see it.

    fresh         the index is empty: there is nothing to compare with before the first commit
    identities    settles ids that sources share; None: there is but one source
    withdrawn     what is left out; only its place is noted
    commit_every  looked at after each batch
    clock         gives seconds
    """

    def __init__(
        self,
        writer: Writer,
        analysis: AnalysisPool,
        *,
        duplicates: NearDuplicateFinder,
        tally: Tally,
        shared_ids: SharedIds,
        origins: Origins,
        published: Callable[[], None],
        fresh: bool,
        identities: Identities | None = None,
        withdrawn: Withdrawn = NOTHING_WITHDRAWN,
        commit_every: CommitEvery = NO_SOONER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._analysis = analysis
        self._duplicates = duplicates
        self._tally = tally
        self._shared_ids = shared_ids
        self._origins = origins
        self._published = published
        self._empty = fresh
        self._identities = identities
        self._withdrawn = withdrawn
        self._batch: list[_Read] = []
        self._batch_bytes = 0
        self._files: list[ReadFile] = []  # that were read whole since the last batch
        self._analysed: deque[_Batch] = deque()
        self._seen: dict[str, _Seen] = {}  # by id, since the last commit
        self._bytes = 0
        self._changed = False
        self._commit_every = commit_every
        self._clock = clock
        self._committed_at = clock()

    def add(self, cleaned: Cleaned, file: str, *, place: int, named: bool) -> None:
        """Takes in one article; `place` counts those of the file from 1 on, `named`: it has an id or an address."""
        self._batch.append(_Read(cleaned, file, place, named))
        self._batch_bytes += len(cleaned.raw)
        if len(self._batch) >= BATCH or self._batch_bytes >= BATCH_BYTES:
            self._flush()
            if self._is_commit_due():
                self._commit()

    def end_file(self, file: ReadFile) -> None:
        """A file was read whole, and all of its articles were added."""
        self._files.append(file)

    def remove(self, ids: Iterable[str]) -> None:
        """Removes these articles with the next commit."""
        for id in ids:
            self._writer.delete(id)
            self._changed = True

    def finish(self) -> None:
        """Takes in what is left. Commits only if something changed."""
        self._flush()
        self._origins.finish()
        self._commit()

    def _is_commit_due(self) -> bool:
        if len(self._seen) >= min(COMMIT_ARTICLES, self._commit_every.articles) or self._bytes >= COMMIT_BYTES:
            return True
        return self._clock() - self._committed_at >= self._commit_every.seconds

    def _flush(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        ids = {read.cleaned.article.id for read in batch}
        committed = self._digests(ids - self._seen.keys())
        if self._identities and not self._identities.idle:
            batch = self._settled(batch, self._identities, committed)
        changed, noted = [], []
        for cleaned, file, place, named in batch:
            id, digest = cleaned.article.id, article_digest(cleaned.raw)
            row = Row(place, id, digest, named)
            if self._withdrawn.holds(id, None if named or place > 1 else file):
                self._tally.withdrawn += 1
                noted.append(Noted(file, row, None))
                continue
            earlier = self._seen.get(id)
            before, latest, other = earlier[:3] if earlier else (committed.get(id), committed.get(id), None)
            self._tally.repeated += earlier is not None
            noted.append(Noted(file, row, latest if other is None and digest != latest else None))
            if digest != latest:
                changed.append(_Changed(cleaned, digest))
                if latest is not None:
                    self._shared_ids.note_replacement(id, file, other)
            self._seen[id] = _Seen(before, digest, file, cleaned.article.source)
            self._bytes += len(cleaned.raw)
        self._origins.note(noted)
        self._origins.note_read(self._files)
        self._files = []
        if changed:
            self._changed = True
            self._analysed.append(_Batch(changed, self._analysis.analyse([cleaned for cleaned, _ in changed])))
        self._write(self._analysis.queued_batches)

    def _digests(self, ids: Iterable[str]) -> dict[str, int]:
        """The digests of those of these articles that are in the index, as it was last committed."""
        return {} if self._empty else self._writer.digests(ids)

    def _settled(self, batch: Sequence[_Read], identities: Identities, committed: dict[str, int]) -> list[_Read]:
        """The articles under their ids in the index; `committed` gets the digests of those that get another id."""
        given = [
            Given(each.cleaned.article.id, article_digest(each.cleaned.raw), each.file, each.named, publishers)
            for each in batch
            for publishers in (each.cleaned.article.source,)
        ]
        ids = identities.settle(given, self._earlier, committed, self._digests, self._withdrawn)
        other = {id for id, each in zip(ids, given, strict=True) if id != each.id}
        committed |= self._digests(other - self._seen.keys())
        return [_renamed(read, id) for read, id in zip(batch, ids, strict=True)]

    def _earlier(self, id: str) -> Earlier | None:
        """Who gave an id since the last commit."""
        seen = self._seen.get(id)
        source = seen and self._identities and self._identities.source_of(seen.file)
        return Earlier(source.number, seen.latest, seen.publishers) if seen and source else None

    def _write(self, ahead: int) -> None:
        """Writes what is analysed, until only `ahead` batches are left."""
        while len(self._analysed) > ahead:
            batch = self._analysed.popleft()
            documents = [
                (assemble_document(cleaned.article, terms, raw=cleaned.raw, digest=digest), sketch)
                for (cleaned, digest), (terms, sketch) in zip(batch.articles, batch.analysed(), strict=True)
            ]
            for document in self._duplicates.assign_groups(documents):
                self._writer.put(document)

    def _commit(self) -> None:
        self._write(0)
        if self._changed:
            self._duplicates.forget()
            self._writer.commit()
            self._empty = False
        self._origins.commit()
        for before, latest, *_ in self._seen.values():
            if before is None:
                self._tally.added += 1
            elif before == latest:
                self._tally.unchanged += 1
            else:
                self._tally.updated += 1
        self._tally.text_bytes += self._bytes
        self._seen.clear()
        self._bytes = 0
        self._committed_at = self._clock()
        if self._changed:
            self._changed = False
            self._published()


def _renamed(read: _Read, id: str) -> _Read:
    """The article with this id."""
    if id == read.cleaned.article.id:
        return read
    article = msgspec.structs.replace(read.cleaned.article, id=id)
    return read._replace(cleaned=read.cleaned._replace(article=article, raw=encode_article(article)))
