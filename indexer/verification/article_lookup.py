"""Looks up the stored articles of an index by their ids and by each of their terms.

In: an index directory. Out: how many articles were looked up, and which of them a search does not find. Called by
`verify.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from search import schema
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.analysis.term_encoding import decode_term
from search.article import Article, decode_article
from search.engines.base import Engine, Stored
from search.errors import IndexDamaged
from search.index.all_articles import parts_of, sample_of
from search.index.directory import IndexDirectory
from search.index.documents import Analysed, analyse_articles
from search.index.manifest import Manifest
from search.index.ranked_terms import LeavingOut
from search.index.repeated_lines import RepeatedLines, repeated_lines
from search.query.clauses import Combine, Term

_SAMPLE: Final = 1_000  # articles that are looked up unless all are
_BATCH: Final = 64  # articles that are loaded and analysed at a time
_TOGETHER: Final = 500  # words that one search asks for: engines bound the clauses of a query
_MOST_NAMED: Final = 5  # terms that are named of one article


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that is stored and not found, and by what it is not found."""

    id: str
    problem: str


@dataclass(frozen=True, slots=True)
class ArticleLookup:
    """How many articles there are, how many of them were looked up, and those that were not found."""

    stored: int
    looked_up: int
    lost: tuple[Lost, ...]


def look_up_articles(
    directory: IndexDirectory, *, full: bool, progress: Callable[[int, int], None]
) -> tuple[ArticleLookup | None, str | None]:
    """Look up every article, or (not `full`) a thousand of them evenly spread.

    progress: called with the articles looked up so far, and how many there are to look up. Returns the outcome, and a
    note where something could not be checked.
    """
    manifest, engine = directory.open_engine()
    analyzer = _analyzer(manifest)
    lines = repeated_lines(directory.generation(manifest.generation))
    note = None if analyzer else "words were not looked up: another version of the analyser made them"
    try:
        to_look_up = engine.documents if full else min(engine.documents, _SAMPLE)
        lost, looked_up = list[Lost](), 0
        for part in parts_of(engine) if full else (sample_of(engine, _SAMPLE),):
            for first in range(0, len(part), _BATCH):
                stored = engine.load([match.ref for match in part[first : first + _BATCH]])
                lost += _lost(engine, stored, analyzer, lines)
                looked_up += len(stored)
                progress(looked_up, to_look_up)
        if looked_up != to_look_up:
            lost.append(Lost("", f"{looked_up:,} of {to_look_up:,} articles are found by the digests of their texts"))
    except IndexDamaged as error:
        return ArticleLookup(engine.documents, 0, (Lost("", str(error)),)), note
    return ArticleLookup(engine.documents, looked_up, tuple(lost)), note


def _analyzer(manifest: Manifest) -> BatchAnalyzer | None:
    """Return the analyser that made the terms of this index; None where another version of it did."""
    analyzer = Analyzer.default(manifest.lexicon)
    current = (manifest.format, manifest.analyser) == (schema.FORMAT, analyzer.fingerprint)
    return BatchAnalyzer(analyzer) if current else None


def _lost(
    engine: Engine, stored: Sequence[Stored], analyzer: BatchAnalyzer | None, lines: RepeatedLines
) -> Iterator[Lost]:
    articles = []
    for each in stored:
        article = _decoded(each.raw)
        if article is None or article.id != each.id:
            yield Lost(each.id, "its text cannot be read")
        else:
            articles.append(article)
    for article, words in zip(articles, _words(articles, analyzer, lines), strict=True):
        parts = [words[at : at + _TOGETHER] for at in range(0, len(words) or 1, _TOGETHER)]
        if not all(_is_found(engine, article.id, part) for part in parts):
            yield Lost(article.id, _problem(engine, article.id, words))


def _is_found(engine: Engine, id: str, words: Sequence[Term]) -> bool:
    """Return whether the id and these words together lead to one article."""
    return engine.search(Combine(must=(Term("id", id), *words)), limit=1).total == 1


def _words(articles: Sequence[Article], analyzer: BatchAnalyzer | None, lines: RepeatedLines) -> list[tuple[Term, ...]]:
    """Return the terms and field values by which each of these articles must be found."""
    if analyzer is None:
        return [()] * len(articles)
    analysed = analyse_articles(articles, analyzer)
    parts = [lines.kept_part(article) for article in articles]
    bodies = [(article.body, found.terms) for article, found in zip(articles, analysed, strict=True)]
    terms = LeavingOut(analyzer).terms(bodies, parts)
    shortened = [msgspec.structs.replace(found, terms=left) for found, left in zip(analysed, terms, strict=True)]
    return [tuple(_terms(found)) for found in shortened]


def _terms(analysed: Analysed) -> Iterator[Term]:
    for name, texts in analysed.terms.items():
        yield from (Term(name, decode_term(text)) for text in dict.fromkeys(texts.split()))
    for name, values in analysed.keywords.items():
        yield from (Term(name, value) for value in values)


def _problem(engine: Engine, id: str, words: Sequence[Term]) -> str:
    count = engine.search(Term("id", id), limit=1).total
    if count != 1:
        return "its id does not lead to it" if not count else f"its id leads to {count} articles"
    missing = [word for word in words if engine.search(Combine(must=(Term("id", id), word)), limit=1).total != 1]
    named = ", ".join(f"{word.text} ({word.field})" for word in missing[:_MOST_NAMED])
    return f"{len(missing)} of its words do not lead to it: {named}"


def _decoded(raw: bytes) -> Article | None:
    try:
        return decode_article(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
