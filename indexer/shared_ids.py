"""Ids that articles of two sources share: the later article takes the place of the earlier, so a person is told.

Two papers that both number their articles from 1 would lose half of them in silence. Called by `indexer/intake.py`
where an article replaces one of other content. Within a source that is a correction. Which file gave an article is
known back to the last commit; of what was committed, that it came from the sources of earlier runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Final

SAME_ID: Final = "id that two sources share: the later article replaces the earlier"
_MOST_SOURCES: Final = 3  # of earlier ones, named


class Meetings:
    """Remarks on ids that meet. earlier: the paths that the index was made from before this run."""

    def __init__(self, remark: Callable[[str, str], None], earlier: Sequence[str] = ()) -> None:
        self._remark = remark
        self._earlier = tuple(earlier)
        self._file, self._is_new = "", False  # whether the file looked at last is of no earlier source

    def replaces(self, id: str, file: str, other: str | None) -> None:
        """An article of this file replaces one of the file `other`; None: one that is committed."""
        if other is None and self._comes_from_a_new_source(file):
            other = ", ".join(self._earlier[:_MOST_SOURCES]) + (", …" if len(self._earlier) > _MOST_SOURCES else "")
        if other and other != file:
            self._remark(SAME_ID, f"{id}: {other}; {file}")

    def _comes_from_a_new_source(self, file: str) -> bool:
        if file != self._file:
            known = any(file == source or file.startswith(source.rstrip(os.sep) + os.sep) for source in self._earlier)
            self._file, self._is_new = file, bool(self._earlier) and not known
        return self._is_new
