"""Finds how articles write a folded word, so that readers are shown مسؤول where the index has مسءول.

In: an engine, an analyser and a folded word. Out: its commonest written form in a few headlines, else in a few bodies,
without harakat and without the particles that stand before it there. Called by `search/repairs/query_repairs.py` and by
`search/answering.py` for the notes about other spellings; an open index remembers the answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from search.analysis.analyzer import Analyzer
from search.analysis.fold import strip_marks
from search.article import Article
from search.engines.base import Engine
from search.query.clauses import any_of
from search.query.field_clauses import level_fields
from search.results.careful_form import chunks_having
from search.results.first_articles import first_articles
from search.whole_answers import remembered

_ARTICLES: Final = 24  # articles that are read for one word
_LONGEST: Final = 20_000  # characters of a body that are looked at
_REMEMBERED: Final = 4096  # words whose written forms are remembered


class WrittenForms:
    """The written forms of one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._remembered = remembered(self._found, most=_REMEMBERED)

    def __call__(self, word: str) -> str:
        """Return the word as articles write it, or the folded word itself if no article has it."""
        return self._remembered(word)

    def _found(self, word: str) -> str:
        for name in ("title", "body"):
            if forms := self._forms(word, name):
                return min(forms, key=lambda form: (-forms[form], form))
        return word

    def _forms(self, word: str, name: str) -> Counter[str]:
        """Return how often each form is used in a field of the first articles: of half of them where these agree."""
        clause = any_of(*(level_field.term(word) for level_field in level_fields(name)))
        found = Counter[str]()
        for read, article in enumerate(first_articles(self._engine, clause, _ARTICLES), 1):
            found.update(self._forms_in(article, word, name))
            if read == _ARTICLES // 2 and len(found) == 1:
                break
        return found

    def _forms_in(self, article: Article, word: str, name: str) -> Iterator[str]:
        text = article.title if name == "title" else article.body[:_LONGEST]
        for token in (token for chunk in chunks_having(text, word) for token in self._analyzer.tokens(chunk)):
            if word not in (token.word, token.exact):
                continue
            form = strip_marks(token.text)
            if len(form) == len(token.exact) and token.exact.endswith(word):  # else a ligature or a joined sign
                yield form[-len(word) :]
