"""A generation that is being written, and the manifest that will name it.

`indexer/build.py` opens its writer and publishes what was committed.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from search.catalogue import Catalogue, Manifest
from search.engines.base import Engine, Writer
from search.engines.registry import backend


class Run:
    """One run of the indexer over one generation. `manifest`: as it was last published, or will be first."""

    def __init__(self, catalogue: Catalogue, manifest: Manifest) -> None:
        self._catalogue = catalogue
        self.manifest = manifest

    def writer(self, *, fresh: bool = False) -> Writer:
        """The engine's writer of this generation."""
        folder = self._catalogue.generation(self.manifest.generation)
        return backend(self.manifest.engine).open_writer(folder, fresh=fresh)

    def engine(self) -> Engine:
        """This generation as it was last committed."""
        return backend(self.manifest.engine).open_engine(self._catalogue.generation(self.manifest.generation))

    def publish(self) -> None:
        """Lets searches see the commits so far."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        commits, articles = self.manifest.commits + 1, self.engine().documents
        self.manifest = msgspec.structs.replace(self.manifest, commits=commits, updated=now, articles=articles)
        self._catalogue.write(self.manifest)
