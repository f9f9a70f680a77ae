"""A group of files → batches of what is in them: read, cleaned, compared with the index, analysed.

Called by `pool.py` in the process that writes and by `worker.py` in the others. What the index has as it is, is not
analysed: reading alone costs a quarter of it all.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

from indexer.cleaning.clean import Cleaned, Unfit, clean, has_name
from indexer.cleaning.naming import named_article
from indexer.findings import Finding, Rejected
from indexer.readers.contract import Found, Remark, Skipped, Within
from indexer.sources import SourceFile, WasRead, read_file
from indexer.workers.parted_file import Part, PartedFile
from indexer.workers.prepared import Batch, Begins, Noticed, Prepared, Read, RepairsMade
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.index.documents import Analysed, analyse_articles, article_digest

BATCH: Final = 256  # articles analysed at a time
BATCH_BYTES: Final = 4_000_000  # unless they are long
_MOST_ITEMS: Final = 4_096  # in a batch, whatever they are
_MOST_SECONDS: Final = 1.0  # that a batch is filled, so that slow formats show progress and are committed in time

Digests = Callable[[Iterable[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file to read, without what was taken of it before.

    skip  how many of its items were
    part  of the file, whose items alone are wanted; None: all of it
    """

    file: SourceFile
    skip: int = 0
    part: Part | None = None


_Read = Begins | Skipped | Remark | Noticed | RepairsMade | Rejected | WasRead


class Preparing:
    """Prepares groups of files.

    analyzer  what analyses
    digests   looks up what the index has; None: it is empty
    commits   how many commits the run has made, as far as `digests` knows
    """

    def __init__(self, analyzer: BatchAnalyzer, digests: Digests | None, *, commits: Callable[[], int]) -> None:
        self._analyzer = analyzer
        self._digests = digests
        self._commits = commits
        self._parted: PartedFile | None = None  # the large file of which the last part was read

    def batches(self, group: Sequence[FilePart]) -> Generator[Batch, None, None]:
        """Give the batches of a group; one at least. Raises SourceError."""
        open_batch = _OpenBatch()
        for part in group:
            for item in _cleaned(*self._items(part, open_batch.count), part):
                open_batch.add(item)
                if open_batch.is_full:
                    yield self._closed(open_batch, whole=False)
        yield self._closed(open_batch, whole=True)

    def close(self) -> None:
        """Close the large file of which a part was read last: more of it may be wanted until then."""
        if self._parted:
            self._parted.close()
            self._parted = None

    def _items(self, file: FilePart, count: Callable[[int], None]) -> tuple[Iterator[Found | WasRead], Within]:
        """Give what is in a file, or in a part of it, and which file inside it is being read."""
        if self._parted and not (file.part and self._parted.is_before(file.file, file.part)):
            self.close()
        if file.part is None:
            within = Within()
            return read_file(file.file, count, within=within), within
        self._parted = self._parted or PartedFile(file.file, file.part)
        return self._parted.items(file.part, count), self._parted.within

    def _closed(self, batch: _OpenBatch, *, whole: bool) -> Batch:
        """Compare the articles of the batch, analyse those that the index has not, and empty it."""
        commit = self._commits()
        found = [item for item in batch.read if isinstance(item, _Found)]
        committed = self._digests({each.cleaned.article.id for each in found}) if self._digests and found else {}
        latest = dict(committed)
        new = []
        for each in found:
            if latest.get(each.cleaned.article.id) != each.digest:
                new.append(each)
            latest[each.cleaned.article.id] = each.digest
        analysed = {
            id(each): terms
            for each, terms in zip(
                new, analyse_articles([each.cleaned.article for each in new], self._analyzer), strict=True
            )
        }
        read: list[Read] = [
            self._prepared(item, committed, analysed.get(id(item))) if isinstance(item, _Found) else item
            for item in batch.read
        ]
        done = Batch(read, commit, batch.bytes, whole, self._parted.read if self._parted else None)
        batch.clear()
        return done

    def _prepared(self, found: _Found, committed: Mapping[str, int], analysed: Analysed | None) -> Prepared:
        article, raw = found.cleaned.article, found.cleaned.raw
        return Prepared(
            found.place,
            found.named,
            article.source,
            article.id,
            found.digest,
            len(raw),
            committed.get(article.id),
            raw,
            analysed,
        )


@dataclass(slots=True, eq=False)
class _Found:
    """A cleaned article of a batch that is being filled."""

    place: int
    named: bool
    cleaned: Cleaned
    digest: int


class _OpenBatch:
    """Collects what is read until it is a batch."""

    def __init__(self) -> None:
        self.read: list[_Read | _Found] = []
        self.bytes = 0
        self._articles = self._raw_bytes = 0
        self._began = monotonic()

    @property
    def is_full(self) -> bool:
        """Whether it should be handed on; never between an article and what was noticed or mended of it."""
        if isinstance(self.read[-1], Noticed | RepairsMade):
            return False
        if self._articles >= BATCH or self._raw_bytes >= BATCH_BYTES or len(self.read) >= _MOST_ITEMS:
            return True
        return monotonic() - self._began > _MOST_SECONDS

    def add(self, item: _Read | _Found) -> None:
        self.read.append(item)
        if isinstance(item, _Found):
            self._articles += 1
            self._raw_bytes += len(item.cleaned.raw)

    def count(self, more: int) -> None:
        """More bytes of a file were read."""
        self.bytes += more

    def clear(self) -> None:
        self.read = []
        self.bytes = self._articles = self._raw_bytes = 0
        self._began = monotonic()


def _cleaned(items: Iterator[Found | WasRead], within: Within, part: FilePart) -> Iterator[_Read | _Found]:
    yield Begins(part.file.location)
    place = 0
    for number, item in enumerate(items):
        place += isinstance(item, Article)
        if number < part.skip:
            continue
        if isinstance(item, Article):
            yield from _found(item, place, within.location.removeprefix(f"{part.file.location}/"))
        else:
            yield item


def _found(item: Article, place: int, within: str) -> Iterator[_Read | _Found]:
    """The article of this place, completed, or why it is left out. within: its file inside another one, else ""."""
    noticed: list[tuple[Finding, str]] = []
    cleaned = clean(item, lambda about, example: noticed.append((about, example)))
    if noticed:
        named = _in_file(within, named_article(cleaned.article if isinstance(cleaned, Cleaned) else item))
        yield from (Noticed(place, about, example, named) for about, example in noticed)
    if isinstance(cleaned, Unfit):
        yield Rejected(place, cleaned.reason, _in_file(within, cleaned.detail))
    else:
        if cleaned.repairs:
            yield RepairsMade(place, cleaned.repairs, " + ".join(cleaned.article.source), cleaned.article.id)
        yield _Found(place, has_name(item), cleaned, article_digest(cleaned.raw))


def _in_file(within: str, named: str) -> str:
    """What names an article, behind the file that it has inside another one."""
    return ": ".join(part for part in (within, named) if part)
