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

from indexer.generations.checksums import record, unsettle
from search.engines.base import Engine, Writer
from search.engines.registry import backend
from search.errors import KashafError
from search.index.directory import IndexDirectory, Manifest


class Run:
    """One run of the indexer over one generation. `manifest`: as it was last published, or will be first."""

    def __init__(self, directory: IndexDirectory, manifest: Manifest) -> None:
        self._directory = directory
        self.manifest = manifest
        self._settled = True  # no writer is open

    @property
    def folder(self) -> Path:
        """The generation's files."""
        return self._directory.generation(self.manifest.generation)

    @contextmanager
    def writer(self, *, fresh: bool = False) -> Iterator[Writer]:
        """The engine's writer of this generation; when it is closed, the files that are there then are recorded."""
        unsettle(self.folder, self.manifest.engine)
        self._settled = False
        try:
            with closing(backend(self.manifest.engine).open_writer(self.folder, fresh=fresh)) as writer:
                yield writer
        except BaseException:
            with suppress(OSError, KashafError):
                self._record(settled=True)
            raise
        self._record(settled=True)

    def engine(self) -> Engine:
        """This generation as it was last committed."""
        return backend(self.manifest.engine).open_engine(self.folder)

    def publish(self) -> None:
        """Lets searches see the commits so far, whose files are recorded first."""
        self._record(settled=self._settled)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        commits, articles = self.manifest.commits + 1, self.engine().documents
        self.manifest = msgspec.structs.replace(self.manifest, commits=commits, updated=now, articles=articles)
        self._directory.write(self.manifest)

    def _record(self, *, settled: bool) -> None:
        record(self.folder, self.manifest.engine, settled=settled)
        self._settled = settled
