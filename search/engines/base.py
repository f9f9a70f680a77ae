"""The contract of every engine: what it stores for an article, and how it is searched and written.

In: `Document`s to index and `Clause`s to search. Out: `Match`es. An engine is a module with the functions of `Backend`
that is listed in `search/engines/registry.py`; its tests inherit the suite of `tests/contracts/engine.py`. It raises
only `search.errors.EngineError`s, and `IndexDamaged` for files that cannot be read, each from the library's exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

import msgspec

from search.engines.order import Order as Order
from search.query.clauses import Clause

WRITER_MEMORY: Final = 280_000_000  # bytes that a writer holds at most, unless it is given less
LEAST_WRITER_MEMORY: Final = 40_000_000
MOST_COUNTED: Final = 60_000  # different values of a field that are counted at most: the days of 160 years


class Document(msgspec.Struct, frozen=True, gc=False):
    """What an engine stores and indexes for one article; names are those of `search/schema.py`.

    digest    63 bits; equal for equal articles. It is stored, so that unchanged articles are not indexed again
    raw       the article's JSON, which is stored
    terms     field → index terms joined by spaces, in the alphabet of `search/analysis/term_encoding.py`
    keywords  field → whole values
    numbers   field → integer

    A field that is left out has no value.
    """

    id: str
    digest: int
    raw: bytes
    terms: Mapping[str, str] = {}
    keywords: Mapping[str, Sequence[str]] = {}
    numbers: Mapping[str, int] = {}


class Match(msgspec.Struct, frozen=True, gc=False):
    """One matching article: `ref` is the engine's own and holds for this open engine only.

    group: the article's near-duplicate group, None where it has none.
    """

    ref: object
    score: float
    group: int | None = None


class Found(msgspec.Struct, frozen=True):
    """Matches in order, and how many articles match in all (`total` is -1 where it was not asked for)."""

    total: int
    matches: tuple[Match, ...]


class Stored(msgspec.Struct, frozen=True, gc=False):
    """What the engine kept of one article: its id and its JSON."""

    id: str
    raw: bytes


class Engine(Protocol):
    """An open index, as it was at its last commit before opening. Safe to use from several threads."""

    @property
    def documents(self) -> int:
        """How many articles the index holds."""

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        """The first `limit` (>= 0) matches in `order`; scores are >= 0, higher is better, 0 in the date orders."""

    def load(self, refs: Sequence[object]) -> list[Stored]:
        """Return the stored articles of these matches (their `ref`s), in the same order."""

    def ids(self, refs: Sequence[object]) -> list[str]:
        """Return the ids of these matches (their `ref`s), in the same order; where there are many, for less
        than `load` takes."""

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        """For each KEYWORD facet or NUMBER field: value → number of matching articles with that value.

        A facet gives its `limit` (1 to MOST_COUNTED) commonest values, of equally common ones the first by the
        alphabet; a number all that it has, MOST_COUNTED at most. Values that fewer than `least` (>= 1) of the matching
        articles have are left out.
        """

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        """The commonest terms of a TERMS or KEYWORD field that start with `prefix` ("" for all), with their document
        frequency: commonest first, ties alphabetical, at most `limit`. Deleted articles may still be counted."""

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        """The document frequency of each term, 0 where it does not occur. Deleted articles may still be counted."""


@runtime_checkable
class SearchesAtOnce(Protocol):
    """An engine that many searches at once cost hardly more than one, since each request to it takes a while."""

    def search_each(self, clauses: Sequence[Clause], *, limit: int) -> list[Found]:
        """The first `limit` matches of each clause by relevance, without totals."""


def search_each(engine: Engine, clauses: Sequence[Clause], *, limit: int) -> list[Found]:
    """Return the first `limit` matches of each clause by relevance, without totals; any engine may be asked."""
    if isinstance(engine, SearchesAtOnce):
        return engine.search_each(clauses, limit=limit)
    return [engine.search(clause, limit=limit, total=False) for clause in clauses]


class Writer(Protocol):
    """The one writer of an index. Nothing is visible before `commit`; a crash leaves the last commit.

    Raises StorageFull when the disk is full: the last commit stays readable.
    """

    def put(self, document: Document) -> None:
        """Adds the article, or replaces the one with the same id, be it committed or not."""

    def add(self, document: Document) -> None:
        """Adds the article, of which the caller knows that there is none with its id, neither committed nor put.

        The larger an index is, the less that costs than to look for one that is to be replaced.
        """

    def delete(self, id: str) -> None:
        """Removes the article with this id, if any."""

    def digests(self, ids: Iterable[str]) -> dict[str, int]:
        """The digests of those of these articles that are committed."""

    def take_rejected(self) -> list[tuple[str, str]]:
        """Return the ids of articles that the engine did not take, each with the reason, once: of those articles the
        index keeps what it had. Complete after a commit."""

    def commit(self) -> None:
        """Makes all changes since the last commit visible and durable, in one step."""

    def close(self) -> None:
        """Gives up what was not committed, waits for background work, releases the writer. Safe to call twice."""


class Digests(Protocol):
    """Looks up the digests of those of these articles that were committed when it was opened."""

    def __call__(self, ids: Iterable[str], /) -> dict[str, int]: ...


class Backend(Protocol):
    """The functions of the module that implements an engine, such as `search/engines/tantivy/engine.py`."""

    def create(self, folder: Path) -> None:
        """Make an empty index in this empty folder."""

    def open_engine(self, folder: Path) -> Engine:
        """Opens an index for searching."""

    def open_writer(self, folder: Path, *, fresh: bool = False, memory: int = WRITER_MEMORY) -> Writer:
        """Opens an index for writing; raises IndexBusy at once where another writer has it.

        fresh   promises that it is empty, which an engine may use to be faster
        memory  the bytes that it may hold of what is not yet in files, LEAST_WRITER_MEMORY at least
        """

    def open_digests(self, folder: Path) -> Digests:
        """Open an index, as it is now, for looking up digests alone: beside its writer, in any process."""

    def files(self, folder: Path) -> Mapping[str, bool]:
        """Return the files of the last commit: name → True if the file never changes once it is written.

        Raises IndexDamaged where that cannot be read.
        """

    def unready(self, folder: Path) -> str | None:
        """Return why the index cannot be searched as a whole at this moment, in a sentence without addresses; None
        where it can. Asked by health checks, so it costs little and raises nothing."""

    def sound(self, folder: Path, name: str) -> bool | None:
        """Return whether one of these files agrees with its checksum in the index; None if the engine keeps none."""


class Elsewhere(Protocol):
    """What the module of an engine has too whose index does not lie in its folder: see `registry.elsewhere`.

    The folder has a file that names the index.
    """

    def prepare(self, folder: Path) -> None:
        """Makes ready to be served what was written, before a manifest names this index for the first time.

        Waits for copies on other machines, as long as they are being made and for some minutes at most.
        """

    def lacking(self, folder: Path) -> str | None:
        """Returns which copies of the index on other machines are missing, with the remedy; None if none is."""

    def published(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Tells programs on other machines that a manifest names this index now.

        files: the manifest and what is small beside it, by their paths in the index directory, the manifest last.
        """

    def take_over(self, folder: Path) -> None:
        """Has the archive that the settings name be written from the index directory in which this folder of a
        generation would lie, and no longer from where it was. Raises IndexBusy while it is written there."""

    def published_files(self, known: str) -> tuple[str, Mapping[str, bytes]] | None:
        """Returns a mark of what is published of the archive that the settings name, and its files, the manifest last;
        no files where the mark is `known`; None where nothing is published."""

    def size(self, folder: Path) -> int:
        """Returns the bytes of the index, each part counted once."""

    def discard(self, folder: Path) -> None:
        """Removes the index. Raises EngineErrors; then the folder should stay, so that it can be tried again."""

    def require_copyable(self, folder: Path) -> None:
        """Raises Unsupported, with the remedy, if a copy of the files is no copy of the index."""
