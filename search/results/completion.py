"""Completes the query that a reader is typing: with words as headlines write them, and with whole headlines.

In: an open index and the text in the search box. Out: whole queries, the likeliest first; the median takes a few
milliseconds. Words are ranked by the number of headlines that have them, or of bodies in an archive without headlines.
After مصدر:, قسم: and كاتب: names of the field are completed instead (`field_values.py`). Called by the service.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nlargest

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.article import decode_article
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Clause, Term, all_of, any_of
from search.query.compose import quoted
from search.query.field_clauses import LevelField, level_fields
from search.query.operators import DATE_FIELDS, MOST_CHARACTERS, clean
from search.query.tree import NAME_FIELDS
from search.query.unfinished_text import UnfinishedText, unfinished_texts
from search.results.field_values import FieldValues

_MOST_TERMS = 300_000  # the commonest terms that completion knows
_WIDE = 200  # completions of the last word, the commonest, that are tried together with the words already typed
_TITLES = 60  # headlines read for the written forms of completions
_LONGEST = 200  # characters of the words before, and of a headline that is offered whole
_AFTER = "\U0010ffff"


class Completer:
    """Completes for one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, names: Names) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._level_fields = tuple(level_field for level_field in level_fields("title") if level_field.exact)
        rows = sorted(_listed(engine, self._level_fields).items())
        self._name = "title" if rows else "body"
        if not rows:  # a word of a body counts the articles too where it has particles; its forms are read in the text
            self._level_fields = level_fields("body")
            rows = sorted(_listed(engine, self._level_fields).items())
        self._terms = [term for term, _ in rows]
        self._counts = [count for _, count in rows]
        self._values = FieldValues(engine, analyzer, names)
        self._best = lru_cache(maxsize=4096)(self._commonest)

    def complete(self, typed: str, *, limit: int) -> tuple[str, ...]:
        """Return at most `limit` queries that continue what is typed."""
        typed = clean(typed[: MOST_CHARACTERS + 1]).lstrip()
        if len(typed) > MOST_CHARACTERS:
            return ()
        for unfinished in unfinished_texts(typed):
            named = unfinished.field in NAME_FIELDS
            words = () if unfinished.field in DATE_FIELDS else self._words(unfinished, limit)
            found = self._names(unfinished) if named else words
            if queries := tuple(dict.fromkeys(query for query in found if query != typed))[:limit]:
                return queries
        return ()

    def _names(self, unfinished: UnfinishedText) -> Iterable[str]:
        """Return the query with each name of the field instead of the unfinished text, quoted if it needs quotes."""
        values = self._values.beginning(unfinished.field or "", unfinished.text)
        return (unfinished.head + name for value in values if (name := quoted(value)))

    def _words(self, unfinished: UnfinishedText, limit: int) -> Iterable[str]:
        """Return the query with each completion of its last word, then the headlines that begin like the query."""
        tokens = self._analyzer.query_tokens(unfinished.text)
        if not tokens or tokens[-1].end < len(unfinished.text):
            return ()
        *within, last = tokens
        before = self._analyzer.query_tokens(unfinished.before[-_LONGEST:]) + within
        terms = self._best(last.exact)
        if not terms:
            return ()
        titles = self._titles(before, terms)
        head = unfinished.head + unfinished.text[: last.start]
        words = self._written(titles, before, terms)[: limit if before or not unfinished.single else max(1, limit - 2)]
        whole = (title for title in titles if unfinished.single and _begins(title, unfinished.head + unfinished.text))
        return (*(head + word for word in words), *whole)

    def _commonest(self, prefix: str) -> tuple[str, ...]:
        first, last = bisect_left(self._terms, prefix), bisect_left(self._terms, prefix + _AFTER)
        rows = nlargest(
            _WIDE, zip(self._counts[first:last], range(first, last), strict=True), key=lambda row: (row[0], -row[1])
        )
        return tuple(self._terms[number] for _, number in rows)

    def _titles(self, before: Sequence[AnalyzedToken], terms: Sequence[str]) -> list[str]:
        """Return headlines, or beginnings of bodies, that have the words already typed and one of the completions."""
        stem = f"{self._name}_stem"
        wanted = [any_of(*(Term(stem, key) for key in token.stems)) for token in before if not token.function]
        found = (
            [self._read(all_of(*wanted, any_of(*(each.any_of(terms) for each in self._level_fields))), _TITLES)]
            if wanted
            else [self._read(any_of(*(each.term(term) for each in self._level_fields)), 1) for term in terms[:8]]
        )
        return [title for titles in found for title in titles]

    def _read(self, clause: Clause, limit: int) -> list[str]:
        matches = self._engine.search(clause, limit=limit, total=False).matches
        articles = (decode_article(kept.raw) for kept in self._engine.load([match.ref for match in matches]))
        return [article.title if self._name == "title" else article.body[:2000] for article in articles]

    def _written(self, titles: Iterable[str], before: Sequence[AnalyzedToken], terms: Sequence[str]) -> list[str]:
        """Return the completions as headlines write them, ordered by their use in these headlines if words were typed
        before, else in the order of `terms`, the commonest first."""
        rank = {term: number for number, term in enumerate(terms)}
        uses: Counter[str] = Counter()
        forms: dict[str, Counter[str]] = {}
        for title in titles:
            for token in self._analyzer.tokens(title):
                if token.exact in rank:
                    uses[token.exact] += 1
                    forms.setdefault(token.exact, Counter())[token.text] += 1
        order = sorted(forms, key=lambda term: (-uses[term] if before else 0, rank[term]))
        return [min(forms[term], key=lambda form, term=term: (-forms[term][form], form)) for term in order]  # type: ignore[misc]


def _listed(engine: Engine, level_fields: Iterable[LevelField]) -> Counter[str]:
    """Return the commonest terms, each with its document frequency."""
    counts: Counter[str] = Counter()
    for level_field in level_fields:
        for term, count in engine.terms(level_field.field, level_field.prefix, limit=_MOST_TERMS):
            counts.update(dict.fromkeys(level_field.texts([term]), count))
    return counts


def _begins(title: str, typed: str) -> bool:
    return len(title) < _LONGEST and title.startswith(typed) and "\n" not in title
