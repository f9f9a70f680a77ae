"""A prefix of a query → the clause for the words and names that begin so: «أبوظ*» finds أبوظبي and أبو ظبي.

In: the prefix, the terms of the index, and what its query may still cost. Out: a clause; what it matches is added to
the query's highlights. A name is two terms of the index, even where it is written in one word, so that no term begins
like it: the names that the table of compounds has are phrases beside the terms. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.analysis import letters
from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold, strip_marks
from search.query import field_clauses
from search.query.clauses import Clause, Term, all_of, any_of
from search.query.cost_limiter import CostLimiter
from search.query.costs import cost
from search.query.highlights import HighlightsBuilder
from search.query.query_harakat import TermLookup
from search.query.tree import NAME_FIELDS, TEXT_FIELDS, Prefix


def prefix_clause(
    prefix: Prefix, terms: TermLookup, analyzer: Analyzer, limiter: CostLimiter, highlights: HighlightsBuilder
) -> Clause:
    """Return the clause for the commonest words and the names that begin so; the reader is told of those left out."""
    start = fold(strip_marks(prefix.text))
    named = prefix.field in NAME_FIELDS
    begin = start.removeprefix(letters.ARTICLE) or start if named else start
    names = TEXT_FIELDS if prefix.field is None else (prefix.field,)
    most = limiter.allowance.terms_per_prefix
    found: list[Clause] = []
    for level_field in (each for name in names for each in field_clauses.level_fields(name)):
        listed = terms(level_field.field, level_field.prefix + begin, most + 1)
        if len(listed) > most:
            limiter.remarks.add("prefix-cut", prefix.text)
        texts = level_field.texts(term for term, _ in listed[:most])
        found += [level_field.any_of(texts)] if texts else []
        if not named:
            (highlights.exact if level_field.exact else highlights.words).update(texts)
    for phrase, clause in _begun_names(prefix, names, analyzer, limiter):
        found.append(clause)
        if not named:
            highlights.phrases.append(phrase)
    return any_of(*found)


def _begun_names(
    prefix: Prefix, names: Sequence[str], analyzer: Analyzer, limiter: CostLimiter
) -> Iterator[tuple[tuple[str, ...], Clause]]:
    """Yield the terms, at the level word, of each name that begins so, and the clause for articles that have it."""
    for first, second in analyzer.begun_names(prefix.text):
        texts = tuple(token.word for token in analyzer.tokens(f"{first} {second}"))
        if prefix.field in NAME_FIELDS:
            yield texts, all_of(*(Term(f"{prefix.field}_word", text) for text in texts))
            continue
        known = [name for name in names if _has_all(name, texts, limiter)]
        clause = any_of(*(field_clauses.word_phrase(name, texts) for name in known))
        if known and not limiter.allowance.spend(cost(clause, limiter.frequencies)):
            limiter.remarks.add("prefix-cut", prefix.text)
            return
        if known:
            yield texts, clause


def _has_all(name: str, texts: tuple[str, ...], limiter: CostLimiter) -> bool:
    """Return whether the index has all the terms in this field, as far as that is known."""
    return limiter.frequencies is None or all(limiter.frequencies(f"{name}_word", texts))
