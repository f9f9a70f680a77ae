"""Articles that were withdrawn after a generation was served last: removed before it is served again.

Called by `succession.py` and `indexer/backups/restoring.py`.
"""

from __future__ import annotations

from pathlib import Path

from indexer.generations.growing_generation import generation_writer
from indexer.line_counts import settle
from search.index.directory import IndexDirectory
from search.index.withdrawn import read_withdrawn


def remove_withdrawn(directory: IndexDirectory, engine: str, folder: Path) -> int:
    """How many withdrawn articles were removed from this generation. Raises IndexStateErrors, EngineErrors, OSError."""
    withdrawn = read_withdrawn(directory.path)
    if not withdrawn:
        return 0
    with generation_writer(folder, engine) as writer:
        present = writer.digests(withdrawn)
        if present:
            settle(folder, writer.digests)
        for id in present:
            writer.delete(id)
        if present:
            writer.commit()
    return len(present)
