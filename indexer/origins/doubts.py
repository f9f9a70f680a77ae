"""Places of the sources at which a run did not see all there is: what stood there before may stand there still.

    doubtful  path of a file or a folder; the table lives as long as the run

In: the table of origins, and what was skipped or left out. `scope.py` asks whether a place is doubtful before anything
there counts as gone. Called by `origins.py` and `leaving_unread.py`.
"""

from __future__ import annotations

import sqlite3

from indexer.cleaning.findings import EMPTY_ARTICLE
from indexer.findings import Rejected


def doubt(table: sqlite3.Connection, place: str, file: str, *, unseen: bool) -> None:
    """Something was skipped at this place. file: the one being read.

    unseen: it could not be looked at, so that it may be a folder.
    """
    path = file if file and place.startswith(file) else place
    if unseen or table.execute("select 1 from files where path = ?", (path,)).fetchone():
        table.execute("insert or ignore into doubtful values (?)", (path,))


def doubt_left_out(table: sqlite3.Connection, file: str, rejected: Rejected) -> None:
    """An article of a file was left out; of one that is lost the text that is in the index may be the better one."""
    if rejected.reason != EMPTY_ARTICLE:
        doubt(table, file, file, unseen=False)
