"""Has the sources of a run leave unread what did not change, and counts that in its report.

Called by `indexer/ingestion.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from indexer.findings import Rejected
from indexer.origins.doubts import doubt_left_out
from indexer.origins.unread import Unread
from indexer.readers.contract import Skipped
from indexer.report import Tally
from indexer.sources import Sources
from search.index.withdrawn import Withdrawal


@contextmanager
def leaving_unread(
    sources: Sources,
    table: sqlite3.Connection,
    withdrawn: Mapping[str, Withdrawal],
    tally: Tally,
    *,
    everything: bool,
) -> Iterator[None]:
    """Within the block the sources give only files that changed; `everything`: all files."""

    def tell(file: str, rejected: Rejected) -> None:
        doubt_left_out(table, file, rejected)  # as when it was read
        tally.skip(Skipped(file, rejected.reason, rejected.detail), file=file, article=rejected.place)

    sources.unread = None if everything else Unread(table, withdrawn, tally.leave_unread, tell)
    try:
        yield
    finally:
        sources.unread = None
