"""Sentences for the reader about how a query was read, widened or mended, in Arabic."""

from __future__ import annotations

from collections.abc import Iterable

from search.page import Note
from search.query.tree import Remark


def of_remarks(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    """The parser's and the rewriter's remarks as notes."""
    return tuple(Note(remark.kind, remark.text) for remark in remarks)


def relaxed(least: int, wanted: int) -> Note:
    """No article holds all the words: these hold most of them."""
    return Note("relaxed", f"لا مقال يضم كلمات البحث كلها، وهذه مقالات تضم {least} من {wanted} منها على الأقل")
