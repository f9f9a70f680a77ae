"""The articles that a clause puts first, whose texts are read for what stands in them.

In: an engine, a clause and how many articles are wanted. Out: articles. Called by `completion.py`, `following_words.py`
and `written_forms.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.article import Article, decode_article
from search.engines.base import Engine
from search.query.clauses import Clause


def first_articles(engine: Engine, clause: Clause, limit: int) -> Iterator[Article]:
    """Yield at most `limit` articles that match, in the order of the engine."""
    matches = engine.search(clause, limit=limit, total=False).matches
    for kept in engine.load([match.ref for match in matches]):
        yield decode_article(kept.raw)
