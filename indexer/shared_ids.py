"""Remarks about ids that articles of two files share, in an index whose table of origins does not know the first one.

In: each article that replaces a committed one of other content under the same id, with its file. Out: remarks for the
report of the run. Called by `indexer/intake.py`. Where the table knows both files, `indexer/origins/origins.py` tells;
of an index that an older Kashaf made only the paths of earlier runs are known.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Final

from indexer.findings import SHARED_ID, Finding

_MOST_SOURCES: Final = 3  # paths of earlier runs that one remark names


class SharedIds:
    """Notices shared ids.

    remark   takes what is remarked, and an example of it
    earlier  the paths that the index was made from before this run
    """

    def __init__(self, remark: Callable[[Finding, str], None], earlier: Sequence[str] = ()) -> None:
        self._remark = remark
        self._earlier = tuple(earlier)
        self._file = ""  # that of the last article
        self._file_is_new = False  # whether no earlier run read it

    def note_replacement(self, id: str, file: str) -> None:
        """Note that an article of `file` replaces one that was committed before this run."""
        if self._is_new(file):
            other = ", ".join(self._earlier[:_MOST_SOURCES]) + (", …" if len(self._earlier) > _MOST_SOURCES else "")
            self._remark(SHARED_ID, f"{id}: {other}; {file}")

    def _is_new(self, file: str) -> bool:
        """Return whether earlier runs are known and none of their paths leads to this file."""
        if file != self._file:
            known = any(file == source or file.startswith(source.rstrip(os.sep) + os.sep) for source in self._earlier)
            self._file, self._file_is_new = file, bool(self._earlier) and not known
        return self._file_is_new
