"""Article → the document an engine indexes: the one place where an article meets the analyser and the schema.

Called by `indexer/analysis.py` and `indexer/intake.py` for every article, so nothing is done twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from search.analysis.bulk import BulkAnalyzer, Terms
from search.article import Article
from search.duplicates_sketch import Sketch, sketches, text_of
from search.engines.base import Document


def article_digest(raw: bytes) -> int:
    """A 63-bit digest of an article's JSON: equal digests, equal articles."""
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") >> 1


class Analysed(NamedTuple):
    """What analysis makes of an article: field → terms joined by spaces, and its sketch if it is long enough."""

    terms: dict[str, str]
    sketch: Sketch | None


def analyse_articles(articles: Sequence[Article], analyzer: BulkAnalyzer) -> list[Analysed]:
    """The terms and the sketch of each article."""
    found = iter(analyzer.terms([text for article in articles for text in _texts(article)]))
    rows = [_Row(*(next(found) for _ in _Row._fields)) for _ in articles]
    drawn = sketches([text_of(row.title.hashes, row.body.hashes) for row in rows])
    return [Analysed(_fields(row), sketch) for row, sketch in zip(rows, drawn, strict=True)]


def assemble_document(article: Article, terms: dict[str, str], *, raw: bytes, digest: int) -> Document:
    """The document of an article that has been analysed; `raw`: its JSON, `digest`: that of `raw`."""
    return Document(
        id=article.id, digest=digest, raw=raw, terms=terms, keywords=_keywords(article), numbers=_numbers(article)
    )


class _Row(NamedTuple):
    """The terms of the texts of one article, in the order of `_texts`."""

    body: Terms
    title: Terms
    source: Terms
    section: Terms
    author: Terms


def _texts(article: Article) -> tuple[str, ...]:
    return article.body, article.title, " ".join(article.source), article.section or "", article.author or ""


def _fields(row: _Row) -> dict[str, str]:
    """Field → terms. A field without terms is left out, but for the body's."""
    body, title = row.body, row.title
    fields = {"body_stem": body.stem, "body_word": body.word, "body_exact": body.exact, "lead": body.lead}
    others = {
        "title_stem": title.stem,
        "title_word": title.word,
        "title_exact": title.exact,
        "marked": " ".join((*body.marked, *title.marked)),
        "source_word": row.source.word,
        "section_word": row.section.word,
        "author_word": row.author.word,
    }
    return fields | {name: terms for name, terms in others.items() if terms}


def _keywords(article: Article) -> dict[str, tuple[str, ...]]:
    values = {"source": article.source}
    if article.section:
        values["section"] = (article.section,)
    if article.author:
        values["author"] = (article.author,)
    return values


def _numbers(article: Article) -> dict[str, int]:
    if article.published is None:
        return {}
    moment = datetime.fromisoformat(article.published)
    day = moment.date()
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return {"moment": int(aware.timestamp()), "day": day.toordinal(), "month": day.year * 12 + day.month - 1}
