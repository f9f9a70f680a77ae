"""Article → the document an engine indexes: the one place where an article meets the analyser and the schema.

`indexer/build.py` calls it for every article, so it does nothing twice.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from search.analysis.analyzer import Analyzer
from search.article import Article, encode_article
from search.engines.base import Document


def article_digest(raw: bytes) -> int:
    """A 63-bit digest of an article's JSON: equal digests, equal articles."""
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") >> 1


def make_document(article: Article, analyzer: Analyzer) -> Document:
    """The article's terms, values and JSON."""
    raw = encode_article(article)
    return assemble_document(article, article_terms(article, analyzer), raw=raw, digest=article_digest(raw))


def assemble_document(article: Article, terms: dict[str, str], *, raw: bytes, digest: int) -> Document:
    """The document of an article that has been analysed; `raw`: its JSON, `digest`: that of `raw`."""
    return Document(
        id=article.id, digest=digest, raw=raw, terms=terms, keywords=_keywords(article), numbers=_numbers(article)
    )


def article_terms(article: Article, analyzer: Analyzer) -> dict[str, str]:
    """The article's index terms: field → terms joined by spaces."""
    body = analyzer.terms(article.body, lead=True)
    terms = {"body_stem": body.stem, "body_word": body.word, "body_exact": body.exact, "lead": body.lead}
    if article.title:
        title = analyzer.terms(article.title)
        terms |= {"title_stem": title.stem, "title_word": title.word, "title_exact": title.exact}
    marked = analyzer.marked(article.body) if article.body else ()
    if article.title:
        marked = (*marked, *analyzer.marked(article.title))
    if marked:
        terms["marked"] = " ".join(marked)
    for name, text in (("source", " ".join(article.source)), ("section", article.section), ("author", article.author)):
        if text:
            terms[name + "_word"] = analyzer.terms(text).word
    return terms


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
