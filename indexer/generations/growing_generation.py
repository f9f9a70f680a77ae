"""A generation that is being written, and the manifest that will name it.

`indexer/build.py` opens its writer and publishes what was committed. The files of each commit are recorded with their
checksums before a manifest names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from indexer.generations.checksums import record, recorded, recording
from indexer.generations.names_of_run import NamesOfRun
from search.analysis.analyzer import Analyzer
from search.article import Article, decode_article
from search.engines.base import WRITER_MEMORY, Engine, Writer
from search.engines.registry import backend
from search.errors import KashafError
from search.index.directory import IndexDirectory
from search.index.manifest import Manifest
from search.query.clauses import Term
from search.results.names_file import Stamp


class GrowingGeneration:
    """The generation that this run of the indexer writes. `manifest`: as it was last published, or will be first."""

    def __init__(self, directory: IndexDirectory, manifest: Manifest) -> None:
        self._directory = directory
        self.manifest = manifest
        self._writer_is_open = False
        self._committed: Engine | None = None  # opened once all was read
        self._names: NamesOfRun | None = None

    @property
    def index_path(self) -> Path:
        """The index directory."""
        return self._directory.path

    @property
    def folder(self) -> Path:
        """The generation's files."""
        return self._directory.generation(self.manifest.generation)

    @property
    def was_interrupted(self) -> bool:
        """Whether a run was killed or failed here, so that the manifest may not tell of the last commit."""
        found = recorded(self.folder)
        return found is not None and not found.settled

    @contextmanager
    def writer(self, *, fresh: bool = False, memory: int = WRITER_MEMORY) -> Iterator[Writer]:
        """The engine's writer of this generation; when it is closed, the files that are there then are recorded."""
        self._writer_is_open = True
        try:
            with generation_writer(self.folder, self.manifest.engine, fresh=fresh, memory=memory) as writer:
                yield writer
        finally:
            self._writer_is_open = False

    def engine(self) -> Engine:
        """This generation as it was last committed."""
        return backend(self.manifest.engine).open_engine(self.folder)

    def article(self, id: str) -> Article | None:
        """The article with this id as it was last committed, if any."""
        engine = self._committed = self._committed or self.engine()
        found = engine.search(Term("id", id), limit=1, total=False).matches
        return decode_article(engine.load([found[0].ref])[0].raw) if found else None

    def names(self, analyzer: Analyzer, *, fresh: bool) -> NamesOfRun:
        """What keeps the words that may be names in step with this run; `publish` has it do so. To be called before the
        writer is opened.
        """
        committed = None
        if not fresh and not self.was_interrupted:
            with suppress(KashafError):  # of an engine that cannot be opened the writer tells
                committed = Stamp(analyzer.fingerprint, self.manifest.commits, self.engine().documents)
        self._names = NamesOfRun(self.folder, analyzer, self.manifest.engine, committed=committed)
        return self._names

    def publish(self) -> None:
        """Lets searches see the commits so far, whose files are recorded first."""
        record(self.folder, self.manifest.engine, settled=not self._writer_is_open)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._committed = None
        engine = self.engine()
        commits, articles = self.manifest.commits + 1, engine.documents
        if self._names:
            self._names.keep(engine, commits)
        self.manifest = msgspec.structs.replace(self.manifest, commits=commits, updated=now, articles=articles)
        self._directory.write(self.manifest)


@contextmanager
def generation_writer(
    folder: Path, engine: str, *, fresh: bool = False, memory: int = WRITER_MEMORY
) -> Iterator[Writer]:
    """The engine's writer of the generation in this folder; when it is closed, the files are recorded."""
    opened = backend(engine).open_writer
    with recording(folder, engine), closing(opened(folder, fresh=fresh, memory=memory)) as writer:
        yield writer
