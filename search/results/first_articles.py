"""The articles that a clause puts first, whose texts are read for what stands in them.

In: an engine, a clause and how many articles are wanted. Out: articles. Called by `completion.py`, `following_words.py`
and `written_forms.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.article import Article, decode_article
from search.engines.base import Engine
from search.query.clauses import Clause

_AT_ONCE: Final = 12  # articles that are loaded together


def first_articles(engine: Engine, clause: Clause, limit: int) -> Iterator[Article]:
    """Yield at most `limit` articles that match, in the order of the engine; they are loaded a few at a time."""
    refs = [match.ref for match in engine.search(clause, limit=limit, total=False).matches]
    for at in range(0, len(refs), _AT_ONCE):
        for kept in engine.load(refs[at : at + _AT_ONCE]):
            yield decode_article(kept.raw)
