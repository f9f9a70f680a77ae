"""What an interrupted run of `kashaf index` or `kashaf reindex` says: what was committed, and what the next one does.

In: the index directory, and the fields of its manifest from before the run. Called by `commands.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from search.index.directory import IndexDirectory

NOTHING_SWAPPED: Final = "the index is as it was; the same command builds it anew from the beginning"


def what_is_left(directory: IndexDirectory, before: Mapping[str, Any] | None) -> str:
    """What the run left in the index."""
    now = directory.fields()
    if now is None:
        return "nothing was committed, and there is no index yet; the same command begins again"
    held = f"{now.get('articles') or 0:,} articles"
    if before is not None and now.get("commits") == before.get("commits"):
        return f"nothing was committed, the index holds {held} as before; the same command begins again"
    return f"what was read up to its last commit is in the index, which holds {held} now; the same command goes on"
