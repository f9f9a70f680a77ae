"""Finds articles about the same things as an article, by searching for its most characteristic terms (tf-idf).

In: an engine, an analyser, an article and its near-duplicate group. Out: other articles, the most similar first, and no
copies of the article. Called by `search/service.py`.
"""

from __future__ import annotations

import math
from collections import Counter

from search.analysis.analyzer import Analyzer
from search.article import Article, decode_article
from search.engines.base import Engine, Match
from search.query.clauses import Between, Boost, Combine, Nothing, Term
from search.results.copies import first_of_groups

_WORDS = 600  # words of the body that are counted: news has its most characteristic words early
_MOST_TERMS = 20  # terms that are searched, those of the highest tf-idf
_TITLE_WEIGHT = 3  # occurrences in the body that one in the headline counts for
_READ_MORE = 4  # times as many matches, where those read are copies of few articles


def related_articles(
    engine: Engine, analyzer: Analyzer, article: Article, group: int | None, *, limit: int = 6
) -> tuple[Article, ...]:
    """Return at most `limit` other articles about the same things, one of each near-duplicate group.

    group: that of the article, whose copies are left out; None where it has none
    """
    own = Term("id", article.id) if group is None else Between("group", group, group)
    others = Combine(must=(_clause(engine, _stem_counts(analyzer, article)),), must_not=(own,))
    asked, chosen = limit * 3 + 10, list[Match]()
    for size in (asked, asked * _READ_MORE, asked * _READ_MORE**2):  # the first may all be copies of one article
        found = engine.search(others, limit=size, total=False).matches
        chosen = first_of_groups(found)[:limit]
        if len(chosen) == limit or len(found) < size:
            break
    return tuple(decode_article(kept.raw) for kept in engine.load([match.ref for match in chosen]))


def _clause(engine: Engine, counts: Counter[str]) -> Combine | Nothing:
    """Return the clause of articles with at least two of the stems of the highest tf-idf."""
    terms = list(counts)
    frequencies = engine.frequencies("body_stem", terms)
    documents = engine.documents
    weights = {
        term: (1 + math.log(counts[term])) * math.log(documents / frequency)
        for term, frequency in zip(terms, frequencies, strict=True)
        if 1 < frequency < documents / 4 or (frequency > 1 and documents < 50)
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST_TERMS]
    should = tuple(Boost(Term("body_stem", term), max(weights[term], 0.1)) for term in best)
    return Combine(should=should, least=min(2, len(should))) if should else Nothing()


def _stem_counts(analyzer: Analyzer, article: Article) -> Counter[str]:
    """Return how often each first stem of a content word occurs; each time in the headline counts `_TITLE_WEIGHT`."""
    counts: Counter[str] = Counter()
    for text, weight in ((article.title, _TITLE_WEIGHT), (" ".join(article.body.split(maxsplit=_WORDS)[:_WORDS]), 1)):
        for token in analyzer.tokens(text):
            if not token.function and not token.exact.isdigit():
                counts[token.stems[0]] += weight
    return counts
