"""Which files of the sources are as they were when they were read last, so that this run leaves them unread.

In: the files in the order of the walk. Out: whether each has to be read; what is left unread is counted as unchanged,
and noted as read, so that its articles do not count as vanished. `indexer/ingestion.py` hands it to the sources.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial

from indexer.file_state import FileState, hash_of, look
from indexer.findings import Rejected
from indexer.origins.states import Known, known_state, refresh_state
from indexer.origins.withdrawn_entries import withdrawn_by_file
from indexer.readers.database_logs import may_have_log
from indexer.readers.folders import is_shown_whole
from indexer.reading_rules import rules_for
from indexer.sources import LeftUnread
from search.index.withdrawn import Withdrawal


class Unread:
    """Decides for each file.

    count  takes how many articles an unchanged file gives that are in the index, and how many that are withdrawn
    tell   takes the file and each of its articles that was left out when it was read
    """

    def __init__(
        self,
        table: sqlite3.Connection,
        withdrawn: Mapping[str, Withdrawal],
        count: Callable[[int, int], None],
        tell: Callable[[str, Rejected], None],
    ) -> None:
        self._table = table
        self._count = count
        self._tell = tell
        self._withdrawn = withdrawn_by_file(table, withdrawn)
        self._changed: set[str] = set()  # files of the same size whose bytes are others: a run may ask more than once

    def unchanged(self, path: str, section: str | None) -> LeftUnread | None:
        """Return a file that is as it was when it was read last; whatever cannot be looked at has to be read."""
        found = self._found(path, section)
        return found and LeftUnread(found[1], partial(self._note, path, found[0]))

    def _note(self, path: str, known: Known) -> None:
        """Note that a file is left unread."""
        if self._table.execute("insert or ignore into read values (?)", (known.file,)).rowcount:
            withdrawn, rows = self._withdrawn.get(known.file, (0, 0))
            self._count(known.articles - withdrawn, rows)
            for rejected in known.rejected:
                self._tell(path, rejected)

    def _found(self, path: str, section: str | None) -> tuple[Known, FileState] | None:
        """What is known of the file, and how it is now, where that is as it was. Times that do not tell are noted once
        the bytes did.
        """
        if not is_shown_whole(path) or path in self._changed:  # two names that are not UTF-8 may be shown alike
            return None
        known = known_state(self._table, path)
        if known is None or known.state.made != rules_for(section):
            return None
        try:
            now = look(path)
            if now.size != known.state.size or may_have_log(path):
                return None
            if not (now.is_as_in(known.state) and known.state.is_certain):
                if hash_of(path) != known.state.hash:
                    self._changed.add(path)
                    return None
                refresh_state(self._table, known.file, now)
        except OSError:
            return None
        return known, now
