"""Prepared articles → the writer of an index: compares with what came before, assigns groups, commits now and then.

`indexer/ingestion.py` runs it. What it remembers of ids reaches back to the last commit only, so memory stays bounded.
When it commits depends on the articles and their order alone, unless the user names a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import compress
from typing import Final, NamedTuple

import numpy as np

from indexer.findings import REFUSED
from indexer.line_counts import LineCounts, ToWrite
from indexer.origins.identities import Earlier, Given, Identities
from indexer.origins.origins import Noted, Origins, ReadFile
from indexer.origins.table import Row
from indexer.readers.contract import Skipped
from indexer.report import Tally
from indexer.run_options import COMMIT_ARTICLES as COMMIT_ARTICLES
from indexer.run_options import COMMIT_BYTES as COMMIT_BYTES
from indexer.run_options import NO_SOONER, CommitEvery
from indexer.shared_ids import SharedIds
from indexer.workers.completing import Completing
from indexer.workers.prepared import Prepared
from search.analysis.batch.hashing import Hashes
from search.engines.base import Document, Writer
from search.index.documents import assemble_document
from search.index.met_numbers import MetNumbers
from search.index.near_duplicates import NearDuplicateFinder
from search.index.withdrawn import Withdrawn

BATCH: Final = 256  # articles compared with the index at a time
BATCH_BYTES: Final = 8_000_000  # unless they are long
_MOST_IDS: Final = 2**20  # that are remembered of the articles of a run, in 2 MB
NOTHING_WITHDRAWN: Final = Withdrawn({})


class _Taken(NamedTuple):
    """An article as it was prepared, and its file. as_of: commits of the run when its digest was looked up."""

    article: Prepared
    file: str
    as_of: int


class _Changed(NamedTuple):
    """An article that is to be written. is_new: the index has none with its id, nor has this run written one."""

    article: Prepared
    is_new: bool


class _Seen(NamedTuple):
    """An article of this run: the digest that is committed, if any, and what was read last, from which file."""

    before: int | None
    latest: int
    file: str
    publishers: tuple[str, ...]


class Intake:
    """Takes articles in. `published` is called after each commit, so that searches may see it; `written` with each
    document, `outdated` after each batch, when lines may have become known that articles before them rank by.

    complete      gives the analysis of articles that lack it
    fresh         the index is empty: there is nothing to compare with before the first commit
    identities    settles ids that sources share; None: there is but one source
    withdrawn     what is left out; only its place is noted
    commit_every  looked at after each article
    clock         gives seconds
    """

    def __init__(
        self,
        writer: Writer,
        complete: Completing,
        *,
        duplicates: NearDuplicateFinder,
        tally: Tally,
        shared_ids: SharedIds,
        origins: Origins,
        line_counts: LineCounts,
        published: Callable[[], None],
        written: Callable[[Document], None] = lambda document: None,
        outdated: Callable[[], None] = lambda: None,
        fresh: bool,
        identities: Identities | None = None,
        withdrawn: Withdrawn = NOTHING_WITHDRAWN,
        commit_every: CommitEvery = NO_SOONER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._complete = complete
        self._duplicates = duplicates
        self._tally = tally
        self._shared_ids = shared_ids
        self._origins = origins
        self._line_counts = line_counts
        self._published = published
        self._written = written
        self._outdated = outdated
        self._empty = fresh
        self._met = MetNumbers(_MOST_IDS) if fresh else None  # ids that the index may have; None: any
        self._identities = identities
        self._withdrawn = withdrawn
        self._batch: list[_Taken] = []
        self._batch_bytes = 0
        self._files: list[ReadFile] = []  # that were read whole since the last batch
        self.commits = 0  # of this run
        self._seen: dict[str, _Seen] = {}  # by id, since the last commit
        self._bytes = 0
        self._changed = False
        self._commit_every = commit_every
        self._clock = clock
        self._committed_at = clock()

    def add(self, article: Prepared, file: str, *, as_of: int) -> None:
        """Takes in one article. as_of: how many `commits` there were when the index was asked for its digest."""
        self._batch.append(_Taken(article, file, as_of))
        self._batch_bytes += article.size
        if len(self._batch) >= BATCH or self._batch_bytes >= BATCH_BYTES:
            self._flush()
        self.commit_if_due()

    def commit_if_due(self) -> None:
        """Commit if it is time; to be called as well while no article comes, as where a file is slow to read."""
        if self._is_commit_due():
            self._flush()
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
        waits = self._batch or self._files or self._seen or self._changed
        return bool(waits) and self._clock() - self._committed_at >= self._commit_every.seconds

    def _flush(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        committed = self._committed(batch)
        if self._identities and not self._identities.idle:
            batch = self._settled(batch, self._identities, committed)
        changed, noted = list[_Changed](), list[Noted]()
        for article, file, _ in batch:
            id, digest = article.id, article.digest
            row = Row(article.place, id, digest, article.named)
            if self._withdrawn.holds(id, None if article.named or article.place > 1 else file):
                self._tally.withdrawn += 1
                noted.append(Noted(file, row, None))
                continue
            earlier = self._seen.get(id)
            before, latest = earlier[:2] if earlier else (committed.get(id), committed.get(id))
            self._tally.repeated += earlier is not None
            noted.append(Noted(file, row, latest if digest != latest else None))
            if digest != latest:
                changed.append(_Changed(article, is_new=latest is None))
                if latest is not None and earlier is None:
                    self._shared_ids.note_replacement(id, file)
            self._seen[id] = _Seen(before, digest, file, article.publishers)
            self._bytes += article.size
        self._origins.note(noted)
        self._origins.note_read(self._files)
        self._files = []
        if changed:
            self._changed = True
            self._write(changed)

    def _committed(self, batch: Sequence[_Taken]) -> dict[str, int]:
        """The digests that the index has for the articles of a batch that are new in this run since its last commit."""
        new = {taken.article.id: taken for taken in batch if taken.article.id not in self._seen}
        if self._empty:
            return {}
        known = {
            id: taken.article.committed
            for id, taken in new.items()
            if taken.as_of == self.commits and taken.article.committed is not None
        }
        return known | self._digests([id for id, taken in new.items() if taken.as_of != self.commits])

    def _digests(self, ids: Collection[str]) -> dict[str, int]:
        """The digests of those of these articles that are in the index, as it was last committed."""
        if self._met is not None:
            ids = list(compress(ids, self._met.may_have(_numbers(ids))))
        return self._writer.digests(ids) if ids else {}

    def _settled(self, batch: Sequence[_Taken], identities: Identities, committed: dict[str, int]) -> list[_Taken]:
        """The articles under their ids in the index; `committed` gets the digests of those that get another id."""
        given = [
            Given(article.id, article.digest, file, article.named, article.publishers) for article, file, _ in batch
        ]
        ids = identities.settle(given, self._earlier, committed, self._digests, self._withdrawn)
        other = {id for id, each in zip(ids, given, strict=True) if id != each.id}
        committed |= self._digests(other - self._seen.keys())
        return [
            taken if id == taken.article.id else taken._replace(article=self._complete.renamed(taken.article, id))
            for taken, id in zip(batch, ids, strict=True)
        ]

    def _earlier(self, id: str) -> Earlier | None:
        """Who gave an id since the last commit."""
        seen = self._seen.get(id)
        source = seen and self._identities and self._identities.source_of(seen.file)
        return Earlier(source.number, seen.latest, seen.publishers) if seen and source else None

    def _write(self, changed: Sequence[_Changed]) -> None:
        documents = []
        completed = [
            ToWrite(article.id, article.raw, analysed, article.digest)
            for article, analysed in self._complete.completed([each.article for each in changed])
        ]
        for (id, raw, _, digest), analysed in zip(
            completed, self._line_counts.without_repeated(completed), strict=True
        ):
            documents.append((assemble_document(id, analysed, raw=raw, digest=digest), analysed.sketch))
        for document, each in zip(self._duplicates.assign_groups(documents), changed, strict=True):
            (self._writer.add if each.is_new else self._writer.put)(document)
            self._written(document)
        if self._line_counts.new:
            self._outdated()

    def _leave_out(self, rejected: Sequence[tuple[str, str]]) -> None:
        """Name the articles that the engine did not take; their files are read again by the next run."""
        for id, reason in dict(rejected).items():
            self._line_counts.was_rejected(id)
            seen = self._seen.pop(id, None)
            file = seen.file if seen else ""
            self._tally.skip(
                Skipped(file, REFUSED, f"{id}: {reason}") if file else Skipped(id, REFUSED, reason), file=file
            )
            self._origins.read_again(file)

    def _commit(self) -> None:
        if self._changed:
            self._duplicates.forget()
            self._line_counts.store()
            self._writer.commit()
            self._empty = False
            self.commits += 1
            self._leave_out(self._writer.take_rejected())
        self._origins.commit()
        if self._met is not None:
            self._met.add(_numbers(self._seen))
            self._met = None if self._met.is_full else self._met
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


def _numbers(ids: Collection[str]) -> Hashes:
    """A number for each id, the same as long as this process runs."""
    return np.fromiter(map(hash, ids), np.int64, len(ids)).view(np.uint64)
