"""What a run needs to settle ids that sources share; of a reindex, what the index before it knew.

Called by `indexer/ingestion.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from indexer.generations.checksums import ORIGINS
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.shared_ids_kept import copy_shared_ids
from indexer.origins.identities import Identities
from indexer.origins.owners import Owners
from indexer.report import Tally
from search.index.source_registry import Registry


@dataclass(frozen=True, slots=True)
class KnownSources:
    """What a run knows of the sources of its index.

    registry  all of them, those that were removed too
    new_from  the number of the first one that is new in this run
    old       the folder of the generation that is made anew
    """

    registry: Registry = field(default_factory=Registry)
    new_from: int = 0
    old: Path | None = None


def identities_of(
    table: sqlite3.Connection, generation: GrowingGeneration, known: KnownSources, tally: Tally
) -> Identities:
    """The identities of a run. A table of the generation that is made anew counts for none if it is damaged."""
    registry, old = known.registry, known.old
    owners = Owners(table, registry, generation.index_path)
    if old and (old / ORIGINS).exists():
        with suppress(sqlite3.DatabaseError):
            copy_shared_ids(table, old)
            if len(registry.sources) > 1:
                owners.know_old(old / ORIGINS)
    return Identities(table, owners, registry, new_from=known.new_from, load=generation.article, remark=tally.remark)
