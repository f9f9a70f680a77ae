"""Python's search for garbage in cycles, made rarer while articles stream through.

Indexing makes hundreds of thousands of objects a second and next to no cycles: counted, a tenth of the main process's
time went into looking for some. Called by `indexer/build.py` and, in worker processes, by `indexer/analysis_pool.py`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_YOUNG: Final = 200_000  # objects made and not yet gone, between two looks at them; usually 700 or 2,000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Looks for cycles seldom within; afterwards as often as before."""
    usual = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def collect_seldom() -> None:
    """Looks for cycles seldom from now on: for a process that does nothing else."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
