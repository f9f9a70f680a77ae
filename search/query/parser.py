"""A query string → a tree and remarks for the reader. Total: any string gives a tree.

Called by `search/service.py`.
"""

from __future__ import annotations

from datetime import date

from search.query.tree import All, And, Parsed, Word


def parse(query: str, *, today: date) -> Parsed:
    """The query as read."""
    words = tuple(Word(text) for text in query.split())
    return Parsed(And(words) if len(words) > 1 else words[0] if words else All())
