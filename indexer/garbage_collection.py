"""How often Python looks for reference cycles while articles are indexed.

Indexing makes hundreds of thousands of objects a second and next to no cycles; with the usual settings the main process
spends a tenth of its time looking for some. Called by `indexer/ingestion.py`, `indexer/purging` and, in
worker processes, `indexer/workers/worker.py`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG_OBJECTS: Final = 200_000  # objects that are made before the next look at the youngest; usually 700 or 2,000


@contextmanager
def infrequent_collection() -> Iterator[None]:
    """Collect infrequently within the block, and afterwards as often as before."""
    usual = gc.get_threshold()
    collect_infrequently()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def collect_infrequently() -> None:
    """Collect infrequently from now on, in a process that does nothing but index."""
    gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])
